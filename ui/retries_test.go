package ui

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
)

// againFor begins an asking of a candidate that the person has agreed to, and gives
// what lets it pay once more, and what ends it.
func againFor(t *testing.T, a *app, candidate int) (again func(tokens int) bool, end func()) {
	t.Helper()
	estimates := estimateOf(t, a, candidate)
	k := a.store.newRequest(estimates[0].Source.Key(), estimates[0].Source, textsOf(shopTexts), a.store.grants(estimates, pipeline.LongCut)[0])
	return a.store.optionsFor(k).Approval.Allow, k.grant.approval.End
}

// most is what so many tokens of what was estimated cost at most.
func most(e []pipeline.Estimate, tokens int) float64 {
	return mostOf(e) / float64(e[0].Tokens) * float64(tokens)
}

func TestLostAnswersArePaidAgainAsFarAsTheLimitsLeaveRoom(t *testing.T) {
	for name, limit := range map[string]func(run, twice float64) config.Spending{
		"of a run":    func(run, twice float64) config.Spending { return config.Spending{PerRun: run + twice, PerSession: 1} },
		"of sessions": func(run, twice float64) config.Spending { return config.Spending{PerRun: 1, PerSession: run + twice} },
	} {
		a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
		e := estimateOf(t, a, 0)
		setLimits(a, limit(mostOf(e), 2.5*most(e, 100)))
		again, end := againFor(t, a, 0)
		for request, want := range []bool{true, true, false} {
			if again(100) != want {
				t.Errorf("%s: there is room for two requests; request %d is sent again: %v", name, request+1, !want)
			}
		}
		if got, want := a.store.ledger.Committed(), mostOf(e)+2*most(e, 100); got < 0.999*want || got > 1.001*want {
			t.Errorf("%s: %s is under way, want %s", name, format.Dollars(got), format.Dollars(want))
		}
		end()
		if got := a.store.ledger.Committed(); got != 0 {
			t.Errorf("%s: after its end %s is under way", name, format.Dollars(got))
		}
	}
}

func TestRunsShareWhatTheSessionLeaves(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4", "shop/bad@4"))
	e := estimateOf(t, a, 0)
	setLimits(a, config.Spending{PerRun: 1, PerSession: 2*mostOf(e) + 1.5*most(e, 100)})
	first, _ := againFor(t, a, 0)
	second, _ := againFor(t, a, 1)
	if !second(100) || first(100) {
		t.Error("what one run has taken, another takes again")
	}
}

func TestARunAboveTheLimitMayBePaidOnceMore(t *testing.T) {
	for name, above := range map[string]func(a *app){
		"above the limits": func(a *app) { setLimits(a, config.Spending{}) },
		"without a price": func(a *app) {
			var rows []api.Model
			for _, m := range a.store.engine.Catalog.Models() {
				if m.Provider == "shop" {
					m.Price = nil
					rows = append(rows, m)
				}
			}
			a.store.engine.Catalog.Replace("shop", rows)
			a.store.touch()
		},
	} {
		a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
		above(a)
		tokens := estimateOf(t, a, 0)[0].Tokens
		again, _ := againFor(t, a, 0)
		if !again(tokens) || again(tokens) {
			t.Errorf("a run %s may be paid once more, not never and not twice", name)
		}
	}
}

func TestWithoutAWordNothingIsPaidAgain(t *testing.T) {
	a := settled(t, 100, 30, shopOptions(t, newShop(), "shop/good@4"))
	source, _ := a.store.sourceOf(a.store.candidates[0])
	if how := a.store.optionsFor(a.store.newRequest("x", source, textsOf(shopTexts), grant{})); how.Approval.Allow(1) || !how.KnownOnly {
		t.Errorf("an asking without leave may pay: %+v", how)
	}
}

func TestALostAnswerAboveTheLimitEndsTheRun(t *testing.T) {
	for tokens, want := range map[int]phase{3: phaseReady, 100_000: phaseFailed} {
		s := newShop()
		s.loses = tokens
		a := settled(t, 100, 30, shopOptions(t, s, "shop/good@4"))
		press(t, a, "E", "p")
		c := candidateIn(t, a, "shop/good@4")
		if c.phase != want || want == phaseFailed && !strings.Contains(c.err.Error(), "the answer was lost") {
			t.Errorf("when %d tokens are lost it ends in phase %d, %v", tokens, c.phase, c.err)
		}
	}
}
