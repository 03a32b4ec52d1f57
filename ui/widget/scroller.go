package widget

import (
	"fmt"

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

// Move scrolls by lines.
func (s *scroller) Move(lines, _ int) { s.scroll(lines) }

// Page is how many lines a page key scrolls.
func (s *scroller) Page() int { return s.rows }

// motions are the actions that scroll.
func (s *scroller) motions() []ui.Action {
	return append(ui.Motions("lines", s), ui.Action{Key: ui.Bind("space", "page down", ui.KeyChoose.Keys()...), Group: ui.GroupMove, Run: ui.Do(func() { s.scroll(s.rows) })})
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
