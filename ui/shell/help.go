package shell

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// openHelp lists every key of the present screen, grouped; the list is made from the
// table that the keys themselves go through.
func (a *App) openHelp() {
	a.listKeys("Keys on "+a.current.Info().Title, append(a.current.Actions(), a.globals...), legend(a.current))
}

// openBoxHelp lists the keys of a box, made in the same way.
func (a *App) openBoxHelp(box ui.Overlay) {
	a.listKeys("Keys of this box", append(box.Actions(), a.always()...), nil)
}

// asksForKeys tells that a key asks for the keys of a box, which has no other meaning for
// it.
func asksForKeys(box ui.Overlay, press tea.KeyPressMsg) bool {
	_, taken := ui.Find(box.Actions(), press)
	return !taken && (press.Code == tea.KeyF1 || !typing(box) && key.Matches(press, keyHelp))
}

func (a *App) listKeys(title string, actions []ui.Action, marks [][2]string) {
	list := &widget.Reader{
		Title: title,
		Remark: func(position string) string {
			if position == "" {
				return ""
			}
			return "  " + position + " lines"
		},
		Width: ui.Unlimited, Least: 30, Closes: keyHelp,
		Write: func(w int, t *theme.Theme) []string { return helpLines(actions, marks, w, t) },
		Foot:  func(string) []string { return []string{"↑↓", "scroll", "esc", "back", "ctrl+p", "every action"} },
	}
	list.More = []ui.Action{{Key: keyPalette, Group: ui.GroupDo, Run: ui.Do(func() {
		list.Dismiss()
		a.openPalette()
	})}}
	a.Open(list)
}

// helpLines writes the actions under their groups: key, meaning, and what is in the
// way where an action cannot be done now; and what the marks of the screen mean.
func helpLines(actions []ui.Action, marks [][2]string, w int, t *theme.Theme) []string {
	wide := 0
	for _, a := range actions {
		wide = max(wide, term.Width(KeyLabel(a)))
	}
	for _, m := range marks {
		wide = max(wide, term.Width(m[0]))
	}
	var lines []string
	for _, group := range []string{ui.GroupDo, ui.GroupShow, ui.GroupMove, ui.GroupAnywhere} {
		if group == ui.GroupAnywhere && len(marks) > 0 {
			lines = append(lines, t.Strong.Render("Marks"))
			for _, m := range marks {
				lines = append(lines, helpEntry(t.Strong.Render(term.PadRight(m[0], wide)), m[1], "", w, t)...)
			}
		}
		first := true
		for _, a := range actions {
			if a.Group != group || len(a.Key.Keys()) == 0 {
				continue
			}
			if first {
				lines = append(lines, t.Strong.Render(group))
				first = false
			}
			lines = append(lines, helpEntry(t.Accent.Bold().Render(term.PadRight(KeyLabel(a), wide)), a.Label(), a.Reason(), w, t)...)
		}
	}
	return lines
}

// helpEntry is a key or a mark with its meaning beside it, and what is in the way of it, in
// as many lines of w columns as that takes.
func helpEntry(key, meaning, reason string, w int, t *theme.Theme) []string {
	head := "  " + key + "  "
	room := max(w-term.Width(head), 1)
	lines := term.SafeLines(meaning, room)
	if why := "(" + reason + ")"; reason != "" {
		if last := len(lines) - 1; term.Width(lines[last])+2+term.Width(why) <= room {
			lines[last] += t.Dim.Render("  " + why)
		} else {
			for _, l := range term.SafeLines(why, room) {
				lines = append(lines, t.Dim.Render(l))
			}
		}
	}
	for i, l := range lines {
		lines[i] = head + l
		head = term.Blanks(term.Width(head))
	}
	return lines
}

// KeyLabel writes the keys of an action as the help shows them.
func KeyLabel(a ui.Action) string { return a.Key.Help().Key }
