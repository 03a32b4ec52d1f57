package shell

import (
	"slices"

	"github.com/vecscope/vecscope/ui"
)

// firstScreen is the id of the one that the first run shows.
const firstScreen = "matrices"

// Screen finds a screen by its id; nil when there is none.
func (a *App) Screen(id string) ui.Screen {
	for _, s := range a.screens {
		if s.Info().ID == id {
			return s
		}
	}
	return nil
}

// SetScreen goes to a screen, if there is one of that id.
func (a *App) SetScreen(id string) {
	s := a.Screen(id)
	if s == nil || s == a.current {
		return
	}
	a.history.leave(a.view())
	a.show(s)
}

// undisturbed tells that the person looks at a screen and nothing above it, or at the
// screen that was asked for while the first file is opened.
func (a *App) undisturbed(id string) bool {
	return len(a.overlays) == 0 && (a.current.Info().ID == id || a.opener == id)
}

// show makes a screen the present one.
func (a *App) show(s ui.Screen) {
	a.opener = ""
	opened(s)
	a.current = s
	a.Session.MarkUnsaved()
}

// cycleScreen goes to the screen so many tabs further, around the end.
func (a *App) cycleScreen(by int) {
	n := len(a.screens)
	a.SetScreen(a.screens[(slices.Index(a.screens, a.current)+by+n)%n].Info().ID)
}

// pastingTitle is the title of the screen that takes what is pasted.
func (a *App) pastingTitle() string {
	for _, s := range a.screens {
		if takesPaste(s) {
			return s.Info().Title
		}
	}
	return ""
}
