package search

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// faq are a few answers, and a text that answers nothing.
var faq = []corpus.Text{
	{ID: "invoice", Text: "You find your invoice under Billing and can download it as a PDF."},
	{ID: "cancel", Text: "To cancel your subscription open Settings and choose Cancel plan."},
	{ID: "ship", Text: "Parcels leave our warehouse every morning and arrive within two days."},
	{ID: "password", Text: "Forgot your password? Request a link and set a new one."},
	{ID: "refund", Text: "We refund the price within a week after the goods came back."},
	{ID: "moon", Text: "The moon has no atmosphere worth speaking of."},
}

func withFAQ(t testing.TB, candidates ...string) shell.Options {
	t.Helper()
	if len(candidates) == 0 {
		candidates = []string{uitest.Use, uitest.Glove}
	}
	return uitest.OptionsWith(t, faq, candidates...)
}

// ask types a query and enters it.
func ask(t testing.TB, a *shell.App, query string) {
	t.Helper()
	uitest.Press(t, a, "/", "ctrl+u")
	uitest.Letters(t, a, query)
	uitest.Press(t, a, "enter")
}

func screenOf(a *shell.App) *Screen { return a.Screen(ID).(*Screen) }

func TestSearchDrawing(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}, {W: 40, H: 10}} {
		t.Run(fmt.Sprintf("%dx%d", z.W, z.H), func(t *testing.T) {
			a := settled(t, z.W, z.H, uitest.NearDuplicates(t))
			ask(t, a, "was my card charged?")
			uitest.Press(t, a, "J", "2", "1", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "esc")
			drawing := uitest.Plain(a)
			uitest.RequireSize(t, drawing, z.W, z.H)
			golden.RequireEqual(t, drawing)
		})
	}
}

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

func TestTheSameTextIsJoinedByALetterAndOneThatOneRowFindsAloneMarked(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	uitest.Press(t, a, "t", "2", "enter")
	ask(t, a, "cancel the subscription")
	s := screenOf(a)
	joined, alone := 0, 0
	for _, l := range s.shown.lines {
		switch {
		case several(l) && s.shown.marks[l.Text] != "":
			joined++
		case s.shown.marks[l.Text] != "":
			t.Errorf("text %d has a letter and is in one column", l.Text)
		}
		if s.alone(l.Text) {
			alone++
		}
	}
	if joined == 0 || alone == 0 {
		t.Fatalf("%d texts are joined, %d found by one alone:\n%s", joined, alone, uitest.Plain(a))
	}
	uitest.WantShown(t, a, "◆", "a ")
}

func TestColumnsThatHaveNoRoomAreCountedAndTabShowsThem(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	ask(t, a, "invoice")
	uitest.WantShown(t, a, "2 more: tab", "A use-lite@512", "B glove@100")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "W local/bm25", "H ", "words in common")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "A use-lite@512")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
	}
}

// As many columns are in sight as can be read, and paging either way comes to every one.
func TestAsManyColumnsAreShownAsFit(t *testing.T) {
	many := []string{uitest.Use, uitest.Glove, "local/ngrams@4096", "local/ngrams@256", "local/use-lite@64", "local/glove@50"}
	a := settled(t, 200, 60, withFAQ(t, many...))
	ask(t, a, "invoice")
	s := screenOf(a)
	if in, n := len(s.layout(s.Body).columns), len(s.rows()); in != 6 || n != 8 {
		t.Fatalf("%d of %d columns are shown", in, n)
	}
	uitest.WantShown(t, a, "2 more: tab")
	uitest.Press(t, a, "tab")
	uitest.WantShown(t, a, "H ", "W local/bm25")
	if s.column != 6 {
		t.Errorf("tab leads to column %d", s.column)
	}
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 120, H: 24}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		for _, press := range []string{"tab", "shift+tab"} {
			seen := map[int]bool{}
			for range 4 {
				uitest.Press(t, a, press)
				for i := range s.layout(s.Body).columns {
					seen[s.first+i] = true
				}
			}
			if len(seen) != 8 {
				t.Errorf("%d wide %s shows %d of 8 columns", z.W, press, len(seen))
			}
		}
	}
}

func TestTheModelOfTheColumnIsInFocusOnEveryScreen(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "invoice")
	for _, c := range []struct {
		key  string
		want int
	}{{"right", 1}, {"left", 0}} {
		if uitest.Press(t, a, c.key); a.Session.Focused() != c.want {
			t.Errorf("%s leaves model %d in focus", c.key, a.Session.Focused())
		}
	}
}

func TestTheHybridFollowsItsWeight(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "set a new password")
	uitest.Press(t, a, "]", "]", "]")
	uitest.WantShown(t, a, "A + 1.3×bm25")
	for range 30 {
		uitest.Press(t, a, "[")
	}
	s := screenOf(a)
	if s.weight != 0 || s.rows()[3].hits[0].Index != s.rows()[0].hits[0].Index {
		t.Errorf("without words the hybrid is not the model: weight %g", s.weight)
	}
	o := withFAQ(t)
	o.State = a.State()
	if again := screenOf(settled(t, 100, 30, o)); again.weight != 0 {
		t.Errorf("the weight is remembered as %g", again.weight)
	}
}

func TestJudgmentsBecomeLabelsAndTheVerdictUsesThem(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "where is my invoice?")
	uitest.Press(t, a, "J")
	box := uitest.Plain(a)
	for _, name := range []string{"use-lite", "glove", "bm25 "} {
		if !strings.Contains(box, "Does it answer?") || strings.Contains(box, name) {
			t.Errorf("%q shows while judging:\n%s", name, box)
		}
	}
	uitest.WantShown(t, a, "1 of 6", "0 of 1 query judged", "2 relevant", "1 partly", "0 not", "s skip", "u undo")
	uitest.Press(t, a, "s", "down")
	uitest.WantShown(t, a, "3 of 6")
	uitest.Press(t, a, "up")
	uitest.WantShown(t, a, "2 of 6")
	uitest.Press(t, a, "left")
	uitest.WantShown(t, a, "1 of 6")
	judge := func() {
		j := a.Top().(*judging)
		for !j.over() {
			if j.texts[j.pool[j.at]].ID == "invoice" {
				uitest.Press(t, a, "2")
			} else {
				uitest.Press(t, a, "0")
			}
		}
	}
	uitest.Press(t, a, "1", "u")
	if n := len(a.Session.Asked().Query("where is my invoice?").Graded); n != 0 {
		t.Errorf("after undo %d texts are judged", n)
	}
	judge()
	uitest.WantShown(t, a, "Who found what", "✓", "A 1", "1 of 1 query")
	uitest.Press(t, a, "enter")
	if q := a.Session.Asked().Query("where is my invoice?"); q.Pool != 10 || !q.Complete {
		t.Errorf("%+v", q)
	}
	task, ok := a.Session.Labels().Task()
	if !ok || task.Task != evaluate.Retrieval || task.From != "" || task.Judged != 1 || !task.Pooled || a.Session.Verdict().Trial() == nil {
		t.Fatalf("%+v, %v, %v", task, ok, a.Session.Verdict().Err())
	}
	uitest.WantShown(t, a, "Over the 1 query with a known answer", "hit@1", "nDCG@10", "0 of 6")
	// It is remembered.
	o := withFAQ(t)
	o.State = a.State()
	again := settled(t, 120, 40, o)
	if q := again.Session.Asked().Query("where is my invoice?"); len(q.Graded) != 6 {
		t.Errorf("remembered is %+v", q)
	}
}

// Of some twenty texts that are found most are no answer: seen in a list, they are judged
// with one key, and taken back with one.
func TestOneKeySaysThatTheOthersAreNotRelevant(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, keyJudge.Keys()[0])
	for _, text := range faq {
		uitest.WantShown(t, a, text.Text[:40])
	}
	graded := func() int { return len(a.Session.Asked().Query("invoice").Graded) }
	uitest.Press(t, a, "down", "down", keyRelevant.Keys()[0], keyRest.Keys()[0])
	uitest.WantShown(t, a, "Who found what  6 texts judged · 1 of 1 query")
	q := a.Session.Asked().Query("invoice")
	if relevant := slices.DeleteFunc(slices.Clone(q.Graded), func(g labels.Grade) bool { return g.Grade == 0 }); len(relevant) != 1 || len(q.Graded) != 6 || !q.Complete {
		t.Errorf("%+v", q)
	}
	if uitest.Press(t, a, keyUndo.Keys()[0]); graded() != 1 {
		t.Errorf("%d are judged after undoing what one key said", graded())
	}
	uitest.WantShown(t, a, "Does it answer?")
	if uitest.Press(t, a, keyUndo.Keys()[0]); graded() != 0 {
		t.Errorf("%d are judged", graded())
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 40, H: 10}))
	if uitest.Press(t, a, keyRest.Keys()[0]); graded() != 0 {
		t.Error("texts out of sight are judged")
	}
}

// What was passed over on the way to the last text is not lost with it: it would count as
// not relevant.
func TestWhatWasPassedOverIsComeBackTo(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, keyJudge.Keys()[0], "up")
	uitest.WantShown(t, a, "6 of 6")
	uitest.Press(t, a, keyRelevant.Keys()[0])
	uitest.WantShown(t, a, "Does it answer?  1 of 6")
	uitest.Press(t, a, keyRest.Keys()[0])
	uitest.WantShown(t, a, "Who found what  6 texts judged")
	if q := a.Session.Asked().Query("invoice"); len(q.Graded) != 6 || !q.Complete {
		t.Errorf("%+v", q)
	}
}

// Queries of a file are judged one after another, without looking each of them up.
func TestQueriesOfAFileAreJudgedOneAfterAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "questions.txt")
	if err := os.WriteFile(path, []byte("where is my invoice?\nhow do I cancel?\nthe moon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := settled(t, 80, 24, withFAQ(t))
	uitest.Press(t, a, keyAsked.Keys()[0], "i")
	uitest.Letters(t, a, path)
	uitest.Press(t, a, "enter", "esc")
	uitest.WantShown(t, a, "3 queries asked, none judged yet: J judges", "asked before, not judged")
	uitest.Press(t, a, keyJudge.Keys()[0])
	uitest.WantShown(t, a, "where is my invoice?", "0 of 3 queries judged")
	uitest.Press(t, a, keyRelevant.Keys()[0], keyRest.Keys()[0])
	uitest.WantShown(t, a, "Who found what", "enter next query", "esc done")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "Does it answer?", "how do I cancel?", "1 of 3 queries judged")
	uitest.Press(t, a, keyRest.Keys()[0], "enter")
	uitest.WantShown(t, a, "Does it answer?", "the moon", "2 of 3 queries judged")
	uitest.Press(t, a, keyRest.Keys()[0])
	uitest.WantShown(t, a, "Who found what", "enter done", "3 of 3 queries")
	uitest.Press(t, a, "enter")
	if a.Top() != nil {
		t.Error("there is a box after the last query")
	}
	// One of the list is judged from there.
	uitest.Press(t, a, keyAsked.Keys()[0], "down", keyJudge.Keys()[0])
	uitest.WantShown(t, a, "Does it answer?", "how do I cancel?")
}

func TestAClickGoesToATextThatIsToBeJudged(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, keyJudge.Keys()[0])
	lines := strings.Split(uitest.Plain(a), "\n")
	j := a.Top().(*judging)
	last := j.texts[j.pool[5]].Text[:30]
	y := len(lines) - 1
	for y > 0 && !strings.Contains(lines[y], last) {
		y--
	}
	uitest.Send(t, a, tea.MouseClickMsg{X: 20, Y: y, Button: tea.MouseLeft})
	uitest.WantShown(t, a, "6 of 6")
}

func TestTheOrderOfJudgingIsTheSameAgain(t *testing.T) {
	pool := func() []int {
		a := settled(t, 100, 30, withFAQ(t))
		ask(t, a, "cancel")
		uitest.Press(t, a, "J")
		return a.Top().(*judging).pool
	}
	if first, second := fmt.Sprint(pool()), fmt.Sprint(pool()); first != second {
		t.Errorf("%s, then %s", first, second)
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

func TestAHitIsOpenedInFullBesideTheQuery(t *testing.T) {
	for _, z := range []ui.Size{{W: 120, H: 40}, {W: 60, H: 15}, {W: 40, H: 10}} {
		a := settled(t, z.W, z.H, withFAQ(t))
		uitest.Press(t, a, "t", "2", "enter")
		ask(t, a, "download the invoice as a PDF")
		uitest.Press(t, a, "enter")
		uitest.CheckFrame(t, a.Draw(), z)
		if z.H >= 40 {
			uitest.WantShown(t, a, "Text invoice", "In common: ", "shares words with the query", "does not")
		}
	}
}

func TestMoreLikeATextLeavesItOut(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen("texts")
	uitest.Press(t, a, "down", "~")
	if a.Current().Info().ID != ID {
		t.Fatalf("~ leads to %s", a.Current().Info().ID)
	}
	s := screenOf(a)
	if s.query == nil || s.query.text != faq[1].Text {
		t.Fatalf("asked is %+v", s.query)
	}
	for _, r := range s.rows() {
		for _, h := range r.hits {
			if h.Index == 1 {
				t.Errorf("%s finds the text itself", r.id)
			}
		}
	}
	uitest.WantShown(t, a, "Like “To cancel")
}

func TestMoreLikeATextIsOfferedInThePairBox(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen("matrices")
	uitest.OpenPair(t, a, 2, 4)
	uitest.WantShown(t, a, "~ more like the first")
	uitest.Press(t, a, "~")
	if s := screenOf(a); a.Top() != nil || a.Current().Info().ID != ID || s.query == nil || s.query.text != faq[2].Text {
		t.Errorf("~ leads to %s and asks %+v", a.Current().Info().ID, s.query)
	}
}

func TestLettersMoveOnSearchButJJudges(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	for _, c := range []struct {
		key          string
		column, rank int
	}{{"l", 1, 0}, {"down", 1, 1}, {"l", 2, 1}, {"k", 2, 0}, {"h", 1, 0}} {
		if uitest.Press(t, a, c.key); s.column != c.column || s.list.Cursor != c.rank {
			t.Errorf("%s leads to column %d, rank %d, not to %d, %d", c.key, s.column, s.list.Cursor, c.column, c.rank)
		}
	}
	uitest.Press(t, a, "/", "k", "h", "l")
	if got := s.input.Value(); got != "khl" {
		t.Errorf("%q is typed", got)
	}
	uitest.Press(t, a, "esc", "J")
	uitest.WantShown(t, a, "Does it answer?")
}

func TestTheHelpSaysThatLengthsDoNotMatter(t *testing.T) {
	a := settled(t, 130, 80, withFAQ(t))
	uitest.Press(t, a, "?")
	uitest.WantShown(t, a, "cosine, dot product and Euclidean distance rank alike")
}

func TestTheMouseChoosesAHit(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "invoice")
	s := screenOf(a)
	l := s.layout(a.Body)
	uitest.Send(t, a, uitest.Click(l.columns[1].X+5, 1+l.ranks.Y+2))
	if s.column != 1 || s.list.Cursor != 2 {
		t.Errorf("column %d, rank %d", s.column, s.list.Cursor+1)
	}
}

func TestFiguresSayWhyAModelHasNoVectorForTheQueryAsItsColumnDoes(t *testing.T) {
	o := uitest.OptionsWith(t, append([]corpus.Text{{ID: "ja", Text: "注文をキャンセルするにはどうすればいいですか。"}}, faq...), uitest.Use, uitest.Glove)
	a := settled(t, 160, 50, o)
	ask(t, a, "注文 キャンセル")
	uitest.Settle(t, a, a.Session.Asked().Judge("注文 キャンセル", 0, 2), nil)
	screen := uitest.Plain(a)
	uitest.WantShown(t, a, "Over the 1 query with a known answer", "no vector for the query")
	if strings.Contains(screen, "not embedded yet") {
		t.Errorf("a model that reads no Japanese is called not embedded yet:\n%s", screen)
	}
	if _, below, _ := strings.Cut(screen, "Over the 1 query with a known answer"); strings.Count(below, "no vector for the query") < 2 {
		t.Errorf("the figures do not say why:\n%s", screen)
	}
}

// A row that lacks vectors is measured at fewer queries, maybe the easier ones: that is
// said, and it is not taken for the best.
func TestFiguresOverFewerQueriesAreMarked(t *testing.T) {
	const japanese = "注文 キャンセル"
	texts := append([]corpus.Text{{ID: "ja", Text: "注文をキャンセルするにはどうすればいいですか。"}}, faq...)
	a := settled(t, 160, 50, uitest.OptionsWith(t, texts, uitest.Use, "local/ngrams@4096"))
	for query, relevant := range map[string]int{japanese: 1, "download the invoice": 1, "the moon": 6} {
		ask(t, a, query)
		uitest.Settle(t, a, a.Session.Asked().Judge(query, relevant, 2), nil)
	}
	uitest.WantShown(t, a, "Over the 3 queries with a known answer; hits not judged count as not relevant", "A use-lite@512*", "B ngrams@4096 ",
		"* over fewer of the 3, for it lacks vectors: A 2, H 2")
	s := screenOf(a)
	if use, _ := s.measuredOf(uitest.Use); use.NDCG != 1 {
		t.Errorf("nDCG of use-lite at two queries is %g", use.NDCG)
	}
	if best := s.best(); best < 1 || s.rows()[best].id == uitest.Use {
		t.Errorf("the best is row %d", best)
	}
}

func TestZeroHasNoMinus(t *testing.T) {
	for d, want := range map[float64]string{-0.04: "+0.0σ", 0.04: "+0.0σ", -0.06: "-0.1σ", 3.14: "+3.1σ"} {
		if got := distanceText(d); got != want {
			t.Errorf("%g is %q, want %q", d, got, want)
		}
	}
}

func TestTheWayOutOfJudgingIsNeverCut(t *testing.T) {
	a := settled(t, 40, 10, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, "J")
	uitest.WantShown(t, a, "esc done", "2 yes", "1 partly", "0 no")
}

func TestAllRanksOfAHitAreShownWhereManySearch(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t, uitest.Use, uitest.Glove, "local/ngrams@1024", "local/use-lite@256", "local/glove@50", "local/ngrams@512"))
	ask(t, a, "where is my invoice")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "A 1 ·", "F 1 ·", "W 1 ·", "H 1")
}

func TestNothingIsCopiedThatWasFoundInTextsThatAreGone(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "cancel my plan")
	a.Update(uitest.OpenTexts(a, "none.txt")) // what that starts has not ended yet
	a.Update(uitest.KeyPress("5"))
	for _, key := range []string{"X", "y", "J"} {
		a.Update(uitest.KeyPress(key))
		uitest.WantNotice(t, a, "nothing is found yet")
	}
}

func TestOverlapsThatHaveNoRoomAreCounted(t *testing.T) {
	a := settled(t, 80, 24, withFAQ(t, uitest.Use, uitest.Glove, "local/use-lite@64", "local/glove@50", "local/ngrams@64", "local/ngrams@512"))
	ask(t, a, "where is my invoice")
	s := screenOf(a)
	all := len(s.overlaps())
	if all != 21 {
		t.Fatalf("seven rows have %d overlaps", all)
	}
	for w := 20; w <= 200; w++ {
		for h := 1; h <= 6; h++ {
			lines := s.overlapLines(w, h)
			text := strings.Join(lines, " · ")
			shown := strings.Count(text, "–")
			if len(lines) > h || term.Widest(lines) > w {
				t.Fatalf("%d columns, %d lines: %q", w, h, lines)
			}
			if hidden := fmt.Sprintf("+%d: F", all-shown); shown < all && !strings.HasSuffix(text, hidden) {
				t.Fatalf("%d columns, %d lines: %q does not end with %q", w, h, lines, hidden)
			}
		}
	}
	uitest.Press(t, a, "F")
	uitest.WantShown(t, a, "What the columns have in common", "F–W ")
}

func TestAWideWindowShowsTheHitInFullAndFurtherRanks(t *testing.T) {
	a := settled(t, 200, 60, uitest.NearDuplicates(t))
	ask(t, a, "was my card charged?")
	uitest.WantShown(t, a, " · payment  ranks ", "In common: ", "Hits on which the columns differ", "shares words with the query", "11     ", "12     ")
	s := screenOf(a)
	before := s.list.Cursor
	uitest.Press(t, a, "end")
	if s.list.Cursor != s.hits-1 {
		t.Errorf("from rank %d the last one that counts is %d", before+1, s.list.Cursor+1)
	}
	if overlap := s.overlaps()[0]; !strings.Contains(uitest.Plain(a), overlap) {
		t.Errorf("%q is missing:\n%s", overlap, uitest.Plain(a))
	}
	blank := 0
	for _, l := range strings.Split(uitest.Plain(a), "\n") {
		if strings.TrimSpace(l) == "" {
			blank++
		}
	}
	if blank > 20 {
		t.Errorf("%d of 60 lines are empty:\n%s", blank, uitest.Plain(a))
	}
}

func TestScoresStandUnderEachOther(t *testing.T) {
	set, _ := corpus.FindSet("faq")
	a := settled(t, 200, 60, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove, "local/ngrams@512", "local/use-lite@128", "local/ngrams@256"))
	ask(t, a, "password")
	s := screenOf(a)
	negative := false
	for at, r := range s.rows() {
		if r.kind != byVectors {
			continue
		}
		var ends []int
		for _, l := range append(s.drawColumn(at, 32, s.hits), s.furtherLines(at, 32, 21)[1:]...) {
			plain := ansi.Strip(l)
			place := regexp.MustCompile(`-?0\.\d{3} `).FindStringIndex(plain)
			if place == nil {
				t.Fatalf("no score in %q", plain)
			}
			negative = negative || strings.Contains(plain, "-0.")
			ends = append(ends, term.Width(plain[:place[1]]))
		}
		if len(slices.Compact(ends)) != 1 {
			t.Errorf("under %s the scores end at columns %v", r.name, ends)
		}
	}
	if !negative {
		t.Error("no score lies under 0: the test tests nothing")
	}
}

func TestHitsLikeATextSayWhetherTheyAreOfItsGroup(t *testing.T) {
	texts := slices.Clone(faq)
	for i := range texts {
		texts[i].Group = []string{"money", "account", "goods", "account", "money", ""}[i]
	}
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, uitest.Use))
	a.Session.PointAt(1)
	uitest.Press(t, a, "2", "~")
	s := screenOf(a)
	for _, h := range s.rows()[0].hits {
		got, want := grade(s.gradeOf(h.Index)), map[string]string{"money": "✗", "account": "✓", "goods": "✗", "": " "}[texts[h.Index].Group]
		if got != want {
			t.Errorf("text %d of %q has the sign %q, want %q", h.Index, texts[h.Index].Group, got, want)
		}
	}
	uitest.WantShown(t, a, "Text password · account")
}

func TestNobodySeesWhatFoundATextWhileAQueryThatIsToBeJudgedIsAsked(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "where is my invoice?")
	s := a.Screen(ID).(*Screen)
	uitest.WantShown(t, a, "use-lite@512")
	s.toJudge = s.query // as long as a server has not answered
	if drawn := strings.Join(s.View(a.Body), "\n"); strings.Contains(drawn, "use-lite") {
		t.Errorf("who judges next sees the models' hits:\n%s", drawn)
	}
	for _, act := range s.Actions() {
		switch act.ID {
		case "search.open", "search.copy", "search.export", "search.judge":
			if why := act.Reason(); !strings.Contains(why, "judged first") {
				t.Errorf("%s says %q of hits that nobody may see yet", act.ID, why)
			}
		}
	}
}

func TestAQueryThatWaitsToBeJudgedOpensNoBoxAfterAnotherScreenWasShown(t *testing.T) {
	for _, leaves := range []bool{false, true} {
		a := settled(t, 120, 40, withFAQ(t))
		ask(t, a, "where is my invoice?")
		screenOf(a).toJudge = screenOf(a).query // as long as a server has not answered
		if leaves {
			a.SetScreen("texts")
			a.SetScreen(ID)
		}
		uitest.Happen(t, a, uitest.Nothing)
		if opened := a.Top() != nil; opened == leaves {
			t.Errorf("leaves %v, box %v", leaves, opened)
		}
	}
}

func TestNothingWaitsToBeJudgedWhereNothingCanSearch(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "where is my invoice?")
	for a.Session.Corpus().Len() > 0 {
		uitest.Settle(t, a, a.Session.Edits().Delete(0))
	}
	uitest.Press(t, a, keyAsked.Keys()[0], keyJudge.Keys()[0])
	uitest.WantNotice(t, a, "Not judged: no texts")
	if screenOf(a).toJudge != nil {
		t.Error("a query waits for hits that nothing finds")
	}
}

// A frame looks at what is known of the texts, and not at the texts again.
func TestWhatTextsHaveInCommonWithTheQueryIsFoundOutOnce(t *testing.T) {
	a := settled(t, 200, 60, withFAQ(t))
	ask(t, a, "where is my invoice?")
	a.Draw()
	q := screenOf(a).query
	if len(q.inCommon) == 0 {
		t.Fatal("nothing is known of the text under the cursor")
	}
	for text := range q.inCommon {
		q.inCommon[text] = search.Shared{Words: []string{"remembered"}}
	}
	uitest.WantShown(t, a, "In common: remembered")
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	if strings.Contains(uitest.Flat(a.Draw()), "In common: remembered") {
		t.Error("what was known of other texts is shown")
	}
}
