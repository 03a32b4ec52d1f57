package models

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// Mouse selects what is clicked, toggles at the mark, sorts by a header, opens
// the filter, and scrolls what is under the wheel.
func (s *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	l := s.layout(z)
	if l.details.Contains(ev.X, ev.Y) {
		if ev.Wheel != 0 {
			s.scrollDetails(3 * ev.Wheel)
		} else {
			s.reading = true
		}
		return nil
	}
	if ev.Wheel != 0 {
		s.reading = false
		s.Move(ev.Wheel, 0)
		return nil
	}
	s.reading = false
	if l.list.Contains(ev.X, ev.Y) {
		return s.clickList(ev.X-l.list.X, ev.Y-l.list.Y, l.list.Size())
	}
	if ev.Y == 0 {
		s.startFilter()
	}
	return nil
}

func (s *Screen) clickList(x, y int, z ui.Size) tea.Cmd {
	rows := s.rows()
	g := s.table(rows, z).Fit(z.W, z.H)
	at, onColumn := g.ColumnAt(x)
	column := columnNone
	if onColumn {
		column = s.columns(z.W)[at].of
	}
	if g.OnHeader(y) {
		switch {
		case !onColumn:
		case column == s.sort:
			s.reverse = !s.reverse
		default:
			s.sortBy(column)
		}
		return nil
	}
	row, ok := g.RowAt(y)
	if !ok {
		return nil
	}
	s.put(rows[row])
	if column != columnChosen {
		return nil
	}
	if why := s.cannotChoose(); why != "" {
		s.Notify(ui.NoticeWarn, chooseLabel+": "+why)
		return nil
	}
	return s.choose()
}
