package widget

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

// Scroller is the part of an overlay that shows as many of its lines as there is
// room for, and scrolls among them.
type Scroller struct {
	top   int      // the first line shown
	rows  int      // lines shown
	Lines []string // all
}

// Hold takes the lines and shows at most rows of them, at the same place as before
// as far as they go.
func (s *Scroller) Hold(lines []string, rows int) {
	s.Lines = lines
	s.rows = min(max(rows, 1), len(lines))
	s.scroll(0)
}

func (s *Scroller) scroll(by int) {
	s.top = min(max(s.top+by, 0), len(s.Lines)-s.rows)
}

// Pressed scrolls when that is what the key means.
func (s *Scroller) Pressed(press tea.KeyPressMsg) {
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

func (s *Scroller) Mouse(ev ui.Mouse) tea.Cmd {
	s.scroll(3 * ev.Wheel)
	return nil
}

// Shown are the lines in sight, each w columns wide.
func (s *Scroller) Shown(w int) []string {
	out := make([]string, s.rows)
	for i, l := range s.Lines[s.top : s.top+s.rows] {
		out[i] = term.Fit(l, w)
	}
	return out
}

// Position says which of the lines are in sight; empty when all are.
func (s *Scroller) Position() string {
	if s.rows >= len(s.Lines) {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", s.top+1, s.top+s.rows, len(s.Lines))
}
