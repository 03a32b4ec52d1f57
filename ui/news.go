package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// news is what came up beside the work, such as a cache that cannot be written.
type news struct {
	lines      []string
	persistErr error
}

// askNews finds out what came up meanwhile.
func (s *store) askNews() tea.Cmd {
	lines, unkept := s.news, s.readPersistErr
	if lines == nil {
		return nil
	}
	work := func(context.Context) (news, error) {
		n := news{lines: lines()}
		if unkept != nil {
			n.persistErr = unkept()
		}
		return n, nil
	}
	return async(s.life, work, func(n news, _ error) tea.Cmd {
		s.persistErr = n.persistErr
		s.warn(n.lines...)
		if len(n.lines) > 0 {
			s.emit(newsEvent{n.lines})
		}
		return nil
	})
}
