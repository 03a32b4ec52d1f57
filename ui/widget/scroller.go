package widget

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

// scroller is the part of a reader that shows as many of its lines as there is
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
	case key.Matches(press, ui.KeyUp):
		s.scroll(-1)
	case key.Matches(press, ui.KeyDown):
		s.scroll(1)
	case key.Matches(press, ui.KeyPageUp):
		s.scroll(-s.rows)
	case key.Matches(press, ui.KeyPageDown, ui.KeyChoose):
		s.scroll(s.rows)
	case key.Matches(press, ui.KeyTop, ui.KeyHome):
		s.scroll(-ui.Unlimited)
	case key.Matches(press, ui.KeyBottom, ui.KeyEnd):
		s.scroll(ui.Unlimited)
	}
}

// Mouse scrolls by the wheel.
func (s *scroller) Mouse(ev ui.Mouse) tea.Cmd {
	s.scroll(3 * ev.Wheel)
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
