package shell

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// What a screen may have to say besides ui.Screen is asked for here, and nowhere
// else; a screen that has nothing to say leaves it out.

// typing tells that what is typed becomes part of a text; o is a screen or an overlay.
func typing(o any) bool {
	t, ok := o.(ui.Typer)
	return ok && t.Typing()
}

// back goes a step back in a screen; false when there is none.
func back(s ui.Screen) bool {
	b, ok := s.(ui.Backer)
	return ok && b.Back()
}

// mouse hands a screen a click or a turn of the wheel.
func mouse(s ui.Screen, ev ui.Mouse, size ui.Size) tea.Cmd {
	if c, ok := s.(ui.Clicker); ok {
		return c.Mouse(ev, size)
	}
	return nil
}

// refresh lets a screen follow what has changed.
func refresh(s ui.Screen) tea.Cmd {
	if r, ok := s.(ui.Refresher); ok {
		return r.Refresh()
	}
	return nil
}

// command is what prints the same as a screen shows, or why nothing does.
func command(s ui.Screen) (c ui.Command, reason string) {
	if p, ok := s.(ui.Printer); ok {
		return p.Command()
	}
	return ui.Command{}, "no command prints what this screen shows"
}

// cannotPrint is why no command prints what a screen shows; empty when one does.
func cannotPrint(s ui.Screen) string {
	_, reason := command(s)
	return reason
}

// status is what a screen says in the status line; may be empty.
func status(s ui.Screen) string {
	if st, ok := s.(ui.Statuser); ok {
		return st.Status()
	}
	return ""
}

// offered are all actions of a screen that the palette shows.
func offered(s ui.Screen) []ui.Action {
	if o, ok := s.(ui.Offerer); ok {
		return append(s.Actions(), o.Offers()...)
	}
	return s.Actions()
}

// legend is what the marks of a screen mean.
func legend(s ui.Screen) [][2]string {
	if l, ok := s.(ui.Legender); ok {
		return l.Legend()
	}
	return nil
}

// choices are what a screen remembers; nil for nothing.
func choices(s ui.Screen) json.RawMessage {
	if k, ok := s.(ui.Keeper); ok {
		return k.Save()
	}
	return nil
}

// restoreChoices hands a screen what it remembered; nil is nothing.
func restoreChoices(s ui.Screen, kept json.RawMessage) {
	if k, ok := s.(ui.Keeper); ok && kept != nil {
		k.Restore(kept)
	}
}

// opened tells a screen that the person has come to it.
func opened(s ui.Screen) {
	if o, ok := s.(ui.Opener); ok {
		o.Opened()
	}
}

// takesPaste tells that a screen takes what is pasted while nothing is being typed.
func takesPaste(s ui.Screen) bool {
	_, ok := s.(ui.Paster)
	return ok
}

// tellLeftOut tells the screen that shows them which rows of the given files were left
// out.
func (a *App) tellLeftOut() {
	left := a.options.LeftOut
	if left == nil {
		return
	}
	var reasons []error
	for _, why := range left.Reasons {
		reasons = append(reasons, why)
	}
	for _, s := range a.screens {
		if taker, ok := s.(ui.LeftOutTaker); ok {
			taker.TakeLeftOut(a.options.Source, left.Left, reasons)
		}
	}
}
