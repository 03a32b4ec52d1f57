package session

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestOfWhatWasAgreedToOnlyWhatIsSentIsCounted(t *testing.T) {
	for _, c := range []struct{ texts, sent, come, done, total int }{
		{5, 0, 3, 3, 5}, {5, 2, 3, 0, 2}, {5, 2, 4, 1, 2}, {5, 2, 5, 2, 2}, {5, 2, 1, 0, 2}, {5, 5, 1, 1, 5},
	} {
		a := &Request{texts: make([]string, c.texts), grant: Grant{texts: c.sent}}
		a.progressed(c.come)
		if done, total := a.Progress(); done != c.done || total != c.total {
			t.Errorf("%+v: %d of %d", c, done, total)
		}
	}
}

func TestAWaitEndsWhenItsTimeIsOverOrBatchesAreSent(t *testing.T) {
	s := bare(t)
	now := time.Now()
	s.seen = now
	a := &Request{started: now.Add(time.Hour)} // the clock was set back
	if w := s.Requests().Work(a); w.Elapsed != 0 || w.Rate != 0 || w.Waits != nil {
		t.Errorf("%+v", w)
	}
	a.started = now.Add(-4 * time.Second)
	a.progressed(0)
	a.texts = make([]string, 8)
	a.progressed(8)
	if w := s.Requests().Work(a); w.Elapsed != 4*time.Second || w.Rate != 2 {
		t.Errorf("%+v", w)
	}
	for name, c := range map[string]struct {
		wait  pause
		shown bool
		after bool // batches are sent
	}{
		"until then":        {pause{until: now.Add(time.Minute), reason: "busy", attempt: 2, lost: true}, true, true},
		"it is over":        {pause{until: now.Add(-time.Minute)}, false, false},
		"nobody knows when": {pause{reason: "another"}, true, false},
	} {
		a.wait.Store(&c.wait)
		w := s.Requests().Work(a).Waits
		if (w != nil) != c.shown || w != nil && (w.Reason != c.wait.reason || w.Attempt != c.wait.attempt || w.Lost != c.wait.lost || !w.Unknown && w.Left != c.wait.until.Sub(now) || w.Unknown != c.wait.until.IsZero()) {
			t.Errorf("%s: %+v", name, w)
		}
		a.answered(1, 3)
		if w := s.Requests().Work(a).Waits; (w != nil) != c.after {
			t.Errorf("%s, and a batch is answered: %+v", name, w)
		}
	}
	if b := a.Batches(); b != (Batches{1, 3}) || b.Plus(Batches{2, 4}) != (Batches{3, 7}) {
		t.Errorf("%+v", b)
	}
	if w := s.Requests().Work(nil); !w.Checking {
		t.Errorf("one that has not begun: %+v", w)
	}
	a.waits(api.Notice{Wait: time.Hour, Reason: "busy", Attempt: 3, Lost: true})
	if p := a.wait.Load(); p.reason != "busy" || p.attempt != 3 || !p.lost || time.Until(p.until) < 59*time.Minute {
		t.Errorf("%+v", p)
	}
}

// Every purpose has requests of its own, which none of another takes the place of.
func TestPurposesArePartedAndKnowWhomTheyAreFor(t *testing.T) {
	source := pipeline.Source{Model: api.Model{Provider: "a", ID: "m"}}
	seen := map[string]Purpose{}
	for p, c := range map[Purpose]struct {
		candidates bool
		role       api.Role
	}{
		ForCandidates: {true, ""}, ForQuery: {false, ""}, ForReduction: {false, ""}, ForTriedQueries: {true, api.RoleQuery}, ForTriedDocuments: {true, api.RoleDocument}, ForDocuments: {false, ""},
	} {
		key := requestKey(p, source)
		if other, taken := seen[key]; taken {
			t.Errorf("%d and %d are both found under %q", p, other, key)
		}
		seen[key] = p
		if got := (&Request{purpose: p}).Role(); p.ofCandidates() != c.candidates || got != c.role {
			t.Errorf("%d: of candidates %t, as %q", p, p.ofCandidates(), got)
		}
		if c.role != "" && purposes[c.role] != p {
			t.Errorf("texts as %q are paid for as %d", c.role, purposes[c.role])
		}
	}
}

func TestWhatStoppedRequestsHaveBroughtIsAddedUp(t *testing.T) {
	s := bare(t)
	emb := func(has ...int) *pipeline.Embedding { return &pipeline.Embedding{Vectors: vectors(t, 4, has...)} }
	request := func(p Purpose, stopped bool, done int) *Request {
		a := &Request{purpose: p, stopped: stopped, texts: make([]string, 4)}
		a.answered(done, 4)
		return a
	}
	s.stopping = Stopping{awaited: 2, Free: true}
	s.gatherStopped(request(ForQuery, true, 4), emb(0, 1, 2, 3))
	s.gatherStopped(request(ForCandidates, false, 4), emb(0, 1, 2, 3))
	s.gatherStopped(request(ForCandidates, true, 1), emb(0))
	if s.Run().Stopped != nil || s.Run().Awaited != 1 {
		t.Errorf("before the last has ended: %+v", s.Run())
	}
	s.gatherStopped(request(ForTriedQueries, true, 0), nil)
	if got := s.Run(); got.Awaited != 0 || got.Stopped == nil || *got.Stopped != (Stopping{Kept: Batches{1, 8}, Texts: 1, Of: 8, Free: true}) {
		t.Errorf("in the end %+v", got.Stopped)
	}
	if s.RunTold(); s.Run().Stopped != nil || s.stopping != (Stopping{}) {
		t.Error("it is told twice")
	}
}

func TestARefusedTextIsToldOnce(t *testing.T) {
	refused := func(at ...int) map[int]error {
		failed := map[int]error{}
		for _, i := range at {
			failed[i] = &api.TextError{Index: i, Err: fmt.Errorf("zeros in %d", i)}
		}
		return failed
	}
	texts := []string{"a", "b", "a", "c"}
	answer := func(requests int, at ...int) *pipeline.Embedding {
		return &pipeline.Embedding{Texts: texts, Failed: refused(at...), Spent: api.Usage{Requests: requests}}
	}
	for name, c := range map[string]struct {
		emb, before *pipeline.Embedding
		want        int
		why         string
	}{
		"the same words twice": {answer(1, 0, 2, 3), nil, 2, "zeros in 0"}, "known before": {answer(1, 0, 1), answer(1, 2), 1, "zeros in 1"}, "nobody was asked": {answer(0, 0), nil, 0, ""},
		"nothing came": {nil, nil, 0, ""}, "all before": {answer(1, 1), answer(1, 1), 0, ""},
	} {
		var r Refused
		r.add(c.emb, c.before)
		if r.Texts != c.want || (r.Why == nil) != (c.why == "") {
			t.Errorf("%s: %+v", name, r)
		}
		var of *api.TextError
		if c.why != "" && (!errors.As(r.Why, &of) || of.Err.Error() != c.why) {
			t.Errorf("%s: the reason is %v, want %s", name, r.Why, c.why)
		}
	}
}

func TestWhatATrialWasRefusedIsForgottenWhenItComes(t *testing.T) {
	var k keptForTrials
	full := &pipeline.Embedding{Vectors: vectors(t, 2, 0, 1)}
	k.take("q", &pipeline.Embedding{Vectors: vectors(t, 2)}, errors.New("out of order"))
	if k.failed["q"] == nil || k.embeddings["q"] != nil {
		t.Errorf("after a failure: %+v", k)
	}
	k.take("q", full, context.Canceled)
	if !errors.Is(k.failed["q"], ErrStopped) || k.embeddings["q"] != full {
		t.Errorf("after a stop: %+v", k)
	}
	if k.take("q", full, nil); k.failed["q"] != nil {
		t.Errorf("it came, and is said to have failed: %v", k.failed["q"])
	}
}

func TestATrialOfBeforeStandsWhereItIsOfTheSameLabels(t *testing.T) {
	groups, err := evaluate.NewGroups([]int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := evaluate.NewPairs(4, []evaluate.Pair{{A: 0, B: 1, Score: 1}, {A: 0, B: 2, Score: 0}})
	if err != nil {
		t.Fatal(err)
	}
	of := labelsKey{texts: 1, revision: 2}
	had := &trying{seed: 7, limits: evaluate.Limits{Price: 1}, number: 3, of: of, trial: &trial.Trial{Labels: groups}, found: &trial.Findings{}, unpaid: make([]pipeline.Estimate, 1), err: errors.New("of before")}
	for name, c := range map[string]struct {
		key   trialKey
		of    labelsKey
		stays bool
	}{
		"the same": {trialKey{labels: groups}, of, true}, "others of the kind": {trialKey{labels: pairs}, of, false}, "of other texts": {trialKey{labels: groups}, labelsKey{texts: 9, revision: 2}, false},
		"nothing": {trialKey{}, of, false},
	} {
		got := had.next(c.key, c.of)
		if (got.trial == had.trial) != c.stays || (got.found == had.found) != c.stays || (len(got.unpaid) == 1) != c.stays || got.working != (c.key.labels != nil) {
			t.Errorf("%s: %+v", name, got)
		}
		if got.seed != 7 || got.limits.Price != 1 || got.number != 4 || got.err != nil {
			t.Errorf("%s: seed %d, limits %+v, number %d, %v", name, got.seed, got.limits, got.number, got.err)
		}
	}
	if !had.failed() || (&trying{trial: &trial.Trial{Rows: []trial.Row{{}}}}).failed() || !(&trying{trial: &trial.Trial{Rows: []trial.Row{{}, {Err: trial.ErrUnpaid}}}}).failed() {
		t.Error("what could not be tried is not what failed")
	}
}

func TestWhatIsBeingPaidForIsNotUnpaid(t *testing.T) {
	s := bare(t)
	source := pipeline.Source{Model: api.Model{Provider: "a", ID: "m"}}
	tr := &trying{unpaid: []pipeline.Estimate{{Source: source, Role: api.RoleQuery, Candidates: []string{"a/m@4"}}}}
	for name, c := range map[string]struct {
		request *Request
		want    int
	}{
		"nobody asks": {nil, 1}, "it is paid for": {&Request{grant: SendingGrant}, 0}, "that was stopped": {&Request{grant: SendingGrant, stopped: true}, 1}, "only what is known is asked for": {&Request{}, 1},
	} {
		clear(s.requests)
		if c.request != nil {
			s.requests[requestKey(ForTriedQueries, source)] = c.request
		}
		if got := len(tr.unpaidNow(s)); got != c.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestAnOutcomeIsCompleteWhenNothingMoreCanCome(t *testing.T) {
	server, inside := api.Model{Source: api.SourceCached}, api.Model{Source: api.SourceBinary}
	text := map[int]error{0: &api.TextError{Err: errors.New("zeros")}}
	long := map[int]error{0: &api.TextError{Err: &pipeline.LongTextError{}}}
	for name, c := range map[string]struct {
		of                           outcome
		complete, refused, leavesOut bool
	}{
		"nothing": {outcome{}, true, false, false}, "failed": {outcome{err: errors.New("x")}, false, false, false}, "not paid": {outcome{unpaid: &pipeline.Estimate{}}, false, false, false},
		"refused": {outcome{result: &pipeline.Result{Model: server, Failed: text}}, true, true, false}, "not read here": {outcome{result: &pipeline.Result{Model: inside, Failed: text}}, true, false, false},
		"left out": {outcome{result: &pipeline.Result{Model: server, Failed: long}}, true, false, true},
	} {
		if c.of.complete() != c.complete || c.of.refused() != c.refused || c.of.leavesOut() != c.leavesOut {
			t.Errorf("%s: complete %t, refused %t, left out %t", name, c.of.complete(), c.of.refused(), c.of.leavesOut())
		}
	}
}

func TestOnlySelectedTextsAreShownWhereTwoAre(t *testing.T) {
	s := bare(t, numbered(4)...)
	order := []int{3, 2, 1, 0}
	for _, c := range []struct {
		do    func()
		shown []int
		alone bool
	}{
		{func() { s.Select(true, 1) }, order, false}, {func() { s.Select(true, 3, 0) }, []int{3, 1, 0}, true}, {func() { s.ShowSelection(false) }, order, false},
		{func() { s.Select(false, 3) }, []int{1, 0}, true}, {func() { s.SelectNone() }, order, false},
	} {
		before := s.SelectionChanges()
		c.do()
		if got := s.shownOf(order); fmt.Sprint(got) != fmt.Sprint(c.shown) || s.SelectionShown() != c.alone || s.SelectionChanges() == before {
			t.Errorf("shown are %v, want %v; alone %t", got, c.shown, s.SelectionShown())
		}
	}
	// The results can be of texts of before, of which fewer are selected.
	s.Select(true, 0, 1)
	s.current = newComparison(99, numbered(4)[1:], s.corpus.Origin())
	if got := s.shownOf([]int{0, 1, 2}); len(got) != 3 {
		t.Errorf("of one text that is there %v are shown", got)
	}
	s.Edits().Delete(0)
	if got := s.Selection(); len(got) != 1 || got[0] != 0 {
		t.Errorf("selected are %v", got)
	}
}

// What a stop has stopped is told apart by what it costs and whom it is for.
func TestAStopSaysWhatItStopsByItsCost(t *testing.T) {
	price := 1.0
	source := pipeline.Source{Model: api.Model{Provider: "a", ID: "m", Dimensions: 4, Price: &price}}
	for name, c := range map[string]struct {
		purpose        Purpose
		sends, stopped bool
		want           Stopped
		gone           bool // the request is dropped, and not awaited
	}{
		"texts that cost":         {ForCandidates, true, false, Stopped{Paid: true, Awaited: 1}, false},
		"texts for nothing":       {ForCandidates, false, false, Stopped{Free: true}, true},
		"queries of a trial":      {ForTriedQueries, true, false, Stopped{Paid: true, Awaited: 1}, false},
		"a query":                 {ForQuery, true, false, Stopped{Other: ForQuery}, false},
		"a query for nothing":     {ForQuery, false, false, Stopped{Other: ForQuery}, true},
		"what is stopped already": {ForQuery, true, true, Stopped{}, false},
	} {
		s := bare(t, numbered(2)...)
		a := s.newRequest(c.purpose, source, s.wordings(), Grant{sends: c.sends})
		a.stopped = c.stopped
		got := s.StopAll()
		_, there := s.requests[a.key]
		if got != c.want || there == c.gone || a.stopped != (c.sends || c.stopped) || (a.ctx.Err() != nil) != !c.stopped {
			t.Errorf("%s: %+v, want %+v; it is there %t, stopped %t, ended %v", name, got, c.want, there, a.stopped, a.ctx.Err())
		}
		if s.Running() {
			t.Errorf("%s: something runs still", name)
		}
	}
	s := bare(t, numbered(2)...)
	s.newRequest(ForCandidates, source, s.wordings(), Grant{})
	s.Stop()
	if !s.stopping.Free {
		t.Error("that work for nothing was stopped too is not told at the end of a run")
	}
}
