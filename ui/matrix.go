package ui

import (
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/term"
)

// matrixScreen shows the similarity matrices of all candidates side by side:
// the same texts in the same order, one cursor.
type matrixScreen struct {
	*shared
	mode CellMode
	ramp RampKind
	own  bool // every candidate has a range of its own
	solo bool // only the candidate in focus is shown

	// against is the candidate whose matrix is subtracted from the one in focus;
	// empty when no difference is asked for.
	against string
	minuend string             // the candidate in focus when refreshed last
	delta   *compare.Delta     // the difference; nil while either has no result
	deltaOf [2]*compare.Matrix // what delta was computed from

	top, left int // first row and column shown

	laid    grid // as refresh made it last
	laidFor gridFor
}

func newMatrixScreen(s *shared) screen {
	m := &matrixScreen{shared: s}
	m.draw(s.drawing.colorScale, s.drawing.cells)
	return m
}

// screenMatrix is the screen's id.
const screenMatrix = "matrices"

func (m *matrixScreen) describe() info {
	return info{id: screenMatrix, title: "Matrices", short: "Matrix", compares: true}
}

// matrixChoices are what is remembered of the drawing.
type matrixChoices struct {
	ColorScale string `json:"color_scale,omitempty"`
	Cells      string `json:"cells,omitempty"`
}

func (m *matrixScreen) save() json.RawMessage {
	return remembering(matrixChoices{m.ramp.String(), m.mode.String()})
}

func (m *matrixScreen) restore(kept json.RawMessage) {
	var c matrixChoices
	if json.Unmarshal(kept, &c) == nil {
		m.draw(c.ColorScale, c.Cells)
	}
}

// draw sets the colours and the cells by their names, where there are such.
func (m *matrixScreen) draw(colorScale, cells string) {
	if ramp, ok := ParseRampKind(colorScale); ok {
		m.ramp = ramp
	}
	if mode, ok := ParseCellMode(cells); ok {
		m.mode = mode
	}
}

func (m *matrixScreen) update(tea.Msg) tea.Cmd { return nil }

// marks explain the drawing.
func (m *matrixScreen) marks() [][2]string {
	return [][2]string{
		{"▸", "the candidate in focus: keys about one candidate act on it"},
		{"derived", "cut here from longer vectors and made unit length again"},
		{"cached", "its texts were embedded before: nothing was paid"},
		{"–", "no similarity: a text has no vector, or the candidate no result"},
	}
}

func (m *matrixScreen) typing() bool { return false }

// back leaves the difference, then the single matrix.
func (m *matrixScreen) back() bool {
	switch {
	case m.against != "":
		m.against = ""
	case m.solo:
		m.solo = false
	default:
		return false
	}
	return true
}

func (m *matrixScreen) status() string {
	if len(m.store.candidates) == 0 {
		return ""
	}
	kind := "one range for all"
	if m.own {
		kind = "a range each"
	}
	order := m.store.order.String()
	if lead, ok := m.store.reference(); ok && m.store.order == orderSimilarity {
		order += " in " + lead.Short()
	}
	status := fmt.Sprintf("Texts %s · %s · %s", order, kind, m.cellsText())
	if c := m.store.state(m.store.candidates[m.store.focused()]); c.derived() && c.model.Matryoshka == "" {
		return term.Safe(c.Short()) + " is derived, not trained for truncation · " + status
	}
	return status
}

// cellsText names the colour scale and how cells are drawn with it; without
// colour there is neither a scale nor what only colour can draw.
func (m *matrixScreen) cellsText() string {
	switch {
	case !m.theme.colourless():
		return fmt.Sprintf("%s · %s", m.ramp, m.mode)
	case m.mode == CellColors || m.mode == CellHalf:
		return "shades, no colours"
	default:
		return m.mode.String() + ", no colours"
	}
}

// needsColour gives the reason why the colour scale cannot be changed.
func (m *matrixScreen) needsColour() string {
	if m.theme.colourless() {
		return "this terminal shows no colours (NO_COLOR)"
	}
	return ""
}

func (m *matrixScreen) actions() []action {
	name := func(id string) string { return "matrix." + id }
	list := []action{
		{id: name("pair"), binding: keyEnter, name: "open the pair in full…", short: "pair…", group: groupDo, footer: 2,
			enabled: m.needsPair, run: do(func() { m.open(newPairView(m.shared, m.store.cursorA, m.store.cursorB)) })},
		{id: name("fewer"), binding: keyFewer, short: "fewer dims", group: groupDo, footer: 4,
			enabled: m.cannotResize(-1), run: func() tea.Cmd { return m.resize(-1) }},
		{id: name("more"), binding: keyMore, short: "more dims", group: groupDo, footer: 5,
			enabled: m.cannotResize(1), run: func() tea.Cmd { return m.resize(1) }},
		{id: name("copy"), binding: keyCopy, name: "copy a value, the pair, a matrix…", short: "copy…", group: groupDo, footer: 10,
			enabled: m.needsMatrix, run: do(m.askCopy)},
		{id: name("export"), binding: keyExport, short: "export…", group: groupDo, footer: 10,
			enabled: m.needsMatrix, run: do(m.askExport)},
		{id: name("reduced"), binding: keyOwnReduced, group: groupDo, enabled: m.cannotReduce, run: m.askReduced},
		{id: name("order"), binding: keyOrder, short: "order", group: groupShow, footer: 3, enabled: m.needsTexts, run: m.nextOrder},
		{id: name("cells"), binding: keyCells, short: "cells", group: groupShow, footer: 6, run: do(m.nextMode)},
		{id: name("difference"), binding: keyDifference, short: "difference…", group: groupShow, footer: 6,
			enabled: m.cannotSubtract, run: do(m.askDifference)},
		{id: name("scale"), binding: keyScale, group: groupShow, run: do(func() { m.own = !m.own; m.store.markUnsaved() })},
		{id: name("colours"), binding: keyColours, group: groupShow, enabled: m.needsColour, run: do(m.nextRamp)},
		{id: name("solo"), binding: keySolo, group: groupShow, run: do(func() { m.solo = !m.solo })},
		{id: name("next"), binding: keyNextPane, name: "next candidate", group: groupMove, run: do(func() { m.store.cycleFocus(1) })},
		{id: name("previous"), binding: keyPreviousPane, name: "previous candidate", group: groupMove, run: do(func() { m.store.cycleFocus(-1) })},
		{id: name("left"), binding: keyLeft, group: groupMove, run: do(func() { m.move(0, -1) })},
		{id: name("right"), binding: keyRight, group: groupMove, run: do(func() { m.move(0, 1) })},
	}
	for _, act := range motions("matrix", m) {
		switch act.id {
		case name("home"):
			act.run = do(func() { m.move(0, -far) })
			act.name = "first column"
		case name("end"):
			act.run = do(func() { m.move(0, far) })
			act.name = "last column"
		}
		list = append(list, act)
	}
	return list
}

func (m *matrixScreen) needsTexts() string {
	if len(m.store.texts()) < 2 {
		return "needs two texts: add some on Texts"
	}
	return ""
}

func (m *matrixScreen) needsPair() string {
	switch n := len(m.store.texts()); {
	case m.store.corpus.Len() == 0:
		return "needs a text: add some on Texts"
	case m.store.cursorA >= n || m.store.cursorB >= n:
		return "these texts have not been compared yet"
	}
	return ""
}

func (m *matrixScreen) cannotSubtract() string {
	switch {
	case m.against != "":
		return ""
	case len(m.store.ready()) < 2:
		return "needs two candidates with a result: choose some on Models"
	}
	if c := m.store.candidates[m.store.focused()]; m.store.state(c).phase != phaseReady {
		return c.Short() + " has no result: tab goes to the next candidate"
	}
	return ""
}

// move moves the cursor in the order shown.
func (m *matrixScreen) move(rows, columns int) {
	order := m.store.displayOrder()
	if len(order) == 0 {
		return
	}
	step := func(text, by int) int {
		return order[min(max(indexIn(order, text)+by, 0), len(order)-1)]
	}
	m.store.setCursor(step(m.store.cursorA, rows), step(m.store.cursorB, columns))
}

func (m *matrixScreen) page() int { return max(m.grid(m.body).geometry.Rows-1, 1) }

// scroll keeps the cursor in sight.
func (m *matrixScreen) scroll() {
	order := m.store.displayOrder()
	g := m.grid(m.body).geometry
	m.top, m.left = g.Scroll(indexIn(order, m.store.cursorA), indexIn(order, m.store.cursorB), m.top, m.left)
}

// cannotResize gives the reason why the candidate in focus has no next smaller
// or larger number of dimensions.
func (m *matrixScreen) cannotResize(by int) func() string {
	return func() string {
		if len(m.store.candidates) == 0 {
			return "no candidates: choose some on Models"
		}
		if _, ok := m.nextDimensions(by); !ok {
			c := m.store.candidates[m.store.focused()]
			if by < 0 {
				return fmt.Sprintf("%s is at its fewest; d on Models takes any number", c.Short())
			}
			return c.Short() + " is at its most"
		}
		return ""
	}
}

// nextDimensions is the next smaller or larger preset that no other candidate
// of the model has.
func (m *matrixScreen) nextDimensions(by int) (int, bool) {
	c := m.store.candidates[m.store.focused()]
	model, err := m.store.find(c.Model)
	if err != nil {
		return 0, false
	}
	presets := catalog.Presets(model)
	if by < 0 {
		slices.Reverse(presets)
	}
	for _, d := range presets {
		if (d-c.Dimensions)*by <= 0 {
			continue
		}
		other := c
		other.Dimensions = d
		if !slices.Contains(m.store.candidates, other) {
			return d, true
		}
	}
	return 0, false
}

func (m *matrixScreen) resize(by int) tea.Cmd {
	dims, ok := m.nextDimensions(by)
	if !ok {
		return nil
	}
	return m.store.resize(m.store.focused(), dims)
}

func (m *matrixScreen) nextOrder() tea.Cmd {
	next := (m.store.order + 1) % orderModes
	if next == orderGroup && !m.store.hasGroups() {
		next = (next + 1) % orderModes
	}
	cmd := m.store.setOrder(next)
	return cmd
}

func (m *matrixScreen) nextMode() {
	m.mode = (m.mode + 1) % cellModes
	if m.mode == CellHalf && m.theme.colourless() {
		m.mode = CellAuto
		m.info("Cells: auto. Half-blocks are left out: they need colours, which this terminal does not show.")
	}
	m.store.markUnsaved()
}

func (m *matrixScreen) nextRamp() {
	m.ramp = (m.ramp + 1) % RampDiverging
	m.store.markUnsaved()
}

// askDifference asks for the candidate to subtract from the one in focus; of
// two there is nothing to ask.
func (m *matrixScreen) askDifference() {
	if m.against != "" {
		m.against = ""
		return
	}
	minuend := m.store.candidates[m.store.focused()]
	var others []candidateState
	for _, c := range m.store.ready() {
		if c.Candidate != minuend {
			others = append(others, c)
		}
	}
	if len(others) == 1 {
		m.subtract(others[0].ID())
		return
	}
	m.open(newPicker(m.shared, "Difference", minuend.Short()+" minus …", func() []pickItem {
		var items []pickItem
		for _, c := range others {
			items = append(items, pickItem{label: c.ID(), choose: func() tea.Cmd {
				m.subtract(c.ID())
				return nil
			}})
		}
		return items
	}))
}

func (m *matrixScreen) subtract(id string) {
	m.against = id
}

// mouse puts the cursor on the cell that was clicked, or scrolls.
func (m *matrixScreen) mouse(ev mouseEvent, s size) tea.Cmd {
	if ev.wheel != 0 {
		m.move(3*ev.wheel, 0)
		return nil
	}
	g := m.grid(s)
	order := m.store.displayOrder()
	for _, p := range g.panels {
		if !p.rect.contains(ev.x, ev.y) {
			continue
		}
		if !p.difference {
			m.store.setFocus(p.candidate)
		}
		h := Heatmap{N: len(order), Mode: m.mode, Ramp: m.theme.ramp(m.ramp), LabelWidth: p.labels, Top: m.top, Left: m.left}
		if row, col, ok := h.Fit(p.heat.w, p.heat.h).CellAt(ev.x-p.heat.x, ev.y-p.heat.y); ok {
			m.store.setCursor(order[row], order[col])
		}
	}
	return nil
}
