package session_test

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestStoppingSaysWhatIsKeptAndWhatMayBeCharged(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		s := uitest.NewShop()
		s.Lost = 2
		a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/glove@100")), func(a *shell.App) {
			uitest.Press(t, a, key, "y")
			if a.Quitting() || !strings.HasPrefix(a.Notice().Text, "Stopping") {
				t.Errorf("%s says %q, quitting %v", key, a.Notice().Text, a.Quitting())
			}
		})
		want := "Stopped: 1 of 3 batches is kept, for 3 tokens, $0.000060; up to $0.036 for 2 requests without a usable answer may still be billed. E asks what the rest costs."
		if a.Notice().Text != want {
			t.Errorf("after %s the notice is %q, want %q", key, a.Notice().Text, want)
		}
		c := uitest.CandidateIn(t, a, "shop/good@4")
		if c.Phase != session.PhaseReady || c.Missing != 2 || !errors.Is(c.Err, session.ErrStopped) || c.Unpaid.Missing() != 2 {
			t.Errorf("after %s phase %d, %d missing, %v", key, c.Phase, c.Missing, c.Err)
		}
		if waiting := a.Session.Payments().Waiting(); len(waiting) != 1 || waiting[0] != "shop/good@4" {
			t.Errorf("after %s these wait for a word: %v", key, waiting)
		}
		if got := a.Session.Payments().Ledger().Spent(); got < 0.024 {
			t.Errorf("the session counts $%v, without what may be charged", got)
		}
		if drawn := uitest.Plain(a); !strings.Contains(drawn, "1 of 3 texts") {
			t.Errorf("the matrix does not say what it lacks:\n%s", drawn)
		}
	}
}

func TestFailureMidwayShowsWhatArrivedAndWhy(t *testing.T) {
	s := uitest.NewShop()
	s.Lost, s.Breaks = 1, &api.ServerError{Provider: "shop", Status: 504, Message: "too slow", Advice: "try again later"}
	a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(*shell.App) {})
	c := uitest.CandidateIn(t, a, "shop/good@4")
	if c.Phase != session.PhaseReady || c.Missing != 2 || c.Err == nil || c.Unpaid.Missing() != 2 {
		t.Fatalf("phase %d, %d missing, %v", c.Phase, c.Missing, c.Err)
	}
	if want := "Embedded 1 text: 3 tokens, $0.000060+, 2 requests (1 failed); up to $0.018 for 1 request without a usable answer may still be billed. ! tells more."; a.Notice().Text != want {
		t.Errorf("the notice is %q, want %q", a.Notice().Text, want)
	}
	if text := candidate.Summary(c); !strings.Contains(text, "1 of 3 texts") || !strings.Contains(text, "too slow") {
		t.Errorf("the state reads %q", text)
	}
	a.ClearNotice()
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "1 of 3 texts · E embeds 2") || !strings.Contains(drawn, "too slow") {
		t.Errorf("this is drawn:\n%s", drawn)
	}
}

func TestFailureWithoutAnythingIsAFailureThatCanBePaidAgain(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"good": errors.New("it does not work")}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	c := uitest.CandidateIn(t, a, "shop/good@4")
	if c.Phase != session.PhaseFailed || c.Unpaid == nil || !strings.Contains(c.Err.Error(), "does not work") {
		t.Errorf("phase %d, %v, unpaid %v", c.Phase, c.Err, c.Unpaid)
	}
}

func TestAStoppedAskingThatEndsLateIsShown(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
	late := a.Session.NewRequest(session.ForCandidates, source, session.TextsOf(uitest.ShopTexts), session.SendingGrant)
	a.Session.DropRequest(late) // another has taken its place, and has failed
	emb, err := a.Session.Engine().Embed(t.Context(), source, late.Texts(), pipeline.EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Happen(t, a, func() tea.Cmd { return a.Session.Received(late, emb, nil) })
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || c.Missing != 0 || s.Sent() != 3 {
		t.Errorf("phase %d (%s), %d texts were sent", c.Phase, candidate.Summary(c), s.Sent())
	}
}

// An answer to "Stop?" must never stop anything else than what was asked about.
func TestTheQuestionToStopGoesWithWhatItAsksAbout(t *testing.T) {
	s := uitest.NewShop()
	asked := false
	a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		uitest.Press(t, a, "esc")
		asked = strings.Contains(uitest.Plain(a), "Stop?")
	})
	if !asked || a.Top() != nil || s.Sent() != 3 {
		t.Errorf("asked %t; the question is still there: %t; %d texts were sent", asked, a.Top() != nil, s.Sent())
	}
	if uitest.Press(t, a, "y", "esc"); strings.Contains(a.Notice().Text, "Stop") {
		t.Errorf("afterwards a key says %q", a.Notice().Text)
	}
}

func TestStoppingTheComparingOfWhatIsHeldDoesNotSpeakOfMoney(t *testing.T) {
	s := uitest.NewShop()
	for _, x := range uitest.ShopTexts {
		s.Knows["good"+x.Text] = true
	}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	a.Session.ForgetResults()
	a.Session.Invalidate(0) // everything is held: it compares
	if c := uitest.CandidateIn(t, a, "shop/good@4"); !c.Comparing {
		t.Fatalf("it does not compare: phase %d", c.Phase)
	}
	uitest.Press(t, a, "esc")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Unpaid != nil || !errors.Is(c.Err, session.ErrStopped) {
		t.Errorf("phase %d, %q", c.Phase, candidate.Of(c).Line(ui.Unlimited))
	}
	if want := "Stopped; what had arrived is kept. R computes the rest."; a.Notice().Text != want {
		t.Errorf("the notice is %q, want %q", a.Notice().Text, want)
	}
	uitest.Press(t, a, "R")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady {
		t.Errorf("after R: phase %d, %q", c.Phase, candidate.Of(c).Line(ui.Unlimited))
	}
}

func TestStoppingAsksWhileMoneyIsSpent(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+c"} {
		s := uitest.NewShop()
		uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
			uitest.Press(t, a, key)
			if drawn := uitest.Flat(a.Draw()); !a.Session.Running() || !strings.Contains(drawn, "1 paid model is being embedded, 1 of 3 batches. What arrived is kept, the rest may be charged.") {
				t.Errorf("%s asks nothing or stops, running %v:\n%s", key, a.Session.Running(), uitest.Plain(a))
			}
			uitest.Press(t, a, "esc")
			if !a.Session.Running() || a.Top() != nil {
				t.Errorf("esc after %s stops the run or leaves the question, running %v", key, a.Session.Running())
			}
		})
	}
}

func TestInterruptAnswersItsOwnQuestion(t *testing.T) {
	s := uitest.NewShop()
	uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		uitest.Press(t, a, "ctrl+c", "ctrl+c")
		if a.Quitting() || a.Top() != nil || a.Session.Running() {
			t.Errorf("quitting %v, running %v, want the run stopped alone", a.Quitting(), a.Session.Running())
		}
	})
}

func TestTheQuestionWhetherToStopEndsWithItsRun(t *testing.T) {
	s := uitest.NewShop()
	a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) { uitest.Press(t, a, "esc") })
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || a.Top() != nil || !strings.HasPrefix(a.Notice().Text, "Embedded 3 texts") {
		t.Errorf("phase %d, a box is open: %v, the notice is %q", c.Phase, a.Top() != nil, a.Notice().Text)
	}
}

func TestQuittingAsksWhileMoneyIsSpent(t *testing.T) {
	s := uitest.NewShop()
	uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		uitest.Press(t, a, "q")
		if drawn := uitest.Plain(a); a.Quitting() || !strings.Contains(drawn, "1 paid model is being embedded, 1 of 3 batches.") {
			t.Errorf("q asks nothing, or this:\n%s", drawn)
		}
		uitest.Press(t, a, "n")
		if a.Quitting() || a.Top() != nil || len(a.Session.Requests().Paid()) != 1 {
			t.Error("n quits, stops, or leaves the question open")
		}
		uitest.Press(t, a, "q", "y")
		if !a.Quitting() {
			t.Error("y does not quit")
		}
	})
}
