package app

import (
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestBackLandsOnTheSameCell goes through three screens, moves on each, and back and
// forward again.
func TestBackLandsOnTheSameCell(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("matrices")
	a.Session.SetCursor(1, 3)
	a.Session.SetFocus(1)
	uitest.Press(t, a, "2", "G", "7")
	last := a.Session.CursorA()
	uitest.Press(t, a, "-")
	if a.Current().Info().ID != "texts" || a.Session.CursorA() != last {
		t.Errorf("back leads to %s and text %d", a.Current().Info().ID, a.Session.CursorA())
	}
	uitest.Press(t, a, "g", "-")
	if x, y := a.Session.CursorA(), a.Session.CursorB(); a.Current().Info().ID != "matrices" || x != 1 || y != 3 || a.Session.Focused() != 1 {
		t.Errorf("back again leads to %s, cell %d, %d of candidate %d", a.Current().Info().ID, x, y, a.Session.Focused())
	}
	uitest.Press(t, a, "_", "_")
	if a.Current().Info().ID != "usage" {
		t.Errorf("forward twice leads to %s", a.Current().Info().ID)
	}
	uitest.Press(t, a, "_")
	uitest.WantNotice(t, a, "last view visited")
	for range 10 {
		uitest.Press(t, a, "-")
	}
	uitest.WantNotice(t, a, "no view was visited before")
}

// TestTheMarkedTextIsComparedOnEveryScreen marks a text, and looks at the line that
// compares with it on every screen and in small windows.
func TestTheMarkedTextIsComparedOnEveryScreen(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 40, H: 10}, {W: 200, H: 60}} {
		a := settled(t, z.W, z.H, uitest.LocalOptions(t))
		a.SetScreen("texts")
		uitest.Press(t, a, "g", "m")
		uitest.WantNotice(t, a, "Text 1 is marked")
		a.SetScreen("verdict")
		uitest.Happen(t, a, uitest.Nothing)
		if line := a.MarkedLine(z.W); strings.Contains(line, "move to") {
			t.Errorf("where there is no text to move to it says %q", line)
		}
		a.SetScreen("texts")
		uitest.Press(t, a, "j")
		for _, s := range a.Screens() {
			a.SetScreen(s.Info().ID)
			uitest.Happen(t, a, uitest.Nothing)
			uitest.WantShown(t, a, "marked 1")
			uitest.CheckFrame(t, a.Draw(), z)
		}
		a.SetScreen("texts")
		uitest.Happen(t, a, uitest.Nothing)
		line := a.MarkedLine(z.W)
		for _, c := range a.Session.Ready() {
			if want := format.Similarity(c.Result.Vectors.Similarity(0, a.Session.CursorA()), 3); !strings.Contains(line, want) {
				t.Errorf("the line %q has not the similarity %s of %s", line, want, c.ID())
			}
		}
		uitest.Press(t, a, "g", "m")
		if line := a.MarkedLine(z.W); line != "" {
			t.Errorf("the mark is gone, yet it says %q", line)
		}
	}
}

// TestTheMarkFollowsItsText moves and deletes the text that is marked.
func TestTheMarkFollowsItsText(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "j", "m", "g", "d")
	if i, ok := a.Session.Marked(); !ok || i != 0 {
		t.Errorf("after the text before it was deleted the mark is on %d, %v", i, ok)
	}
	uitest.Press(t, a, "d")
	if _, ok := a.Session.Marked(); ok {
		t.Error("a deleted text is marked")
	}
	uitest.Press(t, a, "u")
	if i, ok := a.Session.Marked(); !ok || i != 0 {
		t.Errorf("undone, the mark is on %d, %v", i, ok)
	}
}

// TestTheMarkGoesFromTextToTextOfAPair marks the first, then the second text of a pair,
// then none.
func TestTheMarkGoesFromTextToTextOfAPair(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("duplicates")
	uitest.Happen(t, a, uitest.Nothing)
	for i, want := range a.Current().(ui.Pointer).Under() {
		uitest.Press(t, a, "m")
		uitest.WantNotice(t, a, []string{"m again marks text ", "m on it takes the mark away."}[i])
		if at, ok := a.Session.Marked(); !ok || at != want {
			t.Errorf("the press %d of m marks %d, %v; want %d", i+1, at, ok, want)
		}
	}
	uitest.Press(t, a, "m")
	if _, ok := a.Session.Marked(); ok {
		t.Error("the third press of m leaves a mark")
	}
}

func TestScreensFollowEachOtherBothWaysAndAroundTheEnds(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("models")
	for _, c := range []struct{ key, screen string }{{"ctrl+pgdown", "texts"}, {"ctrl+pgup", "models"}, {"ctrl+pgup", "usage"}, {"ctrl+pgdown", "models"}} {
		if uitest.Press(t, a, c.key); a.Current().Info().ID != c.screen {
			t.Errorf("%s leads to %s, want %s", c.key, a.Current().Info().ID, c.screen)
		}
	}
}

func TestWhatIsPastedIntoABoxIsNotSaidToBelongElsewhere(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("usage")
	uitest.Press(t, a, "ctrl+p")
	uitest.Send(t, a, tea.PasteMsg{Content: "light or"})
	if a.Notice().Text != "" {
		t.Errorf("it says %q", a.Notice().Text)
	}
	uitest.WantShown(t, a, "light or dark")
	uitest.Press(t, a, "enter")
	uitest.WantNotice(t, a, "Colours for a light background.")
	uitest.Send(t, a, tea.PasteMsg{Content: "a text"})
	uitest.WantNotice(t, a, "What is pasted becomes texts on Texts: go there and paste again.")
	uitest.Press(t, a, "ctrl+y")
	uitest.WantNotice(t, a, "The mouse is the terminal's again: select text to copy it; ctrl+y gives it back.")
	uitest.Press(t, a, "ctrl+y")
	uitest.WantNotice(t, a, "The mouse selects and scrolls.")
}

func TestWhatIsPastedIntoAFilterIsItsOwn(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("usage")
	uitest.Press(t, a, "/")
	if uitest.Send(t, a, tea.PasteMsg{Content: "glove"}); a.Notice().Text != "" {
		t.Errorf("it says %q", a.Notice().Text)
	}
}

// Whoever judges in a box must not see what the models say of the marked text.
func TestTheMarkedTextIsNotComparedBesideABox(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	a.SetScreen("matrices")
	a.Session.SetCursor(0, 1)
	uitest.Press(t, a, "m")
	a.Session.SetCursor(2, 1)
	if line := a.MarkedLine(80); !strings.Contains(line, "marked 1") {
		t.Fatalf("the line is %q", line)
	}
	uitest.Press(t, a, "ctrl+p")
	if line := a.MarkedLine(80); strings.TrimSpace(line) != "" {
		t.Errorf("beside a box it says %q", line)
	}
}

func TestANewSessionBeginsInColoursForTheBackgroundOfTheLast(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	for _, light := range []bool{true, false} {
		told := color.Color(color.Black)
		if light {
			told = color.White
		}
		uitest.Send(t, a, tea.BackgroundColorMsg{Color: told})
		a = settled(t, 80, 24, uitest.Again(t, a.State()))
		if a.Theme.Dark == light {
			t.Errorf("light background: %v, and the next session has the colours of the other", light)
		}
	}
}

func TestTheChosenColoursAreRemembered(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	dark := a.Theme.Dark
	uitest.Press(t, a, "ctrl+t")
	later := settled(t, 80, 24, uitest.Again(t, a.State()))
	if later.Theme.Dark == dark {
		t.Error("the next session has the colours of before")
	}
}
