package shell

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// mouseAt takes a click or the wheel to what lies under it.
func (a *App) mouseAt(ev ui.Mouse) tea.Cmd {
	f, ok := a.frame()
	if !ok {
		return nil
	}
	if top := a.Top(); top != nil {
		_, r := a.place(top)
		if !r.Contains(ev.X, ev.Y) {
			if ev.Wheel == 0 {
				top.Dismiss()
			}
			return nil
		}
		// The box has a border of one cell and a padding of one column.
		ev.X, ev.Y = ev.X-r.X-2, ev.Y-r.Y-1
		return top.Mouse(ev)
	}
	if ev.Wheel == 0 {
		a.ClearNotice()
	}
	switch {
	case f.body.Contains(ev.X, ev.Y):
		ev.X, ev.Y = ev.X-f.body.X, ev.Y-f.body.Y
		return mouse(a.current, ev, f.body.Size())
	case ev.Wheel != 0:
		return nil
	case f.header.Contains(ev.X, ev.Y):
		if id, ok := a.HeaderLine(f.header.W).ZoneAt(ev.X); ok {
			return a.perform(id)
		}
	case f.footer.Contains(ev.X, ev.Y):
		if id, ok := a.footerLine(f.footer.W).ZoneAt(ev.X); ok {
			return a.perform(id)
		}
	}
	return nil
}

func (a *App) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		return a.mouseAt(ui.Mouse{X: msg.X, Y: msg.Y, Wheel: -1})
	case tea.MouseWheelDown:
		return a.mouseAt(ui.Mouse{X: msg.X, Y: msg.Y, Wheel: 1})
	}
	return nil
}
