package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// reading is a box with text to read, to scroll and to copy.
type reading struct {
	closable
	*shared
	title string
	// write gives its lines, which may be styled, in a width.
	write func(w int, t *theme) []string
	// plain is what is copied.
	plain string

	lines     []string
	top, rows int
}

// readingWidth is how wide the box is at the most.
const readingWidth = 96

func (r *reading) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(press, keys.back, keys.accept, keys.quit):
		r.dismiss()
	case key.Matches(press, keys.copyAll):
		r.info("It is in the clipboard.")
		return tea.SetClipboard(r.plain)
	case key.Matches(press, keys.up):
		r.scroll(-1)
	case key.Matches(press, keys.down):
		r.scroll(1)
	case key.Matches(press, keys.pageUp):
		r.scroll(-r.rows)
	case key.Matches(press, keys.pageDown, keys.choose):
		r.scroll(r.rows)
	case key.Matches(press, keys.top, keys.home):
		r.scroll(-far)
	case key.Matches(press, keys.bottom, keys.end):
		r.scroll(far)
	}
	return nil
}

func (r *reading) scroll(by int) {
	r.top = min(max(r.top+by, 0), max(len(r.lines)-r.rows, 0))
}

func (r *reading) fit(room size, t *theme) {
	r.lines = r.write(min(readingWidth, room.w), t)
	r.rows = max(min(len(r.lines), room.h-2), 1)
	r.scroll(0)
}

func (r *reading) view(room size, t *theme) string {
	w := min(readingWidth, room.w)
	out := []string{t.title.Render(Fit(r.title, w))}
	for _, l := range r.lines[r.top:min(r.top+r.rows, len(r.lines))] {
		out = append(out, Fit(l, w))
	}
	foot := hints(t, "esc", "back", "y", "copy")
	if len(r.lines) > r.rows {
		foot = hints(t, "esc", "back", "y", "copy", "↑↓", fmt.Sprintf("%d–%d of %d", r.top+1, r.top+r.rows, len(r.lines)))
	}
	return strings.Join(append(out, Fit(foot, w)), "\n")
}

func (r *reading) mouse(ev mouseEvent) tea.Cmd {
	r.scroll(3 * ev.wheel)
	return nil
}
