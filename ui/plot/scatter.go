package plot

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Point is one candidate of a Scatter.
type Point struct {
	// Letter stands where the point is, and Name is what it is called in the legend.
	Letter, Name string
	// Pen is the SGR prefix of its colour; empty without colours.
	Pen string
	// X is its price, from 0; Y its quality, drawn with the interval from Low to High.
	X, Y, Low, High float64
	// Chosen sets it off from the others.
	Chosen bool
}

// Scatter draws price against quality: cheap is left, good is up. A line marks the
// frontier: the points for which nothing better costs as little.
type Scatter struct {
	Points []Point
	// Label writes a price on the axis, and YName names the quality.
	Label func(x float64) string
	YName string
	// Plain draws with ASCII characters alone.
	Plain  bool
	Styles theme.Codes
}

// scatterMargin is the width of the labels of the quality: "0.123┤".
const scatterMargin = 6

// Draw is the plot in exactly height lines of exactly width columns, each ending with
// a reset of the style.
func (s Scatter) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	if width < plotWidth || height < plotHeight || len(s.Points) == 0 {
		return blankLines(width, height)
	}
	d := newScatter(s, width, height)
	for _, p := range s.Frontier() {
		d.frontier(p)
	}
	for i := range s.Points {
		d.interval(s.Points[i])
	}
	for _, chosen := range []bool{true, false} { // its mark gives way to none
		for _, p := range s.Points {
			if p.Chosen == chosen {
				d.point(p)
			}
		}
	}
	return d.lines()
}

// Frontier are the indices of the points than which no other is both at most as dear
// and better, or cheaper and as good, by rising price.
func (s Scatter) Frontier() []int {
	order := make([]int, len(s.Points))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := s.Points[a], s.Points[b]
		return cmp.Or(cmp.Compare(x.X, y.X), cmp.Compare(y.Y, x.Y))
	})
	best := math.Inf(-1)
	var front []int
	for _, i := range order {
		if s.Points[i].Y > best {
			front, best = append(front, i), s.Points[i].Y
		}
	}
	return front
}

// scatter is a plot while it is drawn.
type scatter struct {
	Scatter
	cols, rows int
	lo, hi     float64 // of the quality
	most       float64 // the highest price
	least      float64 // the lowest price above 0
	cells      [][]scatterCell
	taken      int // the column up to which the frontier is drawn
	level      int // its row there
}

type scatterCell struct {
	glyph, pen string
	taken      bool // by a letter, or the mark before it
}

func newScatter(s Scatter, width, height int) *scatter {
	d := &scatter{Scatter: s, cols: width - scatterMargin, rows: height - 2, lo: math.Inf(1), hi: math.Inf(-1), least: math.Inf(1), taken: -1}
	for _, p := range s.Points {
		d.lo, d.hi = min(d.lo, p.Y, p.Low), max(d.hi, p.Y, p.High)
		d.most = max(d.most, p.X)
		if p.X > 0 {
			d.least = min(d.least, p.X)
		}
	}
	if d.hi-d.lo < 1e-9 {
		d.lo, d.hi = d.lo-0.05, d.hi+0.05
	}
	d.cells = make([][]scatterCell, d.rows)
	for y := range d.cells {
		d.cells[y] = make([]scatterCell, d.cols)
	}
	return d
}

// column is where a price stands: free at the left, then by its logarithm, since
// prices differ by factors.
func (d *scatter) column(x float64) int {
	left, right := 2, d.cols-3
	if x <= 0 || d.most <= 0 {
		return left
	}
	first := left + max((right-left)/6, 4)
	if d.most <= d.least {
		return (first + right) / 2
	}
	share := math.Log(x/d.least) / math.Log(d.most/d.least)
	return first + int(math.Round(share*float64(right-first)))
}

func (d *scatter) row(y float64) int {
	share := (y - d.lo) / (d.hi - d.lo)
	return min(max(d.rows-1-int(math.Round(share*float64(d.rows-1))), 0), d.rows-1)
}

func (d *scatter) put(x, y int, glyph, pen string) {
	if x >= 0 && x < d.cols && y >= 0 && y < d.rows {
		d.cells[y][x] = scatterCell{glyph: glyph, pen: pen}
	}
}

// frontier draws the stairs from the point before to point i.
func (d *scatter) frontier(i int) {
	x, y := d.column(d.Points[i].X), d.row(d.Points[i].Y)
	across, up := "┄", "┊"
	if d.Plain {
		across, up = "-", ":"
	}
	if d.taken >= 0 {
		for at := d.taken; at < x; at++ {
			d.put(at, d.level, across, d.Styles.Dim)
		}
		for at := y; at <= d.level; at++ {
			d.put(x, at, up, d.Styles.Dim)
		}
	}
	d.taken, d.level = x, y
}

// interval draws the range of a point's quality.
func (d *scatter) interval(p Point) {
	bar := "│"
	if d.Plain {
		bar = "|"
	}
	x := d.column(p.X)
	for y := d.row(p.High); y <= d.row(p.Low); y++ {
		if d.cells[y][x].glyph == "" || d.cells[y][x].pen == d.Styles.Dim {
			d.put(x, y, bar, p.Pen)
		}
	}
}

// point puts a point's letter in its place, or beside it where another stands.
func (d *scatter) point(p Point) {
	x, y := d.column(p.X), d.row(p.Y)
	for x < d.cols-1 && d.cells[y][x].taken {
		x++
	}
	pen := p.Pen
	if p.Chosen {
		pen += d.Styles.Strong
		mark := "◆"
		if d.Plain {
			mark = "*"
		}
		d.put(x-1, y, mark, pen)
		d.cells[y][x-1].taken = true
	}
	d.put(x, y, p.Letter, pen)
	d.cells[y][x].taken = true
}

// lines are the cells with the axes around them.
func (d *scatter) lines() []string {
	lines := make([]string, 0, d.rows+2)
	for y, row := range d.cells {
		label := ""
		switch y {
		case 0:
			label = quality(d.hi)
		case d.rows - 1:
			label = quality(d.lo)
		case (d.rows - 1) / 2:
			label = quality(d.hi - (d.hi-d.lo)*float64(y)/float64(d.rows-1))
		}
		tick := "│"
		if label != "" {
			tick = "┤"
		}
		var b strings.Builder
		b.WriteString(d.Styles.Dim + term.PadLeft(label, scatterMargin-1) + tick + theme.Reset)
		for _, cell := range row {
			if cell.glyph == "" {
				b.WriteByte(' ')
				continue
			}
			b.WriteString(cell.pen + cell.glyph + theme.Reset)
		}
		b.WriteString(theme.Reset)
		lines = append(lines, b.String())
	}
	axis := d.Styles.Dim + term.Blanks(scatterMargin-1) + "└" + strings.Repeat("─", d.cols) + theme.Reset
	return append(lines, axis, d.Styles.Dim+d.prices()+theme.Reset)
}

// quality writes a label of the upright axis in at most five columns.
func quality(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// prices is the line of labels under the axis, behind the name of the quality.
func (d *scatter) prices() string {
	name := term.Truncate(d.YName, scatterMargin+d.cols/4)
	first := max(term.Width(name)+1-scatterMargin, 0)
	line := []rune(term.Blanks(d.cols))
	put := func(x float64) {
		text := []rune(d.Label(x))
		from := max(first, min(d.column(x)-len(text)/2, len(line)-len(text)))
		to := from + len(text)
		if to > len(line) {
			return
		}
		for i := max(from-1, 0); i < min(to+1, len(line)); i++ {
			if line[i] != ' ' {
				return
			}
		}
		copy(line[from:], text)
	}
	put(d.most)
	for _, p := range d.Points {
		put(p.X)
	}
	return term.Fit(name, scatterMargin+first) + string(line[first:])
}

func blankLines(width, height int) []string {
	lines := make([]string, height)
	for y := range lines {
		lines[y] = term.Blanks(width) + theme.Reset
	}
	return lines
}
