package widget

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Align is the end of a column at which its texts stand.
type Align int

// Texts stand at the left, numbers at the right.
const (
	AlignLeft Align = iota
	AlignRight
)

// SortMark tells in the header which way the rows are sorted by a column.
type SortMark int

// The marks: none, smallest first (▲), largest first (▼).
const (
	SortNone SortMark = iota
	SortUp
	SortDown
)

var sortGlyphs = [...]string{"", "▲", "▼"}

// Column is a column of a table.
type Column struct {
	Title string
	// Width is the width wanted and Min the least that is of use; Min 0 is Width.
	Width, Min int
	// Flex is the share of the columns that are left over.
	Flex int
	// Priority 0 is always shown; of the others the largest goes first when the
	// window is narrow, the rightmost of equals.
	Priority int
	Align    Align
	// CutMiddle leaves out the middle of what is too long, not its end: names of models
	// differ in their dimensions, which stand there.
	CutMiddle bool
	Sort      SortMark
	// Tight columns stand one column of the terminal behind the one before, not two.
	Tight bool
	// Pen is an SGR prefix for the title; empty is that of all titles.
	Pen string
}

func (c Column) least() int {
	if c.Min > 0 {
		return c.Min
	}
	return c.Width
}

// gap is how many columns of the terminal part it from the one before.
func (c Column) gap() int {
	if c.Tight {
		return 1
	}
	return ColumnGap
}

// Cell is one cell. The text must be safe for the terminal.
type Cell struct {
	Text string
	// Pen is an SGR prefix for the whole cell; may be empty.
	Pen string
	// Matches are the bytes of Text to highlight, ascending, as sahilm/fuzzy
	// gives them. Text with matches has no SGR of its own.
	Matches []int
}

// Table is a table with a header, a cursor row and a scroll bar.
type Table struct {
	Columns []Column
	Rows    int
	// Row gives the cells of a row, one a column; asked for visible rows only.
	Row func(i int) []Cell
	// Cursor is the selected row, -1 for none; Top the first row shown.
	Cursor, Top int
	// TellHidden ends the header with "+3" where there is no room for three columns.
	TellHidden bool
	// Empty is said when there are no rows; it is wrapped.
	Empty  string
	Styles theme.Codes
}

// TableGeometry tells where the parts of a table lie in its drawing.
type TableGeometry struct {
	// Top is the first row shown and Rows how many are.
	Top, Rows int

	total  int
	header bool
	Bar    bool
	width  int
	Places []tablePlace
	// Hidden is how many columns have no room.
	Hidden int
}

// tablePlace is a shown column: its index and where it lies.
type tablePlace struct{ Column, x, W int }

// hiddenMark is what the header says of that many columns without room.
func hiddenMark(n int) string { return fmt.Sprintf("+%d", n) }

// ColumnGap is how many columns of the terminal part those of a table.
const ColumnGap = 2

// Fit chooses columns and rows for width×height cells of the terminal.
func (t Table) Fit(width, height int) TableGeometry {
	g := TableGeometry{header: height >= 2, width: max(width, 0), total: max(t.Rows, 0)}
	lines := max(height, 0)
	if g.header {
		lines--
	}
	g.Rows = min(lines, g.total)
	g.Top = max(0, min(t.Top, g.total-g.Rows))
	g.Bar = g.total > lines && lines > 1 && width > 8
	room := g.width
	if g.Bar {
		room -= 2
	}
	shown := t.shownColumns(room)
	if hidden := len(t.Columns) - len(shown); hidden > 0 && t.TellHidden && g.header {
		room = min(room, g.width-len(hiddenMark(hidden))-1)
		shown = t.shownColumns(room)
	}
	g.Hidden = len(t.Columns) - len(shown)
	widths := t.shareOut(shown, room)
	x := 0
	for i, column := range shown {
		if i > 0 {
			x += t.Columns[column].gap()
		}
		w := min(widths[i], room-x)
		if w <= 0 {
			break
		}
		g.Places = append(g.Places, tablePlace{column, x, w})
		x += w
	}
	return g
}

// shownColumns are the columns that have room at their least width.
func (t Table) shownColumns(room int) []int {
	shown := make([]int, len(t.Columns))
	need := 0
	for i, c := range t.Columns {
		shown[i] = i
		need += c.least()
		if i > 0 {
			need += c.gap()
		}
	}
	for need > room {
		drop := -1
		for i, column := range shown {
			if p := t.Columns[column].Priority; p > 0 && (drop < 0 || p >= t.Columns[shown[drop]].Priority) {
				drop = i
			}
		}
		if drop < 0 {
			break
		}
		need -= t.Columns[shown[drop]].least() + t.Columns[shown[drop]].gap()
		shown = slices.Delete(shown, drop, drop+1)
	}
	return shown
}

// shareOut gives each shown column its least width, then what it wants, from
// the left, then its share of the rest.
func (t Table) shareOut(shown []int, room int) []int {
	widths := make([]int, len(shown))
	left, flex := room, 0
	for i, column := range shown {
		widths[i] = t.Columns[column].least()
		left -= widths[i]
		if i > 0 {
			left -= t.Columns[column].gap()
		}
		flex += t.Columns[column].Flex
	}
	for i, column := range shown {
		more := max(0, min(t.Columns[column].Width-widths[i], left))
		widths[i] += more
		left -= more
	}
	for i, column := range shown {
		if f := t.Columns[column].Flex; f > 0 && left > 0 {
			more := left * f / flex
			widths[i] += more
			left -= more
			flex -= f
		}
	}
	return widths
}

// RowAt is the row drawn at line y.
func (g TableGeometry) RowAt(y int) (row int, ok bool) {
	if g.header {
		y--
	}
	return g.Top + y, y >= 0 && y < g.Rows
}

// OnHeader tells whether line y is the header.
func (g TableGeometry) OnHeader(y int) bool { return g.header && y == 0 }

// ColumnAt is the column drawn at column x of the terminal, the gap after it
// included.
func (g TableGeometry) ColumnAt(x int) (column int, ok bool) {
	if g.Bar && x >= g.width-1 {
		return 0, false
	}
	for i, p := range g.Places {
		end := p.x + p.W + ColumnGap
		if i+1 < len(g.Places) {
			end = g.Places[i+1].x
		}
		if x >= p.x && x < end {
			return p.Column, true
		}
	}
	return 0, false
}

// Shows tells whether the column has room in the drawing.
func (g TableGeometry) Shows(column int) bool {
	return slices.ContainsFunc(g.Places, func(p tablePlace) bool { return p.Column == column })
}

// Scroll is the first row to show so that the cursor is visible, as near as
// possible to top.
func (g TableGeometry) Scroll(cursor, top int) int {
	return term.Scrolled(cursor, top, g.Rows, g.total)
}
