package costs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestEndOfARunTellsWhatItTook(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/glove@100"))
	uitest.Press(t, a, "E", "p")
	if want := "Embedded 3 texts: 9 tokens, $0.00018, 1 request, p50 40 ms."; a.Notice().Text != want {
		t.Errorf("the first run tells %q, want %q", a.Notice().Text, want)
	}
	uitest.Press(t, a, "1")
	cmd, err := a.Session.Edits().Insert(0, corpus.Text{Text: "a new one"}, corpus.Text{Text: "and another one"})
	if err != nil {
		t.Fatal(err)
	}
	if uitest.Settle(t, a, cmd); a.Notice().Text != "" {
		t.Errorf("without asking anybody it tells %q", a.Notice().Text)
	}
	uitest.Press(t, a, "E", "p")
	if want := "Embedded 2 texts: 6 tokens, $0.00012, 1 request, p50 40 ms."; a.Notice().Text != want {
		t.Errorf("the second run tells %q, want %q", a.Notice().Text, want)
	}
}

// Texts can change while the box is open, as when a file has been read meanwhile: what was
// agreed to is what the box has shown.
func TestTextsThatHaveChangedMeanwhileAreShownWithTheirCostFirst(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E")
	uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", uitest.Texts("something else", "more", "and more", "and still more")...))
	uitest.Press(t, a, "p")
	if s.Sent() != 0 || a.Top() == nil || a.Notice().Text != "The texts have changed meanwhile: this is what they cost now." {
		t.Errorf("%d texts were sent, and it says %q", s.Sent(), a.Notice().Text)
	}
	uitest.WantShown(t, a, "Total: 4 texts to send")
	uitest.Press(t, a, "p")
	if s.Sent() != 4 {
		t.Errorf("after a word to the new cost %d texts were sent", s.Sent())
	}
}

func TestWhatARunTook(t *testing.T) {
	for _, c := range []struct {
		spent api.Tally
		want  string
	}{
		{api.Tally{}, ""},
		{api.Tally{Texts: 5, Cached: 5}, ""},
		{api.Tally{Texts: 42, Cached: 12, Tokens: 812, USD: 0.0004, Requests: 2, Latencies: []time.Duration{210 * time.Millisecond}},
			"Embedded 30 texts: 812 tokens, $0.00040, 2 requests, p50 210 ms; 12 cached."},
		{api.Tally{Texts: 1, Tokens: 1, USD: 0.5, Requests: 3, Failed: 2, Lost: 1, LostTokens: 1, LostUSD: 0.25},
			"Embedded 1 text: 1 token, $0.50+, 3 requests (2 failed); up to $0.25 for 1 request without a usable answer may still be billed."},
	} {
		if got, _ := costs.RunText(costs.Bill{Spent: c.spent}, session.Refused{}); got != c.want {
			t.Errorf("%+v is told as\n%q, want\n%q", c.spent, got, c.want)
		}
	}
}

// Here the tokens that nobody counted are not those that cost.
func TestRunsCostIsEstimatedOnlyWhereAPaidModelsTokensAre(t *testing.T) {
	paid := api.Tally{Provider: "shop", Model: "good", Texts: 3, Tokens: 9, USD: 0.00018, Requests: 1}
	free := api.Tally{Provider: "box", Model: "free", Texts: 3, Tokens: 6, Estimated: 6, Requests: 1}
	guessed := paid
	guessed.Estimated = 9
	for _, c := range []struct {
		name    string
		session []api.Tally
		want    string
	}{
		{"a free one", []api.Tally{paid, free}, "Embedded 6 texts: ≈15 tokens, $0.00018, 2 requests."},
		{"a paid one", []api.Tally{guessed, free}, "Embedded 6 texts: ≈15 tokens, ≈$0.00018, 2 requests."},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100"))
			uitest.SetSession(a, a.Session.Payments().Ledger().Limits(), c.session...)
			if a.SummariseRun(a.Notice().ID); a.Notice().Text != c.want {
				t.Errorf("told is %q, want %q", a.Notice().Text, c.want)
			}
		})
	}
}

// That a model was replaced is not lost behind what the runs that follow took.
func TestNewsStandBesideWhatRunsTook(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "local/glove@100")
	news := []string{"box/free is another model than before."}
	o.News = func() []string { defer func() { news = nil }(); return news }
	a := settled(t, 100, 30, o)
	const want = "box/free is another model than before. Embedded 3 texts: 6 tokens, $0, 1 request."
	for i := range 2 {
		a.Session.Payments().Ledger().Add(api.Tally{Provider: "box", Model: "free", Texts: 3, Tokens: 6, Requests: 1})
		if a.SummariseRun(a.Notice().ID); a.Notice().Text != want || a.Notice().Level != ui.NoticeWarn {
			t.Errorf("after run %d it says %q", i+1, a.Notice().Text)
		}
	}
	uitest.Press(t, a, "down")
	if a.Notice().Text != "" {
		t.Errorf("after a key it says %q", a.Notice().Text)
	}
}

func TestFailureIsNotToldAsSuccess(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "no credit"}}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/bad@4"))
	if uitest.Press(t, a, "E", "p"); a.Notice().Text != "" {
		t.Errorf("after a failure the notice is %q", a.Notice().Text)
	}
}

func TestCostsTellWhatMayHaveBeenCharged(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	a.Session.Payments().Ledger().Add(api.Tally{Provider: "shop", Model: "bad", Texts: 1, Tokens: 5, USD: 0.002, Requests: 2, Failed: 1, Lost: 1, LostTokens: 9, LostUSD: 0.0003})
	uitest.Press(t, a, "E")
	want := "Spent in this session: $0.0020 + up to $0.0003 for 1 request without a usable"
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, want) {
		t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
	}
}

// A request that failed for nothing is nothing that may be charged.
func TestCostsTellNoLossOfWhatCostsNothing(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	a.Session.Payments().Ledger().Add(api.Tally{Provider: "shop", Model: "bad", Texts: 1, Tokens: 5, USD: 0.002, Requests: 2, Failed: 1})
	uitest.Press(t, a, "E")
	if want := "Spent in this session: $0.0020; limits"; !strings.Contains(uitest.Flat(a.Draw()), want) {
		t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
	}
}

func TestCostsNameWhatIsUnderWay(t *testing.T) {
	s := uitest.NewShop()
	uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "shop/bad", Dimensions: 4}))
		uitest.Press(t, a, "E")
		drawn := uitest.Flat(a.Draw())
		for _, want := range []string{"Under way: good 1 of 3 batches", "bad@4 3 0 ≈7 20.00 ≈$0.00014", "good@4, under way 3 ≈7 20.00 agreed, ≤$0.00040", "Total: 3 texts to send"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("while another is asked %q is missing in\n%s", want, uitest.Plain(a))
			}
		}
		uitest.Press(t, a, "down", "down") // to the last of two rows
		if box, ok := a.Top().(*costs.Box); !ok || box.Scrolled() != 1 {
			t.Errorf("the last row is not reached in\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "esc", "esc")
	})
}

func TestWhatIsUnderWayIsNotPaidAgainInTheBoxOfCosts(t *testing.T) {
	s := uitest.NewShop()
	for _, x := range uitest.ShopTexts {
		s.Knows["bad"+x.Text] = true
	}
	s.Knows["goodone"] = true
	uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/glove@100", "shop/good@2")), func(a *shell.App) {
		uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "shop/bad", Dimensions: 4}))
		if text := a.ProgressText(ui.Unlimited); strings.Contains(text, "of 3 texts") || strings.Count(text, "good@") != 1 {
			t.Errorf("with one text known and two to send the progress is %q", text)
		}
		uitest.Press(t, a, "E")
		drawn := uitest.Flat(a.Draw())
		if !strings.Contains(drawn, "good@4 @2, under way") || !strings.Contains(drawn, "Nothing else is to be sent") || strings.Contains(drawn, "p embed") {
			t.Errorf("with nothing else to send the costs are\n%s", uitest.Plain(a))
		}
		asked := s.Sent()
		if uitest.Press(t, a, "p"); s.Sent() != asked || a.Top() == nil {
			t.Errorf("p sent %d texts", s.Sent()-asked)
		}
		uitest.Press(t, a, "esc")
	})
}

func TestLimitHoldsForWhatTheServerMayCount(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	// Seven tokens are estimated for $0.00014; the server may count more.
	o.Settings.Spending = config.Spending{PerRun: 0.0002, PerSession: 1}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "p")
	if drawn := uitest.Flat(a.Draw()); s.Sent() != 0 || !strings.Contains(drawn, "This is at most $0.00040 and so perhaps more than your limit of $0.00020 a") {
		t.Errorf("%d texts were sent; the question is\n%s", s.Sent(), uitest.Plain(a))
	}
	uitest.Press(t, a, "P")
	if s.Sent() != 3 {
		t.Errorf("after y %d texts were sent", s.Sent())
	}
}

func TestTheMostItCanCostIsNeverToldAsLess(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	// Of 72 tokens that are estimated the server may count 117, which are $0.00234.
	o.State.Texts[0].Text, o.State.Texts[1].Text = strings.Repeat("word ", 47), strings.Repeat("word ", 20)
	o.Settings.Spending = config.Spending{PerRun: 0.0015, PerSession: 1}
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "p")
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "This is at most $0.0024 and so perhaps more") {
		t.Errorf("the question is\n%s", uitest.Plain(a))
	}
}
