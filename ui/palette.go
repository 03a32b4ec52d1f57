package ui

import tea "charm.land/bubbletea/v2"

// openPalette shows every action of every screen with its key; typing finds it.
func (a *app) openPalette() {
	items := func() []pickItem {
		out := a.paletteItems(a.current.actions(), nil)
		out = append(out, a.paletteItems(a.globals, nil)...)
		for _, s := range a.screens {
			if s != a.current {
				out = append(out, a.paletteItems(s.actions(), s)...)
			}
		}
		return out
	}
	a.open(newPicker(&a.shared, "Every action", "", items))
}

// paletteItems makes items of all actions but those that only move a cursor.
func (a *app) paletteItems(actions []action, home screen) []pickItem {
	var out []pickItem
	for _, act := range actions {
		if act.group == groupMove || act.id == "palette" {
			continue
		}
		detail := ""
		if home != nil {
			detail = home.describe().title
		}
		out = append(out, pickItem{
			label: act.label(), detail: detail, hint: keyLabel(act), reason: act.reason(),
			choose: func() tea.Cmd { return a.perform(act.id) },
		})
	}
	return out
}
