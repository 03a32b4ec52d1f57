package session

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// After work that servers may charge for it is asked what came up meanwhile, such as a cache
// that cannot be written.
func TestAfterPaidWorkTheNewsAreTold(t *testing.T) {
	s := bare(t)
	s.readNews = func() news {
		return news{lines: []string{"the cache cannot be written"}, persistErr: errors.New("full")}
	}
	then := false
	ended(paidWork(s, func() (int, error) { return 7, nil }, func(n int, err error) tea.Cmd { then = n == 7 && err == nil; return nil }))
	if events := s.TakeEvents(); !then || len(events) != 1 || s.persistErr == nil {
		t.Errorf("it went on: %t; told is %v, kept %v", then, events, s.persistErr)
	}
}

// A request is for those of the candidates that are made of it, or tried at what it brings.
func TestARequestIsForTheCandidatesThatUseIt(t *testing.T) {
	s, m := withModel(t, 1, 4, 4, 2)
	other := m
	other.ID = "other"
	s.engine.Catalog = catalog.New([]api.Model{m, other})
	s.Restore().Candidate(api.Candidate{Model: "a/other", Dimensions: 4})
	s.roles["a/m"] = api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}}
	edited, four := s.edited(m), s.candidates[0]
	texts, _ := pipeline.SourceOf(edited, four)
	both := []string{"a/m@4", "a/m@2"}
	for name, c := range map[string]struct {
		purpose Purpose
		source  pipeline.Source
		want    []string
	}{
		"texts":             {ForCandidates, texts, both},
		"queries":           {ForTriedQueries, pipeline.QuerySource(edited, four), both},
		"documents":         {ForTriedDocuments, pipeline.DocumentSource(edited, four), both},
		"not these queries": {ForTriedQueries, pipeline.DocumentSource(edited, four), nil},
		"not of documents":  {ForTriedDocuments, pipeline.QuerySource(edited, four), nil},
		"of another model":  {ForTriedQueries, pipeline.QuerySource(other, s.candidates[2]), []string{"a/other@4"}},
		"a query":           {ForQuery, pipeline.QuerySource(edited, four), nil},
	} {
		a := &Request{purpose: c.purpose, source: c.source, key: requestKey(c.purpose, c.source)}
		if got := CandidateIDs(s.Requests().CandidatesOf(a)); !slices.Equal(got, c.want) {
			t.Errorf("%s: it is for %v, want %v", name, got, c.want)
		}
	}
}

// What has no vectors is not offered to be paid for.
func TestOnlyModelsWithVectorsAreOffered(t *testing.T) {
	for kind, want := range map[api.Kind]int{api.KindEmbedding: 1, api.KindReranker: 0} {
		s, m := withModel(t, 1, 4, 4)
		m.Kind = kind
		s.engine.Catalog = catalog.New([]api.Model{m})
		s.Touch()
		if got := len(s.Payments().Sources()); got != want {
			t.Errorf("of a %v %d sources are offered, want %d", kind, got, want)
		}
	}
}

// How far a candidate is counts what is sent for money, and time never runs backwards.
func TestHowFarACandidateIsCountsWhatIsSent(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	c := s.candidates[0]
	source, _ := pipeline.SourceOf(m, c)
	e := pipeline.Estimate{Source: source, Paid: true, Texts: 3, Cached: 1}
	grant := s.Payments().Grants([]pipeline.Estimate{e}, pipeline.LongCut)[0]
	a := s.newRequest(ForCandidates, source, s.wordings(), grant)
	for come, want := range map[int]string{0: "0 of 2", 1: "0 of 2", 2: "1 of 2", 3: "2 of 2"} {
		a.progressed(come)
		if st := s.withProgress(State{Candidate: c, Row: m}); fmt.Sprintf("%d of %d", st.Done, st.Total) != want || st.Phase != PhaseRunning || !st.Working {
			t.Errorf("after %d it is at %d of %d, want %s", come, st.Done, st.Total, want)
		}
	}
	delete(s.requests, a.key)
	if st := s.withProgress(State{Candidate: c, Row: m}); st.Done != 0 || st.Total != 3 || st.Comparing || !st.Work.Checking {
		t.Errorf("before it is asked: %+v", st)
	}
	now := time.Now()
	s.seen = now
	s.job = &job{cancel: func() {}, compared: map[string]*comparing{}}
	for began, want := range map[time.Time]time.Duration{now.Add(-time.Minute): time.Minute, now.Add(time.Minute): 0} {
		x := &comparing{}
		x.began.Store(&began)
		x.percent.Store(25)
		s.job.compared[c.ID()] = x
		if st := s.withProgress(State{Candidate: c, Row: m}); !st.Comparing || st.Compared != 25 || st.ComparedFor != want {
			t.Errorf("it is compared for %v at %d%%, want %v", st.ComparedFor, st.Compared, want)
		}
	}
	s.job.compared[c.ID()] = &comparing{}
	if st := s.withProgress(State{Candidate: c, Row: m}); st.Comparing {
		t.Error("it is compared before that has begun")
	}
}

// What a trial lacks is priced with whom it is for and how it is sent, but not what the limits
// leave out.
func TestWhatATrialLacksIsPricedForItsRole(t *testing.T) {
	for name, c := range map[string]struct {
		price   float64
		lacks   error
		partial bool
		want    bool
	}{
		"not paid for": {1, trial.ErrUnpaid, true, true}, "under way": {1, ErrUnderWay, true, true}, "beyond the limits": {1, ErrBeyondLimits, true, false},
		"all is known": {1, trial.ErrUnpaid, false, false}, "free": {0, trial.ErrUnpaid, true, false},
	} {
		s, m := withModel(t, c.price, 4, 4)
		s.engine.Providers["a"] = api.Uncached{Embedder: noise{}}
		emb := &pipeline.Embedding{Texts: []string{"which?", "what?"}, Vectors: vectors(t, 2, 0), Partial: c.partial}
		if !c.partial {
			emb.Vectors = vectors(t, 2, 0, 1)
		}
		a := &asking{source: pipeline.QuerySource(m, s.candidates[0]), texts: emb.Texts, role: api.RoleQuery, candidates: []string{"a/m@4"}, lacks: c.lacks, asked: true, embedding: emb, how: pipeline.EmbedOptions{Count: s.counted.count}}
		w := &trialWork{engine: s.engine, askings: map[string]*asking{"q": a}}
		if err := w.price(t.Context()); err != nil {
			t.Fatal(err)
		}
		e := a.estimate
		if (e != nil) != c.want || e != nil && (e.Role != api.RoleQuery || !slices.Equal(e.Candidates, a.candidates) || e.Missing() == 0) {
			t.Errorf("%s: priced is %+v", name, e)
		}
		// What came of it is kept for the next trial, unless nothing did.
		s.trying.limits = evaluate.Limits{}
		w.askings["none"] = &asking{embedding: &pipeline.Embedding{Vectors: vectors(t, 2)}}
		s.tried(w, nil)
		if kept := s.trying.kept.embeddings; kept["q"] != emb || kept["none"] != nil || len(s.trying.unpaid) == 1 != c.want {
			t.Errorf("%s: kept are %v, and unpaid is %v", name, kept, s.trying.unpaid)
		}
	}
}

// Further resamples are seen at once.
func TestFurtherResamplesAreSeen(t *testing.T) {
	s := bare(t, numbered(6)...)
	groups, err := evaluate.NewGroups([]int{0, 1, 2, 0, 1, 2})
	if err != nil {
		t.Fatal(err)
	}
	v := embeddingOf(t, []float32{1, 0}, []float32{0, 1}, []float32{1, 1}, []float32{1, 0}, []float32{0, 1}, []float32{1, 1}).Vectors
	r := &pipeline.Result{Candidate: api.Candidate{Model: "a/m", Dimensions: 2}, Model: api.Model{Provider: "a", ID: "m"}, From: 2, Vectors: v}
	made, err := trial.New(t.Context(), groups, []*pipeline.Result{r}, trial.Options{Seed: 1, Paid: s.engine.Paid})
	if err != nil {
		t.Fatal(err)
	}
	s.trying.trial = made
	brought := messages(s.Verdict().Refine())
	version := s.version
	for _, message := range brought {
		message()
	}
	if f := s.Verdict().Findings(); f == nil || f.Resamples != resampleBatch || s.trying.refining || s.version == version {
		t.Errorf("after the first there are %+v, under way still: %t, seen: %t", f, s.trying.refining, s.version != version)
	}
	late := messages(s.Verdict().Refine())
	s.trying.number++
	s.trying.found = nil
	for _, message := range late {
		message()
	}
	if s.Verdict().Findings() != nil {
		t.Error("resamples of another trial are shown")
	}
}

// Labels are for the texts of the same source, whatever became of these, and for none without a
// source.
func TestLabelsBelongToTheTextsOfTheirSource(t *testing.T) {
	faq := corpus.Origin{Source: "faq.csv"}
	for name, c := range map[string]struct {
		file         string
		opened, from corpus.Origin
		want         bool
	}{
		"no labels": {"", faq, faq, false}, "the same": {"pairs.csv", faq, faq, true}, "edited since": {"pairs.csv", faq, corpus.Origin{Source: "faq.csv", Edited: true}, true},
		"of another file": {"pairs.csv", faq, corpus.Origin{Source: "other.csv"}, false}, "typed ones": {"pairs.csv", corpus.Origin{}, corpus.Origin{}, true},
		"typed and edited": {"pairs.csv", corpus.Origin{}, corpus.Origin{Edited: true}, false}, "a set": {"pairs.csv", corpus.Origin{Source: "Polysemy", Set: "polysemy"}, corpus.Origin{Source: "Polysemy", Set: "polysemy", Edited: true}, true},
	} {
		l := &labelled{file: c.file, origin: c.opened}
		if got := l.belongTo(c.from); got != c.want {
			t.Errorf("%s: they belong to it: %t", name, got)
		}
	}
}

// Texts that are put back are selected no longer: nothing is left of a selection of which all
// were.
func TestWhatIsPutBackIsNoSelection(t *testing.T) {
	s := bare(t, numbered(4)...)
	s.Select(true, 0, 1, 2)
	if s.Select(false, 1); !slices.Equal(s.Selection(), []int{0, 2}) || s.Selected(1) || !s.SelectionShown() {
		t.Errorf("selected are %v", s.Selection())
	}
	if s.Select(false, 0, 2); s.Selection() != nil || len(s.selected.texts) != 0 || s.SelectionShown() {
		t.Errorf("selected are %v", s.Selection())
	}
}

// What limits hold back is what they alone keep from being asked.
func TestOnlyWhatTheLimitsKeepBackIsHeldBack(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{"beyond the limits": {ErrBeyondLimits, 1}, "not paid for": {trial.ErrUnpaid, 0}, "it failed": {errors.New("x"), 0}, "it was tried": {nil, 0}} {
		s, m := withModel(t, 1, 4, 4)
		s.engine.Providers["a"] = open{}
		s.trying.limits = evaluate.Limits{LocalOnly: true}
		s.current.outcomes["a/m@4"] = outcome{result: &pipeline.Result{Model: m, Vectors: vectors(t, 3, 0, 1, 2)}}
		s.trying.trial = &trial.Trial{Rows: []trial.Row{{ID: "a/m@4", Err: c.err}}}
		s.Touch()
		if got := s.Payments().HeldBack(); len(got) != c.want {
			t.Errorf("%s: held back are %v", name, got)
		}
	}
}
