package session

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// A prefix that is put back to what the model says itself is no edit any more, whatever was
// edited before.
func TestAPrefixThatIsPutBackIsNoEdit(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	own := m.Roles
	s.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "q: "}})
	if len(s.Choices().Roles) != 1 || s.Roles(m).Query.Prefix != "q: " {
		t.Fatalf("edited are %v", s.Choices().Roles)
	}
	if s.SetRoles(s.edited(m), own); len(s.Choices().Roles) != 0 || s.Roles(m).Query.Prefix != "" {
		t.Errorf("edited are %v", s.Choices().Roles)
	}
}

// A candidate is at work once what it waits for has begun, not while typing may go on.
func TestACandidateIsAtWorkOnceItsWorkHasBegun(t *testing.T) {
	s, m := withModel(t, 0, 4, 4)
	st := State{Candidate: s.candidates[0], Row: m}
	for name, c := range map[string]struct {
		job  *job
		want bool
	}{
		"nothing": {nil, false}, "in a moment": {&job{pending: map[string]bool{"a/m@4": true}}, false}, "begun": {&job{running: true, pending: map[string]bool{"a/m@4": true}}, true},
		"of another": {&job{running: true, pending: map[string]bool{"b/m@4": true}}, false},
	} {
		if s.job = c.job; s.atWorkOn(st) != c.want {
			t.Errorf("%s: at work %t", name, !c.want)
		}
	}
}

// What is stopped stays stopped for texts that come then, until it is asked for again.
func TestWhatIsStoppedStaysStopped(t *testing.T) {
	s, _ := withModel(t, 0, 4, 4)
	s.engine.Providers["a"] = api.Uncached{Embedder: noise{}}
	s.Invalidate(1)
	if was := s.StopAll(); !was.Free || was.Paid || !s.stoppedCandidates["a/m@4"] {
		t.Errorf("stopped is %+v, and kept as such %v", was, s.stoppedCandidates)
	}
	s.pending = newComparison(9, numbered(4), corpus.Origin{})
	if s.publish(); !errors.Is(s.current.outcomes["a/m@4"].err, ErrStopped) {
		t.Errorf("of the next texts it has %+v", s.current.outcomes["a/m@4"])
	}
	if s.Invalidate(1); s.stoppedCandidates != nil {
		t.Error("after a change it stays stopped")
	}
}

// A candidate of which the rest is being asked for is tried when that has come.
func TestACandidateIsTriedWhenItHasAll(t *testing.T) {
	s, m := withModel(t, 1, 4, 4, 2)
	become(t, s, numbered(6)...)
	s.engine.Providers["a"] = open{}
	for _, id := range CandidateIDs(s.candidates) {
		s.current.outcomes[id] = outcome{result: &pipeline.Result{Candidate: api.Candidate{Model: "a/m"}, Model: m, Vectors: vectors(t, 6, 0, 1)}}
	}
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
	for name, c := range map[string]struct {
		pending map[string]bool
		want    int
	}{"all has come": {nil, 2}, "the rest of one is asked for": {map[string]bool{"a/m@4": true}, 1}, "of both": {map[string]bool{"a/m@4": true, "a/m@2": true}, 0}} {
		s.job = &job{running: true, pending: c.pending, texts: s.wordings(), compared: map[string]*comparing{}}
		s.Touch()
		if key := s.trialKey(); len(key.results) != c.want || (key.labels != nil) != (c.want > 0) {
			t.Errorf("%s: %d are tried", name, len(key.results))
		}
	}
}

// partly is a paid server of whose texts so many are known.
type partly struct {
	api.Provider
	known int
}

func (partly) Blocked() error { return nil }

func (p partly) Known(_ context.Context, req api.Request) ([]bool, error) {
	known := make([]bool, len(req.Texts))
	for i := range known {
		known[i] = i < p.known
	}
	return known, nil
}

func (p partly) Held(_ context.Context, req api.Request) ([][]float32, error) {
	held := make([][]float32, len(req.Texts))
	for i := range held {
		if i < p.known {
			held[i] = []float32{1, float32(i)}
		}
	}
	return held, nil
}

// What is known of texts as documents in part is not searched: both sides are sent as texts.
func TestDocumentsThatAreKnownInPartAreNotSearched(t *testing.T) {
	for known, searched := range map[int]bool{3: true, 2: false, 0: false} {
		s, m := withModel(t, 1, 2, 2)
		s.engine.Providers["a"] = partly{known: known}
		source := pipeline.Source{Model: m, Manner: api.Manner{Prefix: "d: "}}
		ended(s.Search().askDocuments(source))
		if d := s.Search().documentsOf(source); d.asking || d.incomplete == searched || (d.embedding != nil) != searched || d.err != nil {
			t.Errorf("of %d known ones: %+v", known, d)
		}
	}
}

// Baselines that are candidates are not tried twice, and at queries there are none.
func TestBaselinesStandBesideTheCandidates(t *testing.T) {
	groups, err := evaluate.NewGroups([]int{0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	of := func(id string) *pipeline.Result { return &pipeline.Result{Model: api.Model{Provider: "local", ID: id}} }
	glove, ngrams := of("glove"), of("ngrams")
	for name, c := range map[string]struct {
		labels *evaluate.Labels
		tried  []*pipeline.Result
		want   []*pipeline.Result
	}{
		"none of them": {groups, []*pipeline.Result{of("use-lite")}, []*pipeline.Result{glove, ngrams}}, "one of them": {groups, []*pipeline.Result{of("glove")}, []*pipeline.Result{ngrams}},
		"both": {groups, []*pipeline.Result{of("ngrams"), of("glove")}, nil}, "at queries": {queriesLabels(t), []*pipeline.Result{of("use-lite")}, nil},
	} {
		w := &trialWork{key: trialKey{labels: c.labels, results: c.tried}, baselines: []*pipeline.Result{glove, ngrams}}
		if got := w.besides(t.Context()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %d stand beside", name, len(got))
		}
	}
}
