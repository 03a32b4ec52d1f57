package plot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Draw is the heat map in exactly height lines of exactly width columns, each
// ending with a reset of the style.
func (h Heatmap) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	g := h.Fit(width, height)
	p := heatmapPainter{Heatmap: h, g: g, width: width, digits: h.digits()}
	p.b.Grow(height * (p.g.X + 64 + max(width, p.g.Cols*cellBytes)))
	if g.title {
		p.text(h.Styles.Strong, term.Fit(h.Title, width))
	}
	if g.header {
		p.header()
	}
	end := g.Y
	g.eachLine(func(at, first, rows int) {
		if first < 0 {
			p.text(h.Styles.Dim, term.Fit(p.groupName(rows, p.g.X-1), width))
			end = at + 1
			return
		}
		for line := range g.CellLines {
			p.row(first, rows, line)
		}
		end = at + g.CellLines
	})
	for y := end; y < height; y++ {
		if y == height-1 && g.position {
			p.text(h.Styles.Dim, term.Fit(term.Blanks(g.X)+g.positionText(width-g.X), width))
			continue
		}
		p.text("", term.Blanks(width))
	}
	return strings.Split(strings.TrimSuffix(p.b.String(), "\n"), "\n")
}

// digits is how many the largest number of a row has.
func (h Heatmap) digits() int {
	largest := h.N
	if h.Number != nil {
		largest = 0
		for i := range h.N {
			largest = max(largest, h.Number(i))
		}
	}
	return len(strconv.Itoa(largest))
}

// cellBytes is what a cell takes at the most: two colours and what it shows.
const cellBytes = 48

// heatmapPainter writes the lines of one drawing.
type heatmapPainter struct {
	Heatmap
	g             Geometry
	b             strings.Builder
	width, digits int
	current       string // the SGR prefix in force
	currentBg     string // with half-blocks, current is the foreground's only
}

func (p *heatmapPainter) text(sgr, s string) {
	p.b.WriteString(sgr)
	p.b.WriteString(s)
	p.endLine()
}

func (p *heatmapPainter) endLine() {
	p.b.WriteString(theme.Reset + "\n")
	p.current, p.currentBg = "", ""
}

// header writes the numbers of the columns, as many as have room, beside the name of a
// group: of the first where each has its name above it, else of the cursor's row.
func (p *heatmapPainter) header() {
	line := []byte(term.Blanks(p.width - p.g.X))
	from, to := p.place(line, p.Col)
	for every, col := p.thinning(), p.g.Left; col < p.g.Left+p.g.Cols; col++ {
		if (col+1)%every == 0 && col != p.Col {
			p.place(line, col)
		}
	}
	named := max(p.Row, 0)
	if p.g.gaps != nil {
		named = 0
	}
	p.b.WriteString(p.Styles.Dim + term.Fit(p.groupName(named, p.g.X-1), p.g.X))
	p.b.Write(line[:from])
	p.b.WriteString(theme.Reset + p.focus())
	p.b.Write(line[from:to])
	p.b.WriteString(theme.Reset + p.Styles.Dim)
	p.b.Write(line[to:])
	p.endLine()
}

// groupName is the name of the group of a row in at most w columns.
func (p *heatmapPainter) groupName(row, w int) string {
	if p.GroupName == nil || w <= 0 || row >= p.g.n {
		return ""
	}
	return term.SafeFit(p.GroupName(row), w)
}

// thinning is the least round number n such that the numbers of every n-th
// column do not touch.
func (p *heatmapPainter) thinning() int {
	for scale := 1; ; scale *= 10 {
		for _, n := range []int{1, 2, 5} {
			if n*scale*p.g.CellWidth > p.digits {
				return n * scale
			}
		}
	}
}

// place writes the number of a column with its last digit over the cell's last
// column, unless it would touch another number.
func (p *heatmapPainter) place(line []byte, col int) (from, to int) {
	if col < p.g.Left || col >= p.g.Left+p.g.Cols {
		return 0, 0
	}
	number := p.number(col)
	to = p.g.columnAt(col) - p.g.X + p.g.CellWidth
	if from = to - len(number); from < 0 {
		if from, to = 0, len(number); col != p.Col || to > len(line) {
			return 0, 0
		}
	}
	for i := max(from-1, 0); i < min(to+1, len(line)); i++ {
		if line[i] != ' ' {
			return 0, 0
		}
	}
	copy(line[from:to], number)
	return from, to
}

// focus is how the number and label of the cursor's row and column look.
func (p *heatmapPainter) focus() string { return p.Styles.Strong + p.Styles.Accent }

// row writes one of the lines of a row, or of two that share a line.
func (p *heatmapPainter) row(row, rows, line int) {
	middle := line == (p.g.CellLines-1)/2
	if middle {
		p.label(row, rows)
	} else {
		p.b.WriteString(term.Blanks(p.g.X))
	}
	for col := p.g.Left; col < p.g.Left+p.g.Cols; col++ {
		if slices.Contains(p.g.gaps, col) {
			p.special("", " ")
		}
		switch {
		case p.g.Mode == CellHalf:
			p.halfCell(row, rows, col)
		case !middle:
			p.blankCell(row, col)
		case p.g.Mode == CellNumbers:
			p.numberCell(row, col)
		default:
			p.colourCell(row, col)
		}
	}
	if rest := p.width - p.g.X - p.g.Width(); rest > 0 {
		p.b.WriteString(theme.Reset + term.Blanks(rest))
	}
	p.endLine()
}

func (p *heatmapPainter) label(row, rows int) {
	if p.g.X == 0 {
		return
	}
	bracket := p.bracket(row, rows)
	sgr := p.Styles.Dim
	if p.Row >= row && p.Row < row+rows {
		row, sgr = p.Row, p.focus()
	}
	text := term.PadLeft(p.number(row), p.digits)
	if room := p.g.X - term.Width(text) - 2; p.RowLabel != nil && room > 0 {
		text += bracket + term.SafeFit(p.RowLabel(row), room)
	}
	p.b.WriteString(sgr + term.Fit(term.Truncate(text, p.g.X-1), p.g.X) + theme.Reset)
}

// bracket holds the rows of a group together where there is no room between groups.
func (p *heatmapPainter) bracket(row, rows int) string {
	if p.g.gaps != nil || len(p.Breaks) == 0 {
		return " "
	}
	first, last := row == 0, row+rows >= p.g.n
	for _, b := range p.Breaks {
		first = first || b >= row && b < row+rows
		last = last || b > row && b <= row+rows
	}
	switch {
	case rows == 2 && slices.Contains(p.Breaks, row+1):
		return "├"
	case first && last:
		return "╶"
	case first:
		return "┌"
	case last:
		return "└"
	}
	return "│"
}

// Legend is the scale in one line of width columns: its ends as numbers and the colours or
// shades between them, with the signs that cells of that mode have besides their colours.
func (h Heatmap) Legend(mode CellMode, width int) string {
	if width <= 0 {
		return ""
	}
	left := strconv.FormatFloat(h.Lo, 'f', 2, 64) + " "
	right := " " + strconv.FormatFloat(h.Hi, 'f', 2, 64)
	bar := width - len(left) - len(right)
	if bar < 4 {
		left, right, bar = "", "", width
	}
	var b strings.Builder
	b.WriteString(left)
	for x := range bar {
		step := (2*x + 1) * theme.RampSteps / (2 * bar)
		b.WriteString(h.Ramp.Cell(step))
		if h.Ramp.Colour() {
			b.WriteString(h.legendSign(mode, step))
		} else {
			b.WriteString(h.Ramp.Shade(step))
		}
	}
	b.WriteString(theme.Reset + right)
	return b.String()
}

// legendSign is what a cell of that mode and colour has on it.
func (h Heatmap) legendSign(mode CellMode, step int) string {
	switch sign, _ := h.halfSign(step, step); {
	case mode == CellColors:
		return h.point(step)
	case mode == CellHalf && sign != "":
		return sign
	}
	return " "
}
