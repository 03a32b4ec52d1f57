package costs_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// copied is what a command puts into the clipboard; empty for nothing.
func copied(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			if text := copied(c); text != "" {
				return text
			}
		}
	case fmt.Stringer:
		return msg.String()
	default:
		if text := fmt.Sprintf("%s", msg); !strings.HasPrefix(text, "%!") {
			return text
		}
	}
	return ""
}

// flat is what the box shows as one line, without its border.
func flat(a *shell.App) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(uitest.Plain(a), "│", " ")), " ")
}

func TestTheListOfLongTextsIsCopiedWhole(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4")
	o.State.Texts[1] = config.Text{ID: "T2", Text: "the second " + strings.Repeat("word ", 100)}
	a := settled(t, 40, 10, o)
	uitest.Press(t, a, "E", "l")
	_, cmd := a.Update(uitest.KeyPress("y"))
	got := strings.Split(strings.TrimSpace(copied(cmd)), "\n")
	if len(got) != 4 || got[0] != "good reads 50 tokens:" || !strings.HasPrefix(got[1], "2 · T2  ≈103 tokens  the second word") || got[2] != "bad reads 50 tokens:" || got[3] != got[1] {
		t.Errorf("copied is %q", got)
	}
	uitest.WantNotice(t, a, "It was sent to the clipboard.")
}

func TestTheWheelScrollsTheSources(t *testing.T) {
	a := costsOf(t, 40, 10)
	first, last := "text-embe…small@1536", "0915@4096"
	turn := func(button tea.MouseButton, times int) string {
		for range times {
			uitest.Send(t, a, tea.MouseWheelMsg{X: 20, Y: 5, Button: button})
		}
		return uitest.Plain(a)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, first) || strings.Contains(drawn, last) {
		t.Fatalf("at first there is\n%s", drawn)
	}
	if drawn := turn(tea.MouseWheelDown, 9); !strings.Contains(drawn, last) {
		t.Errorf("down does not lead to the last:\n%s", drawn)
	}
	if drawn := turn(tea.MouseWheelUp, 9); !strings.Contains(drawn, first) {
		t.Errorf("up does not lead back:\n%s", drawn)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 0, Y: 0, Button: tea.MouseWheelDown})
	if a.Top() == nil {
		t.Fatal("the wheel beside the box closes it")
	}
	if uitest.Send(t, a, uitest.Click(0, 0)); a.Top() != nil {
		t.Error("a click beside the box leaves it open")
	}
}

// What nobody knows the price of is sent after a second word alone.
func TestWhatHasNoPriceIsAskedAboutTwice(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	models := o.Engine.Catalog.Models()
	for i := range models {
		if models[i].Provider == "shop" {
			models[i].Price = nil
		}
	}
	o.Engine.Catalog = catalog.New(models)
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	if drawn := flat(a); !strings.Contains(drawn, "A price is unknown, and so is what this costs") || !strings.Contains(drawn, "Total: 3 texts to send, ≈7 tokens: unknown") {
		t.Errorf("the box says\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "p")
	if drawn := flat(a); s.Sent() != 0 || strings.Count(drawn, "price is unknown") != 1 || !strings.Contains(drawn, "Spend it anyway?") {
		t.Errorf("%d were sent; the question is\n%s", s.Sent(), uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	if drawn := uitest.Plain(a); a.Top() == nil || strings.Contains(drawn, "anyway") {
		t.Errorf("no leads to\n%s", drawn)
	}
	uitest.Press(t, a, "p", "P")
	if s.Sent() != 3 || a.Top() != nil {
		t.Errorf("after P %d were sent", s.Sent())
	}
}

// sourceOf is what the first candidate is made from.
func sourceOf(a *shell.App) pipeline.Source {
	c := a.Session.States()[0]
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	return source
}

func TestTheBoxSaysHowALongQueryIsSent(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	source := sourceOf(a)
	var sent pipeline.Long
	uitest.Settle(t, a, costs.OpenQuery(&a.Context, strings.Repeat("word ", 100), []session.WantedSource{{Source: source, Role: api.RoleQuery}},
		func(_ []pipeline.Estimate, long pipeline.Long) tea.Cmd { sent = long; return nil }))
	uitest.WantShown(t, a, "Run the query on paid models", "leave long queries out")
	if drawn := flat(a); !strings.Contains(drawn, "The query with what goes before it is longer than the 50 tokens that good reads: only the beginning is sent") || strings.Contains(drawn, "which are long") {
		t.Errorf("the box says\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "t")
	if drawn := flat(a); !strings.Contains(drawn, "reads: left out, without a vector.") || !strings.Contains(drawn, "cut long queries") || !strings.Contains(drawn, "All else is known already: this costs nothing") {
		t.Errorf("t leads to\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "p")
	if sent != pipeline.LongLeftOut || a.Top() != nil {
		t.Errorf("sent as %v", sent)
	}
}

func TestWhatHasNoVectorIsNotOfferedAgain(t *testing.T) {
	for texts, want := range map[int]string{
		1: "Not sent again: 1 text that got no vector. R, then E, sends it.",
		2: "Not sent again: 2 texts that got no vector. R, then E, sends them.",
	} {
		a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
		uitest.Press(t, a, "E")
		box, ok := a.Top().(*costs.Box)
		if !ok {
			t.Fatal("there is no box")
		}
		box.SetRefused(texts)
		if drawn := flat(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, uitest.Plain(a))
		}
	}
}

func TestHowManyAreLongIsCounted(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.State.Texts[1].Text, o.State.Texts[2].Text = strings.Repeat("word ", 100), strings.Repeat("more ", 100)
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "E")
	if drawn := flat(a); !strings.Contains(drawn, "2 texts (the first is 2) are longer than the 50 tokens that good reads: only the beginning is sent") {
		t.Errorf("the box says\n%s", uitest.Plain(a))
	}
}

func TestLimitsThatMayBeExceededAreNamed(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	source := sourceOf(a)
	estimate := func(tokens int, priced bool) []pipeline.Estimate {
		return []pipeline.Estimate{{Source: source, Texts: 3, Tokens: tokens, USD: float64(tokens) * 20e-6, Priced: priced, Paid: true}}
	}
	known := func(all []pipeline.Estimate) []pipeline.Estimate { all[0].Cached = all[0].Texts; return all }
	for _, c := range []struct {
		limits config.Spending
		est    []pipeline.Estimate
		want   string
	}{
		{config.Spending{PerRun: 1, PerSession: 1}, estimate(7, true), ""},
		{config.Spending{PerRun: .0001, PerSession: 1}, estimate(7, true), "more than your limit of $0.00010 a run"},
		{config.Spending{PerRun: 1, PerSession: .0001}, estimate(7, true), "with what was spent and is under way, more than your limit of $0.00010 a session"},
		{config.Spending{PerRun: .0001, PerSession: .0001}, estimate(7, true), "more than your limit of $0.00010 a run and, with what was spent and is under way, more than your limit of $0.00010 a session"},
		{config.Spending{PerRun: 1, PerSession: 1}, known(estimate(7, false)), ""},
		{config.Spending{PerRun: 1, PerSession: 1}, nil, ""},
		{config.Spending{PerRun: 1, PerSession: 1}, estimate(7, false), "a price is unknown, and so is what this costs: say it in the settings with price, or free = true"},
	} {
		uitest.SetSession(a, spending.Limits{PerRun: c.limits.PerRun, PerSession: c.limits.PerSession})
		if got := costs.OverLimit(a.Session, c.est); got != c.want {
			t.Errorf("%+v: %q, want %q", c.limits, got, c.want)
		}
	}
}

// The texts that something is to be compared with are gone: nothing is worth paying.
func TestAQuestionAboutOtherTextsIsVoid(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	source := sourceOf(a)
	sent := false
	open := func() {
		uitest.Settle(t, a, costs.OpenReduced(&a.Context, session.WantedSource{Source: source}, func([]pipeline.Estimate, pipeline.Long) tea.Cmd { sent = true; return nil }))
	}
	open()
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	uitest.Press(t, a, "p")
	if sent || a.Top() != nil || !strings.HasPrefix(a.Notice().Text, "Nothing was sent: the texts have changed") || !strings.Contains(a.Notice().Text, ui.KeyOwnReduced.Help().Key+" on Matrices") {
		t.Errorf("sent %t, it says %q", sent, a.Notice().Text)
	}
	open()
	if uitest.Press(t, a, "p"); !sent || a.Top() != nil {
		t.Error("with the texts as they were nothing is sent")
	}
}

// What is counted anew is not paid for by the numbers of before.
func TestWhatIsCountedAnewIsNotPaidForBefore(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "E")
	_, counting := a.Update(uitest.KeyPress("t"))
	if drawn := flat(a); !strings.Contains(drawn, "Counting tokens") {
		t.Errorf("while it counts there is\n%s", uitest.Plain(a))
	}
	if uitest.Press(t, a, "p"); s.Sent() != 0 || a.Top() == nil {
		t.Errorf("while it counts %d were sent", s.Sent())
	}
	if uitest.Settle(t, a, counting); !strings.Contains(flat(a), "Total: 2 texts to send") {
		t.Errorf("afterwards there is\n%s", uitest.Plain(a))
	}
}

func TestAQueryIsNoOfferOfAllThatIsLacking(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4"))
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{LocalOnly: true}))
	source := sourceOf(a)
	for all, open := range map[bool]func() tea.Cmd{
		true: func() tea.Cmd { return costs.Open(&a.Context, "All", []session.WantedSource{{Source: source}}, nil) },
		false: func() tea.Cmd {
			return costs.OpenQuery(&a.Context, "which?", []session.WantedSource{{Source: source}}, nil)
		},
	} {
		uitest.Settle(t, a, open())
		if said := strings.Contains(flat(a), "Beyond your limits, and so not offered: good@4, bad@4. f on Verdict changes the limits."); said != all {
			t.Errorf("of all %t: what is held back is named: %t\n%s", all, said, uitest.Plain(a))
		}
		uitest.Press(t, a, "esc")
	}
}

func TestWithoutARequestNothingWasAsked(t *testing.T) {
	before := api.Tally{Requests: 2, Texts: 3, Tokens: 9}
	if got := costs.Since(before, api.Tally{Requests: 2, Texts: 5, Tokens: 9, Cached: 2}); got.Texts != 0 || got.Cached != 0 {
		t.Errorf("%+v", got)
	}
	if got := costs.Since(before, api.Tally{Requests: 3, Failed: 1, Texts: 3, Tokens: 9}); got.Requests != 1 || got.Failed != 1 || got.Tokens != 0 {
		t.Errorf("of a request that failed: %+v", got)
	}
	if got := costs.Since(before, api.Tally{Requests: 3, Texts: 5, Tokens: 15}); got.Requests != 1 || got.Texts != 2 || got.Tokens != 6 {
		t.Errorf("%+v", got)
	}
}

// Where nothing can be asked, p says why, and nothing is sent.
func TestWhatCannotBeAskedIsSaidByTheKeyThatPays(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4", "local/glove@100")
	o.Engine.HasKey = func(string) bool { return false }
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E")
	if drawn := flat(a); !strings.Contains(drawn, "p why not") || !strings.Contains(drawn, "cannot be asked") {
		t.Errorf("the box says\n%s", uitest.Plain(a))
	}
	if uitest.Press(t, a, "p"); s.Sent() != 0 || a.Top() == nil || !strings.Contains(flat(a), "Nothing was sent: ") {
		t.Errorf("p sends %d and says\n%s", s.Sent(), uitest.Plain(a))
	}
}

// Texts that were left out once are left out when it is asked again, until the person cuts them.
func TestLongTextsStayLeftOut(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "E", "t", "p")
	if s.Sent() != 2 {
		t.Fatalf("%d were sent", s.Sent())
	}
	cmd, err := a.Session.Edits().Insert(3, corpus.Text{Text: "one more"}, corpus.Text{Text: strings.Repeat("more ", 100)})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	uitest.Press(t, a, "E")
	if drawn := flat(a); !strings.Contains(drawn, "left out, without a vector") || !strings.Contains(drawn, "t cut long texts") || !strings.Contains(drawn, "Total: 1 text to send") {
		t.Errorf("afterwards the box says\n%s", uitest.Plain(a))
	}
	if uitest.Press(t, a, "t"); !strings.Contains(flat(a), "only the beginning is sent") || !strings.Contains(flat(a), "Total: 3 texts to send") {
		t.Errorf("t leads to\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "shop/bad", Dimensions: 4}))
	uitest.Press(t, a, "E") // which asks for both alike
	if drawn := flat(a); !strings.Contains(drawn, "Total: 4 texts to send") || !strings.Contains(drawn, "t cut long texts") {
		t.Errorf("beside another model the box says\n%s", uitest.Plain(a))
	}
}

// What is counted anew is confirmed anew.
func TestAnotherCountTakesTheQuestionBack(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Settings.Spending = config.Spending{PerRun: 0.0001, PerSession: 1}
	o.State.Texts[1].Text = strings.Repeat("word ", 100)
	a := settled(t, 100, 30, o)
	uitest.Press(t, a, "E", "p")
	if !strings.Contains(flat(a), "Spend it anyway?") {
		t.Fatalf("nothing is asked:\n%s", uitest.Plain(a))
	}
	if uitest.Press(t, a, "t"); strings.Contains(flat(a), "Spend it anyway?") || s.Sent() != 0 {
		t.Errorf("after another count it is asked\n%s", uitest.Plain(a))
	}
	if uitest.Press(t, a, "P"); s.Sent() != 0 {
		t.Errorf("%d were sent at a key of the question of before", s.Sent())
	}
}

func TestAQueryShowsNoOtherWorkAsARow(t *testing.T) {
	s := uitest.NewShop()
	uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		source := sourceOf(a)
		uitest.Settle(t, a, costs.OpenQuery(&a.Context, "which?", []session.WantedSource{{Source: source, Role: api.RoleQuery}}, nil))
		if drawn := flat(a); strings.Contains(drawn, ", under way") || !strings.Contains(drawn, "Under way: good") {
			t.Errorf("the box says\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "esc")
	})
}

// What a query costs does not depend on the texts.
func TestAQueryIsSentThoughTheTextsHaveChanged(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	sent := false
	uitest.Settle(t, a, costs.OpenQuery(&a.Context, "which?", []session.WantedSource{{Source: sourceOf(a), Role: api.RoleQuery}},
		func([]pipeline.Estimate, pipeline.Long) tea.Cmd { sent = true; return nil }))
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	if uitest.Press(t, a, "p"); !sent || a.Top() != nil || a.Notice().Text != "" {
		t.Errorf("sent %t, it says %q", sent, a.Notice().Text)
	}
}

// What is compared with a server's own shorter vectors is no candidate's, and no row among
// theirs.
func TestShorterVectorsUnderWayAreNamedAndNoRow(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	did := false
	s.After, s.Meanwhile = 1, func() {
		did = true
		uitest.Settle(t, a, costs.OpenQuery(&a.Context, "", []session.WantedSource{{Source: sourceOf(a)}}, nil))
		if drawn := flat(a); strings.Contains(drawn, ", under way") || !strings.Contains(drawn, "Under way: good") {
			t.Errorf("the box says\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "esc")
	}
	uitest.Settle(t, a, costs.OpenReduced(&a.Context, session.WantedSource{Source: sourceOf(a)}, func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
		_, cmd := a.Session.Requests().Embed(session.ForReduction, sourceOf(a), session.TextsOf(a.Session.Texts()), a.Session.Payments().Grants(estimates, long)[0],
			func(*pipeline.Embedding, error) tea.Cmd { return nil })
		return cmd
	}))
	if uitest.Press(t, a, "p"); !did {
		t.Error("nothing was asked")
	}
}
