package widget

import (
	"slices"
	"strings"
	"unicode"

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
	Sort     SortMark
}

func (c Column) least() int {
	if c.Min > 0 {
		return c.Min
	}
	return c.Width
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
}

// tablePlace is a shown column: its index and where it lies.
type tablePlace struct{ Column, x, W int }

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
	widths := t.shareOut(shown, room)
	x := 0
	for i, column := range shown {
		w := min(widths[i], room-x)
		if w <= 0 {
			break
		}
		g.Places = append(g.Places, tablePlace{column, x, w})
		x += w + ColumnGap
	}
	return g
}

// shownColumns are the columns that have room at their least width.
func (t Table) shownColumns(room int) []int {
	shown := make([]int, len(t.Columns))
	need := -ColumnGap
	for i, c := range t.Columns {
		shown[i] = i
		need += c.least() + ColumnGap
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
		need -= t.Columns[shown[drop]].least() + ColumnGap
		shown = slices.Delete(shown, drop, drop+1)
	}
	return shown
}

// shareOut gives each shown column its least width, then what it wants, from
// the left, then its share of the rest.
func (t Table) shareOut(shown []int, room int) []int {
	widths := make([]int, len(shown))
	left, flex := room+ColumnGap, 0
	for i, column := range shown {
		widths[i] = t.Columns[column].least()
		left -= widths[i] + ColumnGap
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
	for _, p := range g.Places {
		if x >= p.x && x < p.x+p.W+ColumnGap {
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

// Draw is the table in exactly height lines of exactly width columns, each
// ending with a reset of the style.
func (t Table) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	return t.drawIn(t.Fit(width, height), height)
}

// drawIn draws the table as it was fitted.
func (t Table) drawIn(g TableGeometry, height int) []string {
	width := g.width
	lines := make([]string, 0, height)
	if g.header {
		lines = append(lines, t.drawHeader(g))
	}
	for y := range g.Rows {
		lines = append(lines, t.drawRow(g, g.Top+y)+t.drawBar(g, y))
	}
	if g.total == 0 && t.Empty != "" {
		lines = append(lines, t.drawEmpty(width)...)
	}
	for len(lines) < height {
		lines = append(lines, term.Blanks(width)+theme.Reset)
	}
	return lines[:height]
}

func (t Table) drawEmpty(width int) []string {
	lines := []string{term.Blanks(width) + theme.Reset}
	for _, line := range term.SafeLines(t.Empty, max(width-4, 1)) {
		lines = append(lines, t.Styles.Dim+term.Fit("  "+line, width)+theme.Reset)
	}
	return lines
}

func (t Table) drawHeader(g TableGeometry) string {
	var b strings.Builder
	b.WriteString(t.Styles.Header)
	x := 0
	for _, p := range g.Places {
		room := min(p.W+1, g.width-p.x) // the sort mark may stand in the gap
		title := headerText(t.Columns[p.Column], p.W, room)
		b.WriteString(term.Blanks(p.x-x) + title)
		x = p.x + term.Width(title)
	}
	b.WriteString(term.Blanks(g.width-x) + theme.Reset)
	return b.String()
}

// headerText is the title of a column of w columns and its sort mark, for which
// room columns are there.
func headerText(c Column, w, room int) string {
	mark := sortGlyphs[c.Sort]
	if mark == "" {
		return aligned(c.Title, w, c.Align)
	}
	title := term.Truncate(c.Title, room-1)
	if c.Align == AlignRight {
		return term.PadLeft(title, room-1) + mark
	}
	if term.Width(title)+2 <= w {
		title += " "
	}
	return term.PadRight(title+mark, w)
}

func aligned(s string, w int, a Align) string {
	if a == AlignRight {
		return term.FitLeft(s, w)
	}
	return term.Fit(s, w)
}

func (t Table) drawRow(g TableGeometry, row int) string {
	var b strings.Builder
	base := ""
	if row == t.Cursor {
		base = t.Styles.Selected
	}
	cells := t.Row(row)
	b.WriteString(base)
	x := 0
	for _, p := range g.Places {
		var c Cell
		if p.Column < len(cells) {
			c = cells[p.Column]
		}
		b.WriteString(term.Blanks(p.x-x) + c.Pen + aligned(t.styled(c, base+c.Pen), p.W, t.Columns[p.Column].Align))
		if c.Pen != "" || len(c.Matches) > 0 || strings.Contains(c.Text, "\x1b") {
			b.WriteString(theme.Reset + base)
		}
		x = p.x + p.W
	}
	end := g.width
	if g.Bar {
		end--
	}
	b.WriteString(term.Blanks(end-x) + theme.Reset)
	return b.String()
}

// styled is the text with its matches highlighted; base comes back after each
// change of style inside.
func (t Table) styled(c Cell, base string) string {
	if len(c.Matches) == 0 {
		if strings.Contains(c.Text, "\x1b") {
			return strings.ReplaceAll(strings.ReplaceAll(c.Text, "\x1b[0m", theme.Reset), theme.Reset, theme.Reset+base)
		}
		return c.Text
	}
	var b strings.Builder
	matches, on := c.Matches, false
	for i, r := range c.Text {
		for len(matches) > 0 && matches[0] < i {
			matches = matches[1:]
		}
		hit := len(matches) > 0 && matches[0] == i
		if unicode.IsMark(r) || r == '\u200d' || r == '\u200c' { // part of the character before
			hit = on
		}
		if hit != on {
			if on = hit; on {
				b.WriteString(t.Styles.Match)
			} else {
				b.WriteString(theme.Reset + base)
			}
		}
		b.WriteRune(r)
	}
	if on {
		b.WriteString(theme.Reset + base)
	}
	return b.String()
}

// drawBar is the scroll bar's column at visible line y; empty without a bar.
func (t Table) drawBar(g TableGeometry, y int) string {
	if !g.Bar {
		return ""
	}
	thumb := max(1, g.Rows*g.Rows/g.total)
	first := g.Top * (g.Rows - thumb) / (g.total - g.Rows)
	if g.Top > 0 && g.Rows > thumb {
		first = max(first, 1)
	}
	if y >= first && y < first+thumb {
		return t.Styles.Accent + "┃" + theme.Reset
	}
	return t.Styles.Dim + "│" + theme.Reset
}
