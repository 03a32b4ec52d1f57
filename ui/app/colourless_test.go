package app

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestNothingIsToldByColourAlone moves about on every screen and shows what it can show:
// where the signs in a line stay as they are and their colours change, the line without
// colours must change, too, be it in bold, in reverse or underlined. How things are shown
// changes the colours of numbers that stay: there this holds of the window as a whole.
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
			before := drawnBothWays(a, act.Group != ui.GroupShow)
			uitest.Press(t, a, act.Key.Keys()[0])
			after := drawnBothWays(a, act.Group != ui.GroupShow)
			for y, line := range after.colours {
				if was := before.colours[y]; a.Top() != nil || was == line || ansi.Strip(was) != ansi.Strip(line) {
					continue
				}
				changed++
				if before.plain[y] == after.plain[y] {
					t.Errorf("%s on %s changes the colours alone of %q", act.ID, s.Info().Title, ansi.Strip(line))
				}
			}
			for typer, types := a.Current().(ui.Typer); a.Top() != nil || types && typer.Typing(); {
				uitest.Press(t, a, "esc")
			}
		}
	}
	if changed < 100 {
		t.Errorf("only %d lines changed their colours alone", changed)
	}
}

// bothWays is what the window shows with and without colours, in one piece or in lines.
type bothWays struct{ colours, plain []string }

// drawnBothWays draws the window in either way.
func drawnBothWays(a *shell.App, lines bool) bothWays {
	draw := func(profile colorprofile.Profile) []string {
		if a.SetTheme(true, profile); lines {
			return strings.Split(a.Draw(), "\n")
		}
		return []string{a.Draw()}
	}
	return bothWays{plain: draw(colorprofile.ASCII), colours: draw(colorprofile.TrueColor)}
}
