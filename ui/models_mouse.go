package ui

import tea "charm.land/bubbletea/v2"

// mouse selects what is clicked, toggles at the mark, sorts by a header, opens
// the filter, and scrolls what is under the wheel.
func (s *modelsScreen) mouse(ev mouseEvent, z size) tea.Cmd {
	l := s.layout(z)
	if l.details.contains(ev.x, ev.y) {
		if ev.wheel != 0 {
			s.scrollDetails(3 * ev.wheel)
		} else {
			s.reading = true
		}
		return nil
	}
	if ev.wheel != 0 {
		s.reading = false
		s.move(ev.wheel, 0)
		return nil
	}
	s.reading = false
	if l.list.contains(ev.x, ev.y) {
		return s.clickList(ev.x-l.list.x, ev.y-l.list.y, l.list.size())
	}
	if ev.y == 0 {
		s.startFilter()
	}
	return nil
}

func (s *modelsScreen) clickList(x, y int, z size) tea.Cmd {
	rows := s.rows()
	g := s.table(rows, z).Fit(z.w, z.h)
	at, onColumn := g.ColumnAt(x)
	if g.OnHeader(y) {
		switch column := catalogColumn(at + 1); {
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
	if !onColumn || catalogColumn(at+1) != columnChosen {
		return nil
	}
	if why := s.cannotChoose(); why != "" {
		s.notify(noticeWarn, chooseLabel+": "+why)
		return nil
	}
	return s.choose()
}
