package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// help lists every key of the present screen, grouped; it is made from the
// table that the keys themselves go through.
type help struct {
	closable
	title   string
	actions []action
	marks   [][2]string
	top     int
	rows    int      // lines shown
	lines   []string // all
}

func (a *app) openHelp() {
	list := append(a.screens[a.current].actions(), a.globals...)
	h := &help{title: a.current.String(), actions: list}
	if m, ok := a.screens[a.current].(marker); ok {
		h.marks = m.marks()
	}
	a.open(h)
}

func (h *help) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(press, keys.back, keys.help, keys.quit):
		h.dismiss()
	case key.Matches(press, keys.up):
		h.scroll(-1)
	case key.Matches(press, keys.down):
		h.scroll(1)
	case key.Matches(press, keys.pageUp):
		h.scroll(-h.rows)
	case key.Matches(press, keys.pageDown, keys.choose):
		h.scroll(h.rows)
	case key.Matches(press, keys.top, keys.home):
		h.scroll(-far)
	case key.Matches(press, keys.bottom, keys.end):
		h.scroll(far)
	}
	return nil
}

func (h *help) scroll(by int) {
	h.top = min(max(h.top+by, 0), max(len(h.lines)-h.rows, 0))
}

func (h *help) fit(room size, t *theme) {
	h.lines = h.list(t)
	h.rows = max(min(len(h.lines), room.h-2), 1)
	h.scroll(0)
}

func (h *help) view(room size, t *theme) string {
	w := 30
	for _, l := range h.lines {
		w = max(w, Width(l))
	}
	w = min(w, room.w)
	position := ""
	if len(h.lines) > h.rows {
		position = fmt.Sprintf("  %d–%d of %d lines", h.top+1, h.top+h.rows, len(h.lines))
	}
	out := []string{Fit(t.title.Render("Keys on "+h.title)+t.dim.Render(position), w)}
	for _, l := range h.lines[h.top : h.top+h.rows] {
		out = append(out, Fit(l, w))
	}
	out = append(out, Fit(hints(t, "↑↓", "scroll", "esc", "back", "ctrl+p", "every action"), w))
	return strings.Join(out, "\n")
}

// list writes the actions under their groups: key, meaning, and what is in the
// way where an action cannot be done now.
func (h *help) list(t *theme) []string {
	wide := 0
	for _, a := range h.actions {
		wide = max(wide, Width(keyLabel(a)))
	}
	for _, m := range h.marks {
		wide = max(wide, Width(m[0]))
	}
	var lines []string
	for _, group := range []string{groupDo, groupShow, groupMove, groupAnywhere} {
		if group == groupAnywhere && len(h.marks) > 0 {
			lines = append(lines, t.strong.Render("Marks"))
			for _, m := range h.marks {
				lines = append(lines, "  "+t.strong.Render(PadRight(m[0], wide))+"  "+m[1])
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
			l := "  " + t.accent.Bold(true).Render(PadRight(keyLabel(a), wide)) + "  " + a.label()
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

func (h *help) mouse(ev mouseEvent) tea.Cmd {
	h.scroll(3 * ev.wheel)
	return nil
}
