package search

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

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
	// What was said of the first text is taken back where it stands.
	uitest.Press(t, a, "up", "up", keyPartly.Keys()[0])
	uitest.WantShown(t, a, "Does it answer?  2 of 6")
	uitest.Press(t, a, keyUndo.Keys()[0])
	uitest.WantShown(t, a, "Does it answer?  1 of 6")
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

func TestTheWayOutOfJudgingIsNeverCut(t *testing.T) {
	a := settled(t, 40, 10, withFAQ(t))
	ask(t, a, "invoice")
	uitest.Press(t, a, "J")
	uitest.WantShown(t, a, "esc done", "2 yes", "1 partly", "0 no")
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
