package ui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// scroller is the part of an overlay that shows as many of its lines as there is
// room for, and scrolls among them.
type scroller struct {
	top   int      // the first line shown
	rows  int      // lines shown
	lines []string // all
}

// hold takes the lines and shows at most rows of them, at the same place as before
// as far as they go.
func (s *scroller) hold(lines []string, rows int) {
	s.lines = lines
	s.rows = min(max(rows, 1), len(lines))
	s.scroll(0)
}

func (s *scroller) scroll(by int) {
	s.top = min(max(s.top+by, 0), len(s.lines)-s.rows)
}

// pressed scrolls when that is what the key means.
func (s *scroller) pressed(press tea.KeyPressMsg) {
	switch {
	case key.Matches(press, keyUp):
		s.scroll(-1)
	case key.Matches(press, keyDown):
		s.scroll(1)
	case key.Matches(press, keyPageUp):
		s.scroll(-s.rows)
	case key.Matches(press, keyPageDown, keyChoose):
		s.scroll(s.rows)
	case key.Matches(press, keyTop, keyHome):
		s.scroll(-far)
	case key.Matches(press, keyBottom, keyEnd):
		s.scroll(far)
	}
}

func (s *scroller) mouse(ev mouseEvent) tea.Cmd {
	s.scroll(3 * ev.wheel)
	return nil
}

// shown are the lines in sight, each w columns wide.
func (s *scroller) shown(w int) []string {
	out := make([]string, s.rows)
	for i, l := range s.lines[s.top : s.top+s.rows] {
		out[i] = term.Fit(l, w)
	}
	return out
}

// position says which of the lines are in sight; empty when all are.
func (s *scroller) position() string {
	if s.rows >= len(s.lines) {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", s.top+1, s.top+s.rows, len(s.lines))
}
