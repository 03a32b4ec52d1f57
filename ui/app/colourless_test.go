package app

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestNothingIsToldByColourAlone moves about on every screen and shows what it can show:
// where the signs in the window stay as they are and their colours change, the window
// without colours must change, too, be it in bold, in reverse or underlined.
func TestNothingIsToldByColourAlone(t *testing.T) {
	o := uitest.OptionsWith(t, thirtySix(true), "local/ngrams@64", "local/glove@100", "local/ngrams@256")
	o.State.Threshold = 0.6
	a := settled(t, 120, 40, o)
	a.SetScreen("search")
	a.Current().(ui.Filterer).Filter("how do I get my money back")
	changed := 0
	for _, s := range a.Screens() {
		for _, act := range append(s.Actions(), a.Globals()...) {
			if act.Group != ui.GroupMove && act.Group != ui.GroupShow && act.ID != "mark" || act.Reason() != "" || len(act.Key.Keys()) == 0 {
				continue
			}
			a.SetScreen(s.Info().ID)
			uitest.Happen(t, a, uitest.Nothing)
			before := drawnBothWays(a)
			uitest.Press(t, a, act.Key.Keys()[0])
			after := drawnBothWays(a)
			if before.colours != after.colours && ansi.Strip(before.colours) == ansi.Strip(after.colours) {
				changed++
				if before.plain == after.plain {
					t.Errorf("%s on %s changes colours alone", act.ID, s.Info().Title)
				}
			}
			for a.Top() != nil {
				uitest.Press(t, a, "esc")
			}
		}
	}
	if changed < 8 {
		t.Errorf("only %d actions changed colours alone", changed)
	}
}

// bothWays is what the window shows with and without colours.
type bothWays struct{ colours, plain string }

// drawnBothWays draws the window in either way.
func drawnBothWays(a *shell.App) (d bothWays) {
	a.SetTheme(true, colorprofile.ASCII)
	d.plain = a.Draw()
	a.SetTheme(true, colorprofile.TrueColor)
	d.colours = a.Draw()
	return d
}
