package matrices

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Screen shows the similarity matrices of all candidates side by side:
// the same texts in the same order, one cursor.
type Screen struct {
	*ui.Context
	mode        plot.CellMode
	ramp        theme.RampKind
	shared      bool // one scale for all candidates; else each has its own
	solo        bool // only the candidate in focus is shown
	insightRead bool // the line over the matrices was read and put away
	filter      textFilter

	// against is the candidate whose matrix is subtracted from the one in focus;
	// empty when no difference is asked for.
	against      string
	minuend      string             // the candidate in focus when refreshed last
	delta        *compare.Delta     // the difference; nil while either has no result
	deltaOf      [2]*compare.Matrix // what delta was computed from
	standardised bool               // delta is of standardised similarities

	top, left int // first row and column shown

	zoom      int        // texts a block, as the person chose; 0 where nobody has
	over      *overview  // nil where every row is one text
	averaging overviewOf // what an overview is made of at this time
	// endAveraging ends that; nil where none is made.
	endAveraging context.CancelFunc
	apart        blocksApart

	notable notable
	spreads labelling.Spreads // how similarities lie, for the panel beside the matrices
	cut     cut               // what fewer dimensions cost
	fallen  fallen

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
	return ui.Encode(matrixChoices{m.ramp.String(), m.mode.String(), m.shared, m.insightRead})
}

// Restore draws them as before.
func (m *Screen) Restore(kept json.RawMessage) {
	var c matrixChoices
	if json.Unmarshal(kept, &c) == nil {
		m.draw(c.ColorScale, c.Cells)
		m.shared, m.insightRead = c.OneRange, c.Read
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

// Legend explains the drawing.
func (m *Screen) Legend() [][2]string {
	return [][2]string{
		{"▸", "the model in focus: keys about one model act on it"},
		{"• ·", "in the upper quarter of the scale, in its upper half; of half-blocks ' . : the upper of two rows, the lower, both"},
		{"+ -", "of a difference: in the outer quarters of the scale"},
		{"sd", "standard deviations: how far a similarity lies over the mean of all pairs under its model; a difference compares that"},
		{"derived", "cut here from longer vectors and made unit length again"},
		{"cached", "its texts were embedded before: nothing was paid"},
		{"–", "no similarity: a text has no vector, or the model no result"},
	}
}

// Back clears the filter, leaves the difference, then the single matrix, and puts the line over the matrices
// away while nothing runs, which esc would stop.
func (m *Screen) Back() bool {
	switch {
	case m.filter.Shown():
		m.clearFilter()
	case m.against != "":
		m.against = ""
	case m.solo:
		m.solo = false
	case ui.LeaveSelection(m.Session):
	case !m.insightRead && !m.Session.Running() && m.grid(m.Body).insight != "":
		m.insightRead = true
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
	kind := "a scale each"
	switch {
	case len(m.Session.Candidates()) == 1:
		kind = "its own range"
	case m.shared:
		kind = "one scale for all"
	}
	switch {
	case m.delta != nil && m.standardised:
		kind = "standardised difference, sd = standard deviation"
	case m.delta != nil:
		kind = "difference of raw similarities"
	}
	if m.over != nil {
		kind = fmt.Sprintf("blocks of up to %s texts, %s zooms in · ", format.Thousands(m.over.of.size), keyZoomIn.Help().Key) + kind
	}
	order := orderText(m.Session.Order())
	if lead, ok := m.Session.Reference(); ok && m.Session.Order() == session.OrderSimilarity {
		order += " in " + lead.Short()
	}
	status := fmt.Sprintf("order: %s · %s · %s", order, kind, m.cellsText())
	status = labelling.WithBasis(m.Session, status)
	if selected := ui.SelectionText(m.Session); selected != "" {
		return selected + " · " + status
	}
	c := m.Session.State(m.Session.Candidates()[m.Session.Focused()])
	cost := m.cutText(c)
	switch {
	case cost != "":
		return cost + " · " + status
	case c.Derived() && c.Row.Matryoshka == "":
		return term.Safe(c.Short()) + " is derived, not trained for truncation · " + status
	}
	return status
}

// cellsText names the colour scale and how cells are drawn with it; without
// colour there is neither a scale nor what only colour can draw.
func (m *Screen) cellsText() string {
	switch {
	case !m.Theme.Colourless():
		return fmt.Sprintf("%s · cells: %s", m.ramp, m.mode)
	case m.mode == plot.CellColors || m.mode == plot.CellHalf:
		return "shades, no colours"
	default:
		return m.mode.String() + ", no colours"
	}
}

// orderText names an order of the texts.
func orderText(o session.OrderMode) string {
	switch o {
	case session.OrderGroup:
		return "group"
	case session.OrderSimilarity:
		return "similarity"
	}
	return "as given"
}
