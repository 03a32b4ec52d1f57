package plot

import (
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// CurveSeries is one line of a Curve.
type CurveSeries struct {
	Name string
	// Letter names it where Name has no room, and draws it without colours; may be empty.
	Letter string
	// Pen is the SGR prefix of its colour; empty without colours.
	Pen string
	// Count is the number of pairs at or over a threshold; it never grows with
	// the threshold.
	Count func(threshold float64) int
	// At is the threshold in force, NaN for none.
	At float64
}

// Curve shows the number of pairs along the threshold for some candidates. It
// is a plot with axes where there is room, else a line of block elements for
// each candidate.
type Curve struct {
	Series []CurveSeries
	// Lo and Hi are the ends of the threshold axis.
	Lo, Hi float64
	// Plain draws with letters and blocks instead of braille. Several series
	// without colours are always drawn so.
	Plain  bool
	Styles theme.Codes
}

const (
	// From this size on there are axes.
	plotWidth, plotHeight = 24, 6
	// A scale that reaches this many pairs is logarithmic.
	logFrom = 50
)

// Draw is the curve in exactly height lines of exactly width columns, each
// ending with a reset of the style.
func (c Curve) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	if width < plotWidth || height < plotHeight || len(c.Series) == 0 {
		return c.sparklines(width, height)
	}
	return newPlot(c, width, height).draw()
}

// Most is the largest count of any series.
func (c Curve) Most() int {
	most := 0
	for _, s := range c.Series {
		most = max(most, s.Count(c.Lo))
	}
	return most
}

// threshold is where sample k of n lies on the axis; both ends are sampled.
func (c Curve) threshold(k, n int) float64 {
	if n < 2 {
		return c.Lo
	}
	return c.Lo + (c.Hi-c.Lo)*float64(k)/float64(n-1)
}

// column is where threshold t lies among n columns; ok is false outside.
func (c Curve) column(t float64, n int) (column int, ok bool) {
	if !(t >= c.Lo && t <= c.Hi && c.Hi > c.Lo) {
		return 0, false
	}
	return int(math.Round((t - c.Lo) / (c.Hi - c.Lo) * float64(n-1))), true
}

// countScale turns counts into heights from 0 to 1.
type countScale struct {
	most        int
	logarithmic bool
}

// NewCountScale is the scale of counts from 0 to most: logarithmic when there are many.
func NewCountScale(most int) countScale { return countScale{most, most >= logFrom} }

func (s countScale) height(count int) float64 {
	switch {
	case s.most == 0:
		return 0
	case s.logarithmic:
		return math.Log1p(float64(count)) / math.Log1p(float64(s.most))
	}
	return float64(count) / float64(s.most)
}

// ticks are the counts worth a label, the most important first.
func (s countScale) ticks() []int {
	ticks := []int{s.most, 0}
	if !s.logarithmic {
		return append(ticks, s.most/2)
	}
	for t := 1; t < s.most; t *= 10 {
		ticks = append(ticks, t)
	}
	return ticks
}

// shortCount writes a count in at most four columns: 950, 1.2k, 20k, 1.5M.
func shortCount(n int) string {
	for _, unit := range []struct {
		size   int
		letter string
	}{{1_000_000, "M"}, {1_000, "k"}} {
		v := float64(n) / float64(unit.size)
		if v < 0.9995 {
			continue
		}
		if v < 9.95 {
			return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0") + unit.letter
		}
		return strconv.FormatFloat(v, 'f', 0, 64) + unit.letter
	}
	return strconv.Itoa(n)
}

var levels = [...]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// level is a column of block elements for a height; a count that is not 0 is
// always visible.
func level(height float64, count int) string {
	n := int(math.Round(height * 8))
	if count > 0 {
		n = max(n, 1)
	}
	return levels[min(n, 8)]
}

// sparklines draws one line a series: name, blocks, count at the threshold.
func (c Curve) sparklines(width, height int) []string {
	lines := make([]string, height)
	scale := NewCountScale(c.Most())
	names := 0
	for _, s := range c.Series {
		names = max(names, term.Width(term.Safe(s.Name)))
	}
	for y := range lines {
		if y < len(c.Series) {
			lines[y] = c.Sparkline(c.Series[y], scale, width, min(names, width/3))
		} else {
			lines[y] = term.Blanks(width) + theme.Reset
		}
	}
	return lines
}

// Sparkline draws one series in a line of width columns, of which its name takes
// nameWidth where there is room for it.
func (c Curve) Sparkline(s CurveSeries, scale countScale, width, nameWidth int) string {
	name, count := "", ""
	if width >= plotWidth {
		name = term.SafeFit(s.Name, nameWidth) + " "
	}
	if !math.IsNaN(s.At) && width >= 12 {
		count = " " + term.PadLeft(shortCount(s.Count(s.At)), 4)
	}
	n := width - term.Width(name) - len(count)
	mark, marked := c.column(s.At, n)
	var b strings.Builder
	b.WriteString(s.Pen + name)
	for x := range n {
		v := s.Count(c.threshold(x, n))
		block := level(scale.height(v), v)
		if marked && x == mark {
			block = theme.Reset + c.Styles.Strong + "│" + theme.Reset + s.Pen
		}
		b.WriteString(block)
	}
	b.WriteString(count + theme.Reset)
	return b.String()
}
