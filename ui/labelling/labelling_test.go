package labelling_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

var several = uitest.Texts("the bank lends money", "a bank of the river", "money is lent here", "water flows by", "the cat sleeps")

// wantMarks fails unless the person has given these verdicts, in this order.
func wantMarks(t *testing.T, a *shell.App, want ...labels.Verdict) {
	t.Helper()
	marks := a.Session.Labels().Marks()
	same := len(marks) == len(want)
	for i := range marks {
		same = same && marks[i].Verdict == want[i]
	}
	if !same {
		t.Errorf("the marks are %v, want %v", marks, want)
	}
}

func TestTheSameKeyAgainInTheBoxKeepsTheMark(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N", "=", "up", "=")
	wantMarks(t, a, labels.Same)
	uitest.Press(t, a, "up", "#")
	wantMarks(t, a, labels.Different)
	uitest.Press(t, a, "u")
	wantMarks(t, a, labels.Same)
	uitest.Press(t, a, "u", "u")
	wantMarks(t, a)
}

func TestUndoingInTheBoxLeavesMarksOfBefore(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N", "=", "esc", "N", "#", "up", "#", "u", "u")
	wantMarks(t, a, labels.Same)
}

func TestPairsOfTheSameWordsAreAskedOnce(t *testing.T) {
	a := onMatrices(t, append([]corpus.Text{several[0]}, several...))
	uitest.Press(t, a, "N")
	asked := 0
	for ; asked < 20 && !strings.Contains(uitest.Plain(a), "That was all"); asked++ {
		uitest.Press(t, a, "=")
	}
	if got := len(a.Session.Labels().Marks()); got != asked || got < 5 {
		t.Errorf("%d answers have given %d marks", asked, got)
	}
}

func TestOnlyTwoDifferentTextsOfTheResultsCanBeMarked(t *testing.T) {
	a := onMatrices(t, append([]corpus.Text{several[0]}, several...))
	if _, err := a.Session.Edits().Insert(6, corpus.Text{Text: "something new"}); err != nil { // nothing is computed of it
		t.Fatal(err)
	}
	for cursor, want := range map[[2]int]string{
		{0, 2}: "", {2, 6}: "the results do not have this text yet", {6, 2}: "the results do not have this text yet",
		{3, 3}: "this is one text beside itself",
	} {
		mark := labelling.Actions(&a.Context, "matrices", "here", func() (x, y int, reason string) { return cursor[0], cursor[1], "" })[0]
		if got := mark.Guard(); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("texts %v: %q, want %q", cursor, got, want)
		}
	}
}

func TestTextsOfTheSameWordsAreNotMarkedAndSaidToBeTheSame(t *testing.T) {
	a := onMatrices(t, append([]corpus.Text{several[0]}, several...))
	mark := labelling.Actions(&a.Context, "matrices", "here", func() (x, y int, reason string) { return 0, 1, "" })[0]
	uitest.Settle(t, a, mark.Run())
	uitest.WantShown(t, a, "Nothing to mark: the two texts are the same.")
	wantMarks(t, a)
}

func TestTheBoxCountsTheMarksOfBefore(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N", "=", "esc", "N")
	uitest.WantShown(t, a, "1 marked")
}

func TestTheBoxOfPairsOpensOnceAndOverNothingElse(t *testing.T) {
	a := onMatrices(t, several)
	key := func() tea.Cmd { _, cmd := a.Update(uitest.KeyPress("N")); return cmd }
	uitest.Settle(t, a, key(), key())
	uitest.WantShown(t, a, "Same or different?")
	uitest.Press(t, a, "esc")
	if strings.Contains(uitest.Plain(a), "Same or different?") {
		t.Error("two boxes are open")
	}
	late := key()
	uitest.Press(t, a, "?")
	uitest.Settle(t, a, late)
	if strings.Contains(uitest.Plain(a), "Same or different?") {
		t.Error("the box opens over another")
	}
	uitest.Press(t, a, "esc")
	if strings.Contains(uitest.Plain(a), "Same or different?") {
		t.Error("the box stands below another")
	}
}

func TestAMarkSaysWhatThePairIsNow(t *testing.T) {
	a := onMatrices(t, several)
	a.Session.SetCursor(0, 1)
	for _, c := range []struct{ key, says string }{
		{"=", "Texts 1 and 2 are marked same (u takes it back); 1 mark."},
		{"#", "Texts 1 and 2 are marked different (u takes it back); 1 mark."},
		{"#", "Texts 1 and 2 are not marked any more."},
	} {
		if uitest.Press(t, a, c.key); a.Notice().Text != c.says {
			t.Errorf("%s says %q, want %q", c.key, a.Notice().Text, c.says)
		}
	}
}

// The last pair that the models rank differently is asked like all others, and then there is none.
func TestTheBoxOfPairsAsksUntilNoneIsLeft(t *testing.T) {
	a := onMatrices(t, several[:3])
	uitest.Press(t, a, "N", "=", "esc", "N")
	uitest.WantShown(t, a, "Same or different?")
	uitest.Press(t, a, "#", "esc")
	wantMarks(t, a, labels.Same, labels.Different)
	uitest.Press(t, a, "N")
	uitest.WantNotice(t, a, "There is no pair left that the models rank differently.")
}
