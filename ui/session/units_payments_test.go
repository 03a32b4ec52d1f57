package session

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestRequestsAreInTheOrderInWhichTheyBegan(t *testing.T) {
	s := bare(t, numbered(3)...)
	var want []*Request
	for _, id := range []string{"d", "a", "c", "b", "f", "e"} {
		want = append(want, s.newRequest(ForQuery, pipeline.Source{Model: api.Model{Provider: "a", ID: id}}, s.wordings(), SendingGrant))
	}
	want[2].stopped = true
	if got := s.Requests().Paid(); !slices.Equal(got, slices.Delete(slices.Clone(want), 2, 3)) {
		t.Errorf("%d of %d are in another order", len(got), len(want))
	}
}

func TestTheSpeedOfARequestIsOfWhatHasCome(t *testing.T) {
	s := bare(t, numbered(3)...)
	a := s.newRequest(ForQuery, pipeline.Source{}, s.wordings(), Grant{})
	a.done.Store(2)
	for elapsed, rate := range map[time.Duration]float64{-time.Second: 0, time.Second - 1: 0, time.Second: 2, 4 * time.Second: .5} {
		s.seen = a.started.Add(elapsed)
		if w := s.Requests().Work(a); w.Rate != rate || w.Elapsed != max(elapsed, 0) {
			t.Errorf("after %v: %g texts a second in %v", elapsed, w.Rate, w.Elapsed)
		}
	}
	a.wait.Store(&pause{until: s.seen})
	if s.Requests().Work(a).Waits != nil {
		t.Error("it waits when the time is over")
	}
}

// A change ends what is asked of free models for nothing else than matrices.
func TestAChangeEndsOnlyWhatNobodyWants(t *testing.T) {
	s, m := withModel(t, 0, 4, 4)
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	other := source
	other.Model.ID = "gone"
	for name, c := range map[string]struct {
		purpose Purpose
		source  pipeline.Source
		texts   []string
		grant   Grant
		ends    bool
	}{
		"wanted":         {ForCandidates, source, s.wordings(), Grant{}, false},
		"other texts":    {ForCandidates, source, []string{"text 1"}, Grant{}, true},
		"no candidate":   {ForCandidates, other, s.wordings(), Grant{}, true},
		"paid":           {ForCandidates, other, s.wordings(), SendingGrant, false},
		"a query":        {ForQuery, other, []string{"what?"}, Grant{}, false},
		"documents":      {ForDocuments, source, s.wordings(), Grant{}, false},
		"tried queries ": {ForTriedQueries, other, []string{"what?"}, Grant{}, false},
	} {
		clear(s.requests)
		a := s.newRequest(c.purpose, c.source, c.texts, c.grant)
		if s.cancelUnwanted(); (a.ctx.Err() != nil) != c.ends || (len(s.requests) == 0) != c.ends {
			t.Errorf("%s: it ends: %t", name, a.ctx.Err() != nil)
		}
	}
}

// What is asked for already is not offered for payment; what was stopped is, again.
func TestOnlyWhatIsNotUnderWayIsOffered(t *testing.T) {
	s, m := withModel(t, 1, 4, 4)
	s.engine.Providers["a"] = open{}
	source, _ := pipeline.SourceOf(m, s.candidates[0])
	for name, c := range map[string]struct {
		request           *Request
		offered, onItsWay bool
	}{
		"nobody asks":          {nil, true, false},
		"being paid for":       {&Request{grant: SendingGrant}, false, false},
		"what is known":        {&Request{}, false, false},
		"it was stopped":       {&Request{grant: SendingGrant, stopped: true}, true, true},
		"that was for nothing": {&Request{stopped: true}, true, true},
	} {
		s.endJob()
		clear(s.requests)
		if c.request != nil {
			c.request.cancel, c.request.texts = func() {}, s.wordings()
			s.requests[source.Key()] = c.request
		}
		if got := len(s.Payments().Sources()) == 1; got != c.offered {
			t.Errorf("%s: it is offered: %t", name, got)
		}
		if got := s.priceOnItsWay(); got != c.onItsWay {
			t.Errorf("%s: its price is on its way: %t", name, got)
		}
		if c.request == nil {
			continue
		}
		s.Payments().Embed([]pipeline.Estimate{{Source: source, Texts: 3, Paid: true, Priced: true}}, pipeline.LongCut)
		if again := s.requests[source.Key()] != c.request; again != c.offered {
			t.Errorf("%s: it is asked again: %t", name, again)
		}
	}
	clear(s.requests)
	s.job = &job{pending: map[string]bool{"a/m@4": true}, cancel: func() {}}
	if !s.priceOnItsWay() {
		t.Error("what is looked up is not on its way")
	}
}

// What waits for a word, and what the limits hold back, are told apart.
func TestWhatWaitsForAWordIsNotWhatFailedOrIsHeldBack(t *testing.T) {
	unpaid := &pipeline.Estimate{Texts: 3}
	for name, c := range map[string]struct {
		of          outcome
		limits      evaluate.Limits
		waits, held bool
	}{
		"unpaid":             {outcome{unpaid: unpaid}, evaluate.Limits{}, true, false},
		"stopped":            {outcome{unpaid: unpaid, err: ErrStopped}, evaluate.Limits{}, true, false},
		"failed":             {outcome{unpaid: unpaid, err: errors.New("x")}, evaluate.Limits{}, false, false},
		"nothing lacks":      {outcome{}, evaluate.Limits{}, false, false},
		"beyond the limits":  {outcome{unpaid: unpaid}, evaluate.Limits{LocalOnly: true}, false, true},
		"failed beyond them": {outcome{unpaid: unpaid, err: errors.New("x")}, evaluate.Limits{LocalOnly: true}, false, false},
	} {
		s, _ := withModel(t, 1, 4, 4)
		s.engine.Providers["a"] = open{}
		s.current.outcomes["a/m@4"] = c.of
		s.trying.limits = c.limits
		s.Touch()
		if waits, held := s.Payments().Unpaid() == 1, len(s.Payments().HeldBack()) == 1; waits != c.waits || held != c.held {
			t.Errorf("%s: it waits %t, is held back %t", name, waits, held)
		}
	}
}

func TestTextsThatARefusalNamedBeforeAreFoundByTheirWords(t *testing.T) {
	refusal := func(i int) map[int]error { return map[int]error{i: &api.TextError{Index: i, Err: errors.New("zeros")}} }
	before := &pipeline.Embedding{Texts: []string{"x", "a"}, Failed: refusal(1)}
	for text, want := range map[string]int{"a": 0, "b": 1} {
		var r Refused
		r.add(&pipeline.Embedding{Texts: []string{text, "b"}, Failed: refusal(0), Spent: api.Usage{Requests: 1}}, before)
		if r.Texts != want || (r.Why != nil) != (want == 1) {
			t.Errorf("%s: %+v", text, r)
		}
	}
}

func TestOnlyWhatTheLogHasTakenIsCounted(t *testing.T) {
	s := bare(t)
	failed := errors.New("the disk is full")
	for _, c := range []struct {
		of     noteResult
		logged int
		told   bool
	}{{noteResult{}, 0, false}, {noteResult{done: true}, 1, false}, {noteResult{err: failed}, 1, true}} {
		s.noted(c.of)
		events := s.TakeEvents()
		if s.Payments().Logged() != c.logged || (len(events) == 1) != c.told || c.told && events[0] != (UnrecordedEvent{failed}) {
			t.Errorf("%+v: %d are noted, told is %+v", c.of, s.Payments().Logged(), events)
		}
	}
}

func TestQueriesAreTheSameWhereAllOfThemIs(t *testing.T) {
	of := func(change func(*tiedLabels)) *tiedLabels {
		t := &tiedLabels{Tied: &labels.Tied{Queries: []labels.TiedQuery{{Query: evaluate.Query{Source: -1}}}, Pools: map[int]int{0: 0}}, queries: []string{"which?"}}
		change(t)
		return t
	}
	had := of(func(*tiedLabels) {})
	for name, c := range map[string]struct {
		change       func(*tiedLabels)
		same, pooled bool
	}{
		"nothing":         {func(*tiedLabels) {}, true, false},
		"another text":    {func(t *tiedLabels) { t.queries = []string{"what?"} }, false, false},
		"another source":  {func(t *tiedLabels) { t.Queries[0].Source = 2 }, false, false},
		"more was judged": {func(t *tiedLabels) { t.Pools[0] = 10 }, false, true},
		"one more query": {func(t *tiedLabels) {
			t.Queries = append(t.Queries, labels.TiedQuery{Query: evaluate.Query{Source: -1}})
		}, false, false},
	} {
		now := of(c.change)
		if now.sameQueries(had) != c.same || now.pooled() != c.pooled {
			t.Errorf("%s: the same %t, pooled %t", name, now.sameQueries(had), now.pooled())
		}
	}
}

func TestQueriesOfAFileTellWhatIsLeftOut(t *testing.T) {
	s := bare(t, numbered(3)...)
	skipped := &labels.Error{}
	read := func() (labels.Questions, error) {
		return labels.Questions{Judged: true, Skipped: []*labels.Error{skipped}, Queries: []labels.Query{
			{Text: "which?", Judged: []labels.Judgment{{Text: "1", Grade: 1}}}, {Text: "none?", Judged: []labels.Judgment{{Text: "99", Grade: 1}}},
		}}, nil
	}
	var got MergedQueries
	ended(s.Asked().Import(read, func(m MergedQueries, err error) tea.Cmd { got = m; return nil }))
	if got.All != 2 || got.Queries != 1 || got.Judgments != 1 || len(got.LeftOut) != 2 || got.LeftOut[0] != skipped {
		t.Errorf("of %d queries %d, with %d judgments; %d are left out", got.All, got.Queries, got.Judgments, len(got.LeftOut))
	}
	s.Asked().Ask("and this?", "")
	if judged, all := s.Asked().Decided(); judged != 1 || all != 2 {
		t.Errorf("%d of %d are judged", judged, all)
	}
}

func TestTheTextsOfBeforeComeWithTheirOrigin(t *testing.T) {
	before := bare(t)
	before.Restore().Texts(numbered(2), corpus.Origin{Source: "a.csv"})
	if c := before.Corpus(); c.Len() != 2 || c.Origin().Source != "a.csv" {
		t.Errorf("%d texts from %+v", c.Len(), c.Origin())
	}
	s, m := withModel(t, 0, 4, 4)
	s.SetRoles(m, api.Roles{Query: api.Manner{Prefix: "q: "}})
	if got, err := s.Find("a/m"); err != nil || got.Roles.Query.Prefix != "q: " {
		t.Errorf("a model is found with %+v, %v", got.Roles, err)
	}
}

// The order by similarity costs what a dense matrix does, and is no order of more texts.
func TestTheOrderOfManyTextsIsTheGivenOne(t *testing.T) {
	s := bare(t)
	for n, want := range map[int]OrderMode{2: OrderSimilarity, compare.DenseLimit: OrderSimilarity, compare.DenseLimit + 1: OrderGiven} {
		s.current = newComparison(1, make([]corpus.Text, n), corpus.Origin{})
		if got := s.Order(); got != want {
			t.Errorf("of %d texts the order is %q", n, got.Key())
		}
	}
}

// Screens follow changed texts with a result or a failure, and not for what is unpaid.
func TestScreensFollowChangedTextsForWhatThereIsToShow(t *testing.T) {
	failed := errors.New("x")
	for name, c := range map[string]struct {
		of      outcome
		follows bool
	}{
		"a result": {outcome{result: &pipeline.Result{}}, true}, "a failure": {outcome{err: failed}, true}, "unpaid": {outcome{unpaid: &pipeline.Estimate{}}, false},
		"unpaid after a failure": {outcome{unpaid: &pipeline.Estimate{}, err: failed}, false}, "a part": {outcome{result: &pipeline.Result{}, unpaid: &pipeline.Estimate{}}, true},
	} {
		s := bare(t, numbered(2)...)
		s.job = &job{pending: map[string]bool{"a/m@4": true}}
		s.pending = newComparison(9, numbered(3), corpus.Origin{})
		if s.record("a/m@4", c.of); (len(s.Texts()) == 3) != c.follows || s.job.pending["a/m@4"] {
			t.Errorf("%s: %d texts are shown", name, len(s.Texts()))
		}
	}
}

// A result that is whole is shown as ready although its source is asked for something else.
func TestAWholeResultIsReady(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		phase Phase
	}{"whole": {nil, PhaseReady}, "a part": {errors.New("x"), PhaseReady}} {
		s, _ := compared(t, 4)
		o := s.current.outcomes["a/m@1024"]
		o.err = c.err
		s.current.outcomes["a/m@1024"] = o
		source, _ := s.sourceOf(s.candidates[0])
		s.newRequest(ForCandidates, source, s.wordings(), SendingGrant)
		if st := s.States()[0]; st.Phase != c.phase || st.Working != (c.err != nil) || st.Err != nil {
			t.Errorf("%s: in phase %d, working %t, %v", name, st.Phase, st.Working, st.Err)
		}
	}
}

func TestATrialThatFailsSaysWhyAndOneThatWasEndedNothing(t *testing.T) {
	broken, before := errors.New("x"), &trial.Trial{}
	for _, c := range []struct{ err, want error }{{broken, broken}, {context.Canceled, nil}, {nil, nil}} {
		s := bare(t, numbered(2)...)
		s.trying.trial, s.trying.working = before, true
		s.tried(&trialWork{asked: []string{"which?"}, words: &trial.Lexical{}}, c.err)
		if !errors.Is(s.Verdict().Err(), c.want) || (c.want == nil) != (s.Verdict().Err() == nil) || s.Verdict().Working() || (s.Verdict().Trial() == before) != errors.Is(c.err, context.Canceled) {
			t.Errorf("%v: %v, working %t", c.err, s.Verdict().Err(), s.Verdict().Working())
		}
		if kept := s.trying.kept; kept.words == nil || !slices.Equal(kept.asked, []string{"which?"}) {
			t.Errorf("%v: kept of the words is %+v", c.err, kept)
		}
	}
	s := bare(t, numbered(2)...)
	a := s.newRequest(ForTriedQueries, pipeline.Source{}, nil, Grant{})
	s.trying.requests = []*Request{a}
	if s.endTrial(); a.ctx.Err() == nil || len(s.requests) != 0 {
		t.Error("what was asked for the trial goes on")
	}
}
