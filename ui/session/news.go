package session

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/loop"
)

// news is what came up beside the work, such as a cache that cannot be written.
type news struct {
	lines      []string
	persistErr error
}

// readNews makes one function of the two that find out the news; nil when there are
// none.
func (o Config) readNews() func() news {
	if o.News == nil {
		return nil
	}
	return func() news {
		n := news{lines: o.News()}
		if o.PersistErr != nil {
			n.persistErr = o.PersistErr()
		}
		return n
	}
}

// askNews finds out what came up meanwhile.
func (s *Session) askNews() tea.Cmd {
	read := s.readNews
	if read == nil {
		return nil
	}
	work := func(context.Context) (news, error) { return read(), nil }
	return loop.Async(s.life, work, func(n news, _ error) tea.Cmd {
		s.persistErr = n.persistErr
		s.Warn(n.lines...)
		if len(n.lines) > 0 {
			s.emit(NewsEvent{n.lines})
		}
		return nil
	})
}

// mostWarnings is how many can be read again.
const mostWarnings = 20

// Warn keeps lines about the program itself to be read again, each once and the
// newest of them.
func (s *Session) Warn(lines ...string) {
	for _, l := range lines {
		if !slices.Contains(s.warnings, l) {
			s.warnings = append(s.warnings, l)
		}
	}
	s.warnings = s.warnings[max(len(s.warnings)-mostWarnings, 0):]
}

// Warnings are the lines that Warn has kept, the oldest first.
func (s *Session) Warnings() []string { return slices.Clone(s.warnings) }
