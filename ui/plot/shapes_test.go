package plot_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Where cells lie and how large they are, at the sizes between which that changes.
func TestHeatmapTakesItsShapeFromItsRoom(t *testing.T) {
	plain := func(change func(h *plot.Heatmap)) plot.Heatmap {
		h := plot.Heatmap{N: 10, At: blocks(10), Lo: 0, Hi: 1, Ramp: theme.NewRamp(theme.RampViridis, colorprofile.TrueColor, true), Row: -1, Col: -1}
		change(&h)
		return h
	}
	numbers := func(h *plot.Heatmap) { h.Mode = plot.CellNumbers }
	for _, c := range []struct {
		name          string
		h             plot.Heatmap
		w, height     int
		mode          plot.CellMode
		cw, lines     int
		x, rows, cols int
	}{
		{"numbers without a sign", plain(numbers), 59, 20, plot.CellNumbers, 5, 1, 0, 10, 10},
		{"numbers without a sign, less room", plain(numbers), 49, 20, plot.CellNumbers, 4, 1, 0, 10, 10},
		{"numbers with a sign", plain(func(h *plot.Heatmap) { numbers(h); h.Negative = true }), 59, 20, plot.CellNumbers, 5, 1, 0, 10, 10},
		{"numbers with a sign, more room", plain(func(h *plot.Heatmap) { numbers(h); h.Negative = true }), 60, 20, plot.CellNumbers, 6, 1, 0, 10, 10},
		{"differences have signs", plain(func(h *plot.Heatmap) { numbers(h); h.Delta = true }), 49, 20, plot.CellNumbers, 5, 1, 0, 10, 9},
		{"all rows beside the position", plain(func(*plot.Heatmap) {}), 5, 12, plot.CellColors, 1, 1, 0, 10, 5},
		{"all rows, and no line for the position", plain(func(*plot.Heatmap) {}), 5, 11, plot.CellHalf, 1, 1, 0, 10, 5},
		{"labels as wide as the matrix leaves", plain(func(h *plot.Heatmap) { h.N, h.LabelWidth = 4, 36 }), 40, 20, plot.CellColors, 1, 1, 36, 4, 4},
		{"labels of half the width", plain(func(h *plot.Heatmap) { h.N, h.LabelWidth = 30, 36 }), 40, 40, plot.CellColors, 1, 1, 20, 30, 20},
		{"groups without room between them are not large", plain(func(h *plot.Heatmap) { h.N, h.Breaks = 6, []int{3} }), 36, 40, plot.CellNumbers, 6, 1, 0, 6, 6},
		{"groups with room between them are", plain(func(h *plot.Heatmap) { h.N, h.Breaks = 6, []int{3} }), 37, 40, plot.CellNumbers, 6, 3, 0, 6, 6},
	} {
		g := c.h.Fit(c.w, c.height)
		if g.Mode != c.mode || g.CellWidth != c.cw || g.CellLines != c.lines || g.X != c.x || g.Rows != c.rows || g.Cols != c.cols {
			t.Errorf("%s: %v of %d×%d from column %d on, %d rows and %d columns", c.name, g.Mode, g.CellWidth, g.CellLines, g.X, g.Rows, g.Cols)
		}
	}
}

func TestEveryLineOfALargeCellIsTheCell(t *testing.T) {
	h := grouped(colorprofile.TrueColor)
	h.Mode = plot.CellColors
	g := h.Fit(80, 24)
	for y := range g.CellLines {
		if row, col, ok := g.CellAt(g.X+1, g.Y+y); !ok || row != 0 || col != 0 {
			t.Errorf("line %d of the first cell is cell %d,%d, %v", y, row, col, ok)
		}
	}
	if row, _, ok := g.CellAt(g.X, g.Y+g.CellLines); !ok || row != 1 {
		t.Errorf("below it is row %d, %v", row, ok)
	}
}

// halves is a matrix of two groups of three, two rows in a line.
func halves() plot.Heatmap {
	return plot.Heatmap{N: 6, At: blocks(6), Lo: 0, Hi: 1, Ramp: theme.NewRamp(theme.RampViridis, colorprofile.TrueColor, true),
		Breaks: []int{3}, Row: -1, Col: -1, Mode: plot.CellHalf, LabelWidth: 8, RowLabel: func(int) string { return "text" }}
}

// Of a group with an odd number of rows the last has a line of its own.
func TestHalvesOfTwoGroupsShareNoLineWhereThereIsRoom(t *testing.T) {
	h := halves()
	for height, want := range map[int]string{6: "2 text|3 text||4 text|6 text", 5: "2┌text|3├text|5└text|"} {
		var labels []string
		h.Row = 1
		for _, l := range h.Draw(16, height)[1:] {
			labels = append(labels, strings.TrimRight(ansi.Cut(ansi.Strip(l), 0, 7), " "))
		}
		if got := strings.Join(labels, "|"); got != want {
			t.Errorf("in %d lines the rows are %s, want %s", height, got, want)
		}
	}
	// The cursor on the first row of a group is seen there alone.
	h.Row, h.Col = 3, 1
	for y, l := range h.Draw(16, 6) {
		if has := strings.Contains(l, h.Ramp.Mark); has != (y == 4) {
			t.Errorf("line %d has the cursor: %v", y, has)
		}
	}
}

// Names of models, texts and groups come from outside.
func TestNamesInDrawingsAreMadeSafe(t *testing.T) {
	const evil = "red\x1b]0;x\a\u202e\n\x1b[2Jend"
	h := grouped(colorprofile.TrueColor)
	h.RowLabel, h.GroupName = func(int) string { return evil }, func(int) string { return evil }
	c := exampleCurve(2, colorprofile.TrueColor, 300)
	c.Series[0].Name, c.Series[1].Name = evil, evil
	s := exampleScatter(3, colorprofile.TrueColor)
	for name, lines := range map[string][]string{"heat map": h.Draw(80, 24), "curve": c.Draw(80, 20), "sparklines": c.Draw(40, 2), "scatter": s.Draw(40, 12)} {
		if raw := uitest.Raw(strings.Join(lines, "")); raw != "" || strings.Contains(strings.Join(lines, ""), "\x1b[2J") {
			t.Errorf("the %s has %q", name, raw)
		}
	}
}

// Only similarities have points in the upper half of the scale.
func TestSmallDifferencesHaveNoSign(t *testing.T) {
	h := plot.Heatmap{N: 2, Lo: -1, Hi: 1, Delta: true, Row: -1, Col: -1, Mode: plot.CellColors, Ramp: theme.NewRamp(theme.RampDiverging, colorprofile.TrueColor, true)}
	for v, want := range map[float64]string{-0.9: "-", -0.3: "", 0: "", 0.1: "", 0.3: "", 0.9: "+"} {
		h.At = func(int, int) (float64, bool) { return v, true }
		line := ansi.Strip(h.Draw(4, 3)[1])
		if got := strings.Trim(line, " ╲"); got != want {
			t.Errorf("%v is drawn as %q, want %q", v, got, want)
		}
	}
	h.Delta, h.Lo, h.Hi = false, 0, 1
	for v, want := range map[float64]string{0.49: "", 0.5: "·", 0.74: "·", 0.75: "•"} {
		h.At = func(int, int) (float64, bool) { return v, true }
		if got := strings.Trim(ansi.Strip(h.Draw(4, 3)[1]), " ╲"); got != want {
			t.Errorf("a similarity of %v is drawn as %q, want %q", v, got, want)
		}
	}
}

func TestOfPointsThatCostTheSameTheBestAloneIsOnTheFrontier(t *testing.T) {
	for _, c := range []struct {
		points []plot.Point
		want   []int
	}{
		{[]plot.Point{{X: 1, Y: 0.5}, {X: 1, Y: 0.9}}, []int{1}}, {[]plot.Point{{X: 1, Y: 0.9}, {X: 2, Y: 0.9}}, []int{0}}, {[]plot.Point{{X: 2, Y: 0.9}, {X: 1, Y: 0.9}}, []int{1}},
		{[]plot.Point{{X: 2, Y: 0.9}, {X: 1, Y: 0.8}, {X: 0, Y: 0.1}}, []int{2, 1, 0}}, {nil, nil},
	} {
		if got := (plot.Scatter{Points: c.points}).Frontier(); !slices.Equal(got, c.want) {
			t.Errorf("of %v the frontier is %v, want %v", c.points, got, c.want)
		}
	}
}

func TestTheHighestPriceIsAlwaysNamed(t *testing.T) {
	s := exampleScatter(3, colorprofile.ASCII)
	s.Points[0].X, s.Points[1].X, s.Points[2].X = 0.01, 9.9, 10
	lines := s.Draw(40, 10)
	if last := ansi.Strip(lines[len(lines)-1]); !strings.Contains(last, "$10.00") || strings.Contains(last, "$9.90") {
		t.Errorf("the prices are %q", last)
	}
}

// Under their least sizes drawings have no axes.
func TestDrawingsHaveAxesFromTheirLeastSizeOn(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want bool
	}{{24, 6, true}, {23, 6, false}, {24, 5, false}} {
		for name, lines := range map[string][]string{"curve": exampleCurve(1, colorprofile.TrueColor, 30).Draw(c.w, c.h), "scatter": exampleScatter(3, colorprofile.TrueColor).Draw(c.w, c.h)} {
			if got := strings.Contains(strings.Join(lines, ""), "└"); got != c.want {
				t.Errorf("the %s in %d×%d has axes: %v", name, c.w, c.h, got)
			}
		}
	}
}

// Where letters of two series meet, the place keeps the colour of the first.
func TestLettersThatMeetKeepTheFirstColour(t *testing.T) {
	c := exampleCurve(2, colorprofile.TrueColor, 300)
	c.Plain = true
	c.Series[1].Count = c.Series[0].Count
	for i := range c.Series {
		c.Series[i].At = math.NaN()
	}
	drawing := strings.Join(c.Draw(40, 10)[1:], "\n")
	if !strings.Contains(drawing, c.Series[0].Pen+"*") || strings.Contains(drawing, c.Series[1].Pen) {
		t.Errorf("it is drawn as %q", drawing)
	}
}

// Rows that are blocks of texts have values on the diagonal, as other cells do, however these are
// drawn; a text and itself has none.
func TestBlocksHaveADiagonal(t *testing.T) {
	for mode, size := range map[plot.CellMode][2]int{plot.CellNumbers: {30, 5}, plot.CellColors: {12, 4}, plot.CellHalf: {6, 3}} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
			h := exampleHeatmap(4, profile)
			h.At = func(int, int) (float64, bool) { return .875, true }
			h.Mode, h.Row, h.Col, h.LabelWidth, h.Title = mode, -1, -1, 0, ""
			h.Lo, h.Hi = 0, 1
			h.Blocks = true
			whole := h.Draw(size[0], size[1])
			h.Blocks = false
			if open := h.Draw(size[0], size[1]); slices.Equal(whole, open) {
				t.Errorf("mode %v, %v: a text and itself is drawn as a block", mode, profile)
			}
			for _, row := range whole[len(whole)-1:] {
				if strings.Contains(row, "╲") {
					t.Errorf("mode %v, %v: the diagonal of blocks is open: %q", mode, profile, row)
				}
			}
		}
	}
}
