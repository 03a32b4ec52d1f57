package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// The keys that move through a list while letters are typed into its filter.
var (
	keyListUp       = bind("↑", "up", "up", "ctrl+k")
	keyListDown     = bind("↓", "down", "down", "ctrl+n")
	keyListPageUp   = bind("pgup", "page up", "pgup")
	keyListPageDown = bind("pgdn", "page down", "pgdown")
)

// list is a cursor among rows, of which as many are in sight as there is room for:
// it stays on a row and in sight whatever is moved, filtered or made narrower.
type list struct {
	// cursor is the row under it, and top the first one in sight; both count from 0.
	cursor, top int
	// total is how many rows there are, shown how many have room.
	total, shown int
}

// fit tells how many rows there are and how many of them have room.
func (l *list) fit(total, shown int) {
	l.total, l.shown = max(total, 0), max(shown, 0)
	l.put(l.cursor)
}

// put moves the cursor to a row, or to the nearest that there is.
func (l *list) put(row int) {
	l.cursor = max(min(row, l.total-1), 0)
	l.top = term.Scrolled(l.cursor, l.top, l.shown, l.total)
}

func (l *list) move(by int) { l.put(l.cursor + by) }

// page is how many rows a page key moves: one of those in sight stays.
func (l *list) page() int { return max(l.shown-1, 1) }

// pressed moves the cursor when that is what the key means.
func (l *list) pressed(press tea.KeyPressMsg) bool {
	switch {
	case key.Matches(press, keyUp):
		l.move(-1)
	case key.Matches(press, keyDown):
		l.move(1)
	case key.Matches(press, keyPageUp):
		l.move(-l.page())
	case key.Matches(press, keyPageDown):
		l.move(l.page())
	case key.Matches(press, keyTop, keyHome):
		l.put(0)
	case key.Matches(press, keyBottom, keyEnd):
		l.put(l.total)
	default:
		return false
	}
	return true
}

// filterStep is how many rows a key moves while letters go into a filter; ok is
// false when it is for the filter. A page key moves by page.
func filterStep(press tea.KeyPressMsg, page int) (by int, ok bool) {
	switch {
	case key.Matches(press, keyListUp):
		return -1, true
	case key.Matches(press, keyListDown):
		return 1, true
	case key.Matches(press, keyListPageUp):
		return -page, true
	case key.Matches(press, keyListPageDown):
		return page, true
	}
	return 0, false
}

// mouse follows the wheel, or puts the cursor on the row that was clicked; y counts
// from the first row in sight. clicked is false when none was.
func (l *list) mouse(wheel, y int) (clicked bool) {
	if wheel != 0 {
		l.move(wheel)
		return false
	}
	if y < 0 || y >= l.shown || l.top+y >= l.total {
		return false
	}
	l.put(l.top + y)
	return true
}
