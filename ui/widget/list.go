package widget

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

// The keys that move through a list while letters are typed into its filter.
var (
	keyListUp       = ui.Bind("↑", "up", "up", "ctrl+k")
	keyListDown     = ui.Bind("↓", "down", "down", "ctrl+n")
	keyListPageUp   = ui.Bind("pgup", "page up", "pgup")
	keyListPageDown = ui.Bind("pgdn", "page down", "pgdown")
)

// List is a cursor among rows, of which as many are in sight as there is room for:
// it stays on a row and in sight whatever is moved, filtered or made narrower.
type List struct {
	// Cursor is the row under it, and top the first one in sight; both count from 0.
	Cursor, Top int
	// total is how many rows there are, shown how many have room.
	total, Shown int
}

// Fit tells how many rows there are and how many of them have room.
func (l *List) Fit(total, shown int) {
	l.total, l.Shown = max(total, 0), max(shown, 0)
	l.Put(l.Cursor)
}

// Put moves the cursor to a row, or to the nearest that there is.
func (l *List) Put(row int) {
	l.Cursor = max(min(row, l.total-1), 0)
	l.Top = term.Scrolled(l.Cursor, l.Top, l.Shown, l.total)
}

func (l *List) move(by int) { l.Put(l.Cursor + by) }

// Page is how many rows a page key moves: one of those in sight stays.
func (l *List) Page() int { return max(l.Shown-1, 1) }

// Move moves the cursor by rows.
func (l *List) Move(rows, _ int) { l.move(rows) }

// Motions are the actions that move the cursor.
func (l *List) Motions() []ui.Action { return ui.Motions("list", l) }

// FilterMotions are those while letters go into a filter.
func (l *List) FilterMotions() []ui.Action { return filterMotions(l.move, l.Page()) }

// filterMotions are those while letters go into a filter; step moves by rows.
func filterMotions(step func(rows int), page int) []ui.Action {
	move := func(b key.Binding, rows int) ui.Action {
		return ui.Action{Key: b, Group: ui.GroupMove, Run: ui.Do(func() { step(rows) })}
	}
	return []ui.Action{move(keyListUp, -1), move(keyListDown, 1), move(keyListPageUp, -page), move(keyListPageDown, page)}
}

// FilterStep is how many rows a key moves while letters go into a filter; ok is
// false when it is for the filter. A page key moves by page.
func FilterStep(press tea.KeyPressMsg, page int) (by int, ok bool) {
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

// Mouse follows the wheel, or puts the cursor on the row that was clicked; y counts
// from the first row in sight. clicked is false when none was.
func (l *List) Mouse(wheel, y int) (clicked bool) {
	if wheel != 0 {
		l.move(wheel)
		return false
	}
	if y < 0 || y >= l.Shown || l.Top+y >= l.total {
		return false
	}
	l.Put(l.Top + y)
	return true
}
