package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// news is what came up beside the work, such as a cache that cannot be written.
type news struct {
	lines  []string
	unkept error
}

// askNews finds out what came up meanwhile.
func (s *store) askNews() tea.Cmd {
	lines, unkept := s.news, s.keeps
	if lines == nil {
		return nil
	}
	work := func(context.Context) (news, error) {
		n := news{lines: lines()}
		if unkept != nil {
			n.unkept = unkept()
		}
		return n, nil
	}
	return async(s.life, work, func(n news, _ error) tea.Cmd {
		s.unkept = n.unkept
		s.warn(n.lines...)
		if len(n.lines) > 0 {
			s.emit(newsEvent{n.lines})
		}
		return nil
	})
}
