package search

import (
	"os"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestAskedQueriesAreFilteredByTheirLettersAndPointedAt(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	for _, q := range []string{"where is my invoice?", "how do I cancel?", "do you refund?"} {
		ask(t, a, q)
	}
	uitest.Press(t, a, "Q", "/")
	uitest.Letters(t, a, "cncl")
	b := a.Top().(*askedBox)
	if len(b.queries) != 1 || b.queries[0].Text != "how do I cancel?" {
		t.Errorf("the letters are found in %+v", b.queries)
	}
	uitest.Press(t, a, "enter", "esc") // keeps the filter, then clears it
	if len(b.queries) != 3 || a.Top() != b {
		t.Errorf("without the filter there are %d queries", len(b.queries))
	}
	uitest.ClickOn(t, a, "how do I cancel?")
	uitest.WantShown(t, a, "Query “how do I cancel?”")
	if a.Top() != nil {
		t.Error("the box stays open")
	}
}

func TestAQueryMadeOfATextIsRunAgainAsSuch(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	a.SetScreen("texts")
	uitest.Press(t, a, "down", "~")
	ask(t, a, "refund")
	uitest.Press(t, a, "Q", "down", "enter")
	uitest.WantShown(t, a, "Like “To cancel")
	if s := screenOf(a); s.query.source != faq[1].Text || s.shown.from != 1 {
		t.Errorf("it is run as %q of text %d", s.query.source, s.shown.from+1)
	}
	// The last query that up brings back is one that was typed.
	uitest.Press(t, a, "/", "up")
	if got := screenOf(a).input.Value(); got != "refund" {
		t.Errorf("brought back is %q", got)
	}
}

func TestAJudgedQueryIsNotForgottenWithoutAWord(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "refund?")
	uitest.Settle(t, a, a.Session.Asked().Judge("refund?", 4, 2), a.Session.Asked().Judge("refund?", 0, 0))
	uitest.Press(t, a, "Q")
	uitest.WantShown(t, a, "refund?", "1 of 2 relevant")
	if strings.Contains(uitest.Plain(a), "pool") {
		t.Errorf("not all was judged:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "d")
	uitest.WantShown(t, a, "Forget “refund?” and 2 judgments of it?")
	uitest.Press(t, a, "n")
	if len(a.Session.Asked().List()) != 1 {
		t.Fatal("n forgets it")
	}
	uitest.Press(t, a, "d", "d")
	if len(a.Session.Asked().List()) != 0 {
		t.Error("d forgets nothing")
	}
	uitest.Press(t, a, "X")
	uitest.WantNotice(t, a, "There are no queries yet.")
}

func TestTheSameQueryOfTwoLabelsIsListedOnce(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	same := labels.Query{Text: "Where is my bill?", Judged: []labels.Judgment{{Text: "invoice", Grade: 1}}}
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: []labels.Query{same, same}}, "questions.csv"))
	uitest.Press(t, a, "Q")
	uitest.WantShown(t, a, "Queries asked  1 of 1")
}

func TestWhatAFileOfQueriesSaysOtherwiseAndLacksIsTold(t *testing.T) {
	t.Chdir(t.TempDir())
	a := settled(t, 100, 30, withFAQ(t))
	ask(t, a, "invoice?")
	ask(t, a, "not judged?")
	uitest.Settle(t, a, a.Session.Asked().Judge("invoice?", 1, 0), a.Session.Asked().Judge("invoice?", 0, 2))
	if err := os.WriteFile("theirs.csv", []byte("query,relevant\ninvoice?,cancel:1 invoice:2\nrefund?,nowhere:2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Press(t, a, "Q")
	if e := a.Top().(*askedBox).askedExport(); e.Remark != "As .csv the 1 query judged are written, as .txt all." {
		t.Errorf("taken out they are remarked %q", e.Remark)
	}
	uitest.Press(t, a, "i", "ctrl+u")
	uitest.Letters(t, a, "theirs.csv")
	uitest.Press(t, a, "enter")
	uitest.LineWith(t, a, " you ", " not relevant ")
	uitest.LineWith(t, a, "the file", " partly relevant ")
	if n := a.Notice(); n.Level != ui.NoticeWarn || !strings.Contains(n.Text, "left out: ") {
		t.Errorf("of what was left out it says %q, level %v", n.Text, n.Level)
	}
}

func TestJudgingGoesOnWhereItWasLeftAndEndsWithEverything(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "where is my invoice?")
	uitest.Press(t, a, "J", "1", "0", "esc", "J")
	uitest.WantShown(t, a, "3 of 6")
	j := a.Top().(*judging)
	first := j.texts[j.pool[0]].Text
	uitest.Press(t, a, "0", "2", "0", "0")
	if !j.over() || !j.finishedAt(10) {
		t.Errorf("judged is %+v", a.Session.Asked().Query(j.query))
	}
	// Who found what is told with the relevant texts first, and the columns are seen again.
	var signs []string
	for _, l := range j.View(ui.Size{W: 100, H: 30}, a.Theme) {
		if sign, _, found := strings.Cut(l, " "); found && strings.Contains("✓~✗", sign) {
			signs = append(signs, sign)
		}
	}
	if got := strings.Join(signs, ""); got != "✓~✗✗✗✗" {
		t.Errorf("the texts are told as %s:\n%s", got, uitest.Plain(a))
	}
	uitest.LineWith(t, a, "│ ~ ", first[:20])
	if screenOf(a).blind() {
		t.Error("all is judged, and the columns stay hidden")
	}
	uitest.Press(t, a, "esc")
	uitest.WantShown(t, a, "1 query asked and judged")
}

// finishedAt tells that the query is judged with so many hits of every column.
func (j *judging) finishedAt(hits int) bool {
	q := j.Session.Asked().Query(j.query)
	return q.Complete && q.Pool == hits
}

func TestTheBoundsOfWeightAndHitsAreKept(t *testing.T) {
	a := settled(t, 100, 30, withFAQ(t))
	s := screenOf(a)
	for range 25 {
		uitest.Press(t, a, "]")
	}
	if s.weight != mostWeight {
		t.Errorf("words weigh %v at the most", s.weight)
	}
	for range 25 {
		uitest.Press(t, a, "[")
	}
	if s.weight != 0 {
		t.Errorf("words weigh %v at the least", s.weight)
	}
	uitest.WantNotice(t, a, "Hybrid: words weigh 0, the model 1.")
	for _, typed := range []string{"0", "101", "x"} {
		uitest.Press(t, a, "t", "ctrl+u")
		uitest.Letters(t, a, typed)
		uitest.Press(t, a, "enter")
		uitest.WantShown(t, a, "a whole number from 1 to 100")
		uitest.Press(t, a, "esc")
	}
	uitest.Press(t, a, "t", "7", "enter")
	uitest.WantNotice(t, a, "There are only 6 texts: all are shown.")
}

// What was said before the box was opened is not taken back in it.
func TestUndoingWhileJudgingEndsWithWhatTheBoxHasTaken(t *testing.T) {
	a := settled(t, 120, 40, withFAQ(t))
	ask(t, a, "where is my invoice?")
	uitest.Press(t, a, "J", "2", "esc", "J", "0", "u", "u", "u")
	if graded := a.Session.Asked().Query("where is my invoice?").Graded; len(graded) != 1 || graded[0].Grade != labels.WhollyRelevant {
		t.Errorf("judged is %+v", graded)
	}
}
