package session

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/loop"
)

// news is what came up beside the work, such as a cache that cannot be written.
type news struct {
	lines      []string
	persistErr error
}

// askNews finds out what came up meanwhile.
func (s *Session) askNews() tea.Cmd {
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
	return loop.Async(s.life, work, func(n news, _ error) tea.Cmd {
		s.persistErr = n.persistErr
		s.Warn(n.lines...)
		if len(n.lines) > 0 {
			s.emit(NewsEvent{n.lines})
		}
		return nil
	})
}
