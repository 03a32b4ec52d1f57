package search

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestEveryRowFindsWhileOneTypes(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "where is my invoice")
	uitest.WantShown(t, a, "A use-lite@512", "B glove@100", "W local/bm25", "H A + 1×bm25", "no cosine, no price", "overlap@10", "You find your invoice")
	if len(a.Session.Asked().List()) != 0 {
		t.Error("what is only typed is kept as a query")
	}
	uitest.Press(t, a, "enter")
	if list := a.Session.Asked().List(); len(list) != 1 || list[0].Text != "where is my invoice" {
		t.Errorf("kept are %+v", list)
	}
	s := screenOf(a)
	if got := s.rows()[2].hits[0].Index; got != 0 || s.rows()[0].hits[0].Index != 0 {
		t.Errorf("words find text %d first", got)
	}
}

func TestOnlyTheSlashOrAPasteBeginsAQuery(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	uitest.Press(t, a, "w")
	if screenOf(a).typing {
		t.Fatal("a letter begins a query")
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "question about how I cancel")
	if s := screenOf(a); !s.typing || s.input.Value() != "question about how I cancel" {
		t.Fatalf("typed is %q", s.input.Value())
	}
	uitest.Press(t, a, "esc", "esc")
	if screenOf(a).typing {
		t.Error("esc does not leave the query")
	}
	b := settled(t, 100, 30, withFAQ(t))
	uitest.Send(t, b, tea.PasteMsg{Content: "refund\nplease"})
	uitest.Press(t, b, "enter")
	if list := b.Session.Asked().List(); len(list) != 1 || list[0].Text != "refund please" {
		t.Errorf("%+v", list)
	}
}

func TestANewQueryBeginsEmptyAndUpBringsTheLastOneBack(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "where is my invoice")
	uitest.Press(t, a, "/")
	uitest.WantShown(t, a, "↑ brings the last one back")
	if s := screenOf(a); s.input.Value() != "" {
		t.Errorf("the field has %q", s.input.Value())
	}
	uitest.Press(t, a, "up")
	if s := screenOf(a); s.input.Value() != "where is my invoice" {
		t.Errorf("brought back is %q", s.input.Value())
	}
}

func TestAskedQueriesAreListedFilteredAndRunAgain(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "where is my invoice?")
	ask(t, a, "how do I cancel?")
	uitest.Press(t, a, "Q")
	uitest.WantShown(t, a, "Queries asked  2 of 2", "how do I cancel?", "not judged", ui.KeyExport.Help().Key+" export")
	if b := a.Top().(*askedBox); b.queries[0].Text != "how do I cancel?" {
		t.Errorf("the first in the list is %q, not the last that was asked", b.queries[0].Text)
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "inv")
	uitest.WantShown(t, a, "Queries asked  1 of 2")
	uitest.Press(t, a, "enter", ".")
	uitest.WantShown(t, a, "Query “where is my invoice?”")
	if list := a.Session.Asked().List(); list[len(list)-1].Text != "where is my invoice?" {
		t.Errorf("last asked is %+v", list)
	}
	uitest.Press(t, a, "Q", "d", "esc")
	if len(a.Session.Asked().List()) != 1 {
		t.Error("d forgets nothing")
	}
}

// The queries of labels that were opened need not be typed to be asked.
func TestQueriesOfOpenedLabelsAreListedAndAsked(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: []labels.Query{
		{Text: "Where is my bill?", Judged: []labels.Judgment{{Text: "invoice", Grade: 1}}},
		{Text: "How do I stop paying?", Judged: []labels.Judgment{{Text: "cancel", Grade: 1}}},
	}}, "questions.csv"))
	uitest.Press(t, a, keyAsked.Keys()[0])
	uitest.WantShown(t, a, "Where is my bill?", "How do I stop paying?", "from the labels")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "Query “Where is my bill?”")
	uitest.Press(t, a, keyAsked.Keys()[0])
	if strings.Count(uitest.Plain(a), "from the labels") != 1 {
		t.Errorf("what was asked is listed twice:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "down", ui.KeyDelete.Keys()[0])
	uitest.WantShown(t, a, "How do I stop paying?", "come with the labels")
}

func TestQueriesGoThroughAFileAndDisagreementsAreListed(t *testing.T) {
	t.Chdir(t.TempDir())
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice?")
	uitest.Settle(t, a, a.Session.Asked().Judge("invoice?", 0, 2), a.Session.Asked().Judge("invoice?", 1, 0))
	uitest.Press(t, a, "Q", "X", "enter")
	data, err := os.ReadFile("vecscope-queries.csv")
	if err != nil || string(data) != "query,relevant,pool\ninvoice?,invoice:2 cancel:0,0\n" {
		t.Fatalf("%q, %v", data, err)
	}
	if err := os.WriteFile("theirs.csv", []byte("query,relevant\ninvoice?,invoice:2 cancel:1 ship:0\nrefund?,refund:2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Press(t, a, "i", "ctrl+u")
	uitest.Letters(t, a, "theirs.csv")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "1 judgment on which you and the file disagree", "not relevant", "partly relevant")
	uitest.Press(t, a, "esc")
	if q := a.Session.Asked().Query("invoice?"); len(q.Graded) != 3 || len(a.Session.Asked().List()) != 2 {
		t.Errorf("%+v of %+v", q, a.Session.Asked().List())
	}
	if err := os.WriteFile("none.csv", []byte("query,relevant\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Press(t, a, "i", "ctrl+u")
	uitest.Letters(t, a, filepath.Join(".", "none.csv"))
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "Import queries", "no queries") // it is asked for again
}

// shopping is the explorer with a paid model after its texts were paid for.
func shopping(t testing.TB, s *uitest.Shop) *shell.App {
	t.Helper()
	o := uitest.ShopOptions(t, s, uitest.Use, "shop/good@4")
	o.Settings.Spending.PerQuery = 0
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p")
	return a
}

func TestPaidModelsAreAskedAtEnterAndNotWhileTyping(t *testing.T) {
	s := uitest.NewShop()
	a := shopping(t, s)
	sent := s.Sent()
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "first")
	if s.Sent() != sent {
		t.Fatal("a paid model was asked while typing")
	}
	uitest.WantShown(t, a, "enter asks: ")
	uitest.Press(t, a, "enter")
	if s.Sent() != sent || a.Top() == nil {
		t.Fatalf("%d texts were sent without a word, though it costs more than the sum: %T", s.Sent()-sent, a.Top())
	}
	uitest.Press(t, a, "p")
	if s.Sent() != sent+1 || a.Top() != nil {
		t.Fatalf("%d texts were sent", s.Sent()-sent)
	}
	uitest.Press(t, a, "/", "ctrl+u")
	uitest.Letters(t, a, "first")
	uitest.Press(t, a, "enter")
	if s.Sent() != sent+1 {
		t.Error("it is paid for twice")
	}
}

func TestUnderTheSumAQueryIsSentWithoutABox(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Settings.Spending.PerQuery = 1
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p")
	sent := s.Sent()
	ask(t, a, "first")
	if s.Sent() != sent+1 || a.Top() != nil {
		t.Fatalf("%d texts were sent, over all lies %T", s.Sent()-sent, a.Top())
	}
	uitest.WantNotice(t, a, "$")
	// A limit of money counts all the same.
	uitest.SetLimits(a, config.Spending{PerRun: 1e-9, PerSession: 1e-9})
	ask(t, a, "second")
	if s.Sent() != sent+1 || a.Top() == nil {
		t.Errorf("beyond the limit %d texts were sent", s.Sent()-sent-1)
	}
}

func TestTheSumWithoutABoxIsHeldAgainstTheMostThatAQueryCanCost(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.Settings.Spending.PerQuery = 20e-6 // a token, as it is estimated
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p", "/")
	uitest.Letters(t, a, "first")
	estimates, _ := screenOf(a).unpaid()
	if usd, most := pipeline.Total(estimates).USD, spending.AtMost(pipeline.Costs(estimates)); usd > o.Settings.Spending.PerQuery || most <= o.Settings.Spending.PerQuery {
		t.Fatalf("the query costs %v and at most %v", usd, most)
	}
	uitest.Press(t, a, "enter")
	if a.Top() == nil {
		t.Error("a query that may cost more than the sum is sent without a box")
	}
}

func TestBadInputIsOneClearLine(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	uitest.Press(t, a, "/", "enter")
	uitest.WantNotice(t, a, "The query is empty")
	uitest.Press(t, a, "esc", "t", "9", "9", "9", "enter")
	uitest.WantShown(t, a, "a whole number from 1 to 100")
	uitest.Press(t, a, "ctrl+u", "5", "0", "enter")
	uitest.WantNotice(t, a, "only 6 texts")
	uitest.Press(t, a, "/", "ctrl+u")
	uitest.Send(t, a, tea.PasteMsg{Content: strings.Repeat("a very long question ", 400)})
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "query truncated")
	ask(t, a, "zzzz")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "no text has a word of the query")
}
