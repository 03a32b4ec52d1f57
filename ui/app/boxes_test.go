package app

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// leastBoxes is how many actions open a box at the least.
const leastBoxes = 25

// boxes does every action on every screen, and gives the explorer to look where a box is
// open.
func boxes(t *testing.T, look func(t *testing.T, a *shell.App, action string)) {
	t.Helper()
	opened := 0
	one := func(screen string, act ui.Action) {
		a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/ngrams@64", "local/ngrams@256"))
		if screen != "" {
			a.SetScreen(screen)
		}
		uitest.Happen(t, a, uitest.Nothing)
		for _, now := range append(a.Current().Actions(), a.Globals()...) {
			if now.ID == act.ID && a.Top() == nil {
				uitest.Happen(t, a, func() tea.Cmd { return a.Perform(now) })
			}
		}
		if a.Top() != nil && !a.Quitting() {
			opened++
			look(t, a, act.ID)
		}
	}
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	for _, act := range a.Globals() {
		one("", act)
	}
	for _, s := range a.Screens() {
		for _, act := range s.Actions() {
			one(s.Info().ID, act)
		}
	}
	if opened < leastBoxes {
		t.Errorf("%d actions opened a box, at least %d expected", opened, leastBoxes)
	}
}

// TestEveryBoxListsItsKeys opens the list of the keys of every box, and looks for all
// that its table has; and at its last line in a narrow window.
func TestEveryBoxListsItsKeys(t *testing.T) {
	t.Chdir(t.TempDir())
	boxes(t, func(t *testing.T, a *shell.App, action string) {
		box := a.Top()
		for _, room := range []ui.Size{{W: 34, H: 6}, {W: 74, H: 20}} {
			box.Fit(room, a.Theme)
			lines := box.View(room, a.Theme)
			foot := strings.TrimSpace(ansi.Strip(lines[len(lines)-1]))
			_, question := box.(*widget.Choice)
			if strings.Contains(foot, "…") && !strings.Contains(foot, "…  ") || !question && action != "help" && !strings.HasPrefix(foot, "? ") && !strings.HasPrefix(foot, "F1 ") {
				t.Errorf("%s: the last line in %d columns is %q", action, room.W, foot)
			}
		}
		k := "?"
		if typing(a) {
			k = "f1"
		}
		actions := box.Actions()
		uitest.Press(t, a, k)
		list, ok := a.Top().(*widget.Reader)
		if action == "help" {
			return // it closes with the key that opened it
		}
		if !ok || a.Top() == box {
			t.Errorf("%s: %s lists no keys", action, k)
			return
		}
		listed := ansi.Strip(strings.Join(list.Lines(), "\n"))
		for _, act := range actions {
			if act.Group != "" && (!strings.Contains(listed, act.Key.Help().Key) || !strings.Contains(listed, act.Label())) {
				t.Errorf("%s: the list of keys lacks %s %s:\n%s", action, act.Key.Help().Key, act.Label(), listed)
			}
		}
		uitest.Press(t, a, "esc")
		if a.Top() != box {
			t.Errorf("%s: esc leads from the list of keys to something else than the box", action)
		}
	})
}

// TestNoKeyOfABoxIsTakenTwice looks for keys that stand in a box's table twice.
func TestNoKeyOfABoxIsTakenTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	boxes(t, func(t *testing.T, a *shell.App, action string) {
		seen := map[string]string{}
		for _, act := range a.Top().Actions() {
			for _, k := range act.Key.Keys() {
				if other, twice := seen[k]; twice && !slices.Contains([]string{act.Label()}, other) {
					t.Errorf("%s: %s is both %q and %q", action, k, other, act.Label())
				}
				seen[k] = act.Label()
			}
		}
	})
}
