package plot

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// CellMode is how a heat map draws one cell.
type CellMode int

const (
	// CellAuto takes the first mode below in which the whole matrix fits.
	CellAuto CellMode = iota
	// CellNumbers writes three decimals on the colour, or two where three have no room.
	CellNumbers
	// CellColors paints two columns a cell, one when that makes it fit, larger squares
	// where there is room.
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
	// Breaks are the rows, and columns, at which another group begins, ascending; 0 is
	// none of them. Groups stand apart where there is room.
	Breaks []int
	// GroupName is the foreign name of the group of a row; nil when rows have none.
	GroupName func(row int) string
	// Blocks tells that rows are blocks of texts, so that the diagonal has values like other
	// cells.
	Blocks bool
	// Negative tells that values may lie under zero, so that numbers need room for a sign.
	Negative bool
	// Delta tells that values are differences: similarities are rounded down, so that
	// none looks like 1 that is not, differences to the nearest.
	Delta bool
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
	// CellWidth and CellLines are the size of a cell in columns and lines.
	CellWidth, CellLines int
	// Rows and Cols are how many rows and columns are shown.
	Rows, Cols int
	// Top and Left are the first row and column shown, inside the matrix.
	Top, Left int
	// X and Y are where the first cell lies.
	X, Y int
	// PerLine is how many rows share a line.
	PerLine int

	n, decimals   int
	gaps          []int // rows and columns before which there is a blank one; all are shown then
	title, header bool
	position      bool // a line at the bottom tells which part is shown
}

// cellShape is a way to draw cells: columns and lines of one cell, rows in one line,
// and the decimals of a number.
type cellShape struct {
	mode                            CellMode
	width, lines, perLine, decimals int
}

var (
	squareNumbers = cellShape{CellNumbers, 6, 3, 1, 3}
	longNumbers   = cellShape{CellNumbers, 6, 1, 1, 3}
	shortNumbers  = cellShape{CellNumbers, 5, 1, 1, 2}
	// Without a sign a column less will do.
	unsignedLong  = cellShape{CellNumbers, 5, 1, 1, 3}
	unsignedShort = cellShape{CellNumbers, 4, 1, 1, 2}
	largeCells    = cellShape{CellColors, 6, 3, 1, 0}
	middleCells   = cellShape{CellColors, 4, 2, 1, 0}
	wideCells     = cellShape{CellColors, 2, 1, 1, 0}
	narrowCells   = cellShape{CellColors, 1, 1, 1, 0}
	halfCells     = cellShape{CellHalf, 1, 1, 2, 0}
)

// numberShapes are the ways to draw numbers, the most legible first.
func (h Heatmap) numberShapes() []cellShape {
	if h.Negative || h.Delta {
		return []cellShape{squareNumbers, longNumbers, shortNumbers}
	}
	return []cellShape{squareNumbers, longNumbers, unsignedLong, unsignedShort}
}

// shapes are the ways allowed by the mode, the most legible first; the last
// one scrolls.
func (h Heatmap) shapes() []cellShape {
	colour := h.Ramp.Colour()
	switch {
	case h.Mode == CellNumbers:
		return h.numberShapes()
	case h.Mode == CellHalf && colour:
		return []cellShape{halfCells}
	case h.Mode == CellHalf, h.Mode == CellColors:
		return []cellShape{largeCells, middleCells, wideCells, narrowCells}
	case colour:
		return append(h.numberShapes(), wideCells, narrowCells, halfCells)
	}
	return append(h.numberShapes(), wideCells, narrowCells)
}

// Fit chooses how the heat map is drawn in width×height cells of the terminal.
func (h Heatmap) Fit(width, height int) Geometry {
	g := Geometry{n: max(h.N, 0), X: min(max(h.LabelWidth, 0), max(width/2, width-h.N))}
	g.title = h.Title != "" && height >= 4
	g.header = height >= 3
	for _, on := range []bool{g.title, g.header} {
		if on {
			g.Y++
		}
	}
	w, lines := max(width-g.X, 0), max(height-g.Y, 0)
	s, apart := h.shape(w, lines)
	g.Mode, g.CellWidth, g.CellLines, g.PerLine, g.decimals = s.mode, s.width, s.lines, s.perLine, s.decimals
	if apart {
		g.Cols, g.Rows, g.gaps = g.n, g.n, h.Breaks
		return g
	}
	fit := func(lines int) int { return lines / s.lines * s.perLine }
	g.position = g.n > w/s.width || g.n > fit(lines)
	if g.position = g.position && lines >= 4; g.position {
		lines--
	}
	g.Cols, g.Rows = min(g.n, w/s.width), min(g.n, fit(lines))
	g.Top, g.Left = g.Scroll(-1, -1, h.Top, h.Left)
	g.Rows = min(g.Rows, g.n-g.Top)
	return g
}

// shape is the first way in which the whole matrix fits, else the first of the narrowest in
// which all rows do beside the line that tells the position, else the last one, and whether
// its groups stand apart. Large cells come after room between groups.
func (h Heatmap) shape(w, lines int) (s cellShape, apart bool) {
	n := max(h.N, 0)
	shapes := h.shapes()
	for _, s = range shapes {
		if len(h.Breaks) > 0 && n*s.width+len(h.Breaks) <= w && h.linesApart(s) <= lines {
			return s, true
		}
		if n*s.width <= w && (n+s.perLine-1)/s.perLine*s.lines <= lines && (s.lines == 1 || len(h.Breaks) == 0) {
			return s, false
		}
	}
	for _, each := range shapes {
		if each.width == s.width && (n+each.perLine-1)/each.perLine*each.lines < lines {
			return each, false
		}
	}
	return s, false
}

// linesApart is how many lines the rows take when groups stand apart.
func (h Heatmap) linesApart(s cellShape) int {
	lines, first := len(h.Breaks), 0
	for _, next := range append(slices.Clip(h.Breaks), h.N) {
		lines += (next - first + s.perLine - 1) / s.perLine * s.lines
		first = next
	}
	return lines
}

// Width is how many columns the cells shown take.
func (g Geometry) Width() int { return g.Cols*g.CellWidth + len(g.gaps) }

// Area is how much of the screen a row takes in its column.
func (g Geometry) Area() int { return g.CellWidth * g.CellLines * 2 / max(g.PerLine, 1) }

// columnAt is where a column begins in the drawing.
func (g Geometry) columnAt(col int) int {
	x := g.X + (col-g.Left)*g.CellWidth
	for _, b := range g.gaps {
		if b <= col {
			x++
		}
	}
	return x
}

// CellAt is the cell drawn at column x, line y of the drawing; of two rows in
// one line the upper one.
func (g Geometry) CellAt(x, y int) (row, col int, ok bool) {
	if g.CellWidth == 0 || g.CellLines == 0 {
		return 0, 0, false
	}
	row, col = -1, -1
	g.eachLine(func(at, first, rows int) {
		if first >= 0 && y >= at && y < at+g.CellLines {
			row = first
		}
	})
	for c := g.Left; c < g.Left+g.Cols; c++ {
		if from := g.columnAt(c); x >= from && x < from+g.CellWidth {
			col = c
		}
	}
	if row < 0 || col < 0 {
		return 0, 0, false
	}
	return row, col, true
}

// eachLine goes over the rows from the top: at which line of the drawing a row, or two
// that share a line, begin. Before another group that stands apart comes a line with the
// first row -1 and the row that begins the group in rows.
func (g Geometry) eachLine(visit func(at, first, rows int)) {
	at := g.Y
	for row := g.Top; row < g.Top+g.Rows; {
		if slices.Contains(g.gaps, row) {
			visit(at, -1, row)
			at++
		}
		rows := min(g.PerLine, g.Top+g.Rows-row)
		if rows == 2 && slices.Contains(g.gaps, row+1) {
			rows = 1
		}
		visit(at, row, rows)
		at += g.CellLines
		row += rows
	}
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
	return term.Wording(width, long, short, rows+cols)
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
