package matrices

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// Under are the texts of the row and of the column.
func (m *Screen) Under() []int {
	if m.needsPair() != "" {
		return nil
	}
	return []int{m.Session.CursorA(), m.Session.CursorB()}
}

func (m *Screen) needsPair() string {
	switch n := len(m.Session.Texts()); {
	case m.Session.Corpus().Len() == 0:
		return "needs a text: add some on Texts"
	case m.Session.Corpus().Len() == 1 && n <= 1:
		return "needs two texts: add some on Texts"
	case m.Session.CursorA() >= n || m.Session.CursorB() >= n:
		return "these texts have not been compared yet"
	case m.tooFewLeft():
		return "fewer than two texts have the words of the filter"
	}
	return ""
}

// Move moves the cursor in the order shown.
func (m *Screen) Move(rows, columns int) {
	order := m.order()
	if len(order) == 0 {
		return
	}
	step := func(text, by int) int { return min(max(m.rowOf(order, text)+by, 0), m.rowCount(order)-1) }
	m.enterCell(order, step(m.Session.CursorA(), rows), step(m.Session.CursorB(), columns))
}

// Page is how many rows a page key moves.
func (m *Screen) Page() int { return max(m.grid(m.Body).geometry.Rows-1, 1) }

// scroll keeps the cursor in sight.
func (m *Screen) scroll() {
	order := m.order()
	g := m.grid(m.Body).geometry
	m.top, m.left = g.Scroll(m.rowOf(order, m.Session.CursorA()), m.rowOf(order, m.Session.CursorB()), m.top, m.left)
}

// enterSelection takes the cursor to texts that are shown.
func (m *Screen) enterSelection() {
	order := m.order()
	a, b := m.Session.CursorA(), m.Session.CursorB()
	if len(order) > 1 && (!slices.Contains(order, a) || !slices.Contains(order, b)) {
		m.Session.SetCursor(order[0], order[1])
	}
}

// Mouse puts the cursor on the cell that was clicked, or scrolls.
func (m *Screen) Mouse(ev ui.Mouse, s ui.Size) tea.Cmd {
	if ev.Wheel != 0 {
		m.Move(3*ev.Wheel, 0)
		return nil
	}
	g := m.grid(s)
	if g.aside.Contains(ev.X, ev.Y) {
		head := len(m.asideHead(g.aside.Size()))
		if i, ok := m.notableAt(ev.Y-g.aside.Y-head, g.aside.H-head); ok {
			m.notable.at = i
			m.Session.SetCursor(m.notable.pairs[i][0], m.notable.pairs[i][1])
		}
		return nil
	}
	order := m.order()
	for _, p := range g.panels {
		if !p.rect.Contains(ev.X, ev.Y) {
			continue
		}
		m.Session.SetFocus(p.candidate)
		h := m.frame
		h.LabelWidth, h.Top, h.Left = p.labels, m.top, m.left
		if row, col, ok := h.Fit(p.heat.W, p.heat.H).CellAt(ev.X-p.heat.X, ev.Y-p.heat.Y); ok {
			m.enterCell(order, row, col)
		}
	}
	return nil
}
