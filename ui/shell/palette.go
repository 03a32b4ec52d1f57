package shell

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/widget"
)

// openPalette shows every action of every screen with its key; typing finds it.
func (a *App) openPalette() {
	items := func() []widget.PickItem {
		out := a.paletteItems(offered(a.current), nil)
		out = append(out, a.paletteItems(a.globals, nil)...)
		for _, s := range a.screens {
			if s != a.current {
				out = append(out, a.paletteItems(offered(s), s)...)
			}
		}
		return out
	}
	a.Open(widget.NewPicker(&a.Context, "Every action", "", items))
}

// paletteItems makes items of all actions but those that only move a cursor.
func (a *App) paletteItems(actions []ui.Action, home ui.Screen) []widget.PickItem {
	var out []widget.PickItem
	for _, act := range actions {
		if act.Group == ui.GroupMove || act.ID == "palette" {
			continue
		}
		detail := ""
		if home != nil {
			detail = home.Info().Title
		}
		out = append(out, widget.PickItem{
			Label: act.Label(), Detail: detail, Words: otherWords(act.Label()), Hint: KeyLabel(act), Reason: act.Reason(),
			Choose: func() tea.Cmd { return a.perform(act.ID) },
		})
	}
	return out
}

// actionByID finds an action of any screen; home is the screen it belongs to, nil
// for those that every screen has.
func (a *App) actionByID(id string) (act ui.Action, home ui.Screen, ok bool) {
	for _, g := range a.globals {
		if g.ID == id {
			return g, nil, true
		}
	}
	for _, s := range a.screens {
		for _, act := range offered(s) {
			if act.ID == id {
				return act, s, true
			}
		}
	}
	return ui.Action{}, nil, false
}

// perform runs an action by its id, showing its screen first.
func (a *App) perform(id string) tea.Cmd {
	act, home, ok := a.actionByID(id)
	if !ok {
		return nil
	}
	if home != nil {
		a.SetScreen(home.Info().ID)
	}
	return a.Perform(act)
}
