package session

import (
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
)

// embeddingOf is one whose vectors are those rows.
func embeddingOf(t *testing.T, rows ...[]float32) *pipeline.Embedding {
	t.Helper()
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return &pipeline.Embedding{Vectors: v}
}

// queriesLabels are queries over three texts: the first is answered by the first text.
func queriesLabels(t *testing.T) *evaluate.Labels {
	t.Helper()
	l, err := evaluate.NewQueries(3, []evaluate.Query{{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 0, Grade: 1}}}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// At queries candidates are tried with the vectors of texts as documents where they have
// some, and beside the search by words.
func TestQueriesAreTriedAtDocumentsAndBesideWords(t *testing.T) {
	s := bare(t, numbered(3)...)
	m := api.Model{Provider: "a", ID: "m", Source: api.SourceCached, Dimensions: 2}
	r := &pipeline.Result{Candidate: api.Candidate{Model: "a/m", Dimensions: 2}, Model: m, From: 2, Vectors: embeddingOf(t, []float32{0, 1}, []float32{1, 0}, []float32{1, 0}).Vectors}
	query := &asking{source: pipeline.Source{Model: m}, asked: true, embedding: embeddingOf(t, []float32{1, 0})}
	documents := &asking{source: pipeline.Source{Model: m}, asked: true, embedding: embeddingOf(t, []float32{1, 0}, []float32{0, 1}, []float32{0, 1})}
	for name, c := range map[string]struct {
		documents map[*pipeline.Result]*asking
		rr        float64
	}{"as documents": {map[*pipeline.Result]*asking{r: documents}, 1}, "as they are": {nil, 1. / 3}} {
		w := &trialWork{
			engine: s.engine, key: trialKey{labels: queriesLabels(t), results: []*pipeline.Result{r}, seed: 1}, texts: []string{"alpha", "beta", "gamma"}, asked: []string{"alpha"},
			queries: map[*pipeline.Result]*asking{r: query}, documents: c.documents,
		}
		if err := w.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, row := range w.made.Rows {
			ids = append(ids, row.ID)
		}
		if !slices.Equal(ids, []string{"a/m@2", trial.BM25}) || !w.made.Rows[1].Baseline || w.words == nil {
			t.Fatalf("%s: the rows are %v", name, ids)
		}
		if j := search.JudgedBy(w.made.Rows[0].Score); j.MRR != c.rr {
			t.Errorf("%s the answer comes at 1/%v", name, j.MRR)
		}
	}
	groups, err := evaluate.NewGroups([]int{0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	w := &trialWork{engine: s.engine, key: trialKey{labels: groups, results: []*pipeline.Result{r}, seed: 1}, texts: []string{"alpha", "beta", "gamma"}}
	if err := w.run(t.Context()); err != nil || len(w.made.Rows) != 1 || w.words != nil {
		t.Errorf("at groups: %v", err)
	}
}

// What a trial needs of a source is asked once for all that is made from it, and what is
// being paid for is awaited.
func TestATrialAsksASourceOnce(t *testing.T) {
	s, m := withModel(t, 0, 4, 4, 2)
	s.trying.kept = keptForTrials{baselines: []*pipeline.Result{{}}, revision: s.current.revision, failed: map[string]error{}}
	full, cut := &pipeline.Result{Candidate: s.candidates[0], Model: m}, &pipeline.Result{Candidate: s.candidates[1], Model: m}
	w := s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full, cut}})
	if len(w.askings) != 1 || w.queries[full] != w.queries[cut] || !slices.Equal(w.queries[full].candidates, []string{"a/m@4", "a/m@2"}) || len(s.trying.requests) != 1 {
		t.Errorf("%d sources are asked by %d requests", len(w.askings), len(s.trying.requests))
	}
	if len(w.baselines) != 1 || w.queries[full].role != api.RoleQuery {
		t.Error("what is known of these texts is computed again")
	}
	s.trying.kept.revision++
	if w = s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full}}); w.baselines != nil {
		t.Error("baselines are of other texts")
	}
	paid := s.newRequest(ForTriedQueries, w.queries[full].source, nil, SendingGrant)
	w = s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full}})
	if a := w.queries[full]; !a.asked || !errors.Is(a.err, ErrUnderWay) || a.request != nil {
		t.Errorf("what is being paid for is asked again: %+v", a)
	}
	paid.End()
	s.newRequest(ForTriedQueries, w.queries[full].source, nil, Grant{})
	w = s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full}})
	if a := w.queries[full]; a.asked || a.err != nil || a.request == nil {
		t.Errorf("what an earlier trial asks for nothing is waited for: %+v", a)
	}
	// What the limits leave out is not asked for, and what failed says why.
	s.trying.limits = evaluate.Limits{LocalOnly: true}
	clear(s.requests)
	w = s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full}})
	if a := w.queries[full]; !a.how.KnownOnly || !errors.Is(a.lacks, ErrBeyondLimits) {
		t.Errorf("beyond the limits: %+v", a)
	}
	s.trying.limits = evaluate.Limits{}
	clear(s.requests)
	broken := errors.New("out of order")
	s.trying.kept.failed[requestKey(ForTriedQueries, w.queries[full].source)] = broken
	if w = s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{full}}); !errors.Is(w.queries[full].lacks, broken) {
		t.Errorf("it failed before: %v", w.queries[full].lacks)
	}
}

func TestResamplesAreDrawnUntilThereAreEnough(t *testing.T) {
	s := bare(t, numbered(4)...)
	some, limits := &trial.Trial{}, evaluate.Limits{Price: 1}
	enough := func(n int, l evaluate.Limits) *trial.Findings { return &trial.Findings{Resamples: n, Limits: l} }
	for name, c := range map[string]struct {
		of   trying
		more bool
	}{
		"no trial": {trying{}, false}, "the first": {trying{trial: some}, true}, "being made": {trying{trial: some, working: true}, false}, "under way": {trying{trial: some, refining: true}, false},
		"it failed": {trying{trial: some, err: errors.New("x")}, false}, "more": {trying{trial: some, found: enough(evaluate.DefaultResamples-1, evaluate.Limits{})}, true},
		"enough": {trying{trial: some, found: enough(evaluate.DefaultResamples, evaluate.Limits{})}, false}, "other limits": {trying{trial: some, limits: limits, found: enough(evaluate.DefaultResamples, evaluate.Limits{})}, true},
		"the same limits": {trying{trial: some, limits: limits, found: enough(evaluate.DefaultResamples, limits)}, false},
	} {
		s.trying = c.of
		if got := s.Verdict().Refine() != nil; got != c.more || s.trying.refining != (c.more || c.of.refining) {
			t.Errorf("%s: more are drawn: %t", name, got)
		}
	}
}

// Texts as documents have their own lengths and vectors, cut as those of the candidate are.
func TestDocumentsAreCutAsTheirCandidateIs(t *testing.T) {
	emb := embeddingOf(t, []float32{3, 4, 0}, []float32{0, 0, 1})
	emb.Norms = api.Norms{Low: 2, High: 3}
	for name, c := range map[string]struct {
		derived bool
		dims    int
		lost    int // texts of which nothing is left
	}{"whole": {false, 3, 0}, "cut": {true, 2, 1}, "as long": {true, 3, 0}} {
		d := &documents{embedding: emb, results: map[string]*pipeline.Result{}}
		row := make([]float32, c.dims)
		row[0] = 1
		st := State{Candidate: api.Candidate{Model: "a/m", Dimensions: c.dims}, Result: &pipeline.Result{Derived: c.derived, Vectors: embeddingOf(t, row, row).Vectors, Norms: api.Norms{Low: 1, High: 1}}}
		got, err := d.resultOf(st)
		if err != nil || got.Vectors.Present() != 2-c.lost || len(got.Failed) != c.lost || c.lost == 1 && got.Failed[1] == nil {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if err != nil || got.Vectors.Dim() != c.dims || got.From != 3 || got.Norms != emb.Norms || got == st.Result {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if again, _ := d.resultOf(st); again != got {
			t.Errorf("%s: it is made again", name)
		}
	}
	d := &documents{embedding: embeddingOf(t, []float32{3, 4, 12}, []float32{0, 1, 1}), results: map[string]*pipeline.Result{}}
	st := State{Candidate: api.Candidate{Model: "a/m", Dimensions: 2}, Result: &pipeline.Result{Derived: true, Vectors: embeddingOf(t, []float32{1, 0}, []float32{1, 0}).Vectors}}
	if got, err := d.resultOf(st); err != nil || got.Vectors.Dim() != 2 || got.From != 3 || got.Vectors.Similarity(0, 1) < .79 {
		t.Errorf("cut it is %+v, %v", got, err)
	}
}

func TestAStopLeavesWhatWaitsForAWord(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	s.engine.Providers["a"] = open{}
	s.Invalidate(1)
	s.pending = newComparison(9, s.corpus.Snapshot(), corpus.Origin{})
	s.pending.outcomes["a/m@2"] = outcome{unpaid: &pipeline.Estimate{Texts: 7}}
	if s.StopAll(); s.current.outcomes["a/m@2"].unpaid == nil || s.job != nil {
		t.Errorf("after a stop there is %+v", s.current.outcomes)
	}
	texts := []string{"one", "two"}
	for name, c := range map[string]struct {
		emb  *pipeline.Embedding
		want bool
	}{
		"nothing": {nil, false}, "all": {&pipeline.Embedding{Texts: texts}, true}, "a part": {&pipeline.Embedding{Texts: texts, Partial: true}, false}, "other texts": {&pipeline.Embedding{Texts: texts[:1]}, false},
	} {
		s.embeddings[source.Key()] = c.emb
		if got := s.holdsAll(source, texts); got != c.want {
			t.Errorf("%s: it holds all: %t", name, got)
		}
	}
}

// A request knows whose texts it asks for: those of the corpus as they are, or others.
func TestARequestKnowsWhoseTextsItAsksFor(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	for name, c := range map[string]struct {
		texts []string
		want  uint64
	}{
		"of the corpus": {s.wordings(), s.corpus.Revision()}, "the same words": {slices.Clone(s.wordings()), NoRevision}, "a part": {s.wordings()[:1], NoRevision}, "none": {nil, NoRevision},
	} {
		if a := s.newRequest(ForCandidates, source, c.texts, Grant{}); a.revision != c.want || a.id != s.lastRequest || s.requests[a.key] != a {
			t.Errorf("%s: %d", name, a.revision)
		}
	}
}

func TestOnlyWholeOutcomesAreKept(t *testing.T) {
	s, m := compared(t, 8)
	s.kept = nil
	o := s.current.outcomes[s.candidates[0].ID()]
	for name, c := range map[string]struct {
		change func(*outcome)
		kept   bool
	}{
		"whole": {func(*outcome) {}, true}, "failed": {func(o *outcome) { o.err = ErrStopped }, false}, "not paid": {func(o *outcome) { o.unpaid = &pipeline.Estimate{} }, false},
		"nothing": {func(o *outcome) { o.result = nil }, false}, "of others": {func(o *outcome) { o.of = &pipeline.Embedding{Source: pipeline.Source{Model: m}} }, false},
	} {
		s.kept = nil
		changed := o
		c.change(&changed)
		s.job = &job{texts: s.wordings()}
		if s.keepResult(changed); (len(s.kept) == 1) != c.kept {
			t.Errorf("%s: %d are kept", name, len(s.kept))
		}
	}
}

func TestComparingIsToldInPercent(t *testing.T) {
	j := &job{compared: map[string]*comparing{}}
	tell := j.trackAll([]api.Candidate{{Model: "a/m", Dimensions: 4}, {Model: "a/m", Dimensions: 2}})
	if len(j.compared) != 2 || j.compared["a/m@4"].began.Load() != nil {
		t.Errorf("%+v", j.compared)
	}
	for _, c := range []struct{ done, total, want int }{{0, 0, 0}, {1, 4, 25}, {3, 4, 75}, {4, 4, 100}} {
		tell(c.done, c.total)
		for id, x := range j.compared {
			if int(x.percent.Load()) != c.want || x.began.Load() == nil {
				t.Errorf("%s: %d of %d are %d%%", id, c.done, c.total, x.percent.Load())
			}
		}
	}
}

// Texts that are torn between groups matter where groups decide.
func TestTornTextsMatterToGroupsAlone(t *testing.T) {
	texts := numbered(24)
	texts[5].Text = texts[0].Text
	s := bare(t, texts...)
	if a, b, torn := s.Labels().Torn(); !torn || a != 0 || b != 5 {
		t.Errorf("%d and %d, %t", a, b, torn)
	}
	pairs := labels.Labels{Pairs: []labels.Pair{{A: "2", B: "3", Score: 1}, {A: "2", B: "4", Score: 0}}}
	if s.Labels().Open(pairs, "pairs.csv"); s.labelled.file == "" {
		t.Fatal("no labels are open")
	}
	if _, _, torn := s.Labels().Torn(); torn {
		t.Error("where pairs decide texts are torn between groups")
	}
}

func TestAListThatIsReadHasFreeCandidatesAskedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		again bool
	}{"it answers": {nil, true}, "it does not": {errors.New("no"), false}} {
		s, m := withModel(t, 0, 4, 4)
		s.engine.Providers["a"] = api.Uncached{Embedder: noise{}}
		s.current.outcomes["a/m@4"] = outcome{err: &api.ServerError{Provider: m.Provider, Message: "nothing answers"}}
		s.listed("a", "", c.err)
		if (s.job != nil) != c.again || (s.lists.failed["a"] != nil) != (c.err != nil) {
			t.Errorf("%s: candidates are asked again: %t", name, s.job != nil)
		}
	}
}

// Of a server whose list could not be read nobody knows which models it has.
func TestAModelOfAListThatCouldNotBeReadIsNotCalledUnknown(t *testing.T) {
	s, _ := withModel(t, 0, 4, 4)
	silent := &api.ServerError{Provider: "b", Message: "nothing answers"}
	var unknown *api.UnknownModelError
	for _, c := range []struct {
		err  error
		want error
	}{{nil, nil}, {silent, silent}, {nil, nil}} {
		s.listed("b", "", c.err)
		for _, ref := range []string{"b/m", "a/none"} {
			_, err := s.Find(ref)
			if ref == "b/m" && c.want != nil {
				if !errors.Is(err, c.want) {
					t.Errorf("of %s it is said: %v", ref, err)
				}
			} else if !errors.As(err, &unknown) {
				t.Errorf("of %s it is said: %v", ref, err)
			}
		}
		if _, err := s.Find("a/m"); err != nil {
			t.Error(err)
		}
	}
}

func TestNothingIsUndoneThatWasNotSaid(t *testing.T) {
	s := bare(t, numbered(3)...)
	s.MarkSaved()
	if query, text, ok, cmd := s.Asked().Undo(); ok || query != "" || text != "" || cmd != nil || s.Unsaved() {
		t.Errorf("%q, %q, %t; to be saved: %t", query, text, ok, s.Unsaved())
	}
	s.Asked().Ask("what", "")
	s.Asked().Judge("what", 1, 1)
	s.MarkSaved()
	if query, text, ok, _ := s.Asked().Undo(); !ok || query != "what" || text != "text 2" || !s.Unsaved() {
		t.Errorf("%q, %q, %t", query, text, ok)
	}
	if _, _, ok, _ := s.Asked().Undo(); ok {
		t.Error("it is undone twice")
	}
}
