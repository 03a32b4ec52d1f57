package plot_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// gallery gathers drawings, each under its name, for one golden file.
type gallery struct {
	t   *testing.T
	all strings.Builder
}

// hang adds a drawing, which must fill its size exactly.
func (g *gallery) hang(name string, lines []string, w, h int) {
	g.t.Helper()
	uitest.RequireSize(g.t, strings.Join(lines, "\n"), w, h)
	fmt.Fprintf(&g.all, "# %s, %d×%d\n", name, w, h)
	for _, l := range lines {
		g.all.WriteString(l + "\n")
	}
}

// steps counts pairs whose similarities are at least a threshold.
func steps(similarities ...float64) func(float64) int {
	return func(t float64) int {
		n := 0
		for _, s := range similarities {
			if s >= t {
				n++
			}
		}
		return n
	}
}

func TestCurvesInEveryForm(t *testing.T) {
	g := gallery{t: t}
	curve := func(name string, w, h int, change func(c *plot.Curve)) {
		c := exampleCurve(3, colorprofile.TrueColor, 300)
		change(&c)
		var lines []string
		for _, l := range c.Draw(w, h) {
			lines = append(lines, ansi.Strip(l))
		}
		g.hang(name, lines, w, h)
	}
	one := func(c *plot.Curve) { c.Series = c.Series[:1] }
	curve("bars", 40, 9, func(c *plot.Curve) { one(c); c.Plain = true })
	curve("bars of few pairs", 40, 9, func(c *plot.Curve) { one(c); c.Plain = true; c.Series[0].Count = steps(0.6, 0.7, 0.7, 0.9, 0.97) })
	curve("letters, a star where they meet", 60, 12, func(c *plot.Curve) { c.Plain = true; c.Series[1].Count = c.Series[0].Count })
	curve("letters of their own", 60, 9, func(c *plot.Curve) { c.Plain = true; c.Series[1].Letter = "X" })
	curve("lines", 60, 12, func(*plot.Curve) {})
	curve("letters alone where names have no room", 50, 8, func(c *plot.Curve) {
		for i := range c.Series {
			c.Series[i].Letter = string(rune('A' + i))
		}
	})
	for _, w := range []int{57, 58, 59} { // the names and their counts take 58
		curve("names that just have room", w, 6, func(c *plot.Curve) {
			for i := range c.Series {
				c.Series[i].Letter = string(rune('A' + i))
			}
		})
	}
	curve("names without letters are cut", 40, 6, func(*plot.Curve) {})
	curve("no pairs", 30, 8, func(c *plot.Curve) { one(c); c.Series[0].Count = steps() })
	curve("a threshold that two share", 60, 8, func(c *plot.Curve) { c.Series[1].At = c.Series[0].At })
	curve("thresholds at both ends", 60, 8, func(c *plot.Curve) { c.Series[0].At, c.Series[1].At, c.Series[2].At = 0.5, 1, math.NaN() })
	curve("a short scale", 70, 8, func(c *plot.Curve) { c.Lo, c.Series[0].At, c.Series[1].At, c.Series[2].At = 0.9, 0.93, 0.95, 0.91 })
	curve("a long scale", 100, 8, func(c *plot.Curve) { c.Lo = -1 })
	curve("49 pairs", 30, 9, func(c *plot.Curve) { *c = exampleCurve(1, colorprofile.TrueColor, 49) })
	curve("50 pairs", 30, 9, func(c *plot.Curve) { *c = exampleCurve(1, colorprofile.TrueColor, 50) })
	curve("two million", 40, 16, func(c *plot.Curve) { *c = exampleCurve(1, colorprofile.TrueColor, 2_000_000) })
	for _, w := range []int{11, 12, 23, 24, 36} {
		curve("a line each", w, 4, func(*plot.Curve) {})
	}
	curve("a line each, no threshold", 30, 3, func(c *plot.Curve) { c.Series[1].At = math.NaN() })
	golden.RequireEqual(t, g.all.String())
}

func TestScattersInEveryForm(t *testing.T) {
	g := gallery{t: t}
	scatter := func(name string, w, h int, change func(s *plot.Scatter)) {
		s := exampleScatter(6, colorprofile.TrueColor)
		change(&s)
		var lines []string
		for _, l := range s.Draw(w, h) {
			lines = append(lines, ansi.Strip(l))
		}
		g.hang(name, lines, w, h)
	}
	scatter("some", 60, 13, func(*plot.Scatter) {})
	scatter("some, one line more", 60, 14, func(*plot.Scatter) {})
	scatter("some, plain", 60, 13, func(s *plot.Scatter) { s.Plain = true })
	scatter("all for nothing", 40, 9, func(s *plot.Scatter) {
		for i := range s.Points {
			s.Points[i].X = 0
		}
	})
	scatter("all at one price", 40, 9, func(s *plot.Scatter) {
		for i := range s.Points {
			s.Points[i].X = 0.02
		}
	})
	scatter("one in the place of the chosen one", 40, 9, func(s *plot.Scatter) { s.Points[3].X, s.Points[3].Y = s.Points[2].X, s.Points[2].Y })
	scatter("the chosen one in the place of one", 40, 9, func(s *plot.Scatter) {
		s.Points[3].X, s.Points[3].Y, s.Points[3].Chosen, s.Points[2].Chosen = s.Points[2].X, s.Points[2].Y, true, false
	})
	scatter("one just before the chosen one", 40, 9, func(s *plot.Scatter) { s.Points[4].X, s.Points[4].Y = 0.018, s.Points[2].Y })
	scatter("three in one place at the right end", 40, 9, func(s *plot.Scatter) {
		s.Points[4], s.Points[4].Letter = s.Points[3], "E"
		s.Points[5], s.Points[5].Letter = s.Points[3], "F"
	})
	scatter("all as good", 40, 9, func(s *plot.Scatter) {
		for i := range s.Points {
			s.Points[i].Y, s.Points[i].Low, s.Points[i].High = 0.9, 0.9, 0.9
		}
	})
	scatter("the chosen one is free", 40, 9, func(s *plot.Scatter) { s.Points[0].Chosen, s.Points[2].Chosen = true, false })
	scatter("a long name of the quality", 40, 9, func(s *plot.Scatter) { s.YName = "nDCG at 10" })
	scatter("long prices", 30, 8, func(s *plot.Scatter) { s.Label = func(x float64) string { return fmt.Sprintf("$%.8f", x) } })
	scatter("too narrow", 23, 9, func(*plot.Scatter) {})
	scatter("too low", 40, 5, func(*plot.Scatter) {})
	scatter("none", 30, 7, func(s *plot.Scatter) { s.Points = nil })
	golden.RequireEqual(t, g.all.String())
}

func TestSpreadsInEveryForm(t *testing.T) {
	g := gallery{t: t}
	spread := func(name string, w, h int, s plot.Spread) {
		var lines []string
		for _, l := range s.Draw(w, h) {
			lines = append(lines, ansi.Strip(l))
		}
		g.hang(name, lines, w, h)
	}
	for _, at := range []float64{math.NaN(), -0.2, -0.1, 0, 0.7, 0.9, 1, 1.1} {
		spread(fmt.Sprintf("marked at %.2f", at), 40, 4, exampleSpread(false, at))
	}
	for h := 1; h <= 6; h++ {
		spread("with labels", 40, h, exampleSpread(true, 0.5))
	}
	spread("as many columns as classes", 62, 4, exampleSpread(false, math.NaN()))
	spread("more columns than classes", 90, 4, plot.Spread{Lo: 0, Hi: 1, At: math.NaN(), Other: []int{1, 0, 4, 0, 100}})
	spread("a few pairs beside many", 12, 5, plot.Spread{Lo: 0, Hi: 1, At: math.NaN(), Other: []int{1, 0, 0, 10_000, 2_500, 0, 0, 0, 0, 1}})
	spread("no pairs of one kind", 30, 5, plot.Spread{Lo: 0, Hi: 1, At: 0.5, Same: []int{}, Other: []int{1, 2, 3}})
	for _, w := range []int{2, 3, 5, 9} {
		spread("narrow", w, 3, exampleSpread(false, 0.5))
	}
	golden.RequireEqual(t, g.all.String())
}

// TestHeatmapsInEveryForm draws without colours, but for half-blocks, which are nothing else.
func TestHeatmapsInEveryForm(t *testing.T) {
	g := gallery{t: t}
	heatmap := func(name string, n, w, h int, profile colorprofile.Profile, change func(m *plot.Heatmap)) {
		m := exampleHeatmap(n, profile)
		change(&m)
		lines := m.Draw(w, h)
		for i := range lines {
			if m.Mode != plot.CellHalf {
				lines[i] = ansi.Strip(lines[i])
			}
		}
		g.hang(name, lines, w, h)
	}
	cursor := func(row, col int) func(m *plot.Heatmap) {
		return func(m *plot.Heatmap) { m.Row, m.Col, m.LabelWidth = row, col, 6 }
	}
	for _, row := range []int{0, 1, 4} {
		heatmap(fmt.Sprintf("half-blocks, cursor in row %d of 5", row+1), 5, 12, 5, colorprofile.TrueColor, func(m *plot.Heatmap) { cursor(row, 3)(m); m.Mode = plot.CellHalf })
	}
	heatmap("half-blocks of differences", 8, 14, 6, colorprofile.TrueColor, func(m *plot.Heatmap) {
		cursor(-1, -1)(m)
		m.Mode, m.Delta, m.Lo, m.Hi, m.Ramp = plot.CellHalf, true, -1, 1, theme.NewRamp(theme.RampDiverging, colorprofile.TrueColor, true)
		m.At = func(i, j int) (float64, bool) { return float64(i)/3.5 - 1, true }
	})
	groups := func(m *plot.Heatmap) {
		m.Breaks, m.Title = []int{2, 3}, ""
		m.GroupName = func(row int) string { return []string{"cats", "cats", "dogs"}[min(row, 2)] }
	}
	for _, mode := range []plot.CellMode{plot.CellNumbers, plot.CellColors, plot.CellHalf} {
		profile := colorprofile.ASCII
		if mode == plot.CellHalf {
			profile = colorprofile.TrueColor
		}
		for _, h := range []int{7, 10} {
			heatmap(fmt.Sprintf("groups, %v", mode), 6, 50, h, profile, func(m *plot.Heatmap) { cursor(2, 4)(m); groups(m); m.Mode = mode; m.LabelWidth = 12 })
		}
	}
	heatmap("blocks have a diagonal", 4, 40, 7, colorprofile.ASCII, func(m *plot.Heatmap) { cursor(0, 0)(m); m.Blocks = true })
	heatmap("large cells with a crosshair", 4, 40, 14, colorprofile.ASCII, func(m *plot.Heatmap) { cursor(1, 2)(m); m.Mode = plot.CellColors })
	heatmap("large cells in colour", 4, 40, 14, colorprofile.TrueColor, func(m *plot.Heatmap) { cursor(1, 2)(m); m.Mode = plot.CellColors })
	heatmap("numbers in large cells", 4, 40, 14, colorprofile.ASCII, func(m *plot.Heatmap) { cursor(1, 2)(m); m.Mode = plot.CellNumbers })
	for _, at := range [][2]int{{0, 0}, {0, 100}, {100, 0}, {100, 100}, {180, 180}} {
		heatmap(fmt.Sprintf("from row and column %v of 200", at), 200, 60, 9, colorprofile.ASCII, func(m *plot.Heatmap) {
			cursor(at[0]+3, at[1]+2)(m)
			m.Top, m.Left, m.Mode = at[0], at[1], plot.CellColors
		})
		heatmap(fmt.Sprintf("from row and column %v of 200, cursor outside", at), 200, 22, 8, colorprofile.ASCII, func(m *plot.Heatmap) {
			cursor(at[0]-1, at[1]-1)(m)
			m.Top, m.Left, m.Mode = at[0], at[1], plot.CellNumbers
		})
	}
	for _, h := range []int{1, 2, 3, 4, 5} {
		heatmap("low", 9, 40, h, colorprofile.ASCII, cursor(0, 0))
	}
	for _, w := range []int{4, 8, 13, 17, 18} {
		heatmap("narrow", 9, w, 6, colorprofile.ASCII, func(m *plot.Heatmap) { m.Row, m.Col = 2, 2 })
	}
	golden.RequireEqual(t, g.all.String())
}

func TestScalesReachToTheirEnds(t *testing.T) {
	grey := plot.Heatmap{Ramp: theme.NewRamp(theme.RampGrey, colorprofile.ASCII, true), Lo: 0, Hi: 1}
	for w, want := range map[int]string{13: " ░▓█", 14: "0.00  ░▓█ 1.00", 15: "0.00  ░▒▓█ 1.00"} {
		got := ansi.Strip(grey.Legend(plot.CellNumbers, w))
		if w == 13 {
			if strings.ContainsAny(got, "01") {
				t.Errorf("in 13 columns the ends leave no room for the scale: %q", got)
			}
		} else if got != want {
			t.Errorf("in %d columns the scale reads %q, want %q", w, got, want)
		}
	}
	h := plot.Heatmap{Ramp: theme.NewRamp(theme.RampViridis, colorprofile.TrueColor, true), Lo: 0, Hi: 1}
	for mode, want := range map[plot.CellMode]string{plot.CellNumbers: "        ", plot.CellColors: "    ··••", plot.CellHalf: "      ::"} {
		if got := ansi.Strip(h.Legend(mode, 18)); got != "0.00 "+want+" 1.00" {
			t.Errorf("the scale of %v is %q, want %q between its ends", mode, got, want)
		}
	}
}
