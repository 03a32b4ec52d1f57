package matrices

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// View draws the matrices side by side, and what they say of the pair under the
// cursor.
func (m *Screen) View(s ui.Size) []string {
	if empty := candidate.EmptyOfTwo(m.Session, "matrix"); empty != "" {
		return widget.CenteredText(empty, s, m.Theme)
	}
	g := m.grid(s)
	order := m.Session.DisplayOrder()
	c := widget.NewCanvas(s)
	if m.insightLines(s) > 0 && len(g.panels) > 0 {
		c.PutExact(ui.Rect{W: s.W, H: 1}, []string{m.Theme.Accent.Render(m.insight(s.W))})
	}
	for _, p := range g.panels {
		c.PutExact(p.rect, m.panel(p, order))
	}
	if len(g.panels) == 0 {
		area := ui.Size{W: s.W, H: g.absent.Y}
		c.PutExact(ui.Rect{W: area.W, H: area.H}, widget.CenteredLines(m.absentBlock(ui.Size{W: max(s.W-4, 1), H: area.H}), area, m.Theme))
	}
	for i, l := range g.reasons {
		c.PutExact(ui.Rect{Y: g.absent.Y + i, W: s.W, H: 1}, []string{m.Theme.Warn.Render(term.Fit(" "+l, s.W))})
	}
	c.Put(g.beside, g.others)
	if g.legend.H > 0 {
		c.Put(g.legend, []string{m.legend(s.W)})
	}
	c.Put(g.foot, m.foot(g.foot.Size(), g.values))
	return c.Lines()
}

// panel draws one matrix under its title.
func (m *Screen) panel(p panel, order []int) []string {
	c := m.Session.State(m.Session.Candidates()[p.candidate])
	titles := m.titles(c, p, p.heat.Y-p.rect.Y)
	heat := ui.Size{W: p.heat.W, H: p.heat.H}
	if c.Phase != session.PhaseReady {
		return append(titles, widget.CenteredLines(candidate.Of(c).Block(max(heat.W-2, 1), heat.H), heat, m.Theme)...)
	}
	h := m.heatmap(c, p, order)
	return append(titles, h.Draw(heat.W, heat.H)...)
}

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

// Refresh lets the difference follow the candidates and their results, and keeps
// the cursor in sight.
func (m *Screen) Refresh() tea.Cmd {
	m.followCandidates()
	m.enterSelection()
	m.subtractMatrices()
	m.laid, m.laidFor = m.layout(m.Body), m.gridFor(m.Body)
	m.scroll()
	return m.costCut()
}

// enterSelection takes the cursor to texts that are shown.
func (m *Screen) enterSelection() {
	order := m.Session.DisplayOrder()
	a, b := m.Session.CursorA(), m.Session.CursorB()
	if len(order) > 1 && (!slices.Contains(order, a) || !slices.Contains(order, b)) {
		m.Session.SetCursor(order[0], order[1])
	}
}

// followCandidates turns the difference round when the subtrahend comes into
// focus, and ends it when that takes part no more.
func (m *Screen) followCandidates() {
	ids := session.CandidateIDs(m.Session.Candidates())
	focus := ""
	if len(ids) > 0 {
		focus = ids[m.Session.Focused()]
	}
	if m.against == focus {
		m.against = m.minuend
	}
	if m.against == focus || !slices.Contains(ids, m.against) {
		m.against = ""
	}
	m.minuend = focus
}

// subtractMatrices computes the difference when either matrix has changed.
func (m *Screen) subtractMatrices() {
	var of [2]*compare.Matrix
	var background [2]compare.Background
	for _, c := range m.Session.Ready() {
		switch c.ID() {
		case m.minuend:
			of[0], background[0] = c.Result.Matrix, c.Result.Scan.Background
		case m.against:
			of[1], background[1] = c.Result.Matrix, c.Result.Scan.Background
		}
	}
	if of == m.deltaOf && m.deltaIn == !m.shared {
		return
	}
	m.delta, m.deltaOf, m.deltaIn = nil, of, !m.shared
	if of[0] == nil || of[1] == nil {
		return
	}
	// Both are over the texts shown, so that they can be subtracted.
	if m.deltaIn {
		m.delta, _ = compare.StandardDifference(of[0], of[1], background)
		return
	}
	m.delta, _ = compare.Difference(of[0], of[1])
}

// leastName is how much of a candidate's name makes way for nothing.
const leastName = 8

// legend is the scale with the numbers at its ends, and what they are.
func (m *Screen) legend(w int) string {
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	delta := m.delta != nil
	if c.Phase != session.PhaseReady {
		ready := m.Session.Ready()
		if len(ready) == 0 {
			return ""
		}
		c = ready[0]
	}
	h := m.heatmap(c, panel{candidate: m.Session.Focused(), difference: delta}, m.Session.DisplayOrder())
	if !delta {
		note := "  range of " + c.Short() + "; each has its own"
		if m.shared || len(m.Session.Candidates()) == 1 {
			note = "  one range for all"
		}
		const least, most = "least similar ", " most similar"
		return legendLine(h, w, m.Theme, [2]string{least, most + note}, [2]string{least, most}, [2]string{"", note})
	}
	return legendLine(h, w, m.Theme, [2]string{candidate.ShortOf(m.against) + " more similar ", " " + c.Short() + " more similar"})
}

// legendLine draws the scale between the first of the pairs of explanations that
// leave it room; narrow windows leave all out.
func legendLine(h plot.Heatmap, w int, t *theme.Theme, around ...[2]string) string {
	const shortest, longest = 30, 72
	for _, words := range around {
		before, after := term.Safe(words[0]), term.Safe(words[1])
		if bar := w - term.Width(before) - term.Width(after) - 2; bar >= shortest {
			return " " + t.Dim.Render(before) + plot.Legend(h.Ramp, h.Lo, h.Hi, min(bar, longest)) + t.Dim.Render(after)
		}
	}
	return " " + plot.Legend(h.Ramp, h.Lo, h.Hi, w-2)
}

// foot shows both texts under the cursor and every candidate's value.
func (m *Screen) foot(s ui.Size, values []string) []string {
	texts := m.Session.Texts()
	a, b := m.Session.CursorA(), m.Session.CursorB()
	if a >= len(texts) || b >= len(texts) {
		return widget.BlankLines(s)
	}
	number := func(i int) string {
		return m.Theme.Accent.Bold().Render(term.PadLeft(fmt.Sprint(i+1), len(fmt.Sprint(len(texts)))))
	}
	digits := len(fmt.Sprint(len(texts)))
	full := func(i int) string { return " " + number(i) + " " + term.SafeFit(texts[i].Text, s.W-digits-2) }
	if s.H < 2+len(values) {
		half := s.W/2 - digits - 2
		both := " " + number(a) + " " + term.SafeFit(texts[a].Text, half) + " " + number(b) + " " + term.SafeFit(texts[b].Text, half)
		return []string{both, values[0]}[:s.H]
	}
	lines := append([]string{full(a), full(b)}, values...)
	if s.H > len(lines) {
		lines = append([]string{m.Theme.Dim.Render(strings.Repeat("─", s.W))}, lines...)
	}
	return lines[:s.H]
}

// oneLineOfValues is the height under which there may be one line of values only.
const oneLineOfValues = 12

// values are lines with every candidate's similarity of two texts, and before them how
// the person has marked the pair.
func (m *Screen) values(a, b int, s ui.Size) []string {
	w := s.W
	var parts []string
	if n := len(m.Session.Texts()); a < n && b < n {
		if mark := labelling.MarkText(m.Session, m.Theme, a, b); mark != "" {
			parts = append(parts, mark)
		}
	}
	states := m.Session.States()
	for i := range states {
		if s.H < oneLineOfValues { // the matrix that is drawn is that of the first value
			i = (i + m.Session.Focused()) % len(states)
		}
		c := states[i]
		value := "–"
		if c.Phase == session.PhaseReady {
			if v := c.Result.Vectors; v.Has(a) && v.Has(b) {
				value = format.Similarity(v.Similarity(a, b), 3)
			}
		}
		parts = append(parts, fmt.Sprintf("%s%s%s %s", m.Theme.Candidate(i), term.Safe(c.Short()), theme.Reset, m.Theme.Strong.Render(value)))
	}
	if d := m.delta; d != nil {
		if v, ok := d.At(a, b); ok {
			if m.deltaIn {
				parts = append(parts, fmt.Sprintf("difference %+.2f sd", v))
			} else {
				parts = append(parts, fmt.Sprintf("difference %+.3f", v))
			}
		}
	}
	return flowed(parts, w)
}
