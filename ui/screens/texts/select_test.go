package texts

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// The actions of the selection without a key: to put it back, and to show it alone.
func TestASelectionIsShownAloneAndPutBack(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("a cat", "a dog", "a bond", "a share"), uitest.Glove))
	a.SetScreen(ID)
	s := a.Screen(ID).(*Screen)
	offer := func(id string) ui.Action {
		list := s.Offers()
		at := slices.IndexFunc(list, func(x ui.Action) bool { return x.ID == id })
		if at < 0 {
			t.Fatalf("%s is not offered", id)
		}
		return list[at]
	}
	for _, id := range []string{"texts.select.show", "texts.select.none"} {
		if why := offer(id).Guard(); why != "no text is selected" {
			t.Errorf("%s without a selection: %q", id, why)
		}
	}
	for i, want := range []string{
		"1 text is selected; of two and more Matrices and Duplicates show those alone.",
		"2 texts are selected: Matrices and Duplicates show those alone.",
		"3 texts are selected: Matrices and Duplicates show those alone.",
	} {
		uitest.Press(t, a, keySelect.Keys()[0])
		if got := a.Notice().Text; got != want {
			t.Errorf("of %d texts it says %q", i+1, got)
		}
		uitest.Press(t, a, "j")
	}
	a.Session.ShowSelection(false)
	uitest.Settle(t, a, offer("texts.select.show").Run())
	if got := a.State().Screen; got != "matrices" || !a.Session.SelectionShown() || a.Session.Shows(3) {
		t.Errorf("on %s, the selection alone: %t", got, a.Session.SelectionShown())
	}
	uitest.Settle(t, a, offer("texts.select.none").Run())
	if got := a.Notice().Text; got != "No text is selected." || len(a.Session.Selection()) > 0 {
		t.Errorf("%v are selected; it says %q", a.Session.Selection(), got)
	}
}
