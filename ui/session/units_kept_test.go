package session

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// A session begins with two texts under the cursor, and with what it was given.
func TestASessionBeginsWithWhatItWasGiven(t *testing.T) {
	servers := []string{"a", "b"}
	s := New(t.Context(), Config{
		Engine: &pipeline.Engine{Catalog: catalog.New(nil)}, Counter: corpus.NewCounter(), PerQuery: .25, Servers: servers,
		Origin: func(server string) string { return "found as " + server },
	})
	if s.Search().PerQuery() != .25 || s.CursorA() != 0 || s.cursorB != 1 || s.ResultsRevision() != NoRevision || s.Verdict().Seed() != DefaultSeed {
		t.Errorf("%g a query, the cursor on %d and %d, results of %d, seed %d", s.Search().PerQuery(), s.CursorA(), s.cursorB, s.ResultsRevision(), s.Verdict().Seed())
	}
	servers[0] = "another"
	s.lists.failed["b"] = ErrStopped
	if got := s.Lists().All(); !slices.Equal(got, []ServerList{{"a", "found as a", nil}, {"b", "found as b", ErrStopped}}) {
		t.Errorf("the lists are %+v", got)
	}
	// Nothing is known of texts yet that could be found by their words.
	if index, cmd := s.Search().Index(); index != nil || cmd != nil || s.searching.indexing {
		t.Error("words are looked for in no texts")
	}
}

func TestListsCanBeReadWhereThereAreServersOrSomeAreLookedFor(t *testing.T) {
	for name, c := range map[string]struct {
		servers []string
		finds   bool
		open    int
		want    bool
	}{"servers": {[]string{"a"}, false, 0, true}, "none": {nil, false, 0, false}, "some may be found": {nil, true, 0, true}, "they are being read": {[]string{"a"}, true, 1, false}} {
		s, l := withServers(t, c.servers...)
		s.lists.open = c.open
		if c.finds {
			s.lists.find = func(context.Context) []string { return l.asked }
		}
		if got := s.Lists().CanRefresh(); got != c.want {
			t.Errorf("%s: they can be read %t", name, got)
		}
	}
}

func TestWhyACandidateCouldNotBeTriedIsItsOwnReason(t *testing.T) {
	s := bare(t, numbered(2)...)
	broken := errors.New("no labels fit")
	s.trying.err = broken
	if got := s.triedErr("a/m@4"); !errors.Is(got, broken) {
		t.Errorf("without a trial it is %v", got)
	}
	s.trying.trial = &trial.Trial{Rows: []trial.Row{{ID: "a/m@4", Err: ErrBeyondLimits}, {ID: "b/m@4"}}}
	for id, want := range map[string]error{"a/m@4": ErrBeyondLimits, "b/m@4": nil, "c/m@4": nil} {
		if got := s.triedErr(id); !errors.Is(got, want) || (got == nil) != (want == nil) {
			t.Errorf("of %s it is %v, want %v", id, got, want)
		}
	}
}

// What a trial at queries has is not asked for again while its words are the same.
func TestQueriesThatAreKnownAreNotWanted(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	s.Labels().Open(labels.Labels{Queries: []labels.Query{{Text: "first?", Judged: []labels.Judgment{{Text: "1", Grade: 1}}}, {Text: "second?", Judged: []labels.Judgment{{Text: "2", Grade: 1}}}}}, "q.csv")
	if task, ok := s.Labels().Task(); !ok || task.Task != evaluate.Retrieval {
		t.Fatalf("%+v, %t", task, ok)
	}
	asked := s.Labels().Queries()
	key := requestKey(ForTriedQueries, pipeline.QuerySource(m, s.candidates[0]))
	for name, c := range map[string]struct {
		kept *pipeline.Embedding
		want int
	}{
		"nothing": {nil, 1}, "all": {&pipeline.Embedding{Texts: asked}, 0}, "a part": {&pipeline.Embedding{Texts: asked, Partial: true}, 1},
		"other words": {&pipeline.Embedding{Texts: []string{"first?", "third?"}}, 1}, "fewer": {&pipeline.Embedding{Texts: asked[:1]}, 1},
	} {
		s.trying.kept.embeddings = map[string]*pipeline.Embedding{key: c.kept}
		if got := s.wantedForTrial(m, s.candidates[0]); len(got) != c.want {
			t.Errorf("%s: wanted are %+v", name, got)
		}
	}
	// The search by words is taken over for the same queries of the same labels alone.
	words := &trial.Lexical{}
	for name, c := range map[string]struct {
		asked []string
		of    labelsKey
		taken bool
	}{"the same": {asked, s.trying.of, true}, "other queries": {[]string{"first?", "third?"}, s.trying.of, false}, "other labels": {asked, labelsKey{texts: 99}, false}} {
		s.trying.kept.words, s.trying.kept.wordsOf, s.trying.kept.asked = words, c.of, c.asked
		w := s.newTrialWork(trialKey{labels: queriesLabels(t)})
		if (w.words == words) != c.taken || !slices.Equal(w.asked, asked) {
			t.Errorf("%s: taken over %t", name, w.words == words)
		}
	}
}

// What was measured goes with the labels that it was measured at.
func TestWithoutJudgedQueriesNothingIsMeasured(t *testing.T) {
	s := bare(t, corpus.Text{Text: "one"}, corpus.Text{Text: "two"})
	ended := false
	s.searching.measuring = measuring{rows: []Measured{{ID: "a"}}, working: true, cancel: func() { ended = true }}
	if rows, cmd := s.Search().Measured("", 1); rows != nil || cmd != nil || !ended || s.searching.measuring.working {
		t.Errorf("%v; what was under way has ended: %t", rows, ended)
	}
	if got := s.Labels().Retrieval(); got != nil {
		t.Errorf("there are labels %+v", got)
	}
}

// Rows are measured each by itself, the hybrid of its own candidate.
func TestTheHybridIsMeasuredOfItsCandidate(t *testing.T) {
	s, m := compared(t, 3)
	m.Source = api.SourceBinary // whose queries cost nothing
	texts := s.resultWordings()
	index, err := lexical.NewIndex(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	result := s.resultAt(1024)
	one := toMeasure{"one", Searched{Result: result, Query: pipeline.QuerySource(m, result.Candidate)}}
	failed := toMeasure{"failed", Searched{Result: result, Query: pipeline.Source{Model: api.Model{Provider: "nobody", ID: "x"}}}}
	paid := toMeasure{"paid", Searched{Result: result, Query: one.Query}}
	paid.Query.Model.Source = api.SourceCached
	if _, _, err := paid.row(t.Context(), s.engine, []string{"text 1"}); !errors.Is(err, trial.ErrUnpaid) {
		t.Errorf("a query that a server would have to be sent: %v", err)
	}
	for hybrid, want := range map[string][]string{"one": {"one", "failed", trial.BM25, HybridID}, "failed": {"one", "failed", trial.BM25}, "": {"one", "failed", trial.BM25}, "another": {"one", "failed", trial.BM25}} {
		rows, err := measure(t.Context(), s.engine, measuredOf{labels: queriesLabels(t), index: index, hybrid: hybrid, weight: 1}, []toMeasure{one, failed}, []string{"text 1"}, 1)
		var ids []string
		for _, r := range rows {
			ids = append(ids, r.ID)
			if (r.Err != nil) != (r.ID == "failed") || r.Err == nil && r.Queries != 1 {
				t.Errorf("fused with %q, %s is measured at %d queries: %v", hybrid, r.ID, r.Queries, r.Err)
			}
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("fused with %q measured are %q, want %q; %v", hybrid, ids, want, err)
		}
	}
}

func TestWhatIsSearchedHasTheBackgroundOfItsTexts(t *testing.T) {
	s, m := withModel(t, 0, 2, 2)
	v := embeddingOf(t, []float32{1, 0}, []float32{0, 1}, []float32{1, 1}).Vectors
	scan := &compare.Scan{}
	scan.Background.Mean, scan.Background.SD = .5, .25
	st := State{Candidate: s.candidates[0], Row: m, Result: &pipeline.Result{Vectors: v, Scan: scan}}
	of, ok := s.Search().Of(st)
	if !ok || of.Background.Mean != .5 || of.Background.SD != .25 || of.Result != st.Result || of.Role != api.RoleQuery || of.DocumentRole != api.RoleDocument || of.Instead || of.Err != nil {
		t.Errorf("%t, %+v", ok, of)
	}
}

func TestQueriesThatAreJudgedAreCounted(t *testing.T) {
	s := bare(t, numbered(3)...)
	for _, q := range []string{"one", "two", "three"} {
		s.Asked().Ask(q, "")
	}
	for judged, judge := range []func(){func() {}, func() { s.Asked().Judge("two", 0, 1) }, func() { s.Asked().Judge("one", 1, 0); s.Asked().Finish("one", 10) }} {
		judge()
		if got, all := s.Asked().Decided(); got != judged || all != 3 {
			t.Errorf("%d of %d are judged, want %d", got, all, judged)
		}
	}
}

// An order is shown for other texts as long as these are as many.
func TestAnOrderStaysForAsManyTexts(t *testing.T) {
	order := []int{1, 0}
	for n, stays := range map[int]bool{1: false, 2: true, 3: false} {
		s := bare(t, numbered(2)...)
		s.current.previousOrder = order
		s.pending = newComparison(9, numbered(n), corpus.Origin{})
		s.publish()
		if got := s.current.previousOrder != nil; got != stays || s.pending != nil || s.current.revision != 9 {
			t.Errorf("of %d texts the order of two stays: %t", n, got)
		}
	}
}

// A request that has ended already is not stopped in the place of the next one.
func TestAnEndedRequestIsNotStopped(t *testing.T) {
	s, m := withModel(t, 0, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	first := s.newRequest(ForCandidates, source, s.wordings(), Grant{})
	s.finished(first, nil, nil)
	second := s.newRequest(ForCandidates, source, s.wordings(), Grant{})
	if s.Requests().Stop(first); s.requests[second.key] != second || second.ctx.Err() != nil {
		t.Error("the one that took its place is stopped")
	}
	if s.Requests().Stop(second); len(s.requests) != 0 || second.ctx.Err() == nil {
		t.Error("it goes on after a stop")
	}
}

// What a server has refused is told at the end of the run, once.
func TestWhatARequestWasRefusedIsToldWithItsEnd(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	emb := &pipeline.Embedding{Source: source, Texts: s.wordings(), Vectors: vectors(t, 3, 0, 2), Failed: map[int]error{1: &api.TextError{Index: 1, Err: errors.New("zeros")}}, Spent: api.Usage{Requests: 1}}
	for range 2 {
		a := s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		s.received(a, emb, nil)
	}
	if got := s.Run().Refused; got.Texts != 1 {
		t.Errorf("refused are %+v", got)
	}
}

// A mark stays where it was put while the text stands there, be it first or of the same words
// as others, and follows it where not.
func TestAMarkFollowsItsTextFromItsPlace(t *testing.T) {
	texts := []corpus.Text{{Text: "a"}, {Text: "b"}, {Text: "a"}}
	for name, c := range map[string]struct {
		mark   int
		change func(s *Session)
		at     int
		there  bool
	}{
		"nothing changes": {2, func(*Session) {}, 2, true}, "one comes behind": {2, func(s *Session) { _ = s.corpus.Insert(3, corpus.Text{Text: "c"}) }, 2, true},
		"the first stays first": {0, func(s *Session) { s.corpus.Delete(1) }, 0, true}, "it moves up": {1, func(s *Session) { s.corpus.Delete(0) }, 0, true},
		"it is gone": {1, func(s *Session) { s.corpus.Delete(1) }, -1, false}, "the last of its words": {2, func(s *Session) { s.corpus.Delete(2) }, 0, true},
	} {
		s := bare(t, texts...)
		s.Mark(c.mark)
		c.change(s)
		for range 2 {
			if at, there := s.Marked(); at != c.at || there != c.there {
				t.Errorf("%s: on %d, %t, want %d", name, at, there, c.at)
			}
		}
		if s.Unmark(); s.marked != nil {
			t.Errorf("%s: the mark stays", name)
		}
	}
}

// What is made anew has no order of before.
func TestAnOrderGoesWithTheResultThatItIsOf(t *testing.T) {
	s, m := withModel(t, 1, 4, 4, 2)
	s.Restore().Candidate(api.Candidate{Model: "b/m", Dimensions: 4})
	for _, id := range CandidateIDs(s.candidates) {
		s.current.outcomes[id], s.current.orders[id] = outcome{result: &pipeline.Result{}}, []int{2, 1, 0}
	}
	s.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "q: "}})
	if len(s.current.orders) != 3 || len(s.current.outcomes) != 3 {
		t.Errorf("a prefix of queries leaves %v", s.current.orders)
	}
	s.SetRoles(m, api.Roles{Symmetric: api.Manner{Prefix: "s: "}})
	if len(s.current.orders) != 1 || s.current.orders["b/m@4"] == nil || len(s.current.outcomes) != 1 {
		t.Errorf("a prefix of texts leaves the orders %v and the results %v", s.current.orders, s.current.outcomes)
	}
}

// A trial asks a source for what it does not know yet.
func TestATrialBeginsWithWhatIsKept(t *testing.T) {
	s, m := withModel(t, 0, 4, 4)
	r := &pipeline.Result{Candidate: s.candidates[0], Model: m}
	kept := &pipeline.Embedding{}
	s.trying.kept.embeddings = map[string]*pipeline.Embedding{requestKey(ForTriedQueries, pipeline.QuerySource(m, s.candidates[0])): kept}
	if w := s.newTrialWork(trialKey{labels: queriesLabels(t), results: []*pipeline.Result{r}}); w.queries[r].how.Before != kept {
		t.Error("what is known is asked for again")
	}
}

// Without labels of a file none are kept; the end of a job leaves nothing of its texts.
func TestNothingIsKeptOfWhatIsNotThere(t *testing.T) {
	s := bare(t, numbered(2)...)
	if d := s.Decision(); d.Labels != nil || d.File != "" {
		t.Errorf("kept are the labels %s of %q", d.Labels, d.File)
	}
	ended := false
	s.job, s.pending = &job{cancel: func() { ended = true }}, newComparison(9, nil, corpus.Origin{})
	if s.endJob(); s.job != nil || s.pending != nil || !ended {
		t.Errorf("of a job that has ended (%t) there is %v", ended, s.pending)
	}
}
