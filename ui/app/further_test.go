package app

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/app/testdata/sketch"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// further is the registry with one more screen.
var further = append(Screens(), sketch.New)

// withAndWithoutAnother runs a test that loops over the screens for those of the
// registry and for one more.
func withAndWithoutAnother(t *testing.T, test func(t *testing.T, screens []func(*ui.Context) ui.Screen)) {
	t.Run("registry", func(t *testing.T) { test(t, Screens()) })
	t.Run("one more", func(t *testing.T) { test(t, further) })
}

// sketched is the explorer with one more screen.
func sketched(t *testing.T, w, h int) *shell.App {
	t.Helper()
	return uitest.Settled(t, w, h, uitest.LocalOptions(t), further)
}

func TestAFurtherScreenHasATabAndANumberKey(t *testing.T) {
	a := sketched(t, 100, 30)
	if got := headerOf(a, 100); !strings.Contains(got, "7 Usage  8 Sketch") {
		t.Errorf("the header is %q", got)
	}
	uitest.Press(t, a, "8")
	uitest.WantShown(t, a, "counted to 0", "b count one more")
	uitest.Press(t, a, "b", "b", "1", "8")
	uitest.WantShown(t, a, "counted to 2")
}

func TestAFurtherScreenIsReachedWithTheMouse(t *testing.T) {
	a := sketched(t, 100, 30)
	header := ansi.Strip(a.Header(100))
	uitest.Send(t, a, uitest.Click(strings.Index(header, "Sketch"), 0))
	if got := a.Current().Info().ID; got != sketch.ID {
		t.Errorf("a click on its tab shows %s", got)
	}
}

func TestAFurtherScreenIsInThePaletteAndInItsHelp(t *testing.T) {
	a := sketched(t, 100, 30)
	uitest.Press(t, a, "ctrl+p")
	uitest.Letters(t, a, "count one more")
	uitest.WantShown(t, a, "count one more", "Sketch")
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "counted to 1")
	uitest.Press(t, a, "?")
	help := uitest.Flat(a.Draw())
	for _, want := range []string{"Keys on Sketch", "b count one more", "8 go to Sketch"} {
		if !strings.Contains(help, want) {
			t.Errorf("the help lacks %q:\n%s", want, uitest.Plain(a))
		}
	}
}

func TestAFurtherScreenRemembersItsPart(t *testing.T) {
	a := sketched(t, 100, 30)
	uitest.Press(t, a, "8", "b", "b", "b")
	o := uitest.LocalOptions(t)
	o.State = a.State()
	again := uitest.Settled(t, 100, 30, o, further)
	uitest.WantShown(t, again, "counted to 3")
	// Without the screen its part is ignored.
	if less := settled(t, 100, 30, o); less.Current() == nil || less.State().Screens[sketch.ID] != nil {
		t.Error("a screen that is gone is remembered")
	}
}

func TestAFurtherScreenHasItsKeysInTheREADME(t *testing.T) {
	old := "| `1` `2` | Models, Texts |\n\n<!-- generated: keys of the screens -->\n\nold\n\n<!-- end of generated -->\n"
	readme := generatedREADME(t, old, sketched(t, 100, 30).Screens())
	for _, want := range []string{"| `1` `2` `3` `4` `5` `6` `7` `8` | Models, Texts, Matrices, Duplicates, Search, Verdict, Usage, Sketch |", "\n| `b` | Duplicates: curves or a histogram of similarities · Sketch: count one more |\n"} {
		if !strings.Contains(readme, want) {
			t.Errorf("the README lacks %q:\n%s", want, readme)
		}
	}
}
