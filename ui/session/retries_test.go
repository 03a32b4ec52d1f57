package session_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// againFor begins an asking of a candidate that the person has agreed to, and gives
// what lets it pay once more, and what ends it.
func againFor(t *testing.T, a *shell.App, candidate int) (again func(tokens int) bool, end func()) {
	t.Helper()
	estimates := estimateOf(t, a, candidate)
	k := a.Session.NewRequest(session.ForCandidates, estimates[0].Source, session.TextsOf(uitest.ShopTexts), a.Session.Payments().Grants(estimates, pipeline.LongCut)[0])
	return a.Session.OptionsFor(k).Approval.Allow, k.End
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
		a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
		e := estimateOf(t, a, 0)
		uitest.SetLimits(a, limit(mostOf(e), 2.5*most(e, 100)))
		again, end := againFor(t, a, 0)
		for request, want := range []bool{true, true, false} {
			if again(100) != want {
				t.Errorf("%s: there is room for two requests; request %d is sent again: %v", name, request+1, !want)
			}
		}
		if got, want := a.Session.Payments().Ledger().Committed(), mostOf(e)+2*most(e, 100); got < 0.999*want || got > 1.001*want {
			t.Errorf("%s: %s is under way, want %s", name, format.Dollars(got), format.Dollars(want))
		}
		end()
		if got := a.Session.Payments().Ledger().Committed(); got != 0 {
			t.Errorf("%s: after its end %s is under way", name, format.Dollars(got))
		}
	}
}

func TestRunsShareWhatTheSessionLeaves(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4"))
	e := estimateOf(t, a, 0)
	uitest.SetLimits(a, config.Spending{PerRun: 1, PerSession: 2*mostOf(e) + 1.5*most(e, 100)})
	first, _ := againFor(t, a, 0)
	second, _ := againFor(t, a, 1)
	if !second(100) || first(100) {
		t.Error("what one run has taken, another takes again")
	}
}

func TestARunAboveTheLimitMayBePaidOnceMore(t *testing.T) {
	for name, above := range map[string]func(a *shell.App){
		"above the limits": func(a *shell.App) { uitest.SetLimits(a, config.Spending{}) },
		"without a price": func(a *shell.App) {
			var rows []api.Model
			for _, m := range a.Session.Engine().Catalog.Models() {
				if m.Provider == "shop" {
					m.Price = nil
					rows = append(rows, m)
				}
			}
			a.Session.Engine().Catalog.Replace("shop", rows)
			a.Session.Touch()
		},
	} {
		a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
		above(a)
		tokens := estimateOf(t, a, 0)[0].Tokens
		again, _ := againFor(t, a, 0)
		if !again(tokens) || again(tokens) {
			t.Errorf("a run %s may be paid once more, not never and not twice", name)
		}
	}
}

func TestWithoutAWordNothingIsPaidAgain(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	if how := a.Session.OptionsFor(a.Session.NewRequest(session.ForQuery, source, session.TextsOf(uitest.ShopTexts), session.Grant{})); how.Approval.Allow(1) || !how.KnownOnly {
		t.Errorf("an asking without leave may pay: %+v", how)
	}
}

func TestALostAnswerAboveTheLimitEndsTheRun(t *testing.T) {
	for tokens, want := range map[int]session.Phase{3: session.PhaseReady, 100_000: session.PhaseFailed} {
		s := uitest.NewShop()
		s.Loses = tokens
		a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
		uitest.Press(t, a, "E", "p")
		c := uitest.CandidateIn(t, a, "shop/good@4")
		if c.Phase != want || want == session.PhaseFailed && !strings.Contains(c.Err.Error(), "the answer was lost") {
			t.Errorf("when %d tokens are lost it ends in phase %d, %v", tokens, c.Phase, c.Err)
		}
	}
}
