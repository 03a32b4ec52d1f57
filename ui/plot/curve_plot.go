package plot

import (
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// plot is a curve with axes while it is drawn: a line that names the series,
// the lines of the graph, the axis and its labels.
type plot struct {
	Curve
	scale         countScale
	width         int
	margin        int // columns of the count labels, the axis excluded
	cols, rows    int // size of the graph in cells
	cells         [][]plotCell
	letters, bars bool
}

// plotCell is one cell of the graph.
type plotCell struct {
	dots   byte // braille
	glyph  string
	series int // 1-based; 0 is empty
}

func newPlot(c Curve, width, height int) *plot {
	p := &plot{Curve: c, scale: NewCountScale(c.Most()), width: width}
	for _, t := range p.scale.ticks() {
		p.margin = max(p.margin, len(shortCount(t)))
	}
	p.cols, p.rows = width-p.margin-1, height-3
	colourless := true
	for _, s := range c.Series {
		colourless = colourless && s.Pen == ""
	}
	several := len(c.Series) > 1
	p.letters = several && (c.Plain || colourless)
	p.bars = c.Plain // of one; several have letters then
	p.cells = make([][]plotCell, p.rows)
	for y := range p.cells {
		p.cells[y] = make([]plotCell, p.cols)
	}
	return p
}

func (p *plot) draw() []string {
	for i := range p.Series {
		switch {
		case p.letters:
			p.drawLetters(i)
		case p.bars:
			p.drawBars(i)
		default:
			p.drawBraille(i)
		}
	}
	lines := append(make([]string, 0, p.rows+3), p.names())
	marked := p.markedColumns()
	labels := p.countLabels()
	for y, row := range p.cells {
		var b strings.Builder
		b.WriteString(p.Styles.Dim + term.PadLeft(labels[y], p.margin))
		if labels[y] == "" {
			b.WriteString("│" + theme.Reset)
		} else {
			b.WriteString("┤" + theme.Reset)
		}
		p.writeRow(&b, row, marked)
		b.WriteString(theme.Reset)
		lines = append(lines, b.String())
	}
	return append(lines, p.axis(marked), p.thresholdLabels())
}

// dotAt are the braille bits of a cell's left and right columns, top to bottom.
var dotAt = [2][4]byte{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

// drawBraille draws a staircase in half columns and quarter lines. Where lines
// cross, the first series keeps its colour.
func (p *plot) drawBraille(series int) {
	n, lowest := 2*p.cols, 4*p.rows-1
	before := -1
	for k := range n {
		count := p.Series[series].Count(p.threshold(k, n))
		y := lowest - int(math.Round(p.scale.height(count)*float64(lowest)))
		from, to := y, y
		if before >= 0 && before < y {
			from = before + 1
		}
		for at := from; at <= to; at++ {
			cell := &p.cells[at/4][k/2]
			cell.dots |= dotAt[k%2][at%4]
			if cell.series == 0 {
				cell.series = series + 1
			}
		}
		before = y
	}
}

// drawLetters puts the letter of the series at its height, "*" where several
// meet.
func (p *plot) drawLetters(series int) {
	for x := range p.cols {
		count := p.Series[series].Count(p.threshold(x, p.cols))
		y := p.rows - 1 - int(math.Round(p.scale.height(count)*float64(p.rows-1)))
		cell := &p.cells[y][x]
		if cell.series != 0 {
			*cell = plotCell{glyph: "*", series: cell.series}
			continue
		}
		*cell = plotCell{glyph: p.letter(series), series: series + 1}
	}
}

// letter is that of a series, or the next in the alphabet where it has none.
func (p *plot) letter(i int) string {
	if l := p.Series[i].Letter; l != "" {
		return l
	}
	return string(rune('a' + i%26))
}

// drawBars fills each column up to its count.
func (p *plot) drawBars(series int) {
	for x := range p.cols {
		count := p.Series[series].Count(p.threshold(x, p.cols))
		rest := p.scale.height(count) * float64(p.rows)
		for y := p.rows - 1; y >= 0 && (rest > 0 || count > 0); y-- {
			glyph := level(min(rest, 1), count)
			p.cells[y][x] = plotCell{glyph: glyph, series: series + 1}
			rest--
			if rest <= 0 {
				break
			}
		}
	}
}

func (p *plot) writeRow(b *strings.Builder, row []plotCell, marked map[int]int) {
	current := ""
	for x, cell := range row {
		pen, glyph := "", " "
		switch {
		case cell.glyph != "":
			pen, glyph = p.Series[cell.series-1].Pen, cell.glyph
		case cell.dots != 0:
			pen, glyph = p.Series[cell.series-1].Pen, string(rune(0x2800+int(cell.dots)))
		case marked[x] != 0:
			pen, glyph = p.Styles.Dim, "┊"
		}
		if pen != current {
			b.WriteString(theme.Reset + pen)
			current = pen
		}
		b.WriteString(glyph)
	}
}

// markedColumns are the columns of the thresholds in force: the 1-based series
// there, -1 when several share it.
func (p *plot) markedColumns() map[int]int {
	marked := map[int]int{}
	for i, s := range p.Series {
		if x, ok := p.column(s.At, p.cols); ok {
			if marked[x] != 0 {
				marked[x] = -1
			} else {
				marked[x] = i + 1
			}
		}
	}
	return marked
}

// names is the line that tells which line is whose and how many pairs there are at the
// threshold: by their letters alone where the names have no room.
func (p *plot) names() string {
	named, lettered, width := make([]string, len(p.Series)), make([]string, len(p.Series)), 0
	for i, s := range p.Series {
		sign := "━"
		switch {
		case p.letters:
			sign = p.letter(i)
		case p.bars:
			sign = "█"
		case s.Letter != "":
			sign += " " + s.Letter
		}
		count := ""
		if !math.IsNaN(s.At) {
			count = " " + strconv.Itoa(s.Count(s.At))
		}
		named[i], lettered[i] = sign+" "+term.Safe(s.Name)+count, sign+count
		width += term.Width(named[i]) + len(between)
	}
	if width-len(between) > p.width && len(p.Series) > 1 && p.Series[0].Letter != "" {
		named = lettered
	}
	room := p.width
	var b strings.Builder
	for i, text := range named {
		if i > 0 {
			text = between + text
		}
		text = term.Truncate(text, room)
		room -= term.Width(text)
		b.WriteString(p.Series[i].Pen + text + theme.Reset)
	}
	return b.String() + term.Blanks(room)
}

// between parts the names of series.
const between = "   "

// countLabels are the labels of the graph's lines, "" for most.
func (p *plot) countLabels() []string {
	labels := make([]string, p.rows)
	for _, t := range p.scale.ticks() {
		y := p.rows - 1 - int(math.Round(p.scale.height(t)*float64(p.rows-1)))
		if y > 0 && labels[y-1] != "" || y+1 < p.rows && labels[y+1] != "" || labels[y] != "" {
			continue // too near to one that matters more
		}
		labels[y] = shortCount(t)
	}
	return labels
}

// axis is the line below the graph, with an arrow at each threshold in force.
func (p *plot) axis(marked map[int]int) string {
	var b strings.Builder
	b.WriteString(p.Styles.Dim + term.Blanks(p.margin) + "└")
	for x := range p.cols {
		switch series := marked[x]; {
		case series == 0:
			b.WriteString("─")
		case series < 0:
			b.WriteString(theme.Reset + p.Styles.Strong + "▲" + theme.Reset + p.Styles.Dim)
		default:
			b.WriteString(theme.Reset + p.Series[series-1].Pen + p.Styles.Strong + "▲" + theme.Reset + p.Styles.Dim)
		}
	}
	b.WriteString(theme.Reset)
	return b.String()
}

// thresholdLabels is the line with the thresholds in force, the ends, and round
// numbers between where there is room.
func (p *plot) thresholdLabels() string {
	line := []byte(term.Blanks(p.cols + 1 + p.margin))
	strong := make([]bool, len(line))
	put := func(t float64, important bool) {
		x, ok := p.column(t, p.cols)
		if !ok {
			return
		}
		text := strconv.FormatFloat(t, 'f', 2, 64)
		from := max(0, min(p.margin+1+x-len(text)/2, len(line)-len(text)))
		to := from + len(text)
		for i := max(from-1, 0); i < min(to+1, len(line)); i++ {
			if line[i] != ' ' {
				return
			}
		}
		copy(line[from:], text)
		for i := from; i < to; i++ {
			strong[i] = important
		}
	}
	for _, s := range p.Series {
		put(s.At, true)
	}
	put(p.Lo, false)
	put(p.Hi, false)
	for _, step := range []float64{0.5, 0.1, 0.05} {
		if float64(p.cols)*step < 8*(p.Hi-p.Lo) {
			break
		}
		for t := math.Ceil(p.Lo/step) * step; t < p.Hi; t += step {
			put(t, false)
		}
	}
	var b strings.Builder
	for i, c := range line {
		if i == 0 || strong[i] != strong[i-1] {
			b.WriteString(theme.Reset)
			if strong[i] {
				b.WriteString(p.Styles.Strong)
			} else {
				b.WriteString(p.Styles.Dim)
			}
		}
		b.WriteByte(c)
	}
	b.WriteString(theme.Reset)
	return b.String()
}
