package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// reading is a box with text to read, to scroll and to copy.
type reading struct {
	closable
	scroller
	*shared
	title string
	// write gives its lines, which may be styled, in a width.
	write func(w int, t *theme) []string
	// plain is what is copied.
	plain string
}

// readingWidth is how wide the box is at the most.
const readingWidth = 96

func (r *reading) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
	case key.Matches(press, keyBack, keyEnter, keyQuit):
		r.dismiss()
	case key.Matches(press, keyCopy):
		r.info("It was sent to the clipboard.")
		return tea.SetClipboard(r.plain)
	default:
		r.pressed(press)
	}
	return nil
}

func (r *reading) fit(room size, t *theme) {
	r.hold(r.write(min(readingWidth, room.w), t), room.h-2)
}

func (r *reading) view(room size, t *theme) []string {
	w := min(readingWidth, room.w)
	foot := hints(t, "esc", "back", "y", "copy")
	if position := r.position(); position != "" {
		foot = hints(t, "esc", "back", "y", "copy", "↑↓", position)
	}
	lines := append([]string{t.title.Render(Fit(r.title, w))}, r.shown(w)...)
	return append(lines, Fit(foot, w))
}
