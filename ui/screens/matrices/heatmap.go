package matrices

import (
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

// heatmap prepares the drawing of one matrix.
func (m *Screen) heatmap(c session.State, p panel, order []int) plot.Heatmap {
	lo, hi := m.valueRange(c)
	at := c.Result.Matrix.At
	ramp := m.ramp
	if p.difference {
		delta := m.delta
		at, ramp = delta.At, theme.RampDiverging
		hi = max(delta.MaxAbs(), 0.01)
		lo = -hi
	}
	h := m.frame
	h.LabelWidth, h.Top, h.Left = p.labels, m.top, m.left
	h.At = func(i, j int) (float64, bool) { return at(order[i], order[j]) }
	h.Lo, h.Hi, h.Ramp, h.Delta = lo, hi, m.Theme.Ramp(ramp), p.difference
	h.Row, h.Col = session.IndexIn(order, m.Session.CursorA()), session.IndexIn(order, m.Session.CursorB())
	return h
}

// heatmapFrame is what the matrices shown have in common, so that all have the same
// geometry.
func (m *Screen) heatmapFrame() plot.Heatmap {
	order, texts := m.Session.DisplayOrder(), m.Session.Texts()
	h := plot.Heatmap{
		N:        len(order),
		Number:   func(i int) int { return order[i] + 1 },
		RowLabel: func(i int) string { return texts[order[i]].Text },
		Styles:   m.Theme.Codes,
		Ramp:     m.Theme.Ramp(m.ramp),
		Mode:     m.mode,
		Negative: m.delta != nil,
	}
	for _, c := range m.Session.Ready() {
		lo, _ := ownRange(c)
		h.Negative = h.Negative || lo < 0
	}
	if m.Session.Order() != session.OrderGroup || !m.Session.HasGroups() {
		return h
	}
	h.GroupName = func(row int) string { return groupName(texts[order[row]].Group) }
	for i := 1; i < len(order); i++ {
		if texts[order[i]].Group != texts[order[i-1]].Group {
			h.Breaks = append(h.Breaks, i)
		}
	}
	if len(h.Breaks) > len(order)/2 {
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
		return ownRange(c)
	}
	lo, hi = 1, -1
	for _, other := range m.Session.Ready() {
		l, h := ownRange(other)
		lo, hi = min(lo, l), max(hi, h)
	}
	return lo, hi
}

func ownRange(c session.State) (lo, hi float64) {
	lo, hi, ok := c.Result.Matrix.Range()
	switch {
	case !ok:
		return 0, 1
	case hi-lo < 0.01:
		return lo - 0.005, hi + 0.005
	}
	return lo, hi
}
