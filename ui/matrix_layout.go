package ui

import (
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/term"
)

// panel is the place of one matrix on the screen.
type panel struct {
	candidate  int // index among the candidates; the minuend of a difference
	difference bool
	rect       rect // with its title
	heat       rect // the heat map alone, with its row labels
	labels     int  // width of the row labels; 0 when the panel to the left has them
	terse      bool // there is no room for the background in words; the same in all
}

// grid is how the matrix screen is divided. All panels have one geometry, so
// that rows and columns stand in the same place in each.
type grid struct {
	panels   []panel
	geometry Geometry // without the row labels
	absent   rect     // the candidates that have no panel
	legend   rect
	foot     rect // the pair under the cursor
	// reasons are the lines in absent, and values the candidates' in the foot.
	reasons, values []string
}

// gridFor is what a grid was made for. How far each candidate is matters too: that
// only a message changes, after which refresh makes the grid anew.
type gridFor struct {
	size
	theme      *theme
	shown      *comparison
	candidates int
	a, b       int // the texts under the cursor
	mode       CellMode
	solo       bool
	delta      *compare.Delta
}

func (m *matrixScreen) gridFor(s size) gridFor {
	return gridFor{s, m.theme, m.store.current, len(m.store.candidates), m.store.cursorA, m.store.cursorB, m.mode, m.solo, m.delta}
}

// grid is how a body of that size is divided. It is computed once after each
// message, not for each use.
func (m *matrixScreen) grid(s size) grid {
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
// shows more of the matrices, larger.
func (m *matrixScreen) layout(s size) grid {
	g := grid{values: m.values(m.store.cursorA, m.store.cursorB, s.w), reasons: m.absentLines(s)}
	foot := footLines(s, len(g.values))
	g.foot = rect{0, s.h - foot, s.w, foot}
	legend := 0
	if s.h >= 12 {
		legend = 1
	}
	g.legend = rect{0, s.h - foot - legend, s.w, legend}
	absent := len(g.reasons)
	g.absent = rect{0, g.legend.y - absent, s.w, absent}
	shown := m.shownPanels(s)
	if len(shown) == 0 {
		return g
	}
	best := m.bestArrangement(size{s.w, g.absent.y}, len(shown))
	g.geometry = best.geometry
	for i, p := range shown {
		x := best.labels + (i%best.columns)*(best.cell.w+panelGap)
		y := (i / best.columns) * best.cell.h
		p.rect = rect{x, y, best.cell.w, best.cell.h}
		if i%best.columns == 0 {
			p.labels = best.labels
			p.rect.x, p.rect.w = 0, best.labels+best.cell.w
		}
		p.heat = rect{p.rect.x, y + best.titles, p.rect.w, best.cell.h - best.titles}
		g.panels = append(g.panels, p)
	}
	states := m.store.states()
	terse := slices.ContainsFunc(g.panels, func(p panel) bool {
		return p.candidate >= 0 && !p.difference && term.Width(backgroundText(states[p.candidate], false)) >= p.rect.w
	})
	for i := range g.panels {
		g.panels[i].terse = terse
	}
	return g
}

// footLines is how many lines the pair under the cursor takes: a rule, two
// texts and the candidates' values, less where the window is low.
func footLines(s size, values int) int {
	switch {
	case s.h >= 18:
		return 3 + values
	case s.h >= 10:
		return 2 + values
	default:
		return 2
	}
}

// shownPanels are the matrices to show: all that there are or will be, the one in
// focus, or the difference.
func (m *matrixScreen) shownPanels(s size) []panel {
	states := m.store.states()
	if len(states) == 0 {
		return nil
	}
	if m.delta != nil {
		delta := panel{candidate: m.store.focused(), difference: true}
		if s.w < threeAbreast {
			return []panel{delta}
		}
		other := slices.IndexFunc(states, func(c candidateState) bool { return c.ID() == m.against })
		return []panel{{candidate: m.store.focused()}, {candidate: other}, delta}
	}
	if m.solo || s.w < oneAtATime {
		return []panel{{candidate: m.store.focused()}}
	}
	var out []panel
	for i, c := range states {
		if !absent(c) {
			out = append(out, panel{candidate: i})
		}
	}
	return out
}

// arrangement is one way to place the panels.
type arrangement struct {
	columns, titles int
	labels          int  // width of the row labels
	cell            size // of one panel, without row labels
	geometry        Geometry
}

// bestArrangement tries the panels in every number of columns, with wide and
// with narrow row labels.
func (m *matrixScreen) bestArrangement(area size, n int) arrangement {
	var best arrangement
	for _, labels := range labelWidths(area.w) {
		for columns := 1; columns <= n; columns++ {
			if try := m.arrange(area, labels, n, columns); best.columns == 0 || try.better(best) {
				best = try
			}
		}
	}
	return best.widened(area.w)
}

// labelWidths are the widths that the texts beside the rows may have, the
// preferred one first.
func labelWidths(w int) []int {
	switch {
	case w >= 160:
		return []int{34, 22, 12}
	case w >= 110:
		return []int{22, 12}
	case w >= oneAtATime:
		return []int{12}
	default:
		return []int{6}
	}
}

func (m *matrixScreen) arrange(area size, labels, n, columns int) arrangement {
	rows := (n + columns - 1) / columns
	a := arrangement{columns: columns, titles: titleLines, labels: labels}
	a.cell = size{(area.w - labels - (columns-1)*panelGap) / columns, area.h / rows}
	if a.cell.h < 10 {
		a.titles = 1
	}
	h := Heatmap{N: len(m.store.texts()), Mode: m.mode, Ramp: m.theme.ramp(m.ramp)}
	a.geometry = h.Fit(a.cell.w, max(a.cell.h-a.titles, 1))
	return a
}

// better tells whether more of the matrix is seen, or as much of it larger.
func (a arrangement) better(b arrangement) bool {
	x, y := a.geometry.Rows*a.geometry.Cols, b.geometry.Rows*b.geometry.Cols
	if x != y {
		return x > y
	}
	// A cell of a whole line is worth two that share one.
	return a.geometry.CellWidth*b.geometry.perLine > b.geometry.CellWidth*a.geometry.perLine
}

// widened gives the row labels the room that the matrices do not need.
func (a arrangement) widened(w int) arrangement {
	const longest, narrowest = 64, 26
	if w < oneAtATime {
		return a
	}
	a.cell.w = max(a.geometry.Cols*a.geometry.CellWidth, min(narrowest, a.cell.w))
	spare := w - a.labels - a.columns*a.cell.w - (a.columns-1)*panelGap
	a.labels = min(a.labels+max(spare, 0), max(longest, a.labels))
	return a
}
