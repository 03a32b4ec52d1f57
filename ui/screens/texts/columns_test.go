package texts

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// boxed is the line of a box with that text, without its border and the blanks beside it.
func boxed(t *testing.T, drawn, text string) string {
	t.Helper()
	for line := range strings.SplitSeq(drawn, "\n") {
		if strings.Contains(line, text) {
			return strings.Trim(line, " │")
		}
	}
	t.Fatalf("%q is not shown:\n%s", text, drawn)
	return ""
}

func TestTheBoxOfColumnsIsPointedAtAndTellsItsKeys(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
	if line := boxed(t, uitest.Plain(a), "I cannot log in"); line != "● text    Description  Where is it? · I cannot log in" {
		t.Errorf("the column of the texts is shown as %q", line)
	}
	box := strings.Join(a.Top().(*columnBox).View(ui.Size{W: 78, H: 20}, a.Theme), "\n")
	if strings.Count(box, a.Theme.Codes.Selected) == 0 || !strings.Contains(box, a.Theme.Codes.Selected+" ● ") {
		t.Errorf("the column under the cursor looks like the others: %q", box)
	}
	uitest.Press(t, a, "z")
	uitest.WantNotice(t, a, "Press t, space, g, i, enter or esc.")
	uitest.ClickOn(t, a, "Subject")
	uitest.Press(t, a, "t", "enter")
	uitest.WantWords(t, a, "Order", "Login", "Nothing")
}

func TestOneOfSeveralColumnsIsTakenAlone(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "export.csv", zendesk))
	uitest.Press(t, a, "up", "space", "t", "enter")
	uitest.WantWords(t, a, "Order", "Login", "Nothing")
}

func TestRowsLeftOutBehindThoseThatAreNamedAreCounted(t *testing.T) {
	a := textsApp(t, 100, 60, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "holes.csv", "text,group\none,g\n,g\n,g\n"))
	s := a.Screen(ID).(*Screen)
	for _, left := range []int{len(s.last.reading.Reasons) + 1, len(s.last.reading.Reasons)} {
		s.last.reading.Left = left
		uitest.Press(t, a, "i", "G")
		if more := strings.Contains(uitest.Plain(a), "… and 1 more"); more != (left > len(s.last.reading.Reasons)) {
			t.Errorf("of %d rows that were left out %d are named:\n%s", left, len(s.last.reading.Reasons), uitest.Plain(a))
		}
		uitest.Press(t, a, "esc")
	}
}
