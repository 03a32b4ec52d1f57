package plot

import (
	"fmt"
	"strconv"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// CellMode is how a heat map draws one cell.
type CellMode int

const (
	// CellAuto takes the first mode below in which the whole matrix fits.
	CellAuto CellMode = iota
	// CellNumbers writes two decimals on the colour, four columns a cell.
	CellNumbers
	// CellColors paints two columns a cell, one when that makes it fit.
	CellColors
	// CellHalf paints one column a cell and two rows in a line. Without colours
	// it is drawn as CellColors.
	CellHalf
)

// Heatmap is a square matrix of similarities, or of their differences, to be
// drawn. Rows and columns are counted from 0 in display order.
type Heatmap struct {
	// N is the number of rows and of columns.
	N int
	// At is the value of a cell; ok is false when there is none.
	At func(row, col int) (v float64, ok bool)
	// Number is what the row or column is called in the margins; nil counts
	// from 1.
	Number func(i int) int
	// RowLabel is foreign text shown beside the number of a row; may be nil.
	RowLabel func(row int) string
	// LabelWidth is the number of columns for number and label at the left, with
	// the space after them; 0 for none.
	LabelWidth int
	// Title is shown above, cut to fit; it may contain SGR. Empty takes no line.
	Title string
	// Lo and Hi are the ends of the scale.
	Lo, Hi float64
	Ramp   *theme.Ramp
	Mode   CellMode
	// Row and Col are the cursor; -1 for none.
	Row, Col int
	// Top and Left are the first row and column shown.
	Top, Left int
	Styles    theme.Codes
}

// Geometry tells where the cells of a heat map lie in its drawing.
type Geometry struct {
	// Mode is the mode drawn, never CellAuto.
	Mode CellMode
	// CellWidth is the width of a cell in columns.
	CellWidth int
	// Rows and Cols are how many rows and columns are shown.
	Rows, Cols int
	// Top and Left are the first row and column shown, inside the matrix.
	Top, Left int
	// X and Y are where the first cell lies.
	X, Y int

	n, PerLine    int
	title, header bool
	position      bool // a line at the bottom tells which part is shown
}

// cellShape is a way to draw cells: columns of one cell, rows in one line.
type cellShape struct {
	mode           CellMode
	width, perLine int
}

var (
	numberCells = cellShape{CellNumbers, 4, 1}
	wideCells   = cellShape{CellColors, 2, 1}
	narrowCells = cellShape{CellColors, 1, 1}
	halfCells   = cellShape{CellHalf, 1, 2}
)

// shapes are the ways allowed by the mode, the most legible first; the last
// one scrolls.
func (h Heatmap) shapes() []cellShape {
	colour := h.Ramp.Colour()
	switch {
	case h.Mode == CellNumbers:
		return []cellShape{numberCells}
	case h.Mode == CellHalf && colour:
		return []cellShape{halfCells}
	case h.Mode == CellHalf, h.Mode == CellColors:
		return []cellShape{wideCells, narrowCells}
	case colour:
		return []cellShape{numberCells, wideCells, narrowCells, halfCells}
	}
	return []cellShape{numberCells, wideCells, narrowCells}
}

// Fit chooses how the heat map is drawn in width×height cells of the terminal.
func (h Heatmap) Fit(width, height int) Geometry {
	g := Geometry{n: max(h.N, 0), X: min(max(h.LabelWidth, 0), width/2)}
	g.title = h.Title != "" && height >= 4
	g.header = height >= 3
	for _, on := range []bool{g.title, g.header} {
		if on {
			g.Y++
		}
	}
	w, lines := max(width-g.X, 0), max(height-g.Y, 0)
	var s cellShape
	for _, s = range h.shapes() {
		if g.n*s.width <= w && g.n <= lines*s.perLine {
			break
		}
	}
	g.position = g.n > w/s.width || g.n > lines*s.perLine
	if g.position = g.position && lines >= 4; g.position {
		lines--
	}
	g.Mode, g.CellWidth, g.PerLine = s.mode, s.width, s.perLine
	g.Cols, g.Rows = min(g.n, w/s.width), min(g.n, lines*s.perLine)
	g.Top, g.Left = g.Scroll(-1, -1, h.Top, h.Left)
	g.Rows = min(g.Rows, g.n-g.Top)
	return g
}

// CellAt is the cell drawn at column x, line y of the drawing; of two rows in
// one line the upper one.
func (g Geometry) CellAt(x, y int) (row, col int, ok bool) {
	if x < g.X || y < g.Y || g.CellWidth == 0 {
		return 0, 0, false
	}
	row, col = g.Top+(y-g.Y)*g.PerLine, g.Left+(x-g.X)/g.CellWidth
	if row >= g.Top+g.Rows || col >= g.Left+g.Cols {
		return 0, 0, false
	}
	return row, col, true
}

// Scroll is the first row and column to show so that the cell is visible, as
// near as possible to top and left. A row or col of -1 asks for nothing.
func (g Geometry) Scroll(row, col, top, left int) (newTop, newLeft int) {
	top = term.Scrolled(row, top, g.Rows, g.n)
	if g.PerLine == 2 && top%2 == 1 { // pairs of rows stay together
		if top++; row >= 0 && row < top {
			top -= 2
		}
	}
	return top, term.Scrolled(col, left, g.Cols, g.n)
}

// positionText tells which part of the matrix is shown, as long as fits.
func (g Geometry) positionText(width int) string {
	rows, cols := "", ""
	long, short := "", ""
	if g.Rows < g.n {
		rows = arrow("↑", "↓", "↕", g.Top, g.Rows, g.n)
		long = fmt.Sprintf("rows %d–%d of %d %s", g.Top+1, g.Top+g.Rows, g.n, rows)
		short = fmt.Sprintf("%d–%d/%d %s", g.Top+1, g.Top+g.Rows, g.n, rows)
	}
	if g.Cols < g.n {
		if rows != "" {
			long += "  "
			short += " "
		}
		cols = arrow("←", "→", "↔", g.Left, g.Cols, g.n)
		long += fmt.Sprintf("columns %d–%d of %d %s", g.Left+1, g.Left+g.Cols, g.n, cols)
		short += fmt.Sprintf("%d–%d/%d %s", g.Left+1, g.Left+g.Cols, g.n, cols)
	}
	for _, text := range []string{long, short} {
		if term.Width(text) <= width {
			return text
		}
	}
	return rows + cols
}

// arrow points to where there is more.
func arrow(before, after, both string, first, shown, n int) string {
	switch {
	case first > 0 && first+shown < n:
		return both
	case first > 0:
		return before
	}
	return after
}

// number is what row or column i is called.
func (h Heatmap) number(i int) string {
	if h.Number != nil {
		return strconv.Itoa(h.Number(i))
	}
	return strconv.Itoa(i + 1)
}
