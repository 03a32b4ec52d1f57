package session

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// What all that waits would cost is known when it is known of each, and of what a trial lacks
// besides.
func TestWhatAllCostsIsKnownWhenItIsOfEach(t *testing.T) {
	estimate := func(m api.Model, tokens int) *pipeline.Estimate {
		return &pipeline.Estimate{Source: pipeline.Source{Model: m}, Texts: 3, Tokens: tokens, Paid: true, Priced: true}
	}
	for name, c := range map[string]struct {
		change func(s *Session, m api.Model)
		tokens int
		known  bool
	}{
		"nothing waits": {func(s *Session, _ api.Model) { clear(s.current.outcomes) }, 0, false},
		"the texts":     {func(*Session, api.Model) {}, 9, true},
		"stopped before": {func(s *Session, m api.Model) {
			s.current.outcomes["a/m@4"] = outcome{unpaid: &pipeline.Estimate{Source: pipeline.Source{Model: m}}}
		}, 0, false},
		"a price is looked up": {func(s *Session, _ api.Model) {
			s.job = &job{cancel: func() {}, pending: map[string]bool{"a/other@4": true}}
		}, 0, false},
		"another is computed": {func(s *Session, _ api.Model) {
			s.job = &job{cancel: func() {}, pending: map[string]bool{"gone/model@4": true}}
		}, 9, true},
		"one is being stopped": {func(s *Session, m api.Model) {
			s.newRequest(ForCandidates, pipeline.Source{Model: m}, s.wordings(), SendingGrant).stopped = true
		}, 0, false},
		"one is being paid for": {func(s *Session, m api.Model) {
			s.newRequest(ForCandidates, pipeline.Source{Model: m}, s.wordings(), SendingGrant)
		}, 0, false},
		"queries are not tried": {func(s *Session, _ api.Model) {
			s.Asked().Ask("which?", "")
			s.Asked().Judge("which?", 0, 1)
			s.Labels().ChooseTask(evaluate.Retrieval)
		}, 0, false},
		"queries of another": {func(s *Session, m api.Model) {
			e := *estimate(m, 7)
			e.Role, e.Candidates = api.RoleQuery, []string{"a/other@4"}
			s.trying.unpaid = []pipeline.Estimate{e}
		}, 16, true},
		"another has failed half way": {func(s *Session, m api.Model) {
			m.ID = "other"
			s.current.outcomes["a/other@4"] = outcome{err: errors.New("the server is gone"), unpaid: estimate(m, 7)}
		}, 16, true},
		"another has failed, and it is not known what it lacks": {func(s *Session, _ api.Model) {
			s.current.outcomes["a/other@4"] = outcome{err: errors.New("the server is gone")}
		}, 0, false},
		"all have failed": {func(s *Session, m api.Model) {
			s.current.outcomes["a/m@4"] = outcome{err: errors.New("the server is gone"), unpaid: estimate(m, 9)}
		}, 0, false},
		"the queries of one that has failed half way": {func(s *Session, m api.Model) {
			s.Asked().Ask("which?", "")
			s.Asked().Judge("which?", 0, 1)
			s.Labels().ChooseTask(evaluate.Retrieval)
			e := *estimate(m, 7)
			e.Role, e.Candidates = api.RoleQuery, []string{"a/m@4"}
			s.trying.unpaid = []pipeline.Estimate{e}
			s.current.outcomes["a/m@4"] = outcome{err: errors.New("the server is gone"), unpaid: estimate(m, 9)}
		}, 16, true},
	} {
		s, m := withModel(t, 1, 4, 4)
		other := m
		other.ID = "other"
		s.engine.Catalog = catalog.New([]api.Model{m, other})
		s.engine.Providers["a"] = open{}
		s.Restore().Candidate(api.Candidate{Model: "a/other", Dimensions: 4})
		s.current.outcomes["a/m@4"] = outcome{unpaid: estimate(m, 9)}
		c.change(s, m)
		s.Touch()
		if total, known := s.Payments().UnpaidEstimate(); known != c.known || total.Tokens != c.tokens {
			t.Errorf("%s: %d tokens, known %t; want %d, %t", name, total.Tokens, known, c.tokens, c.known)
		}
	}
}

// What is known of a source's texts is not offered to be sent again.
func TestWhatIsKnownIsToldWithWhatIsOffered(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	emb := &pipeline.Embedding{Source: source, Texts: s.wordings(), Vectors: vectors(t, 3, 0)}
	for _, had := range []*pipeline.Embedding{nil, emb} {
		if s.embeddings[source.Key()] = had; s.Payments().Sources()[0].before != had {
			t.Errorf("with %v the source is offered as if nothing were known", had)
		}
	}
}

// While a candidate's rest is embedded it lacks no word and has no error, and shows what it has.
func TestACandidateAtWorkWaitsForNoWord(t *testing.T) {
	failed, unpaid := errors.New("x"), &pipeline.Estimate{Texts: 2}
	for name, c := range map[string]struct {
		of   *outcome
		work bool
		want string // phase, at work, result, error, waits for a word
	}{
		"nothing yet":       {nil, false, "0 false false false false"},
		"nothing, at work":  {nil, true, "1 true false false false"},
		"all":               {&outcome{result: &pipeline.Result{}}, false, "2 false true false false"},
		"all, asked anew":   {&outcome{result: &pipeline.Result{}}, true, "2 false true false false"},
		"a part":            {&outcome{result: &pipeline.Result{}, unpaid: unpaid}, false, "2 false true false true"},
		"a part, at work":   {&outcome{result: &pipeline.Result{}, unpaid: unpaid, err: failed}, true, "2 true true false false"},
		"a part, failed":    {&outcome{result: &pipeline.Result{}, unpaid: unpaid, err: failed}, false, "2 false true true false"},
		"failed":            {&outcome{err: failed}, false, "3 false false true false"},
		"failed, at work":   {&outcome{err: failed}, true, "1 true false false false"},
		"unpaid":            {&outcome{unpaid: unpaid}, false, "5 false false false true"},
		"being paid for":    {&outcome{unpaid: unpaid}, true, "1 true false false false"},
		"stopped, not paid": {&outcome{unpaid: unpaid, err: ErrStopped}, false, "3 false false true true"},
	} {
		s, m := withModel(t, 1, 4, 4)
		s.engine.Providers["a"] = open{}
		if c.of != nil {
			s.current.outcomes["a/m@4"] = *c.of
		}
		if c.work {
			source, _ := pipeline.SourceOf(m, s.candidates[0])
			s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		}
		s.Touch()
		st := s.States()[0]
		if got := fmt.Sprint(int(st.Phase), st.Working, st.Result != nil, st.Err != nil, st.needsApproval()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Results that are known from before do not hide why the rest has none.
func TestWhatIsComparedAgainKeepsItsReason(t *testing.T) {
	s, m := compared(t, 8)
	c := s.candidates[0]
	source, _ := pipeline.SourceOf(m, c)
	emb := s.embeddings[source.Key()]
	for name, rest := range map[string]outcome{"whole": {}, "the rest failed": {err: errors.New("x")}, "the rest is not paid for": {unpaid: &pipeline.Estimate{Texts: 2}}} {
		s.kept = nil
		s.kept.add(emb, s.resultAt(1024))
		s.Invalidate(1)
		s.job = &job{ctx: t.Context(), cancel: func() {}, running: true, texts: s.wordings(), pending: map[string]bool{c.ID(): true}, parts: map[string]*part{}, compared: map[string]*comparing{}}
		ended(s.analyse(m, []api.Candidate{c}, emb, rest))
		if got := s.current.outcomes[c.ID()]; got.result == nil || !errors.Is(got.err, rest.err) || got.unpaid != rest.unpaid {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// without is a model that gives no vectors to some texts, each for its own reason.
type without map[int]error

func (w without) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	r, err := noise{}.Embed(ctx, req)
	r.Failed = map[int]error{}
	for i, why := range w {
		r.Vectors[i], r.Failed[i] = nil, why
	}
	return r, err
}

// Of the queries that have no vector the first says why.
func TestTheFirstQueryWithoutAVectorSaysWhy(t *testing.T) {
	s, m := compared(t, 3)
	m.Source = api.SourceBinary
	result := s.resultAt(1024)
	texts, err := evaluate.NewQueries(3, []evaluate.Query{
		{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 0, Grade: 1}}}, {Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}},
		{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 2, Grade: 1}}}, {Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 0, Grade: 1}}},
	}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	first, second, third := errors.New("first"), errors.New("second"), errors.New("third")
	for name, c := range map[string]struct {
		none without
		want error
	}{"all have one": {nil, nil}, "some have none": {without{1: first, 3: second}, first}, "others have none": {without{3: third, 2: second}, second}} {
		s.engine.Providers["a"] = api.Uncached{Embedder: c.none}
		of := toMeasure{"one", Searched{Result: result, Query: pipeline.QuerySource(m, result.Candidate)}}
		_, lacks, err := of.row(t.Context(), s.engine, []string{"q 0", "q 1", "q 2", "q 3"})
		if err != nil || !errors.Is(lacks, c.want) {
			t.Errorf("%s: it lacks %v, want %v; %v", name, lacks, c.want, err)
		}
		// What has a vector is measured all the same.
		index, err := lexical.NewIndex(t.Context(), s.resultWordings())
		if err != nil {
			t.Fatal(err)
		}
		rows, err := measure(t.Context(), s.engine, measuredOf{labels: texts, index: index}, []toMeasure{of}, []string{"q 0", "q 1", "q 2", "q 3"}, 1)
		if err != nil || rows[0].Err != nil || rows[0].Queries != 4-len(c.none) {
			t.Errorf("%s: measured at %d queries, %v; %v", name, rows[0].Queries, rows[0].Err, err)
		}
	}
}

// Labels that cannot decide any more are none that can be chosen again.
func TestLabelsThatCannotDecideAreNotLeft(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		left bool
	}{"they could": {nil, true}, "they could not": {errors.New("too few"), false}} {
		s := bare(t, numbered(6)...)
		s.Labels().Set(0, 3, labels.Same)
		s.Asked().Ask("which?", "")
		s.Asked().Judge("which?", 0, 1)
		s.Asked().Judge("what?", 0, 1)
		had := *s.Labels().present()
		now := had
		had.tasks = []LabelTask{{Task: evaluate.Groups}}
		now.tasks = []LabelTask{{Task: evaluate.Retrieval}, {Task: evaluate.Groups, Err: c.err}}
		s.TakeEvents()
		s.noticeDeciding(&had, &now)
		if got := deciding(s); len(got) != 1 || got[0] != (DecidingEvent{Before: evaluate.Groups, Now: evaluate.Retrieval, Marks: 1, Judged: 2, Left: c.left}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// How many are judged is what is judged now.
	s := bare(t, numbered(6)...)
	had := *s.Labels().present()
	had.tasks = []LabelTask{{Task: evaluate.Groups}}
	s.Asked().Ask("which?", "")
	s.Asked().Judge("which?", 0, 1)
	now := *s.Labels().present()
	now.tasks = []LabelTask{{Task: evaluate.Retrieval}}
	s.TakeEvents()
	s.noticeDeciding(&had, &now)
	if got := deciding(s); len(got) != 1 || got[0].Judged != 1 {
		t.Errorf("judged: %+v", got)
	}
}

// While texts change nothing is measured at judgments of those before.
func TestNothingIsMeasuredWhileTextsChange(t *testing.T) {
	s, _ := compared(t, 3)
	s.Asked().Ask("text 1", "")
	s.Asked().Judge("text 1", 0, 1)
	_, indexing := s.Search().Measured("", 1)
	ended(indexing)
	if _, cmd := s.Search().Measured("", 1); cmd == nil {
		t.Fatal("nothing is measured")
	}
	rows := []Measured{{ID: trial.BM25}}
	s.searching.measuring = measuring{rows: rows}
	if err := s.corpus.Insert(0, corpus.Text{Text: "new"}); err != nil {
		t.Fatal(err)
	}
	if got, cmd := s.Search().Measured("", 1); cmd != nil || len(got) != 1 {
		t.Errorf("figures %v stand, and others are on their way: %t", got, cmd != nil)
	}
}
