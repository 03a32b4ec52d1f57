package shell_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// during embeds those models, and lets something be done after the first text of the first.
func during(t *testing.T, candidates []string, do func(*shell.App, *uitest.Shop)) *shell.App {
	t.Helper()
	s := uitest.NewShop()
	a := shopping(t, s, &page{id: "page", says: "at rest"}, config.State{}, twoTexts, candidates...)
	s.After, s.Meanwhile = 1, func() { do(a, s) }
	uitest.Press(t, a, "E", "p")
	return a
}

// What is under way is said in short where there is no room, and then how many more there are;
// the terminal is told how far it is, and nothing any more after the end.
func TestWhatIsUnderWayIsSaidAsFarAsThereIsRoom(t *testing.T) {
	a := during(t, []string{"shop/good@4", "shop/good@2", "shop/bad@4"}, func(a *shell.App, _ *uitest.Shop) {
		for w, want := range map[int]string{
			120: "Working, esc stops: good@4 @2 1 of 2 batches, ≈4 tokens · bad@4 embedding 0 of 2 texts, ≈4 tokens",
			97:  "Working, esc stops: good@4 @2 1 of 2 batches, ≈4 tokens · bad@4 embedding 0 of 2 texts, ≈4 tokens",
			96:  "Working, esc stops: good@4 @2 1 of 2 batches · bad@4 embedding 0 of 2 texts",
			75:  "Working, esc stops: good@4 @2 1 of 2 batches · bad@4 embedding 0 of 2 texts",
			74:  "Working, esc stops: good@4 @2 1 of 2 batches · +1",
			40:  "Working, esc stops: good@4 @2 1 of 2 batches · +1",
		} {
			if got := a.ProgressText(w); got != want {
				t.Errorf("in %d columns: %q, want %q", w, got, want)
			}
		}
		if v := a.View(); v.ProgressBar == nil || *v.ProgressBar != *tea.NewProgressBar(tea.ProgressBarDefault, 25) {
			t.Errorf("the terminal is told %+v", v.ProgressBar)
		}
	})
	v := a.View()
	if v.ProgressBar != nil {
		t.Errorf("after the end the terminal is told %+v", v.ProgressBar)
	}
	if v.WindowTitle != "vecscope: Page" || v.MouseMode != tea.MouseModeCellMotion || !v.AltScreen {
		t.Errorf("the window is %q, the mouse in mode %v, on a screen of its own: %t", v.WindowTitle, v.MouseMode, v.AltScreen)
	}
	uitest.Press(t, a, "ctrl+y")
	if v := a.View(); v.MouseMode != tea.MouseModeNone {
		t.Errorf("without the mouse it is in mode %v", v.MouseMode)
	}
}

// A question about what costs money goes when that has ended: no answer stops anything else.
func TestAQuestionWhetherToStopGoesWithWhatItAsksAbout(t *testing.T) {
	for keys, want := range map[string]string{
		"esc":   "1 paid model is being embedded, 1 of 2 batches. What arrived is kept, the rest may be charged. Stop? y yes, stop n no, leave everything as it is",
		"q":     "1 paid model is being embedded, 1 of 2 batches. What arrived is kept, the rest may be charged. Quit? y yes, quit n no, leave everything as it is",
		"esc n": "",
	} {
		a := during(t, []string{"shop/good@4"}, func(a *shell.App, _ *uitest.Shop) {
			uitest.Press(t, a, strings.Fields(keys)...)
			got := ""
			if top := a.Top(); top != nil {
				got = uitest.Flat(strings.Join(top.View(ui.Size{W: 120, H: 20}, a.Theme), " "))
			}
			if got != want {
				t.Errorf("%s asks %q, want %q", keys, got, want)
			}
		})
		if open := a.Top() != nil; open && keys != "q" || a.Quitting() {
			t.Errorf("after %s and the end a question is open: %t, and it quits: %t", keys, open, a.Quitting())
		}
		if len(a.Session.Ready()) != 1 {
			t.Errorf("after %s there are %d results", keys, len(a.Session.Ready()))
		}
	}
}
