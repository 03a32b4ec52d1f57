package ui

import tea "charm.land/bubbletea/v2"

// openPalette shows every action of every screen with its key; typing finds it.
func (a *app) openPalette() {
	items := func() []pickItem {
		out := a.paletteItems(a.screens[a.current].actions(), screenAnywhere)
		out = append(out, a.paletteItems(a.globals, screenAnywhere)...)
		for id := screenModels; id <= screenUsage; id++ {
			if id != a.current {
				out = append(out, a.paletteItems(a.screens[id].actions(), id)...)
			}
		}
		return out
	}
	a.open(newPicker(&a.shared, "Every action", "", items))
}

// paletteItems makes items of all actions but those that only move a cursor.
func (a *app) paletteItems(actions []action, home screenID) []pickItem {
	var out []pickItem
	for _, act := range actions {
		if act.group == groupMove || act.id == "palette" {
			continue
		}
		detail := ""
		if home != screenAnywhere {
			detail = home.String()
		}
		out = append(out, pickItem{
			label: act.label(), detail: detail, hint: keyLabel(act), reason: act.reason(),
			choose: func() tea.Cmd { return a.perform(act.id) },
		})
	}
	return out
}
