package search

import (
	"fmt"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// layout is how the screen is divided: the query, the columns under their heads, and
// below them the text under the cursor, what the rows have in common, and their figures.
type layout struct {
	query, heads, ranks, below ui.Rect
	further                    ui.Rect   // the ranks behind those that count, under a rule; may be empty
	columns                    []ui.Rect // those in sight, as wide as they are, over the whole height
	first                      int
}

const (
	// gutter is where the ranks stand. Columns are side by side down to leastColumn where
	// that brings all in sight; else they are readableColumn wide or more, which has room for
	// how ranks differ, and at least two: one has nothing to be compared with.
	gutter, leastColumn, readableColumn, leastInSight = 3, 26, 30, 2
	columnGap                                         = 1
	// mostFurther is how many ranks stand behind those that count where so many lines are
	// left below them.
	mostFurther, leastForFurther = 20, 24
)

func (s *Screen) layout(z ui.Size) layout {
	n := len(s.rows())
	l := layout{query: ui.Rect{W: z.W, H: 1}}
	heads := 1
	switch {
	case z.H >= 18:
		heads = 3
	case z.H >= 12:
		heads = 2
	}
	l.heads = ui.Rect{Y: 1, W: z.W, H: heads}
	rest := max(z.H-1-heads, 0)
	below := 0
	if rest > s.hits {
		below = rest - s.hits
	} else if rest >= 8 {
		below = 2
	}
	further := 0
	if spare := below - leastForFurther; spare > 1 && len(s.Session.Texts()) > s.hits && s.query != nil {
		further = min(spare, mostFurther+1, len(s.Session.Texts())-s.hits+1)
		below -= further
	}
	l.ranks = ui.Rect{Y: 1 + heads, W: z.W, H: rest - below - further}
	l.further = ui.Rect{Y: l.ranks.Y + l.ranks.H, W: z.W, H: further}
	l.below = ui.Rect{Y: 1 + heads + rest - below, W: z.W, H: below}
	in := n
	if room := z.W - gutter; room/max(n, 1) < leastColumn+columnGap {
		in = min(n, max(room/(readableColumn+columnGap), leastInSight))
	}
	l.first = max(min(s.first, n-in), 0)
	for i := range in {
		from, to := (z.W-gutter)*i/in, (z.W-gutter)*(i+1)/in
		l.columns = append(l.columns, ui.Rect{X: gutter + from, Y: 1, W: max(to-from-columnGap, 1), H: heads + l.ranks.H})
	}
	return l
}

// fit keeps the cursor among the hits and the focus in sight.
func (s *Screen) fit() {
	s.column = max(min(s.column, len(s.rows())-1), 0)
	l := s.layout(s.Body)
	if in := len(l.columns); in > 0 {
		s.first = term.Scrolled(s.column, s.first, in, len(s.rows()))
	}
	most := 0
	for _, r := range s.rows() {
		most = max(most, len(r.hits))
	}
	s.list.Fit(most, l.ranks.H)
}

// View draws the query over the columns, and nothing else while they would tell the
// person who judges what found a text.
func (s *Screen) View(z ui.Size) []string {
	if empty := s.empty(); empty != "" {
		return widget.CenteredText(empty, z, s.Theme)
	}
	if s.query == nil && !s.typing {
		return s.begin(z)
	}
	l := s.layout(z)
	c := widget.NewCanvas(z)
	c.Put(l.query, []string{s.queryLine(z.W, l)})
	if s.blind() {
		return c.Lines()
	}
	for i, place := range l.columns {
		at := l.first + i
		c.Put(ui.Rect{X: place.X, Y: l.heads.Y, W: place.W, H: l.heads.H}, s.head(at, place.W, l.heads.H))
		c.Put(ui.Rect{X: place.X, Y: l.ranks.Y, W: place.W, H: l.ranks.H}, s.drawColumn(at, place.W, l.ranks.H))
	}
	c.Put(ui.Rect{Y: l.ranks.Y, W: gutter - 1, H: l.ranks.H}, s.ranks(l.ranks.H))
	if l.further.H > 0 {
		for i, place := range l.columns {
			c.Put(ui.Rect{X: place.X, Y: l.further.Y, W: place.W, H: l.further.H}, s.furtherLines(l.first+i, place.W, l.further.H))
		}
		c.Put(ui.Rect{Y: l.further.Y, W: gutter - 1, H: l.further.H}, s.furtherRanks(l.further.H))
	}
	c.Put(l.below, s.belowLines(z.W, l.below.H))
	return c.Lines()
}

// empty says what is lacking before anything can be searched.
func (s *Screen) empty() string {
	if s.typing || s.query != nil {
		if len(s.Session.Texts()) > 0 {
			return ""
		}
	}
	return candidate.EmptyText(s.Session)
}

// queryLine is the query, or the field into which it is typed, and which columns are not
// in sight.
func (s *Screen) queryLine(w int, l layout) string {
	hidden := ""
	if n := len(s.rows()) - len(l.columns); n > 0 {
		hidden = fmt.Sprintf(" %d more: tab ", n)
	}
	room := max(w-term.Width(hidden), 1)
	cost := s.costLine()
	if cost != "" && term.Width(cost)+20 < room {
		hidden = " " + cost + hidden
		room = max(w-term.Width(hidden), 1)
	}
	line := ""
	if s.typing {
		in := s.input
		in.SetWidth(max(room-4, 1))
		line = " " + widget.InputLine(in, max(room-2, 1))
	} else if s.query != nil {
		what := "Query"
		if s.query.source != "" {
			what = "Like"
		}
		line = " " + s.Theme.Strong.Render(what+" “"+term.Excerpt(s.query.text, max(room-len(what)-5, 4))+"”")
	}
	return term.Fit(line, room) + s.Theme.Warn.Render(hidden)
}
