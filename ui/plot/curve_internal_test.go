package plot

import (
	"testing"
)

// Several curves are told apart by letters where none has a colour, or where braille is not wanted.
func TestCurvesWithoutColoursHaveLetters(t *testing.T) {
	count := func(float64) int { return 3 }
	for name, c := range map[string]struct {
		pens          []string
		plain         bool
		letters, bars bool
	}{
		"one": {[]string{""}, false, false, false}, "one, plain": {[]string{"\x1b[31m"}, true, false, true}, "colours": {[]string{"\x1b[31m", "\x1b[32m"}, false, false, false},
		"the last has none": {[]string{"\x1b[31m", ""}, false, false, false}, "the first has none": {[]string{"", "\x1b[31m"}, false, false, false},
		"none": {[]string{"", ""}, false, true, false}, "colours, plain": {[]string{"\x1b[31m", "\x1b[32m"}, true, true, true},
	} {
		curve := Curve{Lo: 0, Hi: 1, Plain: c.plain}
		for _, pen := range c.pens {
			curve.Series = append(curve.Series, CurveSeries{Name: "m", Pen: pen, Count: count, At: .5})
		}
		p := newPlot(curve, 40, 10)
		if p.letters != c.letters || p.bars != c.bars {
			t.Errorf("%s: letters %t, bars %t", name, p.letters, p.bars)
		}
	}
}

// An arrow on the axis is of the curve whose threshold is there, and of none where several are.
func TestASharedThresholdIsNobodysOwn(t *testing.T) {
	p := &plot{Curve: Curve{Lo: 0, Hi: 1, Series: []CurveSeries{{At: 0}, {At: 1}, {At: 1}, {At: .5}, {At: 1}, {At: 2}}}, cols: 11}
	marked := p.markedColumns()
	if len(marked) != 3 || marked[0] != 1 || marked[10] != -1 || marked[5] != 4 {
		t.Errorf("marked are %v", marked)
	}
}

// Two rows that share a line stay together when the map is scrolled, with the wanted row in sight.
func TestRowsThatShareALineStayTogether(t *testing.T) {
	g := Geometry{PerLine: 2, Rows: 6, Cols: 4, n: 20}
	for _, c := range []struct{ row, top, want int }{{-1, 0, 0}, {-1, 3, 4}, {-1, 4, 4}, {3, 3, 2}, {3, 8, 2}, {8, 0, 4}, {9, 0, 4}, {10, 0, 6}, {19, 0, 14}, {0, 9, 0}} {
		top, _ := g.Scroll(c.row, -1, c.top, 0)
		if top != c.want || top%2 != 0 || c.row >= 0 && (c.row < top || c.row >= top+g.Rows) {
			t.Errorf("row %d from %d on: it begins at %d, want %d", c.row, c.top, top, c.want)
		}
	}
	g.PerLine = 1
	if top, left := g.Scroll(9, 7, 0, 0); top != 4 || left != 4 {
		t.Errorf("it begins at %d, %d", top, left)
	}
}
