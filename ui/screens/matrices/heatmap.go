package matrices

import (
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

// heatmap prepares the drawing of one matrix.
func (m *Screen) heatmap(c session.State, p panel, order []int) plot.Heatmap {
	lo, hi := m.valueRange(c)
	at := belowOne(c.Result.Matrix)
	ramp := m.ramp
	if p.difference {
		delta := m.delta
		at, ramp = delta.At, theme.RampDiverging
		hi = max(delta.MaxAbs(), 0.01)
		lo = -hi
	}
	inCell := func(i, j int) (float64, bool) { return at(order[i], order[j]) }
	if m.over != nil {
		if tiles := m.over.tiles[c.Result.Matrix]; tiles != nil {
			inCell = tiles.At
		}
		if p.difference {
			inCell, hi = m.blockDelta(), max(m.apart.most, 0.01)
			lo = -hi
		}
	}
	h := m.frame
	h.LabelWidth, h.Top, h.Left = p.labels, m.top, m.left
	h.At = inCell
	h.Lo, h.Hi, h.Ramp, h.Delta = lo, hi, m.Theme.Ramp(ramp), p.difference
	h.Row, h.Col = m.rowOf(order, m.Session.CursorA()), m.rowOf(order, m.Session.CursorB())
	return h
}

// belowOne gives a matrix's similarities, of two texts 1 only where their vectors are the
// same, as wherever else the pair is shown, and not where float32 rounds to it.
func belowOne(m *compare.Matrix) func(a, b int) (float64, bool) {
	return func(a, b int) (float64, bool) {
		v, ok := m.At(a, b)
		if ok && v >= 1 && a != b {
			v = m.Vectors().Similarity(a, b)
		}
		return v, ok
	}
}

// heatmapFrame is what the matrices shown have in common, so that all have the same
// geometry.
func (m *Screen) heatmapFrame() plot.Heatmap {
	order, texts := m.order(), m.Session.Texts()
	h := plot.Heatmap{
		N:        m.rowCount(order),
		Blocks:   m.over != nil,
		Number:   func(i int) int { return order[m.firstOf(i)] + 1 },
		RowLabel: func(i int) string { return texts[order[m.firstOf(i)]].Text },
		Styles:   m.Theme.Codes,
		Ramp:     m.Theme.Ramp(m.ramp),
		Mode:     m.mode,
		Negative: m.delta != nil,
	}
	for _, c := range m.Session.Ready() {
		lo, _ := m.ownRange(c)
		h.Negative = h.Negative || lo < 0
	}
	if !m.byGroup() {
		return h
	}
	group := func(row int) string { return texts[order[m.firstOf(row)]].Group }
	h.GroupName = func(row int) string { return groupName(group(row)) }
	for i := 1; i < h.N; i++ {
		if group(i) != group(i-1) {
			h.Breaks = append(h.Breaks, i)
		}
	}
	if len(h.Breaks) > h.N/2 {
		h.Breaks = nil // nearly every text is a group of its own
	}
	return h
}

// groupName is what a group is called.
func groupName(group string) string {
	if group == "" {
		return "no group"
	}
	return group
}

// valueRange is what the ends of the colour scale stand for: the least and
// greatest similarity of two different texts, in this candidate or in all.
func (m *Screen) valueRange(c session.State) (lo, hi float64) {
	if !m.shared {
		return m.ownRange(c)
	}
	lo, hi = 1, -1
	for _, other := range m.Session.Ready() {
		l, h := m.ownRange(other)
		lo, hi = min(lo, l), max(hi, h)
	}
	return lo, hi
}

// ownRange is that of one candidate: of its pairs, or of the means of its blocks.
func (m *Screen) ownRange(c session.State) (lo, hi float64) {
	lo, hi, ok := c.Result.Matrix.Range()
	if m.over != nil && m.over.tiles[c.Result.Matrix] != nil {
		lo, hi, ok = m.over.tiles[c.Result.Matrix].Range()
	}
	switch {
	case !ok:
		return 0, 1
	case hi-lo < 0.01:
		return lo - 0.005, hi + 0.005
	}
	return lo, hi
}
