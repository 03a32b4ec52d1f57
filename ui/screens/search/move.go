package search

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// Move moves the cursor by ranks and columns.
func (s *Screen) Move(rows, columns int) {
	if s.offers() {
		s.offered.Move(rows, columns)
		return
	}
	s.list.Put(s.list.Cursor + rows)
	if columns != 0 {
		s.column = max(min(s.column+columns, len(s.rows())-1), 0)
		s.focus()
	}
	s.point()
}

// focus has the candidate of the column in focus be the one that other screens and the
// hybrid act on.
func (s *Screen) focus() {
	if s.column < len(s.rows()) && s.rows()[s.column].kind == byVectors {
		s.Session.SetFocus(s.rows()[s.column].at)
	}
}

// point moves the cursor that all screens share to the text under it.
func (s *Screen) point() {
	if text, ok := s.hit(); ok && !s.Session.Stale() {
		s.Session.PointAt(text)
	}
}

// offers tells that examples are in sight.
func (s *Screen) offers() bool { return len(s.examples) > 0 && s.query == nil && !s.typing }

// Page is how many rows a page key moves.
func (s *Screen) Page() int {
	if s.offers() {
		return s.offered.Page()
	}
	return s.list.Page()
}

// page shows the next columns, around the end, and goes to the first of them.
func (s *Screen) page(by int) {
	n, in := len(s.rows()), len(s.layout(s.Body).columns)
	switch {
	case n == 0:
	case in >= n:
		s.column = (s.column + by + n) % n
	default:
		pages := (n + in - 1) / in
		at := s.first / in
		if s.first >= n-in { // the last page begins sooner, so that it is full
			at = pages - 1
		}
		s.column = (at + by + pages) % pages * in
		s.first = min(s.column, n-in)
	}
	s.focus()
	s.point()
}

// Mouse puts the cursor on the hit that was clicked, into the query, or scrolls.
func (s *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	l := s.layout(z)
	switch {
	case s.empty() != "":
		return nil
	case s.offers():
		was := s.offered.Cursor
		if s.offered.Mouse(ev.Wheel, ev.Y-s.beginLayout(z).list.Y) && s.offered.Cursor == was {
			return s.askExample()
		}
		return nil
	case ev.Wheel != 0:
		s.Move(ev.Wheel, 0)
		return nil
	case ev.Y == 0:
		if s.canSearch() == "" {
			s.beginTyping(s.last())
		}
		return nil
	}
	for i, place := range l.columns {
		if !place.Contains(ev.X, ev.Y) {
			continue
		}
		s.Move(0, l.first+i-s.column)
		if ev.Y >= l.ranks.Y {
			s.Move(s.list.Top+ev.Y-l.ranks.Y-s.list.Cursor, 0)
		}
	}
	return nil
}

// Under is the text of the hit under the cursor; none while somebody judges blind.
func (s *Screen) Under() []int {
	if s.offers() {
		if e := s.examples[min(s.offered.Cursor, len(s.examples)-1)]; e.at >= 0 {
			return []int{e.at}
		}
		return nil
	}
	if text, ok := s.hit(); ok && !s.blind() {
		return []int{text}
	}
	return nil
}
