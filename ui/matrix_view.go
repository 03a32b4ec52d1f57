package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

func (m *matrixScreen) view(s size) []string {
	if empty := emptyText(m.store); empty != "" {
		return centeredText(empty, s, m.theme)
	}
	g := m.grid(s)
	order := m.store.displayOrder()
	var lines []string
	for i := 0; i < len(g.panels); {
		row := g.panels[i:]
		for k, p := range row {
			if p.rect.y != row[0].rect.y {
				row = row[:k]
				break
			}
		}
		lines = append(lines, m.panelRow(row, order)...)
		i += len(row)
	}
	if len(g.panels) == 0 {
		lines = centeredLines(m.absentBlock(size{max(s.w-4, 1), g.absent.y}), size{s.w, g.absent.y}, m.theme)
	}
	for len(lines) < g.absent.y {
		lines = append(lines, strings.Repeat(" ", s.w))
	}
	lines = lines[:g.absent.y]
	for _, l := range g.reasons {
		lines = append(lines, m.theme.warn.Render(term.Fit(" "+l, s.w)))
	}
	if g.legend.h > 0 {
		lines = append(lines, m.legend(s.w))
	}
	lines = append(lines, m.foot(size{s.w, g.foot.h}, g.values)...)
	for i, l := range lines {
		lines[i] = term.Fit(l, s.w)
	}
	return lines
}

// emptyText says what to do when there is nothing to compare.
func emptyText(s *store) string {
	switch {
	case len(s.candidates) == 0:
		return "No candidates yet: space on Models chooses one."
	case s.corpus.Len() == 0 && len(s.texts()) == 0:
		return "No texts yet: on Texts a adds one, o opens a file, x loads an example."
	}
	return ""
}

// panelRow draws the panels that stand beside one another.
func (m *matrixScreen) panelRow(panels []panel, order []int) []string {
	height := panels[0].rect.h
	columns := make([][]string, 0, len(panels))
	for _, p := range panels {
		columns = append(columns, m.panel(p, order))
	}
	lines := make([]string, height)
	for y := range height {
		var b strings.Builder
		for i, c := range columns {
			if i > 0 {
				b.WriteString(strings.Repeat(" ", panelGap))
			}
			b.WriteString(c[y])
		}
		lines[y] = b.String()
	}
	return lines
}

// panel draws one matrix under its title.
func (m *matrixScreen) panel(p panel, order []int) []string {
	c := m.store.state(m.store.candidates[p.candidate])
	titles := m.titles(c, p, p.heat.y-p.rect.y)
	heat := size{p.heat.w, p.heat.h}
	if c.phase != phaseReady {
		return append(titles, centeredLines(phaseLines(c, max(heat.w-2, 1), heat.h), heat, m.theme)...)
	}
	h := m.heatmap(c, p, order)
	return append(titles, h.Draw(heat.w, heat.h)...)
}

// heatmap prepares the drawing of one matrix.
func (m *matrixScreen) heatmap(c candidateState, p panel, order []int) Heatmap {
	lo, hi := m.valueRange(c)
	at := c.result.Matrix.At
	ramp := m.ramp
	if p.difference {
		delta := m.delta
		at, ramp = delta.At, RampDiverging
		hi = max(delta.MaxAbs(), 0.01)
		lo = -hi
	}
	texts := m.store.texts()
	return Heatmap{
		N:          len(order),
		Number:     func(i int) int { return order[i] + 1 },
		RowLabel:   func(i int) string { return texts[order[i]].Text },
		LabelWidth: p.labels,
		Styles:     m.theme.sgr,
		At:         func(i, j int) (float64, bool) { return at(order[i], order[j]) },
		Lo:         lo,
		Hi:         hi,
		Ramp:       m.theme.ramp(ramp),
		Mode:       m.mode,
		Row:        indexIn(order, m.store.cursorA),
		Col:        indexIn(order, m.store.cursorB),
		Top:        m.top,
		Left:       m.left,
	}
}

// valueRange is what the ends of the colour scale stand for: the least and
// greatest similarity of two different texts, in this candidate or in all.
func (m *matrixScreen) valueRange(c candidateState) (lo, hi float64) {
	if m.own {
		return ownRange(c)
	}
	lo, hi = 1, -1
	for _, other := range m.store.ready() {
		l, h := ownRange(other)
		lo, hi = min(lo, l), max(hi, h)
	}
	return lo, hi
}

func ownRange(c candidateState) (lo, hi float64) {
	lo, hi, ok := c.result.Matrix.Range()
	switch {
	case !ok:
		return 0, 1
	case hi-lo < 0.01:
		return lo - 0.005, hi + 0.005
	}
	return lo, hi
}

// refresh lets the difference follow the candidates and their results, and keeps
// the cursor in sight.
func (m *matrixScreen) refresh() tea.Cmd {
	m.followCandidates()
	m.subtractMatrices()
	m.laid, m.laidFor = m.layout(m.body), m.gridFor(m.body)
	m.scroll()
	return nil
}

// followCandidates turns the difference round when the subtrahend comes into
// focus, and ends it when that takes part no more.
func (m *matrixScreen) followCandidates() {
	ids := candidateIDs(m.store.candidates)
	focus := ""
	if len(ids) > 0 {
		focus = ids[m.store.focused()]
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
func (m *matrixScreen) subtractMatrices() {
	var of [2]*compare.Matrix
	for _, c := range m.store.ready() {
		switch c.ID() {
		case m.minuend:
			of[0] = c.result.Matrix
		case m.against:
			of[1] = c.result.Matrix
		}
	}
	if of == m.deltaOf {
		return
	}
	m.delta, m.deltaOf = nil, of
	if of[0] == nil || of[1] == nil {
		return
	}
	// Both are over the texts shown, so that they can be subtracted.
	m.delta, _ = compare.Difference(of[0], of[1])
}

// leastName is how much of a candidate's name makes way for nothing.
const leastName = 8

// legend is the scale with the numbers at its ends, and what they are.
func (m *matrixScreen) legend(w int) string {
	c := m.store.state(m.store.candidates[m.store.focused()])
	delta := m.delta != nil
	if c.phase != phaseReady {
		ready := m.store.ready()
		if len(ready) == 0 {
			return ""
		}
		c = ready[0]
	}
	h := m.heatmap(c, panel{candidate: m.store.focused(), difference: delta}, m.store.displayOrder())
	if !delta {
		note := "  one range for all"
		if m.own {
			note = "  range of " + c.Short() + "; each has its own"
		}
		const least, most = "least similar ", " most similar"
		return legendLine(h, w, m.theme, [2]string{least, most + note}, [2]string{least, most}, [2]string{"", note})
	}
	return legendLine(h, w, m.theme, [2]string{shortOf(m.against) + " more similar ", " " + c.Short() + " more similar"})
}

// legendLine draws the scale between the first of the pairs of explanations that
// leave it room; narrow windows leave all out.
func legendLine(h Heatmap, w int, t *theme, around ...[2]string) string {
	const shortest, longest = 30, 72
	for _, words := range around {
		before, after := term.Safe(words[0]), term.Safe(words[1])
		if bar := w - term.Width(before) - term.Width(after) - 2; bar >= shortest {
			return " " + t.dim.Render(before) + Legend(h.Ramp, h.Lo, h.Hi, min(bar, longest)) + t.dim.Render(after)
		}
	}
	return " " + Legend(h.Ramp, h.Lo, h.Hi, w-2)
}

// foot shows both texts under the cursor and every candidate's value.
func (m *matrixScreen) foot(s size, values []string) []string {
	texts := m.store.texts()
	a, b := m.store.cursorA, m.store.cursorB
	if a >= len(texts) || b >= len(texts) {
		return blankLines(s)
	}
	number := func(i int) string {
		return m.theme.accent.Bold(true).Render(term.PadLeft(fmt.Sprint(i+1), len(fmt.Sprint(len(texts)))))
	}
	digits := len(fmt.Sprint(len(texts)))
	full := func(i int) string { return " " + number(i) + " " + term.SafeFit(texts[i].Text, s.w-digits-2) }
	if s.h < 2+len(values) {
		half := s.w/2 - digits - 2
		both := " " + number(a) + " " + term.SafeFit(texts[a].Text, half) + " " + number(b) + " " + term.SafeFit(texts[b].Text, half)
		return []string{both, values[0]}[:s.h]
	}
	lines := append([]string{full(a), full(b)}, values...)
	if s.h > len(lines) {
		lines = append([]string{m.theme.dim.Render(strings.Repeat("─", s.w))}, lines...)
	}
	return lines[:s.h]
}

// values are lines with every candidate's similarity of two texts.
func (m *matrixScreen) values(a, b, w int) []string {
	var parts []string
	for i, c := range m.store.states() {
		value := "–"
		if c.phase == phaseReady {
			if v, ok := c.result.Matrix.At(a, b); ok {
				value = format.Fixed(v, 3)
			}
		}
		parts = append(parts, fmt.Sprintf("%s%s%s %s", m.theme.candidate(i), term.Safe(c.Short()), sgrReset, m.theme.strong.Render(value)))
	}
	if d := m.delta; d != nil {
		if v, ok := d.At(a, b); ok {
			parts = append(parts, fmt.Sprintf("difference %+.3f", v))
		}
	}
	lines := []string{""}
	for _, p := range parts {
		last := len(lines) - 1
		if term.Width(lines[last])+2+term.Width(p) > w && lines[last] != "" {
			lines = append(lines, "")
			last++
		}
		lines[last] += "  " + p
	}
	return lines
}
