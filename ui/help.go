package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// help lists every key of the present screen, grouped; it is made from the
// table that the keys themselves go through.
type help struct {
	closable
	scroller
	title   string
	actions []action
	marks   [][2]string
}

func (a *app) openHelp() {
	list := append(a.current.actions(), a.globals...)
	h := &help{title: a.current.describe().title, actions: list}
	if m, ok := a.current.(marker); ok {
		h.marks = m.marks()
	}
	a.open(h)
}

func (h *help) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, keyBack, keyHelp, keyQuit):
		h.dismiss()
	default:
		h.pressed(press)
	}
	return nil
}

func (h *help) fit(room size, t *theme) { h.hold(h.list(t), room.h-2) }

func (h *help) view(room size, t *theme) []string {
	w := 30
	for _, l := range h.lines {
		w = max(w, term.Width(l))
	}
	w = min(w, room.w)
	position := h.position()
	if position != "" {
		position = "  " + position + " lines"
	}
	out := append([]string{term.Fit(t.title.Render("Keys on "+h.title)+t.dim.Render(position), w)}, h.shown(w)...)
	out = append(out, term.Fit(hints(t, "↑↓", "scroll", "esc", "back", "ctrl+p", "every action"), w))
	return out
}

// list writes the actions under their groups: key, meaning, and what is in the
// way where an action cannot be done now.
func (h *help) list(t *theme) []string {
	wide := 0
	for _, a := range h.actions {
		wide = max(wide, term.Width(keyLabel(a)))
	}
	for _, m := range h.marks {
		wide = max(wide, term.Width(m[0]))
	}
	var lines []string
	for _, group := range []string{groupDo, groupShow, groupMove, groupAnywhere} {
		if group == groupAnywhere && len(h.marks) > 0 {
			lines = append(lines, t.strong.Render("Marks"))
			for _, m := range h.marks {
				lines = append(lines, "  "+t.strong.Render(term.PadRight(m[0], wide))+"  "+m[1])
			}
		}
		first := true
		for _, a := range h.actions {
			if a.group != group || len(a.binding.Keys()) == 0 {
				continue
			}
			if first {
				lines = append(lines, t.strong.Render(group))
				first = false
			}
			l := "  " + t.accent.Bold(true).Render(term.PadRight(keyLabel(a), wide)) + "  " + a.label()
			if why := a.reason(); why != "" {
				l += t.dim.Render("  (" + why + ")")
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// keyLabel writes the keys of an action as the help shows them.
func keyLabel(a action) string { return a.binding.Help().Key }
