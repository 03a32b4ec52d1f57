package plot

import (
	"math"
	"strings"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// Spread draws how the similarities of all pairs lie between Lo and Hi, and where one that
// is marked lies among them. With labels it draws two lines of bars: pairs that belong
// together over pairs that do not.
type Spread struct {
	Lo, Hi float64
	// Same and Other are pairs by similarity, in classes of equal width from Lo to Hi;
	// without labels all pairs are Other and Same is nil.
	Same, Other []int
	// At is a similarity that is marked, such as the threshold; NaN for none.
	At float64
	// SamePen and OtherPen are SGR prefixes; signs tell the two apart besides.
	SamePen, OtherPen string
	Styles            theme.Codes
}

// Draw is the drawing in exactly height lines of exactly width columns: the bars of
// both kinds share the height, below them stands the axis when there are three lines
// or more.
func (s Spread) Draw(width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	var lines []string
	room := height
	if height >= 3 {
		room--
	}
	if s.Same != nil && room >= 2 {
		upper := room / 2
		lines = append(lines, s.bars(s.Same, s.SamePen, "✓", width, upper)...)
		room -= upper
	}
	sign := " "
	if s.Same != nil {
		sign = "✗"
	}
	lines = append(lines, s.bars(s.Other, s.OtherPen, sign, width, room)...)
	if height >= 3 {
		lines = append(lines, s.axis(width))
	}
	return lines
}

// bars draws one kind of pair, its sign before the lowest line.
func (s Spread) bars(counts []int, pen, sign string, width, height int) []string {
	const margin = 2
	cols := width - margin
	if cols <= 0 {
		return blankLines(width, height)
	}
	columns := resample(counts, cols)
	most := 0.0
	for _, c := range columns {
		most = max(most, c)
	}
	mark, marked := s.column(cols)
	lines := make([]string, height)
	for y := range lines {
		var b strings.Builder
		if y == height-1 {
			b.WriteString(pen + sign + theme.Reset + " ")
		} else {
			b.WriteString("  ")
		}
		for x, c := range columns {
			// The square root keeps few pairs visible beside many.
			tall := 0.0
			if most > 0 {
				tall = math.Sqrt(c/most) * float64(height)
			}
			glyph := level(min(max(tall-float64(height-1-y), 0), 1), boolCount(c > 0 && y == height-1))
			switch {
			case marked && x == mark: // it hides a bar, so that it is seen among bars
				b.WriteString(s.Styles.Strong + "│" + theme.Reset)
			case glyph == " ":
				b.WriteByte(' ')
			default:
				b.WriteString(pen + glyph + theme.Reset)
			}
		}
		b.WriteString(theme.Reset)
		lines[y] = b.String()
	}
	return lines
}

func boolCount(some bool) int {
	if some {
		return 1
	}
	return 0
}

// column is where the mark lies among n columns.
func (s Spread) column(n int) (int, bool) {
	return Curve{Lo: s.Lo, Hi: s.Hi}.column(s.At, n)
}

// axis names the ends and the mark.
func (s Spread) axis(width int) string {
	line := []rune(term.Blanks(width))
	put := func(v float64, from int) {
		text := []rune(quality(v))
		from = max(0, min(from, width-len(text)))
		to := from + len(text)
		if to > width {
			return
		}
		for i := max(from-1, 0); i < min(to+1, width); i++ {
			if line[i] != ' ' {
				return
			}
		}
		copy(line[from:], text)
	}
	put(s.Lo, 2)
	put(s.Hi, width)
	if x, ok := s.column(width - 2); ok {
		put(s.At, x)
	}
	return s.Styles.Dim + string(line) + theme.Reset
}

// resample spreads classes over n columns, keeping their sum.
func resample(counts []int, n int) []float64 {
	columns := make([]float64, n)
	if len(counts) == 0 {
		return columns
	}
	scale := float64(n) / float64(len(counts))
	for i, c := range counts {
		from, to := float64(i)*scale, float64(i+1)*scale
		for x := int(from); x < n && float64(x) < to; x++ {
			share := min(to, float64(x+1)) - max(from, float64(x))
			columns[x] += float64(c) * share / scale
		}
	}
	return columns
}
