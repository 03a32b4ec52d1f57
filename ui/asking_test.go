package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
)

// whileAsked buys good@4 and does something after the first of three answers. It
// gives the explorer after everything has ended.
func whileAsked(t *testing.T, s *shop, o Options, do func(a *app)) *app {
	t.Helper()
	a := settled(t, 100, 30, o)
	did := false
	s.after, s.meanwhile = 1, func() { did = true; do(a) }
	press(t, a, "E", "p")
	if !did {
		t.Fatal("nothing was asked")
	}
	checkNobodyWaitsForNothing(t, a.store)
	return a
}

// checkNobodyWaitsForNothing fails when a candidate waits although nothing is
// under way for it.
func checkNobodyWaitsForNothing(t testing.TB, s *store) {
	t.Helper()
	kept := slices.Clone(s.states())
	s.touch()
	for i, c := range s.states() {
		if k := kept[i]; k.phase != c.phase || k.working != c.working || k.comparing != c.comparing || k.result != c.result || k.missing != c.missing || k.unpaid != c.unpaid || (k.err == nil) != (c.err == nil) {
			t.Errorf("%s is kept as %+v and is %+v: a change went unnoticed", c.ID(), k, c)
		}
		switch c.phase { // without texts there is nothing to do
		case phaseWaiting:
			if s.job == nil && s.corpus.Len() > 0 {
				t.Errorf("%s waits, and nothing is under way", c.ID())
			}
		case phaseRunning:
			source, _ := pipeline.SourceOf(c.model, c.Candidate)
			_, asked := s.requests[source.Key()]
			looking := s.job != nil && s.job.part(source.Key()).looking
			if !asked && !looking && !c.comparing {
				t.Errorf("%s is said to be %s, and nothing is under way", c.ID(), workText(c))
			}
		}
	}
}

func TestPaidAskingGoesOnWhateverIsChanged(t *testing.T) {
	insert := func(a *app) (tea.Cmd, error) { return a.store.insertTexts(0, corpus.Text{Text: "a new one"}) }
	changes := map[string]struct {
		do     func(t *testing.T, a *app)
		notice string
	}{
		"a candidate is added": {func(t *testing.T, a *app) {
			settle(t, a, a.store.toggle(api.Candidate{Model: "local/glove", Dimensions: 100}))
		}, ""},
		"another is taken out": {func(t *testing.T, a *app) { settle(t, a, a.store.toggle(a.store.candidates[1])) }, ""},
		"it is taken out": {func(t *testing.T, a *app) { settle(t, a, a.store.toggle(a.store.candidates[0])) },
			"shop/good goes on with the 3 texts that were agreed to, and what it brings is kept"},
		"it is resized":    {func(t *testing.T, a *app) { settle(t, a, a.store.resize(0, 2)) }, ""},
		"it is moved":      {func(t *testing.T, a *app) { settle(t, a, a.store.moveCandidate(0, 1)) }, ""},
		"texts are sorted": {func(t *testing.T, a *app) { settle(t, a, a.store.setOrder(orderSimilarity)) }, ""},
		"a text is added": {func(t *testing.T, a *app) {
			cmd, err := insert(a)
			if err != nil {
				t.Fatal(err)
			}
			settle(t, a, cmd)
		}, "shop/good goes on with the 3 texts that were agreed to; the changed text waits for E"},
		"a text is moved":       {func(t *testing.T, a *app) { settle(t, a, a.store.moveText(0, 1)) }, ""},
		"a text is deleted":     {func(t *testing.T, a *app) { settle(t, a, a.store.deleteText(0)) }, "shop/good goes on with the 3 texts"},
		"all is computed again": {func(t *testing.T, a *app) { settle(t, a, a.store.recompute()) }, ""},
		"costs are asked for":   {func(t *testing.T, a *app) { press(t, a, "E") }, "E asks again when it has ended"},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := newShop()
			a := whileAsked(t, s, shopOptions(t, s, "shop/good@4", "local/ngrams@64"), func(a *app) {
				change.do(t, a)
				checkNobodyWaitsForNothing(t, a.store)
				if !a.store.running() || !strings.Contains(a.progressText(far), "good") {
					t.Errorf("the progress is %q", a.progressText(far))
				}
				if !strings.Contains(a.notice.text, change.notice) || change.notice == "" && strings.Contains(a.notice.text, "goes on") {
					t.Errorf("the notice is %q, want %q", a.notice.text, change.notice)
				}
			})
			if s.sent() != 3 || spentOn(a, "shop/good").Tokens != 9 {
				t.Errorf("%d texts were sent, %+v is accounted", s.sent(), spentOn(a, "shop/good"))
			}
			if emb := a.store.embeddings["shop/good@0 "]; emb == nil || emb.Vectors.Present() < 2 {
				t.Errorf("what came is not kept: %+v", emb)
			}
			for _, c := range a.store.states() {
				if c.phase != phaseReady {
					t.Errorf("%s ends in phase %d: %v", c.ID(), c.phase, c.err)
				}
			}
			if a.store.running() || a.store.ledger.Committed() != a.store.ledger.Spent() {
				t.Errorf("still running: %v, %v", a.progressText(far), a.store.ledger.Committed())
			}
		})
	}
}

func TestChangedTextIsMissingFromWhatThePaidAskingBrought(t *testing.T) {
	s := newShop()
	a := whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) {
		cmd, err := a.store.insertTexts(1, corpus.Text{Text: "a new one"})
		if err != nil {
			t.Fatal(err)
		}
		settle(t, a, cmd)
	})
	c := candidateIn(t, a, "shop/good@4")
	if c.phase != phaseReady || c.missing != 1 || c.unpaid == nil || c.unpaid.Missing() != 1 || c.result.Vectors.Len() != 4 || c.result.Vectors.Has(1) {
		t.Errorf("phase %d, %d missing, unpaid %+v", c.phase, c.missing, c.unpaid)
	}
	if drawn := plain(a); !strings.Contains(drawn, "3 of 4 texts · E embeds 1") {
		t.Errorf("the matrix does not say what it lacks:\n%s", drawn)
	}
	press(t, a, "4")
	if drawn := plain(a); !strings.Contains(drawn, "good@4: 3 of 4 texts · E embeds 1; pairs with the others are not among these.") {
		t.Errorf("the duplicates do not say what they lack:\n%s", drawn)
	}
	press(t, a, "E", "p")
	if c := candidateIn(t, a, "shop/good@4"); c.missing != 0 || c.unpaid != nil || s.sent() != 4 {
		t.Errorf("after E and p %d texts are missing, %d were sent in all", c.missing, s.sent())
	}
}

func TestSmallerDimensionsComeFromTheRunningAsking(t *testing.T) {
	s := newShop()
	a := whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) { settle(t, a, a.store.resize(0, 2)) })
	if s.sent() != 3 || len(a.store.ready()) != 1 || !a.store.ready()[0].result.Derived {
		t.Errorf("%d texts were sent; ready are %d of %v", s.sent(), len(a.store.ready()), a.store.candidates)
	}
}

func TestFreeAskingsGoOnOnlyWhileTheyAreWanted(t *testing.T) {
	a := settled(t, 100, 30, optionsWith(t, hostile, several...))
	a.store.embeddings = map[string]*pipeline.Embedding{}
	a.store.current.outcomes = map[string]outcome{}
	a.store.invalidate(0)
	first := a.store.requests["local/glove@0 "]
	if first == nil {
		t.Fatalf("asked are %v", a.store.requests)
	}
	a.store.moveCandidate(0, 1)
	a.store.toggle(api.Candidate{Model: "local/ngrams", Dimensions: 128})
	if a.store.requests["local/glove@0 "] != first || first.ctx.Err() != nil {
		t.Error("another candidate ends an asking that is still wanted")
	}
	a.store.toggle(api.Candidate{Model: "local/glove", Dimensions: 100})
	if first.ctx.Err() == nil || a.store.requests["local/glove@0 "] != nil {
		t.Error("an asking that nobody wants goes on")
	}
	other := a.store.requests["local/ngrams@64 "]
	a.store.deleteText(0)
	if other.ctx.Err() == nil {
		t.Error("an asking for other texts goes on")
	}
}

func TestStoppingSaysWhatIsKeptAndWhatMayBeCharged(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		s := newShop()
		s.lost = 2
		a := whileAsked(t, s, shopOptions(t, s, "shop/good@4", "local/glove@100"), func(a *app) {
			press(t, a, key, "y")
			if a.quitting || !strings.HasPrefix(a.notice.text, "Stopping") {
				t.Errorf("%s says %q, quitting %v", key, a.notice.text, a.quitting)
			}
		})
		want := "Stopped: 1 of 3 batches is kept, for 3 tokens, $0.000060; up to $0.036 for 2 requests without a usable answer may be charged besides. E asks what the rest costs."
		if a.notice.text != want {
			t.Errorf("after %s the notice is %q, want %q", key, a.notice.text, want)
		}
		c := candidateIn(t, a, "shop/good@4")
		if c.phase != phaseReady || c.missing != 2 || !errors.Is(c.err, errStopped) || c.unpaid.Missing() != 2 {
			t.Errorf("after %s phase %d, %d missing, %v", key, c.phase, c.missing, c.err)
		}
		if got := a.store.ledger.Spent(); got < 0.024 {
			t.Errorf("the session counts $%v, without what may be charged", got)
		}
		if drawn := plain(a); !strings.Contains(drawn, "1 of 3 texts") {
			t.Errorf("the matrix does not say what it lacks:\n%s", drawn)
		}
	}
}

func TestFailureMidwayShowsWhatArrivedAndWhy(t *testing.T) {
	s := newShop()
	s.lost, s.breaks = 1, &api.ServerError{Provider: "shop", Status: 504, Message: "too slow", Advice: "try again later"}
	a := whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(*app) {})
	c := candidateIn(t, a, "shop/good@4")
	if c.phase != phaseReady || c.missing != 2 || c.err == nil || c.unpaid.Missing() != 2 {
		t.Fatalf("phase %d, %d missing, %v", c.phase, c.missing, c.err)
	}
	if want := "Embedded 1 text: 3 tokens, $0.000060+, 2 requests (1 failed); up to $0.018 for 1 request without a usable answer may be charged besides. ! tells more."; a.notice.text != want {
		t.Errorf("the notice is %q, want %q", a.notice.text, want)
	}
	if text := stateText(c); !strings.Contains(text, "1 of 3 texts") || !strings.Contains(text, "too slow") {
		t.Errorf("the state reads %q", text)
	}
	a.clearNotice()
	if drawn := plain(a); !strings.Contains(drawn, "1 of 3 texts · E embeds 2") || !strings.Contains(drawn, "too slow") {
		t.Errorf("this is drawn:\n%s", drawn)
	}
}

func TestFailureWithoutAnythingIsAFailureThatCanBePaidAgain(t *testing.T) {
	s := newShop()
	s.fails = map[string]error{"good": errors.New("it does not work")}
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	press(t, a, "E", "p")
	c := candidateIn(t, a, "shop/good@4")
	if c.phase != phaseFailed || c.unpaid == nil || !strings.Contains(c.err.Error(), "does not work") {
		t.Errorf("phase %d, %v, unpaid %v", c.phase, c.err, c.unpaid)
	}
}

func TestWhatIsUnderWayCountsAgainstTheLimit(t *testing.T) {
	s := newShop()
	o := shopOptions(t, s, "shop/good@4")
	o.Settings.Spending = config.Spending{PerRun: 1, PerSession: 0.0005}
	whileAsked(t, s, o, func(a *app) {
		settle(t, a, a.store.toggle(api.Candidate{Model: "shop/bad", Dimensions: 4}))
		press(t, a, "E", "p")
		if drawn := plain(a); !strings.Contains(drawn, "under way, more than your limit of $0.00050") || s.asked != nil {
			t.Errorf("while as much is under way a second run is asked about so:\n%s", drawn)
		}
		press(t, a, "esc", "esc")
	})
}

func TestWhatIsUnderWayCountsAtItsMost(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4", "shop/bad@4"))
	first, second := estimateOf(t, a, 0), estimateOf(t, a, 1)
	least, most := second[0].USD, mostOf(second)
	underWay := mostOf(first)
	for limit, want := range map[float64]string{
		underWay + most:           "",
		underWay + (least+most)/2: "at most " + format.UpTo(most) + " and so perhaps with what was spent and is under way, more than your limit of ",
		underWay + least/2:        "with what was spent and is under way, more than your limit of ",
	} {
		setLimits(a, config.Spending{PerRun: 1, PerSession: limit})
		a.store.newRequest("first", first[0].Source, []string{"one"}, a.store.grants(first, pipeline.LongCut)[0])
		if want != "" {
			want += format.Dollars(limit) + " a session"
		}
		if got := overLimit(a.store, second); got != want {
			t.Errorf("with %s under way and a limit of %s it says %q, want %q", format.Dollars(underWay), format.Dollars(limit), got, want)
		}
	}
}

// estimateOf is what a candidate of the explorer would take.
func estimateOf(t *testing.T, a *app, candidate int) []pipeline.Estimate {
	t.Helper()
	source, _ := a.store.sourceOf(a.store.candidates[candidate])
	e, err := a.store.engine.EstimateSource(t.Context(), source, textsOf(shopTexts), nil, pipeline.LongCut, a.store.counter.Count)
	if err != nil {
		t.Fatal(err)
	}
	return []pipeline.Estimate{e}
}

func TestVectorsThatAreGoneSinceTheirPriceWasToldAreNotPaidFor(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	for _, x := range shopTexts {
		s.known["good"+x.Text] = true
	}
	s.forgets = true
	press(t, a, "E")
	if drawn := plain(a); !strings.Contains(drawn, "Everything is known already") {
		t.Fatalf("E says\n%s", drawn)
	}
	press(t, a, "p")
	c := candidateIn(t, a, "shop/good@4")
	if s.sent() != 0 || c.phase != phaseUnpaid || c.unpaid.Missing() != 3 {
		t.Errorf("%d texts were sent; phase %d, unpaid %+v", s.sent(), c.phase, c.unpaid)
	}
	if want := "shop/good: some vectors are no longer in the cache. Nothing was sent; E shows what they cost."; a.notice.text != want {
		t.Errorf("the notice is %q, want %q", a.notice.text, want)
	}
	press(t, a, "E", "p")
	if c := candidateIn(t, a, "shop/good@4"); s.sent() != 3 || c.phase != phaseReady {
		t.Errorf("after a word %d texts were sent, phase %d", s.sent(), c.phase)
	}
}

func TestAStoppedAskingThatEndsLateIsShown(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	source, _ := a.store.sourceOf(a.store.candidates[0])
	late := a.store.newRequest(source.Key(), source, textsOf(shopTexts), grant{sends: true})
	delete(a.store.requests, late.key) // another has taken its place, and has failed
	emb, err := a.store.engine.Embed(t.Context(), source, late.texts, pipeline.EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	happen(t, a, func() tea.Cmd { return a.store.received(late, emb, nil) })
	if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || c.missing != 0 || s.sent() != 3 {
		t.Errorf("phase %d (%s), %d texts were sent", c.phase, stateText(c), s.sent())
	}
}

func TestStoppingTheComparingOfWhatIsHeldDoesNotSpeakOfMoney(t *testing.T) {
	s := newShop()
	for _, x := range shopTexts {
		s.known["good"+x.Text] = true
	}
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
	a.store.current.outcomes = map[string]outcome{}
	a.store.invalidate(0) // everything is held: it compares
	if c := candidateIn(t, a, "shop/good@4"); !c.comparing {
		t.Fatalf("it does not compare: phase %d", c.phase)
	}
	press(t, a, "esc")
	if c := candidateIn(t, a, "shop/good@4"); c.unpaid != nil || !errors.Is(c.err, errStopped) {
		t.Errorf("phase %d, %q", c.phase, phaseText(c))
	}
	if want := "Stopped; what had arrived is kept. R computes the rest."; a.notice.text != want {
		t.Errorf("the notice is %q, want %q", a.notice.text, want)
	}
	press(t, a, "R")
	if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady {
		t.Errorf("after R: phase %d, %q", c.phase, phaseText(c))
	}
}

func TestStoppingAsksWhileMoneyIsSpent(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		s := newShop()
		whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) {
			press(t, a, key)
			if drawn := flat(a.draw()); !a.store.running() || !strings.Contains(drawn, "1 paid model is being embedded, 1 of 3 batches. What arrived is kept, the rest may be charged.") {
				t.Errorf("%s asks nothing or stops, running %v:\n%s", key, a.store.running(), plain(a))
			}
			press(t, a, "esc")
			if !a.store.running() || a.top() != nil {
				t.Errorf("esc after %s stops the run or leaves the question, running %v", key, a.store.running())
			}
		})
	}
}

func TestInterruptAnswersItsOwnQuestion(t *testing.T) {
	s := newShop()
	whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) {
		press(t, a, "ctrl+c", "ctrl+c")
		if a.quitting || a.top() != nil || a.store.running() {
			t.Errorf("quitting %v, running %v, want the run stopped alone", a.quitting, a.store.running())
		}
	})
}

func TestTheQuestionWhetherToStopEndsWithItsRun(t *testing.T) {
	s := newShop()
	a := whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) { press(t, a, "esc") })
	if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || a.top() != nil || !strings.HasPrefix(a.notice.text, "Embedded 3 texts") {
		t.Errorf("phase %d, a box is open: %v, the notice is %q", c.phase, a.top() != nil, a.notice.text)
	}
}

func TestQuittingAsksWhileMoneyIsSpent(t *testing.T) {
	s := newShop()
	whileAsked(t, s, shopOptions(t, s, "shop/good@4"), func(a *app) {
		press(t, a, "q")
		if drawn := plain(a); a.quitting || !strings.Contains(drawn, "1 paid model is being embedded, 1 of 3 batches.") {
			t.Errorf("q asks nothing, or this:\n%s", drawn)
		}
		press(t, a, "n")
		if a.quitting || a.top() != nil || len(a.store.paidRequests()) != 1 {
			t.Error("n quits, stops, or leaves the question open")
		}
		press(t, a, "q", "y")
		if !a.quitting {
			t.Error("y does not quit")
		}
	})
}

// notebook is a log of what was spent.
type notebook struct{ notes []api.Tally }

func (n *notebook) Add(_ context.Context, s api.Tally) error {
	n.notes = append(n.notes, s)
	return nil
}

func (n *notebook) Totals(context.Context) ([]api.Tally, error) { return n.notes, nil }

func TestWhatWasSpentIsNotedEvenWhenTheProgramEnds(t *testing.T) {
	s := newShop()
	s.holds = make(chan struct{})
	log := &notebook{}
	o := shopOptions(t, s, "shop/good@4")
	o.Usage = log
	term := start(t, 100, 30, o)
	term.waitFor("not embedded yet")
	term.pay()
	term.waitFor("1 of 3 batches")
	term.press("q")
	term.waitFor("Quit?")
	term.press("y")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	if len(log.notes) != 1 || log.notes[0].Tokens != 3 {
		t.Errorf("noted is %+v", log.notes)
	}
}

func TestALostAnswerIsToldWhileWaiting(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
	source, _ := a.store.sourceOf(a.store.candidates[0])
	k := a.store.newRequest(source.Key(), source, []string{"one"}, grant{sends: true})
	k.waits(api.Notice{Wait: 1e15, Reason: "the server did not answer", Attempt: 2, Lost: true})
	if got := a.progressText(far); !strings.Contains(got, "the answer was lost: the next attempt may be billed again, attempt 2") {
		t.Errorf("the progress is %q", got)
	}
}

func TestAWaitForAnotherProgramIsToldUntilBatchesAreSent(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
	source, _ := a.store.sourceOf(a.store.candidates[0])
	k := a.store.newRequest(source.Key(), source, []string{"one"}, grant{sends: true})
	k.waits(api.Notice{Reason: "another vecscope is asking for the same texts"})
	if got := a.progressText(far); !strings.Contains(got, "waits: another vecscope is asking for the same texts") {
		t.Errorf("the progress is %q", got)
	}
	k.answered(0, 1)
	if got := a.progressText(far); strings.Contains(got, "waits") {
		t.Errorf("afterwards it is %q", got)
	}
}

func about(tokens int) *pipeline.Estimate {
	return &pipeline.Estimate{Tokens: tokens, Estimated: true}
}

func TestProgressTellsBatchesTokensTimeAndRate(t *testing.T) {
	cases := []struct {
		work sourceWork
		want string
	}{
		{sourceWork{batches: batches{3, 10}, sends: about(12_000), elapsed: 12e9, rate: 340}, "3 of 10 batches, ≈12,000 tokens, 12 s, 340 texts/s"},
		{sourceWork{batches: batches{0, 1}, sends: about(120), elapsed: 2e9}, "embedding 12 of 30 texts, ≈120 tokens, 2 s"},
		{sourceWork{}, "embedding 12 of 30 texts"},
		{sourceWork{stopping: true}, "stopping, 12 of 30 texts"},
		{sourceWork{batches: batches{1, 2}, waits: &waiting{left: 3e9, reason: "busy", attempt: 2}}, "1 of 2 batches; waits 3 s: busy, attempt 2"},
	}
	for _, c := range cases {
		if got := askText(c.work, 12, 30); got != c.want {
			t.Errorf("the progress reads %q, want %q", got, c.want)
		}
	}
}

func TestProgressLeavesEveryCandidateItsPlace(t *testing.T) {
	a := settled(t, 80, 24, shopOptions(t, newShop(), "shop/good@4", "shop/bad@4"))
	for _, c := range a.store.candidates {
		source, _ := a.store.sourceOf(c)
		k := a.store.newRequest(source.Key(), source, []string{"one", "two"}, grant{sends: true, estimate: about(1_200_000)})
		k.answered(3, 10)
	}
	if got, want := a.progressText(79), "Working, esc stops: good@4 3 of 10 batches · bad@4 3 of 10 batches"; got != want {
		t.Errorf("in 79 columns the progress is %q, want %q", got, want)
	}
	if got := a.progressText(150); !strings.Contains(got, "≈1,200,000 tokens · bad@4 3 of") {
		t.Errorf("in 150 columns the progress is %q", got)
	}
}

func TestSourceThatChangesUnderALookupIsLookedUpAgain(t *testing.T) {
	s := newShop()
	a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4", "shop/bad@4"))
	a.store.current.outcomes = map[string]outcome{}
	cmd := a.store.invalidate(0)
	// A list that arrives now says that vectors are shorter: the candidates have to
	// be asked for at their own length.
	var rows []api.Model
	for _, m := range a.store.engine.Catalog.Models() {
		if m.Provider == "shop" {
			m.Dimensions, m.MaxDimensions = 2, 4
			rows = append(rows, m)
		}
	}
	a.store.engine.Catalog.Replace("shop", rows)
	settle(t, a, cmd)
	checkNobodyWaitsForNothing(t, a.store)
	for _, c := range a.store.states() {
		if c.phase != phaseUnpaid {
			t.Errorf("%s ends in phase %d (%s)", c.ID(), c.phase, fmt.Sprint(phaseText(c)))
		}
	}
}

func TestNothingIsLookedUpWhenTheProgramEnds(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
	a.store.invalidate(0)
	a.store.current.outcomes = map[string]outcome{}
	a.store.invalidate(0)
	source, _ := a.store.sourceOf(a.store.candidates[0])
	a.store.gate.close(0)
	if msg := a.store.look(source, nil)(); msg != nil {
		t.Errorf("a lookup that begins after the end brings %+v", msg)
	}
}
