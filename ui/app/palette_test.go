package app

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// labelOf is what the palette calls an action.
func labelOf(t *testing.T, a *shell.App, id string) string {
	t.Helper()
	for _, act := range a.Globals() {
		if act.ID == id {
			return act.Label()
		}
	}
	for _, s := range a.Screens() {
		for _, act := range s.Actions() {
			if act.ID == id {
				return act.Label()
			}
		}
	}
	t.Fatalf("there is no action %s", id)
	return ""
}

// TestThePaletteKnowsOtherWords types words that people have for what stands there under
// another name.
func TestThePaletteKnowsOtherWords(t *testing.T) {
	for word, id := range map[string]string{
		"theme": "theme", "save": "matrix.export", "search": "open.search", "pay": "embed", "price": "embed",
		"cluster": "duplicates.clusters", "key": "models.key", "keys": "help", "exit": "quit", "dedup": "open.duplicates",
	} {
		a := settled(t, 80, 24, uitest.LocalOptions(t))
		uitest.Press(t, a, "ctrl+p")
		for _, r := range word {
			uitest.Press(t, a, string(r))
		}
		p := a.Top().(*widget.Picker)
		var first []string
		for _, m := range p.Matches[:min(len(p.Matches), 6)] {
			first = append(first, m.Item.Label)
		}
		if !slices.Contains(first, labelOf(t, a, id)) {
			t.Errorf("%q leads to %q, not to %q", word, first, labelOf(t, a, id))
		}
	}
}

// TestLettersMoveInPickersUntilSomethingIsTyped presses j and k before and after a
// letter, and begins a filter with one of them.
func TestLettersMoveInPickersUntilSomethingIsTyped(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	uitest.Press(t, a, "ctrl+p", "j", "j", "k")
	p := a.Top().(*widget.Picker)
	if p.Cursor != 1 || p.Input.Value() != "" {
		t.Errorf("after j, j and k the cursor is on %d, and %q is typed", p.Cursor, p.Input.Value())
	}
	uitest.Press(t, a, "e", "j")
	if p.Input.Value() != "ej" {
		t.Errorf("after a letter j is one too: %q", p.Input.Value())
	}
	uitest.Press(t, a, "esc", "/", "k")
	if p.Input.Value() != "k" {
		t.Errorf("after / k is a letter: %q", p.Input.Value())
	}
	uitest.Press(t, a, "esc", "k", "e")
	if p.Input.Value() != "ke" {
		t.Errorf("a single k before another letter begins a word: %q", p.Input.Value())
	}
	uitest.Press(t, a, "esc", "j", "esc")
	if a.Top() != nil {
		t.Error("esc with nothing typed does not close the picker")
	}
}
