package ui

import "slices"

// firstScreen is the id of the one that the first run shows.
const firstScreen = "matrices"

// screen finds a screen by its id; nil when there is none.
func (a *app) screen(id string) screen {
	for _, s := range a.screens {
		if s.describe().id == id {
			return s
		}
	}
	return nil
}

// setScreen goes to a screen, if there is one of that id.
func (a *app) setScreen(id string) {
	s := a.screen(id)
	if s == nil || s == a.current {
		return
	}
	if s, ok := s.(opener); ok {
		s.opened()
	}
	a.current = s
	a.store.markUnsaved()
}

// cycleScreen goes to the screen so many tabs further, around the end.
func (a *app) cycleScreen(by int) {
	n := len(a.screens)
	a.setScreen(a.screens[(slices.Index(a.screens, a.current)+by+n)%n].describe().id)
}

// pastingTitle is the title of the screen that takes what is pasted.
func (a *app) pastingTitle() string {
	for _, s := range a.screens {
		if _, ok := s.(paster); ok {
			return s.describe().title
		}
	}
	return ""
}
