package plot

import (
	"math"
	"strconv"
	"strings"
	"sync"

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
	p := heatmapPainter{Heatmap: h, g: g, width: width, digits: len(strconv.Itoa(max(g.n, 1)))}
	p.b.Grow(height * (p.g.X + 64 + max(width, p.g.Cols*cellBytes)))
	if g.title {
		p.text(h.Styles.Strong, term.Fit(h.Title, width))
	}
	if g.header {
		p.header()
	}
	for row := g.Top; row < g.Top+g.Rows; row += g.PerLine {
		p.row(row)
	}
	lines := (g.Rows + g.PerLine - 1) / g.PerLine
	for y := g.Y + lines; y < height; y++ {
		if y == height-1 && g.position {
			p.text(h.Styles.Dim, term.Fit(term.Blanks(g.X)+g.positionText(width-g.X), width))
			continue
		}
		p.text("", term.Blanks(width))
	}
	return strings.Split(strings.TrimSuffix(p.b.String(), "\n"), "\n")
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

// header writes the numbers of the columns, as many as have room.
func (p *heatmapPainter) header() {
	line := []byte(term.Blanks(p.width - p.g.X))
	from, to := p.place(line, p.Col)
	for every, col := p.thinning(), p.g.Left; col < p.g.Left+p.g.Cols; col++ {
		if (col+1)%every == 0 && col != p.Col {
			p.place(line, col)
		}
	}
	p.b.WriteString(term.Blanks(p.g.X) + p.Styles.Dim)
	p.b.Write(line[:from])
	p.b.WriteString(theme.Reset + p.focus())
	p.b.Write(line[from:to])
	p.b.WriteString(theme.Reset + p.Styles.Dim)
	p.b.Write(line[to:])
	p.endLine()
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
	to = (col - p.g.Left + 1) * p.g.CellWidth
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

// row writes one line: a row, or two when they share a line.
func (p *heatmapPainter) row(row int) {
	p.label(row)
	for col := p.g.Left; col < p.g.Left+p.g.Cols; col++ {
		switch p.g.Mode {
		case CellNumbers:
			p.numberCell(row, col)
		case CellHalf:
			p.halfCell(row, col)
		default:
			p.colourCell(row, col)
		}
	}
	if rest := p.width - p.g.X - p.g.Cols*p.g.CellWidth; rest > 0 {
		p.b.WriteString(theme.Reset + term.Blanks(rest))
	}
	p.endLine()
}

func (p *heatmapPainter) label(row int) {
	if p.g.X == 0 {
		return
	}
	sgr := p.Styles.Dim
	if p.Row >= row && p.Row < row+p.g.PerLine {
		row, sgr = p.Row, p.focus()
	}
	text := term.PadLeft(p.number(row), p.digits)
	if room := p.g.X - term.Width(text) - 2; p.RowLabel != nil && room > 0 {
		text += " " + term.SafeFit(p.RowLabel(row), room)
	}
	p.b.WriteString(sgr + term.Fit(term.Truncate(text, p.g.X-1), p.g.X) + theme.Reset)
}

// step is where the cell lies on the scale, and its value.
func (p *heatmapPainter) step(row, col int) (step int, v float64) {
	if row >= p.g.n {
		return theme.NoStep, 0
	}
	v, ok := p.At(row, col)
	if !ok {
		return theme.NoStep, 0
	}
	return p.Ramp.Step(v, p.Lo, p.Hi), v
}

// ordinary writes a cell whose style may be the one in force already.
func (p *heatmapPainter) ordinary(sgr, s string) {
	if sgr != p.current {
		p.b.WriteString(sgr)
		p.current = sgr
	}
	p.b.WriteString(s)
}

// special writes a cell that shares its style with no neighbour.
func (p *heatmapPainter) special(sgr, s string) {
	p.b.WriteString(theme.Reset + sgr)
	p.b.WriteString(s)
	p.b.WriteString(theme.Reset)
	p.current, p.currentBg = "", ""
}

func (p *heatmapPainter) numberCell(row, col int) {
	step, v := p.step(row, col)
	text := "  ··"
	if step != theme.NoStep {
		text = cellNumber(v)
	}
	switch {
	case row == p.Row && col == p.Col:
		p.special(p.Ramp.Inverted(step)+theme.Bold, text)
	case step == theme.NoStep:
		p.special(p.Styles.Dim+theme.Faint, text)
	case row == col:
		p.special(p.Styles.Dim, text)
	default:
		p.ordinary(p.Ramp.Cell(step), text)
	}
}

var (
	cursorMarks   = [...]string{"", "◆", "[]"}
	diagonalMarks = [...]string{"", "╲", "╲╲"}
)

func (p *heatmapPainter) colourCell(row, col int) {
	step, _ := p.step(row, col)
	w := p.g.CellWidth
	switch {
	case row == p.Row && col == p.Col && p.Ramp.Colour():
		p.special(p.Ramp.Cell(step)+theme.Bold, cursorMarks[w])
	case row == p.Row && col == p.Col:
		p.special(theme.Reverse+theme.Bold, cursorMarks[w])
	case row == col:
		p.special(p.Styles.Dim, diagonalMarks[w])
	case step == theme.NoStep:
		p.special(p.Styles.Dim+theme.Faint, absentShades[w])
	case p.Ramp.Colour():
		p.ordinary(p.Ramp.Cell(step), spaces[w])
	default:
		for range w {
			p.b.WriteString(p.Ramp.Shade(step))
		}
	}
}

var (
	spaces       = [...]string{"", " ", "  "}
	absentShades = [...]string{"", "·", "··"}
)

// halfCell writes two rows; the diagonal stays open, the cursor's half has a
// colour that the scale has not.
func (p *heatmapPainter) halfCell(row, col int) {
	top, bottom := p.halfStep(row, col), p.halfStep(row+1, col)
	switch {
	case col == p.Col && row == p.Row:
		p.special(p.Ramp.Mark+p.Ramp.Background[theme.Slot(bottom)], "▀")
	case col == p.Col && row+1 == p.Row:
		p.special(p.Ramp.Mark+p.Ramp.Background[theme.Slot(top)], "▄")
	default:
		fg, bg, glyph := p.Ramp.Split(top, bottom)
		if bg != p.currentBg {
			p.b.WriteString(bg)
			p.currentBg = bg
		}
		p.ordinary(fg, glyph)
	}
}

func (p *heatmapPainter) halfStep(row, col int) int {
	if row == col {
		return theme.NoStep
	}
	step, _ := p.step(row, col)
	return step
}

// largestPrepared is the largest value with a ready-made text, in hundredths.
const largestPrepared = 200

// preparedNumbers holds the texts of -2.00 to 2.00.
var preparedNumbers = sync.OnceValue(func() []string {
	texts := make([]string, 2*largestPrepared+1)
	for i := range texts {
		texts[i] = formatCell(i - largestPrepared)
	}
	return texts
})

// cellNumber is v in four columns: " .87", "-.12", " 1.0".
func cellNumber(v float64) string {
	n := int(math.Round(max(-1e6, min(v, 1e6)) * 100))
	if n < -largestPrepared || n > largestPrepared {
		return formatCell(n)
	}
	return preparedNumbers()[n+largestPrepared]
}

func formatCell(hundredths int) string {
	v := float64(hundredths) / 100
	switch {
	case hundredths >= 10000 || hundredths <= -1000:
		return term.FitLeft(strconv.FormatFloat(v, 'f', 0, 64), 4)
	case hundredths >= 100 || hundredths <= -100:
		return term.FitLeft(strconv.FormatFloat(v, 'f', 1, 64), 4)
	}
	return term.FitLeft(strings.Replace(strconv.FormatFloat(v, 'f', 2, 64), "0.", ".", 1), 4)
}

// Legend is the scale in one line of width columns: its ends as numbers and the
// colours or shades between them, with a mark at each value of marks that lies
// on it.
func Legend(r *theme.Ramp, lo, hi float64, width int, marks ...float64) string {
	if width <= 0 {
		return ""
	}
	left := strconv.FormatFloat(lo, 'f', 2, 64) + " "
	right := " " + strconv.FormatFloat(hi, 'f', 2, 64)
	bar := width - len(left) - len(right)
	if bar < 4 {
		left, right, bar = "", "", width
	}
	marked := make(map[int]bool, len(marks))
	for _, m := range marks {
		if m >= lo && m <= hi && hi > lo {
			marked[min(bar-1, int((m-lo)/(hi-lo)*float64(bar)))] = true
		}
	}
	var b strings.Builder
	b.WriteString(left)
	for x := range bar {
		step := min(theme.RampSteps-1, (2*x+1)*theme.RampSteps/(2*bar))
		b.WriteString(r.Cell(step))
		switch {
		case marked[x]:
			b.WriteString("┃")
		case r.Colour():
			b.WriteByte(' ')
		default:
			b.WriteString(r.Shade(step))
		}
	}
	b.WriteString(theme.Reset + right)
	return b.String()
}
