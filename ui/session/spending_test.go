package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// mostOf is what estimates can cost at most.
func mostOf(estimates []pipeline.Estimate) float64 {
	return spending.AtMost(pipeline.Costs(estimates))
}

func TestEstimateThenAWordThenMatrices(t *testing.T) {
	s := uitest.NewShop()
	term := start(t, 100, 30, uitest.ShopOptions(t, s, "local/glove@100", "shop/good@4"))
	term.WaitFor("local/glove@100", "background", "not embedded yet: E shows its cost")
	if s.Sent() != 0 {
		t.Fatal("a paid model was asked before a word was said")
	}
	term.Press("E")
	term.WaitFor("Embed with paid models", "good@4", "Total: 3 texts to send", "p pay and embed")
	term.Press("enter")
	term.WaitFor("Enter sends nothing")
	term.Press("esc")
	term.WaitGone("p pay and embed")
	if s.Sent() != 0 {
		t.Fatal("enter or esc paid")
	}
	term.Pay()
	term.WaitGone("not embedded yet")
	term.WaitFor("shop/good@4", "mean 0.95", ".932")
	term.WaitGone("good@4 –")
	if s.Sent() != 3 {
		t.Errorf("%d texts were sent, want 3", s.Sent())
	}
}

func TestSecondRunCostsNothingAndSaysSo(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	if s.Sent() != 3 || uitest.SpentOn(a, "shop/good").Tokens != 9 {
		t.Fatalf("the first run sent %d texts and used %+v", s.Sent(), a.Session.Payments().Ledger().Session())
	}
	b := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	c := uitest.CandidateIn(t, b, "shop/good@4")
	if c.Phase != session.PhaseReady || s.Sent() != 3 || candidate.Summary(c) != "ready, cached: $0" {
		t.Errorf("the second run is in phase %d (%s) and paid for %d texts", c.Phase, candidate.Summary(c), s.Sent()-3)
	}
	uitest.Press(t, b, "E")
	if drawn := uitest.Plain(b); !strings.Contains(drawn, "Everything is known already") {
		t.Errorf("E says\n%s", drawn)
	}
}

func TestStoppedRunPaysOnlyForTheRest(t *testing.T) {
	s := uitest.NewShop()
	s.Holds = make(chan struct{})
	term := start(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	term.WaitFor("not embedded yet")
	term.Pay()
	term.WaitFor("1 of 3")
	term.Press("esc")
	term.WaitFor("Stop?")
	term.Press("y")
	term.WaitFor("E asks what the rest costs")
	term.Press("E")
	term.WaitFor("Total: 2 texts to send")
	close(s.Holds)
	term.Press("p")
	term.WaitGone("not embedded yet")
	term.WaitFor("background")
	if s.Sent() != 3 {
		t.Errorf("%d texts were paid for in both runs, want 3", s.Sent())
	}
}

func TestWaitIsShownAndCanBeCancelled(t *testing.T) {
	s := uitest.NewShop()
	s.Holds = make(chan struct{})
	s.Notice = &api.Notice{Provider: "shop", Wait: time.Hour, Reason: "rate limit (429)", Attempt: 2}
	term := start(t, 120, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	term.WaitFor("not embedded yet")
	term.Pay()
	term.WaitFor("waits 3", "rate limit (429), attempt 2", "esc stops it", "! errors")
	term.Press("!")
	term.WaitFor("Errors", "Waits 3")
	term.Press("esc")
	term.WaitFor("! errors")
	term.Press("ctrl+c")
	term.WaitFor("Stop?")
	term.Press("ctrl+c")
	term.WaitFor("Stopped: 1 of 3 batches is kept. E asks what the rest costs.")
}

func TestFailingCandidateHidesNoOther(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "Insufficient balance", Advice: "add credit", RequestID: "r1"}}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "shop/bad@4", "local/glove@100"))
	uitest.Press(t, a, "E", "p")
	for id, want := range map[string]session.Phase{"shop/good@4": session.PhaseReady, "shop/bad@4": session.PhaseFailed, "local/glove@100": session.PhaseReady} {
		if c := uitest.CandidateIn(t, a, id); c.Phase != want {
			t.Errorf("%s is in phase %d, want %d", id, c.Phase, want)
		}
	}
	failed := uitest.CandidateIn(t, a, "shop/bad@4")
	if got := candidate.Summary(failed); !strings.Contains(got, "402 Payment Required: Insufficient balance; add credit [request r1]") {
		t.Errorf("the failure reads %q", got)
	}
}

func TestChangedTextsAreNotPaidForUnasked(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	cmd, err := a.Session.Edits().Insert(0, corpus.Text{Text: "a new one"})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || c.Missing != 1 || c.Unpaid == nil || s.Sent() != 3 {
		t.Fatalf("after a new text the candidate is in phase %d, lacks %d texts, and %d were sent", c.Phase, c.Missing, s.Sent())
	}
	uitest.Press(t, a, "E", "p")
	if s.Sent() != 4 {
		t.Errorf("%d texts were sent, want only the new one more", s.Sent()-3)
	}
}

func TestAboveTheLimitIsAskedTwice(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Settings.Spending = config.Spending{PerRun: 0.00001}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "p")
	if drawn := uitest.Plain(a); s.Sent() != 0 || !strings.Contains(drawn, "more than your limit of $0.000010 a run and, with") || !strings.Contains(uitest.Flat(drawn), "your limit of $0 a session. Spend it") {
		t.Fatalf("%d texts were sent; the question is\n%s", s.Sent(), drawn)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "P yes, spend it") {
		t.Errorf("the key that spends is not named:\n%s", drawn)
	}
	uitest.Press(t, a, "p", "esc")
	if s.Sent() != 0 || a.Top() == nil {
		t.Fatal("esc does not go one step back")
	}
	uitest.Press(t, a, "p", "P")
	if s.Sent() != 3 {
		t.Errorf("after P %d texts were sent", s.Sent())
	}
}

func TestLongTextsAreFlaggedAndCutOrLeftOut(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "Text 2 is longer than the 50 tokens that good reads: only the beginning") {
		t.Fatalf("the long text is not flagged:\n%s", drawn)
	}
	uitest.Press(t, a, "t")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "left out") {
		t.Fatalf("t does not leave it out:\n%s", drawn)
	}
	uitest.Press(t, a, "p")
	c := uitest.CandidateIn(t, a, "shop/good@4")
	var long *pipeline.LongTextError
	if c.Phase != session.PhaseReady || s.Sent() != 2 || !errors.As(c.Result.Failed[1], &long) {
		t.Errorf("phase %d, %d texts sent", c.Phase, s.Sent())
	}
}

func TestPaidModelsWithoutKeySayWhatIsMissing(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Engine.HasKey = func(string) bool { return false }
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	for _, want := range []string{"good@4", "≈$0.00014", "good@4 cannot be asked: no key; set SHOP_KEY", "Total: 3 texts to send"} {
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("E without a key lacks %q:\n%s", want, drawn)
		}
	}
	uitest.Press(t, a, "p")
	if drawn := uitest.Plain(a); a.Top() == nil || s.Sent() != 0 || !strings.Contains(drawn, "Nothing was sent: no key; set SHOP_KEY.") {
		t.Errorf("p without a key leads to\n%s", drawn)
	}
}

func TestAModelThatCannotBeAskedIsNamedOnceForItsTextsAndItsQueries(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.Engine.HasKey = func(string) bool { return false }
	a := settled(t, 100, 30, o)
	queries, err := labels.ReadQueries(strings.NewReader("query,relevant\nwhich is first?,1\nthe last?,3\n"), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: queries}, "asked.csv"))
	uitest.Press(t, a, "E")
	uitest.WantShown(t, a, "good@4, queries ", " good@4 cannot be asked: no key")
}

func TestOnlyWhatCanBeAskedIsPaidFor(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "nanogpt/BAAI/bge-m3@1024")
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	for _, want := range []string{"bge-m3@1024 cannot be asked: no key; set NANOGPT_API_KEY", "Total: 3 texts to send, ≈7 tokens: ≈$0.00014"} {
		if drawn := uitest.Flat(a.Draw()); !strings.Contains(strings.ReplaceAll(drawn, " │ │ ", " "), want) {
			t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
		}
	}
	uitest.Press(t, a, "p")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || s.Sent() != 3 {
		t.Errorf("the one that can be asked is in phase %d, %d texts were sent", c.Phase, s.Sent())
	}
}

func TestEnterPaysNothingAndSaysWhatDoes(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}} {
		s := uitest.NewShop()
		o := uitest.ShopOptions(t, s, "shop/good@4")
		a := settled(t, z.W, z.H, o)
		uitest.Press(t, a, "E", "enter")
		if drawn := uitest.Flat(a.Draw()); a.Top() == nil || s.Sent() != 0 || !strings.Contains(drawn, "Enter sends nothing: p pays and") {
			t.Errorf("enter leads to\n%s", uitest.Plain(a))
		}
		uitest.SetLimits(a, config.Spending{PerRun: 0.00001, PerSession: a.Session.Payments().Ledger().Limits().PerSession})
		uitest.Press(t, a, "p", "enter")
		if drawn := uitest.Flat(a.Draw()); s.Sent() != 0 || !strings.Contains(drawn, "Enter spends nothing here: P") {
			t.Errorf("enter at the second question leads to\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "P", "E", "enter")
		if drawn := uitest.Flat(a.Draw()); a.Top() == nil || !strings.Contains(drawn, "Enter does nothing here: p") {
			t.Errorf("enter with everything known leads to\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "p")
		if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || s.Sent() != 3 || a.Top() != nil {
			t.Errorf("p with everything known: phase %d, %d sent", c.Phase, s.Sent())
		}
	}
}

func TestWhichTextsAreTooLongCanBeSeenBeforeChoosing(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.State.Texts[1] = config.Text{ID: "T2", Text: "the second " + strings.Repeat("word ", 100)}
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}} {
		a := settled(t, z.W, z.H, o)
		uitest.Press(t, a, "E", "l")
		uitest.CheckFrame(t, a.Draw(), z)
		if box := uitest.Flat(a.Draw()); !strings.Contains(box, "good reads 50 tokens:") || !strings.Contains(box, "2 · T2 ≈103 tokens") {
			t.Errorf("l shows\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "esc", "t")
		if _, ok := a.Top().(*costs.Box); !ok {
			t.Error("esc does not lead back to the costs")
		}
		uitest.Press(t, a, "p")
		if s.Sent() != 2 {
			t.Errorf("%d texts were sent, want the two short ones", s.Sent())
		}
	}
}

func TestTextsThatAreTooLongAreCountedAsTheModelCountsThem(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.State.Texts[1].Text = "the second " + strings.Repeat("word ", 100)
	exact := o.Engine.Catalog.Models()
	for i := range exact {
		if exact[i].ID == "good" {
			exact[i].Tokenizer = "cl100k_base"
		}
	}
	o.Engine.Catalog = catalog.New(exact)
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "l")
	if box := uitest.Flat(a.Draw()); !strings.Contains(box, " 103 tokens") || strings.Contains(box, "≈103") {
		t.Errorf("of a model whose tokens are known it shows\n%s", uitest.Plain(a))
	}
}

func TestCostsFitEveryWindow(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "shop/bad@4", "shop/good@2")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	o.Settings.Spending = config.Spending{PerRun: 0.00001, PerSession: 1}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		t.Run(fmt.Sprintf("%dx%d", z.W, z.H), func(t *testing.T) {
			uitest.CheckFrame(t, a.Draw(), z)
			for _, want := range []string{"p pay", "Total:", "good@4"} {
				if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
					t.Errorf("%q is missing:\n%s", want, drawn)
				}
			}
			uitest.Press(t, a, "p")
			uitest.CheckFrame(t, a.Draw(), z)
			if drawn := uitest.Plain(a); !strings.Contains(drawn, "yes, spend it") {
				t.Errorf("the second question is missing:\n%s", drawn)
			}
			uitest.Press(t, a, "esc")
		})
	}
}

func TestLastAnswerMayBeAFailure(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": errors.New("the vectors have different lengths")}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/bad@4", "local/glove@100"))
	uitest.Press(t, a, "E", "p")
	if c := uitest.CandidateIn(t, a, "shop/bad@4"); c.Phase != session.PhaseFailed || a.Session.Pending() {
		t.Errorf("after the last answer failed the candidate is in phase %d, job %v", c.Phase, a.Session.Pending())
	}
}

func TestATextThatWasLeftOutIsNotOfferedAgain(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "E", "t", "p")
	if n := a.Session.Payments().Unpaid(); n != 0 || s.Sent() != 2 {
		t.Fatalf("%d candidates wait, %d texts were sent", n, s.Sent())
	}
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Unpaid != nil || c.Missing != 0 {
		t.Errorf("after another was deleted %d are missing: %s", c.Missing, candidate.Of(c).Line(ui.Unlimited))
	}
	uitest.Press(t, a, "E", "p")
	if s.Sent() != 2 {
		t.Errorf("E and p have sent it: %d texts in all", s.Sent())
	}
	uitest.Press(t, a, "E", "t", "p")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); s.Sent() != 3 || len(c.Result.Failed) != 0 {
		t.Errorf("after t and p %d texts were sent in all, %v failed", s.Sent(), c.Result.Failed)
	}
}
