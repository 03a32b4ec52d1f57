package matrices

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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
	if m.tooFewLeft() {
		return m.drawTooFew(s)
	}
	g := m.grid(s)
	order := m.order()
	c := widget.NewCanvas(s)
	switch {
	case m.filter.Shown():
		c.PutExact(ui.Rect{W: s.W, H: 1}, []string{m.filterLine(s.W)})
	case g.insight != "":
		c.PutExact(ui.Rect{W: s.W, H: 1}, []string{m.Theme.Accent.Render(term.Fit(" "+g.insight, s.W))})
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
		c.Put(g.legend, []string{m.legend(g.geometry.Mode, s.W)})
	}
	if g.foot.H > 0 {
		c.Put(g.foot, m.foot(g.foot.Size(), g.values))
	}
	if g.aside.W > 0 {
		rule := slices.Repeat([]string{m.Theme.Dim.Render("│")}, g.aside.H)
		c.Put(ui.Rect{X: g.aside.X - 2, Y: g.aside.Y, W: 1, H: g.aside.H}, rule)
		c.Put(g.aside, m.aside(g.aside.Size()))
	}
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

// Refresh lets the difference follow the candidates and their results, and keeps
// the cursor in sight.
func (m *Screen) Refresh() tea.Cmd {
	m.followCandidates()
	m.followFilter()
	m.enterSelection()
	m.subtractMatrices()
	m.fallen = m.trapsFallenFor()
	averaging := m.followOverview()
	m.measureBlocks()
	m.laid, m.laidFor = m.layout(m.Body), m.gridFor(m.Body)
	m.scroll()
	if m.laid.aside.W == 0 {
		return tea.Batch(averaging, m.costCut())
	}
	return tea.Batch(averaging, m.costCut(), m.spreads.Count(m.Session), m.lookForNotable())
}

// legend is the scale with the numbers at its ends, and what they are.
func (m *Screen) legend(mode plot.CellMode, w int) string {
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	delta := m.delta != nil
	if c.Phase != session.PhaseReady {
		ready := m.Session.Ready()
		if len(ready) == 0 {
			return ""
		}
		c = ready[0]
	}
	h := m.heatmap(c, panel{candidate: m.Session.Focused(), difference: delta}, m.order())
	if !delta {
		note := "  scale of " + c.Short() + " (each model has its own)"
		switch {
		case len(m.Session.Candidates()) == 1:
			note = ""
		case m.shared:
			note = "  one scale for all"
		}
		const least, most = "least similar ", " most similar"
		return legendLine(h, mode, w, m.Theme, [2]string{least, most + note}, [2]string{least, most}, [2]string{"", note})
	}
	return legendLine(h, mode, w, m.Theme, [2]string{m.Session.ShortOf(m.against) + " more similar ", " " + c.Short() + " more similar"})
}

// legendLine draws the scale between the first of the pairs of explanations that
// leave it room; narrow windows leave all out.
func legendLine(h plot.Heatmap, mode plot.CellMode, w int, t *theme.Theme, around ...[2]string) string {
	const shortest, longest = 30, 72
	for _, words := range around {
		before, after := term.Safe(words[0]), term.Safe(words[1])
		if bar := w - term.Width(before) - term.Width(after) - 2; bar >= shortest {
			return " " + t.Dim.Render(before) + h.Legend(mode, min(bar, longest)) + t.Dim.Render(after)
		}
	}
	return " " + h.Legend(mode, w-2)
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
		return []string{both, "  " + wholeParts(m.valueParts(a, b, true), max(s.W-2, 1))}[:s.H]
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
	lines := flowed(m.valueParts(a, b, s.H < oneLineOfValues), s.W)
	for _, l := range m.blockLines(a, b, max(s.W-2, 1), s.H) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// valueParts are what stands in those lines; of one matrix alone its own value comes first.
func (m *Screen) valueParts(a, b int, one bool) []string {
	var parts []string
	if n := len(m.Session.Texts()); a < n && b < n {
		if mark := labelling.MarkText(m.Session, m.Theme, a, b); mark != "" {
			parts = append(parts, mark)
		}
	}
	states := m.Session.States()
	for i := range states {
		if one { // the matrix that is drawn is that of the first value
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
	if text := m.deltaText(a, b); text != "" {
		parts = append(parts, text)
	}
	return parts
}

// deltaText says how far the two models of the difference lie apart at a pair; empty where
// none is shown.
func (m *Screen) deltaText(a, b int) string {
	if m.delta == nil {
		return ""
	}
	v, ok := m.delta.At(a, b)
	switch {
	case !ok:
		return ""
	case m.standardised:
		return fmt.Sprintf("difference %+.2f sd", v)
	}
	return fmt.Sprintf("difference %+.3f", v)
}
