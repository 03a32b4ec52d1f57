package matrices

import (
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// Screen shows the similarity matrices of all candidates side by side:
// the same texts in the same order, one cursor.
type Screen struct {
	*ui.Context
	mode   plot.CellMode
	ramp   theme.RampKind
	shared bool // one range for all candidates; else each has its own
	solo   bool // only the candidate in focus is shown
	read   bool // the line over the matrices was read and put away

	// against is the candidate whose matrix is subtracted from the one in focus;
	// empty when no difference is asked for.
	against string
	minuend string             // the candidate in focus when refreshed last
	delta   *compare.Delta     // the difference; nil while either has no result
	deltaOf [2]*compare.Matrix // what delta was computed from
	deltaIn bool               // delta is of standardised similarities

	top, left int // first row and column shown

	notable notable
	cut     cut // what fewer dimensions cost

	frame   plot.Heatmap // what all matrices shown have in common
	laid    grid         // as refresh made it last
	laidFor gridFor
}

// New makes the screen, with colours and cells as the settings have them.
func New(s *ui.Context) ui.Screen {
	m := &Screen{Context: s}
	m.draw(s.Drawing.ColorScale, s.Drawing.Cells)
	return m
}

// ID is the screen's id.
const ID = "matrices"

// Info says what it is called.
func (m *Screen) Info() ui.Info {
	return ui.Info{ID: ID, Title: "Matrices", Short: "Matrix", Compares: true}
}

// matrixChoices are what is remembered of the drawing.
type matrixChoices struct {
	ColorScale string `json:"color_scale,omitempty"`
	Cells      string `json:"cells,omitempty"`
	OneRange   bool   `json:"one_range,omitempty"`
	Read       bool   `json:"insight_read,omitempty"`
}

// Save gives how matrices are drawn.
func (m *Screen) Save() json.RawMessage {
	return ui.Encode(matrixChoices{m.ramp.String(), m.mode.String(), m.shared, m.read})
}

// Restore draws them as before.
func (m *Screen) Restore(kept json.RawMessage) {
	var c matrixChoices
	if json.Unmarshal(kept, &c) == nil {
		m.draw(c.ColorScale, c.Cells)
		m.shared, m.read = c.OneRange, c.Read
	}
}

// draw sets the colours and the cells by their names, where there are such.
func (m *Screen) draw(colorScale, cells string) {
	if ramp, ok := theme.ParseRampKind(colorScale); ok {
		m.ramp = ramp
	}
	if mode, ok := plot.ParseCellMode(cells); ok {
		m.mode = mode
	}
}

// Update has nothing to take: all is done by actions.
func (m *Screen) Update(tea.Msg) tea.Cmd { return nil }

// Legend explains the drawing.
func (m *Screen) Legend() [][2]string {
	return [][2]string{
		{"▸", "the candidate in focus: keys about one candidate act on it"},
		{"sd", "standard deviations: how far a similarity lies over the mean of all pairs under its model; a difference compares that"},
		{"derived", "cut here from longer vectors and made unit length again"},
		{"cached", "its texts were embedded before: nothing was paid"},
		{"–", "no similarity: a text has no vector, or the candidate no result"},
	}
}

// Back leaves the difference, then the single matrix, and puts the line over the matrices
// away while nothing runs, which esc would stop.
func (m *Screen) Back() bool {
	switch {
	case m.against != "":
		m.against = ""
	case m.solo:
		m.solo = false
	case ui.LeaveSelection(m.Session):
	case !m.read && !m.Session.Running() && m.insightLines(m.Body) > 0:
		m.read = true
		m.Session.MarkUnsaved()
	default:
		return false
	}
	return true
}

// Status says how the texts are ordered and how cells are drawn.
func (m *Screen) Status() string {
	if len(m.Session.Candidates()) == 0 {
		return ""
	}
	kind := "a range each"
	if m.shared {
		kind = "one range for all"
	}
	switch {
	case m.delta != nil && m.deltaIn:
		kind = "standardised difference, sd = standard deviation"
	case m.delta != nil:
		kind = "difference of raw similarities"
	}
	order := orderText(m.Session.Order())
	if lead, ok := m.Session.Reference(); ok && m.Session.Order() == session.OrderSimilarity {
		order += " in " + lead.Short()
	}
	status := fmt.Sprintf("Texts %s · %s · %s", order, kind, m.cellsText())
	if basis := labelling.Basis(m.Session); basis != "" {
		status = basis + " · " + status
	}
	if selected := ui.SelectionText(m.Session); selected != "" {
		return selected + " · " + status
	}
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	if cost := m.cutCost(c); cost != "" {
		status = cost + " · " + status
	}
	if c.Derived() && c.Row.Matryoshka == "" {
		if m.cutCost(c) != "" {
			return status // what it costs is said instead
		}
		return term.Safe(c.Short()) + " is derived, not trained for truncation · " + status
	}
	return status
}

// cellsText names the colour scale and how cells are drawn with it; without
// colour there is neither a scale nor what only colour can draw.
func (m *Screen) cellsText() string {
	switch {
	case !m.Theme.Colourless():
		return fmt.Sprintf("%s · %s", m.ramp, m.mode)
	case m.mode == plot.CellColors || m.mode == plot.CellHalf:
		return "shades, no colours"
	default:
		return m.mode.String() + ", no colours"
	}
}

// Actions move the cursor, change what is drawn, and take matrices out.
func (m *Screen) Actions() []ui.Action {
	name := func(id string) string { return "matrix." + id }
	hasTwoTexts := ui.Unless(func() bool { return len(m.Session.Texts()) > 1 }, "needs two texts: add some on Texts")
	hasColours := ui.Unless(func() bool { return !m.Theme.Colourless() }, "this terminal shows no colours (NO_COLOR)")
	hasMatrix := ui.All(m.needsPair, export.HasAnyResult(m.Session))
	hasCandidates := ui.HasCandidates(m.Session)
	list := []ui.Action{
		{ID: name("pair"), Key: ui.KeyEnter, Name: "open the pair in full…", Short: "pair…", Group: ui.GroupDo, Footer: 2,
			Guard: m.needsPair, Run: ui.Do(func() { m.Open(pair.New(m.Context, m.Session.CursorA(), m.Session.CursorB())) })},
		{ID: name("fewer"), Key: keyFewer, Short: "fewer dims", Group: ui.GroupDo, Footer: 4,
			Guard: ui.All(hasCandidates, m.cannotResize(-1)), Run: func() tea.Cmd { return m.resize(-1) }},
		{ID: name("more"), Key: keyMore, Short: "more dims", Group: ui.GroupDo, Footer: 5,
			Guard: ui.All(hasCandidates, m.cannotResize(1)), Run: func() tea.Cmd { return m.resize(1) }},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy a value, the pair, a matrix…", Short: "copy…", Group: ui.GroupDo, Footer: 10,
			Guard: hasMatrix, Run: ui.Do(m.askCopy)},
		{ID: name("export"), Key: ui.KeyExport, Short: "export…", Group: ui.GroupDo, Footer: 10,
			Guard: hasMatrix, Run: ui.Do(m.askExport)},
		{ID: name("reduced"), Key: keyOwnReduced, Group: ui.GroupDo, Guard: ui.All(hasCandidates, m.cannotReduce), Run: m.askReduced},
		{ID: name("order"), Key: ui.KeySortNext, Name: "order of the texts", Short: "order", Group: ui.GroupShow, Footer: 3, Guard: hasTwoTexts, Run: m.nextOrder},
		{ID: name("cells"), Key: ui.KeyView, Name: "numbers, colours or half-blocks", Short: "cells", Group: ui.GroupShow, Footer: 6, Run: ui.Do(m.nextMode)},
		{ID: name("difference"), Key: ui.KeyOnly, Name: "only the difference of two models…", Short: "difference…", Group: ui.GroupShow, Footer: 6,
			Guard: m.cannotSubtract, Run: ui.Do(m.askDifference)},
		{ID: name("scale"), Key: ui.KeyEach, Name: "one range for all or one each; of a difference raw or standardised", Group: ui.GroupShow, Run: ui.Do(func() { m.shared = !m.shared; m.Session.MarkUnsaved() })},
		{ID: name("colours"), Key: keyColours, Group: ui.GroupShow, Guard: hasColours, Run: ui.Do(m.nextRamp)},
		{ID: name("solo"), Key: keySolo, Group: ui.GroupShow, Run: ui.Do(func() { m.solo = !m.solo })},
		{ID: name("next"), Key: ui.KeyNextPane, Name: "next candidate", Group: ui.GroupMove, Run: ui.Do(func() { m.Session.CycleFocus(1) })},
		{ID: name("previous"), Key: ui.KeyPreviousPane, Name: "previous candidate", Group: ui.GroupMove, Run: ui.Do(func() { m.Session.CycleFocus(-1) })},
		{ID: name("notable"), Key: keyNotable, Short: "next disagreement", Group: ui.GroupMove, Footer: 7,
			Guard: ui.HasTwoResults(m.Session), Run: m.nextDisagreement},
		{ID: name("go"), Key: ui.KeyFilter, Name: "go to a text by number or word…", Short: "go to…", Group: ui.GroupMove, Footer: 8, Guard: hasTwoTexts, Run: ui.Do(m.askText)},
		{ID: name("left"), Key: ui.KeyLeft, Group: ui.GroupMove, Run: ui.Do(func() { m.Move(0, -1) })},
		{ID: name("right"), Key: ui.KeyRight, Group: ui.GroupMove, Run: ui.Do(func() { m.Move(0, 1) })},
	}
	list = append(list, labelling.Actions(m.Context, ID, "matrix", func() (a, b int, reason string) {
		return m.Session.CursorA(), m.Session.CursorB(), m.needsPair()
	})...)
	for _, act := range ui.Motions("matrix", m) {
		switch act.ID {
		case name("home"):
			act.Run = ui.Do(func() { m.Move(0, -ui.Unlimited) })
			act.Name = "first column"
		case name("end"):
			act.Run = ui.Do(func() { m.Move(0, ui.Unlimited) })
			act.Name = "last column"
		}
		list = append(list, act)
	}
	return list
}

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
	}
	return ""
}

func (m *Screen) cannotSubtract() string {
	if m.against != "" {
		return ""
	}
	if why := ui.HasTwoResults(m.Session)(); why != "" {
		return why
	}
	if c := m.Session.Candidates()[m.Session.Focused()]; m.Session.State(c).Phase != session.PhaseReady {
		return c.Short() + " has no result: tab goes to the next candidate"
	}
	return ""
}

// Move moves the cursor in the order shown.
func (m *Screen) Move(rows, columns int) {
	order := m.Session.DisplayOrder()
	if len(order) == 0 {
		return
	}
	step := func(text, by int) int {
		return order[min(max(session.IndexIn(order, text)+by, 0), len(order)-1)]
	}
	m.Session.SetCursor(step(m.Session.CursorA(), rows), step(m.Session.CursorB(), columns))
}

// Page is how many rows a page key moves.
func (m *Screen) Page() int { return max(m.grid(m.Body).geometry.Rows-1, 1) }

// scroll keeps the cursor in sight.
func (m *Screen) scroll() {
	order := m.Session.DisplayOrder()
	g := m.grid(m.Body).geometry
	m.top, m.left = g.Scroll(session.IndexIn(order, m.Session.CursorA()), session.IndexIn(order, m.Session.CursorB()), m.top, m.left)
}

// cannotResize gives the reason why the candidate in focus has no next smaller
// or larger number of dimensions.
func (m *Screen) cannotResize(by int) ui.Guard {
	return func() string {
		if _, ok := m.nextDimensions(by); !ok {
			c := m.Session.Candidates()[m.Session.Focused()]
			if by < 0 {
				return fmt.Sprintf("%s is at its fewest; D on Models takes any number", c.Short())
			}
			return c.Short() + " is at its most"
		}
		return ""
	}
}

// nextDimensions is the next smaller or larger preset that no other candidate
// of the model has.
func (m *Screen) nextDimensions(by int) (int, bool) {
	c := m.Session.Candidates()[m.Session.Focused()]
	model, err := m.Session.Find(c.Model)
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
		if !slices.Contains(m.Session.Candidates(), other) {
			return d, true
		}
	}
	return 0, false
}

func (m *Screen) resize(by int) tea.Cmd {
	dims, ok := m.nextDimensions(by)
	if !ok {
		return nil
	}
	m.cutFrom(m.Session.State(m.Session.Candidates()[m.Session.Focused()]))
	return m.Session.Resize(m.Session.Focused(), dims)
}

// orderText names an order of the texts.
func orderText(o session.OrderMode) string {
	switch o {
	case session.OrderGroup:
		return "by group"
	case session.OrderSimilarity:
		return "by similarity"
	}
	return "as given"
}

func (m *Screen) nextOrder() tea.Cmd {
	next := m.Session.Order() + 1
	if next == session.OrderGroup && !m.Session.HasGroups() {
		next++
	}
	if next == session.OrderModes {
		next = session.OrderGiven
	}
	return m.Session.SetOrder(next)
}

func (m *Screen) nextMode() {
	m.mode = (m.mode + 1) % plot.CellModes
	if m.mode == plot.CellHalf && m.Theme.Colourless() {
		m.mode = plot.CellAuto
		m.Inform("Cells: auto. Half-blocks are left out: they need colours, which this terminal does not show.")
	}
	m.Session.MarkUnsaved()
}

func (m *Screen) nextRamp() {
	m.ramp = (m.ramp + 1) % theme.RampDiverging
	m.Session.MarkUnsaved()
}

// askDifference asks for the candidate to subtract from the one in focus; of
// two there is nothing to ask.
func (m *Screen) askDifference() {
	if m.against != "" {
		m.against = ""
		return
	}
	minuend := m.Session.Candidates()[m.Session.Focused()]
	var others []session.State
	for _, c := range m.Session.Ready() {
		if c.Candidate != minuend {
			others = append(others, c)
		}
	}
	if len(others) == 1 {
		m.subtract(others[0].ID())
		return
	}
	m.Open(widget.NewPicker(m.Context, "Difference", minuend.Short()+" minus …", func() []widget.PickItem {
		var items []widget.PickItem
		for _, c := range others {
			items = append(items, widget.PickItem{Label: c.ID(), Choose: func() tea.Cmd {
				m.subtract(c.ID())
				return nil
			}})
		}
		return items
	}))
}

func (m *Screen) subtract(id string) {
	m.against = id
}

// Mouse puts the cursor on the cell that was clicked, or scrolls.
func (m *Screen) Mouse(ev ui.Mouse, s ui.Size) tea.Cmd {
	if ev.Wheel != 0 {
		m.Move(3*ev.Wheel, 0)
		return nil
	}
	g := m.grid(s)
	order := m.Session.DisplayOrder()
	for _, p := range g.panels {
		if !p.rect.Contains(ev.X, ev.Y) {
			continue
		}
		if !p.difference {
			m.Session.SetFocus(p.candidate)
		}
		h := m.frame
		h.LabelWidth, h.Top, h.Left = p.labels, m.top, m.left
		if row, col, ok := h.Fit(p.heat.W, p.heat.H).CellAt(ev.X-p.heat.X, ev.Y-p.heat.Y); ok {
			m.Session.SetCursor(order[row], order[col])
		}
	}
	return nil
}
