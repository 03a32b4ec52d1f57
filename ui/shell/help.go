package shell

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// Help lists every key of the present screen, grouped; it is made from the
// table that the keys themselves go through.
type Help struct {
	ui.Closable
	widget.Scroller
	title   string
	actions []ui.Action
	marks   [][2]string
}

func (a *App) openHelp() {
	list := append(a.current.Actions(), a.globals...)
	a.Open(&Help{title: a.current.Info().Title, actions: list, marks: legend(a.current)})
}

// Update scrolls and closes it.
func (h *Help) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, ui.KeyBack, keyHelp, ui.KeyQuit):
		h.Dismiss()
	default:
		h.Pressed(press)
	}
	return nil
}

// Fit writes the list for that room.
func (h *Help) Fit(room ui.Size, t *theme.Theme) { h.Hold(h.List(t), room.H-2) }

// View shows the lines in sight under the name of the screen.
func (h *Help) View(room ui.Size, t *theme.Theme) []string {
	w := 30
	for _, l := range h.Lines {
		w = max(w, term.Width(l))
	}
	w = min(w, room.W)
	position := h.Position()
	if position != "" {
		position = "  " + position + " lines"
	}
	out := append([]string{term.Fit(t.Title.Render("Keys on "+h.title)+t.Dim.Render(position), w)}, h.Shown(w)...)
	out = append(out, term.Fit(widget.Hints(t, "↑↓", "scroll", "esc", "back", "ctrl+p", "every action"), w))
	return out
}

// List writes the actions under their groups: key, meaning, and what is in the
// way where an action cannot be done now.
func (h *Help) List(t *theme.Theme) []string {
	wide := 0
	for _, a := range h.actions {
		wide = max(wide, term.Width(KeyLabel(a)))
	}
	for _, m := range h.marks {
		wide = max(wide, term.Width(m[0]))
	}
	var lines []string
	for _, group := range []string{ui.GroupDo, ui.GroupShow, ui.GroupMove, ui.GroupAnywhere} {
		if group == ui.GroupAnywhere && len(h.marks) > 0 {
			lines = append(lines, t.Strong.Render("Marks"))
			for _, m := range h.marks {
				lines = append(lines, "  "+t.Strong.Render(term.PadRight(m[0], wide))+"  "+m[1])
			}
		}
		first := true
		for _, a := range h.actions {
			if a.Group != group || len(a.Key.Keys()) == 0 {
				continue
			}
			if first {
				lines = append(lines, t.Strong.Render(group))
				first = false
			}
			l := "  " + t.Accent.Bold().Render(term.PadRight(KeyLabel(a), wide)) + "  " + a.Label()
			if why := a.Reason(); why != "" {
				l += t.Dim.Render("  (" + why + ")")
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// KeyLabel writes the keys of an action as the help shows them.
func KeyLabel(a ui.Action) string { return a.Key.Help().Key }
