package app

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestSelectedTextsAreCarriedToMatricesAndDuplicates selects three texts, and looks at
// what the comparing screens show of them until esc shows all.
func TestSelectedTextsAreCarriedToMatricesAndDuplicates(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 40, H: 10}, {W: 200, H: 60}} {
		a := settled(t, z.W, z.H, uitest.LocalOptions(t))
		all := a.Session.Corpus().Len()
		a.SetScreen("texts")
		uitest.Press(t, a, "g", "*")
		uitest.WantNotice(t, a, "1 text is selected; of two and more Matrices and Duplicates show those alone.")
		uitest.Press(t, a, "j", "j", "*")
		uitest.WantNotice(t, a, "2 texts are selected")
		uitest.Press(t, a, "j", "j", "*", "3")
		order := slices.Sorted(slices.Values(a.Session.DisplayOrder()))
		if !slices.Equal(order, []int{0, 2, 4}) {
			t.Errorf("the matrices show %v", order)
		}
		if x, y := a.Session.CursorA(), a.Session.CursorB(); !slices.Contains(order, x) || !slices.Contains(order, y) {
			t.Errorf("the cursor is on %d and %d", x, y)
		}
		uitest.WantShown(t, a, "3 of ", "esc shows all")
		uitest.CheckFrame(t, a.Draw(), z)
		uitest.Press(t, a, "G", "end", "down", "right")
		uitest.CheckFrame(t, a.Draw(), z)
		uitest.Press(t, a, "4")
		uitest.WantShown(t, a, "3 of ", "esc shows all")
		for _, i := range a.Current().(ui.Pointer).Under() {
			if !slices.Contains(order, i) {
				t.Errorf("Duplicates shows text %d, which is not selected", i)
			}
		}
		uitest.Press(t, a, "3")
		if c, _ := a.Current().(ui.Printer).Command(); !slices.Contains(c.Lacks, "it takes all texts, not only those selected") {
			t.Errorf("the copied command is said to lack %q", c.Lacks)
		}
		uitest.Press(t, a, "4", "esc", "3")
		if got := len(a.Session.DisplayOrder()); got != all {
			t.Errorf("after esc %d texts are shown, of %d", got, all)
		}
		uitest.CheckFrame(t, a.Draw(), z)
	}
}

// TestAWholeFilterResultIsSelected selects what a filter shows, and then nothing.
func TestAWholeFilterResultIsSelected(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("red car", "blue car", "a tree", "old car"), "local/ngrams@64"))
	uitest.Press(t, a, "/", "c", "a", "r", "enter", "*", "a")
	if got := a.Session.Selection(); !slices.Equal(got, []int{0, 1, 3}) {
		t.Errorf("selected are %v", got)
	}
	uitest.WantNotice(t, a, "3 texts are selected")
	uitest.Press(t, a, "g", "*", "t")
	if got := a.Session.Selection(); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("after one was put back selected are %v", got)
	}
	uitest.Press(t, a, "*", "n")
	if got := a.Session.Selection(); len(got) > 0 || len(a.Session.DisplayOrder()) != 4 {
		t.Errorf("selected are %v, shown %v", got, a.Session.DisplayOrder())
	}
}
