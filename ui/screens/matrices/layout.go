package matrices

import (
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// panel is the place of one matrix on the screen.
type panel struct {
	candidate  int // index among the candidates; the minuend of a difference
	difference bool
	rect       ui.Rect // with its title
	heat       ui.Rect // the heat map alone, with its row labels
	labels     int     // width of the row labels; 0 when the panel to the left has them
	terse      bool    // there is no room for the background in words; the same in all
}

// grid is how the matrix screen is divided. All panels have one geometry, so
// that rows and columns stand in the same place in each.
type grid struct {
	insight  string // the first line; empty for none
	panels   []panel
	geometry plot.Geometry // without the row labels
	absent   ui.Rect       // the candidates that have no panel
	legend   ui.Rect
	foot     ui.Rect // the pair under the cursor
	beside   ui.Rect // the candidates that have no panel for want of room
	aside    ui.Rect // the panel beside the matrices
	// reasons are the lines in absent, values the candidates' in the foot, and others those
	// in beside.
	reasons, values, others []string
}

// gridFor is what a grid was made for. How far each candidate is matters too: that
// only a message changes, after which refresh makes the grid anew.
type gridFor struct {
	ui.Size
	theme             *theme.Theme
	shown             uint64 // revision of the texts
	candidates        int
	a, b              int // the texts under the cursor
	mode              plot.CellMode
	solo, insightRead bool
	delta             *compare.Delta
	over              *overview
	filter            string
	filtering         bool
}

func (m *Screen) gridFor(s ui.Size) gridFor {
	return gridFor{s, m.Theme, m.Session.ResultsRevision(), len(m.Session.Candidates()), m.Session.CursorA(), m.Session.CursorB(), m.mode, m.solo, m.insightRead, m.delta, m.over, m.filter.Words(), m.filter.Shown()}
}

// grid is how a body of that size is divided. It is computed once after each
// message, not for each use.
func (m *Screen) grid(s ui.Size) grid {
	if m.laidFor == m.gridFor(s) {
		return m.laid
	}
	return m.layout(s)
}

const (
	panelGap   = 2
	titleLines = 2
	// oneAtATime is the width under which one matrix is shown at a time.
	oneAtATime = 60
	// threeAbreast is the width from which a difference is shown beside the two
	// matrices that it is made of.
	threeAbreast = 100
)

// layout divides a body of that size: panels side by side or in rows, whichever
// shows more of the matrices, larger. Where they leave room for a panel beside them, it
// tells of the pair under the cursor, and nothing below them does.
func (m *Screen) layout(s ui.Size) grid {
	if s.W >= asideFrom {
		if g := m.divide(s, 0); g.aside.W > 0 {
			return g
		}
	}
	values := m.values(m.Session.CursorA(), m.Session.CursorB(), s)
	g := m.divide(s, footLines(s, len(values)))
	g.values, g.aside = values, ui.Rect{}
	return g
}

// divide divides a body of which so many lines at the foot are taken. A panel beside the
// matrices has a place only where they are none.
func (m *Screen) divide(s ui.Size, foot int) (g grid) {
	g.reasons = append(m.tooMany(s), m.absentLines(s)...)
	g.foot = ui.Rect{X: 0, Y: s.H - foot, W: s.W, H: foot}
	legend := 0
	if s.H >= 12 {
		legend = 1
	}
	g.legend = ui.Rect{X: 0, Y: s.H - foot - legend, W: s.W, H: legend}
	absent := len(g.reasons)
	g.absent = ui.Rect{X: 0, Y: g.legend.Y - absent, W: s.W, H: absent}
	shown := m.shownPanels(s)
	m.frame = m.heatmapFrame()
	if len(shown) == 0 {
		return g
	}
	above := 0
	if g.insight = m.insight(s); g.insight != "" {
		above = 1
	}
	area := ui.Size{W: s.W, H: g.absent.Y - above}
	shown, best := m.window(shown, area)
	if s.H >= 12 && m.delta == nil && len(shown) < m.panelCount() {
		g.others = m.othersLines(shown, s.W)
		area.H -= len(g.others)
		g.beside = ui.Rect{Y: above + area.H, W: s.W, H: len(g.others)}
		best = m.bestArrangement(area, len(shown))
	}
	right := s.W
	if w := m.asideWidth(area, best); w > 0 && foot == 0 {
		right = s.W - w - asideGap
		g.aside = ui.Rect{X: s.W - w, Y: above, W: w, H: area.H}
	}
	best = best.widened(right)
	g.geometry = best.geometry
	for i, p := range shown {
		x := best.labels + (i%best.columns)*(best.cell.W+panelGap)
		y := above + (i/best.columns)*best.cell.H
		p.rect = ui.Rect{X: x, Y: y, W: best.cell.W, H: best.cell.H}
		if i%best.columns == 0 {
			p.labels = best.labels
			p.rect.X, p.rect.W = 0, best.labels+best.cell.W
		}
		p.heat = ui.Rect{X: p.rect.X, Y: y + best.titles, W: p.rect.W, H: best.cell.H - best.titles}
		g.panels = append(g.panels, p)
	}
	states := m.Session.States()
	terse := slices.ContainsFunc(g.panels, func(p panel) bool {
		return p.candidate >= 0 && !p.difference && term.Width(backgroundText(states[p.candidate], false)) >= p.rect.W
	})
	for i := range g.panels {
		g.panels[i].terse = terse
	}
	return g
}

// footLines is how many lines the pair under the cursor takes: a rule, two
// texts and the candidates' values, less where the window is low.
func footLines(s ui.Size, values int) int {
	switch {
	case s.H >= 18:
		return 3 + values
	case s.H >= 10:
		return 2 + values
	default:
		return 2
	}
}

// shownPanels are the matrices to show: all that there are or will be, the one in
// focus, or the difference.
func (m *Screen) shownPanels(s ui.Size) []panel {
	states := m.Session.States()
	if len(states) == 0 {
		return nil
	}
	if m.delta != nil {
		delta := panel{candidate: m.Session.Focused(), difference: true}
		if s.W < threeAbreast {
			return []panel{delta}
		}
		other := slices.IndexFunc(states, func(c session.State) bool { return c.ID() == m.against })
		return []panel{{candidate: m.Session.Focused()}, {candidate: other}, delta}
	}
	if m.solo || s.W < oneAtATime {
		return []panel{{candidate: m.Session.Focused()}}
	}
	var out []panel
	for i, c := range states {
		if !candidate.Absent(c) {
			out = append(out, panel{candidate: i})
		}
	}
	return out
}

// arrangement is one way to place the panels.
type arrangement struct {
	columns, titles int
	labels          int     // width of the row labels
	cell            ui.Size // of one panel, without row labels
	geometry        plot.Geometry
}

// bestArrangement tries the panels in every number of columns, with wide and
// with narrow row labels.
func (m *Screen) bestArrangement(area ui.Size, n int) arrangement {
	var best arrangement
	for _, labels := range labelWidths(area.W) {
		for columns := 1; columns <= n; columns++ {
			try := m.arrange(area, labels, n, columns)
			if labels <= tightLabels && !try.whole(m.frame.N) && area.W >= oneAtATime {
				continue
			}
			if best.columns == 0 || try.better(best) {
				best = try
			}
		}
	}
	return best
}

// labelWidths are the widths that the texts beside the rows may have, the
// preferred one first.
func labelWidths(w int) []int {
	switch {
	case w >= 160:
		return []int{34, 22, 12, tightLabels}
	case w >= 110:
		return []int{22, 12, tightLabels}
	case w >= oneAtATime:
		return []int{12}
	default:
		return []int{6}
	}
}

// tightLabels is a width of labels that is worth it only where then all is seen.
const tightLabels = 8

func (m *Screen) arrange(area ui.Size, labels, n, columns int) arrangement {
	rows := (n + columns - 1) / columns
	a := arrangement{columns: columns, titles: titleLines, labels: labels}
	a.cell = ui.Size{W: (area.W - labels - (columns-1)*panelGap) / columns, H: area.H / rows}
	if a.cell.H < 10 {
		a.titles = 1
	}
	a.geometry = m.frame.Fit(a.cell.W, max(a.cell.H-a.titles, 1))
	if a.titles > 1 && a.cell.H < secondTitle {
		b := a
		b.titles, b.geometry = 1, m.frame.Fit(a.cell.W, a.cell.H-1)
		if b.whole(m.frame.N) && b.better(a) {
			return b
		}
	}
	return a
}

// secondTitle is the height of a panel under which its second title gives way to seeing
// the whole matrix, or that in larger cells.
const secondTitle = 14

// whole tells whether every cell of n texts is seen.
func (a arrangement) whole(n int) bool { return a.geometry.Rows == n && a.geometry.Cols == n }

// better tells whether more of the matrix is seen, or as much of it larger.
func (a arrangement) better(b arrangement) bool {
	x, y := a.geometry.Rows*a.geometry.Cols, b.geometry.Rows*b.geometry.Cols
	if x != y {
		return x > y
	}
	return a.geometry.Area() > b.geometry.Area()
}

// cellWidth is how wide a panel is without what its matrix does not need.
func (a arrangement) cellWidth() int {
	const narrowest = 26 // its title has to be read
	return max(a.geometry.Width(), min(narrowest, a.cell.W))
}

// widened gives the row labels the room of w columns that the matrices do not need.
func (a arrangement) widened(w int) arrangement {
	const longest = 64
	if w < oneAtATime {
		return a
	}
	a.cell.W = a.cellWidth()
	a.labels = min(w-a.columns*a.cell.W-(a.columns-1)*panelGap, max(longest, a.labels))
	return a
}
