package plot_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// blocks is a matrix with groups of four alike texts; its last row has no
// values.
func blocks(n int) func(i, j int) (float64, bool) {
	return func(i, j int) (float64, bool) {
		switch d := math.Abs(float64(i - j)); {
		case i == j:
			return 1, true
		case n > 4 && (i == n-1 || j == n-1):
			return 0, false
		case i/4 == j/4:
			return 0.97 - 0.03*d, true
		default:
			return 0.45*math.Exp(-d/20) - 0.12*math.Abs(math.Sin(float64(i*j))), true
		}
	}
}

func exampleHeatmap(n int, profile colorprofile.Profile) plot.Heatmap {
	return plot.Heatmap{
		N: n, At: blocks(n), Lo: -0.1, Hi: 1, Ramp: theme.NewRamp(theme.RampViridis, profile, true), Row: 5, Col: 2, Negative: true,
		LabelWidth: 16, RowLabel: func(i int) string { return fmt.Sprintf("text %d\tof 日本", i+1) },
		Title: "use-lite@512", Styles: uitest.StylesFor(profile),
	}
}

func TestHeatmapDrawing(t *testing.T) {
	for _, depth := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI, colorprofile.ASCII} {
		for _, c := range []struct{ n, w, h int }{{12, 80, 24}, {40, 80, 24}, {40, 200, 60}, {12, 40, 10}, {200, 40, 10}} {
			t.Run(fmt.Sprintf("%v-%dx%d-of-%d", depth, c.w, c.h, c.n), func(t *testing.T) {
				drawing := strings.Join(exampleHeatmap(c.n, depth).Draw(c.w, c.h), "\n")
				uitest.RequireSize(t, drawing, c.w, c.h)
				golden.RequireEqual(t, drawing)
			})
		}
	}
}

func TestHeatmapChoosesTheMostLegibleModeThatFits(t *testing.T) {
	for _, c := range []struct {
		n, w, h int
		profile colorprofile.Profile
		mode    plot.CellMode
		cell    int
	}{
		{12, 80, 24, colorprofile.TrueColor, plot.CellNumbers, 5},
		{20, 80, 24, colorprofile.TrueColor, plot.CellColors, 2},
		{22, 50, 24, colorprofile.TrueColor, plot.CellColors, 1},
		{40, 80, 24, colorprofile.TrueColor, plot.CellHalf, 1},
		{40, 80, 24, colorprofile.ASCII, plot.CellColors, 1},
		{36, 200, 60, colorprofile.TrueColor, plot.CellNumbers, 5},
		{500, 80, 24, colorprofile.TrueColor, plot.CellHalf, 1},
		{0, 80, 24, colorprofile.TrueColor, plot.CellNumbers, 6},
	} {
		g := exampleHeatmap(c.n, c.profile).Fit(c.w, c.h)
		if g.Mode != c.mode || g.CellWidth != c.cell {
			t.Errorf("%d texts at %dx%d with %v: mode %v, cells of %d; want %v, %d", c.n, c.w, c.h, c.profile, g.Mode, g.CellWidth, c.mode, c.cell)
		}
	}
}

// everyHeatmap runs f over modes, sizes and corpora, also far too small and
// too large.
func everyHeatmap(f func(name string, h plot.Heatmap, w, height int)) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for mode := plot.CellAuto; mode <= plot.CellHalf; mode++ {
			for _, n := range []int{0, 1, 2, 3, 13, 101} {
				for _, s := range []ui.Size{{W: 1, H: 1}, {W: 3, H: 2}, {W: 5, H: 3}, {W: 10, H: 5}, {W: 17, H: 4}, {W: 40, H: 10}, {W: 81, H: 25}} {
					h := exampleHeatmap(n, profile)
					h.Mode = mode
					f(fmt.Sprintf("%v mode %d, %d texts, %dx%d", profile, mode, n, s.W, s.H), h, s.W, s.H)
				}
			}
		}
	}
}

// TestHeatmapAutoSharesNoLineWhereAllRowsFit looks at every size for half-blocks, whose
// only sign is their colour, where each row could have a line of its own.
func TestHeatmapAutoSharesNoLineWhereAllRowsFit(t *testing.T) {
	for _, n := range []int{9, 36} {
		h := exampleHeatmap(n, colorprofile.TrueColor)
		for w := 18; w <= 120; w += 3 {
			for height := 3; height <= 50; height++ {
				g := h.Fit(w, height)
				const aroundRows = 3 // title, numbers of the columns, position
				if height-aroundRows >= n && g.PerLine > 1 {
					t.Fatalf("%d rows share %d lines in %d columns", n, height, w)
				}
			}
		}
	}
}

func TestHeatmapFillsItsSizeExactly(t *testing.T) {
	everyHeatmap(func(name string, h plot.Heatmap, w, height int) {
		t.Run(name, func(t *testing.T) {
			h.Top, h.Left = 1000, -7 // nonsense must not matter
			uitest.RequireSize(t, strings.Join(h.Draw(w, height), "\n"), w, height)
		})
	})
}

func TestHeatmapScrollKeepsTheCursorVisible(t *testing.T) {
	everyHeatmap(func(name string, h plot.Heatmap, w, height int) {
		for at := range h.N {
			g := h.Fit(w, height)
			h.Top, h.Left = g.Scroll(at, h.N-1-at, h.Top, h.Left)
			g = h.Fit(w, height)
			if g.Rows == 0 || g.Cols == 0 {
				continue
			}
			if at < g.Top || at >= g.Top+g.Rows || h.N-1-at < g.Left || h.N-1-at >= g.Left+g.Cols {
				t.Fatalf("%s: cell %d,%d is outside %+v", name, at, h.N-1-at, g)
			}
		}
	})
}

func TestHeatmapScrollsNoMoreThanNeeded(t *testing.T) {
	h := exampleHeatmap(200, colorprofile.TrueColor)
	h.Mode, h.Negative = plot.CellNumbers, false
	g := h.Fit(80, 24) // 16 columns, 21 rows
	for _, c := range []struct{ row, col, top, left, wantTop, wantLeft int }{
		{5, 5, 0, 0, 0, 0}, {20, 15, 0, 0, 0, 0}, {21, 16, 0, 0, 1, 1}, {50, 50, 40, 40, 40, 40}, {39, 39, 40, 40, 39, 39},
		{199, 199, 0, 0, 179, 184}, {-1, -1, 500, 500, 179, 184},
	} {
		top, left := g.Scroll(c.row, c.col, c.top, c.left)
		if top != c.wantTop || left != c.wantLeft {
			t.Errorf("Scroll(%d, %d, %d, %d) = %d, %d, want %d, %d", c.row, c.col, c.top, c.left, top, left, c.wantTop, c.wantLeft)
		}
	}
}

func TestHeatmapFindsTheCellUnderTheMouse(t *testing.T) {
	everyHeatmap(func(name string, h plot.Heatmap, w, height int) {
		h.Top, h.Left = 4, 3
		g := h.Fit(w, height)
		found := map[[2]int]bool{}
		for y := range height {
			for x := range w {
				if row, col, ok := g.CellAt(x, y); ok {
					found[[2]int{row, col}] = true
					if row < g.Top || row >= g.Top+g.Rows || col < g.Left || col >= g.Left+g.Cols {
						t.Fatalf("%s: %d,%d is outside %+v", name, row, col, g)
					}
				}
			}
		}
		if want := (g.Rows + g.PerLine - 1) / g.PerLine * g.Cols; len(found) != want {
			t.Errorf("%s: %d cells can be clicked, want %d", name, len(found), want)
		}
	})
}

func TestHeatmapShowsTheCursorInEveryMode(t *testing.T) {
	everyHeatmap(func(name string, h plot.Heatmap, w, height int) {
		g := h.Fit(w, height)
		if g.Rows <= 5 || g.Cols <= 3 {
			return
		}
		h.Row, h.Col = -1, -1
		without := h.Draw(w, height)
		h.Row, h.Col = 5, 3
		with := h.Draw(w, height)
		y, x := g.Y+5/g.PerLine, g.X+3*g.CellWidth
		cell := func(lines []string) string { return ansi.Cut(lines[y], x, x+g.CellWidth) }
		if cell(with) == cell(without) {
			t.Errorf("%s: the cell under the cursor looks like any other: %q", name, cell(with))
		}
	})
}

func TestHeatmapWithoutColoursHasNone(t *testing.T) {
	everyHeatmap(func(name string, h plot.Heatmap, w, height int) {
		if h.Ramp.Colour() {
			return
		}
		for _, code := range []string{"\x1b[3", "\x1b[4", "\x1b[9", "\x1b[10"} {
			if strings.Contains(strings.Join(h.Draw(w, height), "\n"), code) {
				t.Errorf("%s: the drawing has %q", name, code)
			}
		}
	})
}

func TestHeatmapNumbers(t *testing.T) {
	type written struct {
		v           float64
		w, decimals int
		down        bool
	}
	for c, want := range map[written]string{
		{0.876, 6, 3, true}: "  .876", {0.998, 6, 3, true}: "  .998", {1, 6, 3, true}: " 1.000", {-0.1234, 6, 3, true}: " -.124",
		{0.998, 5, 2, true}: "  .99", {0.998, 4, 2, true}: " .99", {0.99999, 5, 3, true}: " .999", {1, 5, 3, true}: " 1.00", {1, 4, 2, true}: " 1.0",
		{0.29, 5, 2, true}: "  .29", {-0.12, 5, 2, true}: " -.12", {-1, 5, 2, true}: " -1.0", {0, 5, 2, true}: "  .00",
		{-0.004, 5, 2, false}: "  .00", {-1.96, 5, 2, false}: " -2.0", {-1.234, 6, 3, false}: " -1.23",
		{-12, 5, 2, false}: "  -12", {250, 5, 2, false}: "  250", {1e9, 5, 2, false}: "1000…",
	} {
		if got := plot.CellNumber(c.v, c.w, c.decimals, c.down); got != want {
			t.Errorf("%v is written %q, want %q", c, got, want)
		}
	}
}

func TestHeatmapNumbersNeverRunTogether(t *testing.T) {
	values := []float64{1, 0.998, -0.011, 0.03, -0.999, -1}
	h := exampleHeatmap(6, colorprofile.ASCII)
	h.At = func(i, j int) (float64, bool) { return values[(i+j)%6], true }
	h.LabelWidth, h.Negative, h.Mode, h.Row, h.Col = 0, true, plot.CellNumbers, -1, -1
	for _, w := range []int{30, 36, 60} {
		for _, line := range strings.Split(ansi.Strip(strings.Join(h.Draw(w, 8), "\n")), "\n")[2:] {
			if got := len(strings.Fields(line)); got != 6 {
				t.Errorf("at %d columns %q has %d numbers, want 6", w, line, got)
			}
		}
	}
	h.Negative = false
	h.At = func(i, j int) (float64, bool) { return []float64{1, 0.998}[(i+j)%2], true }
	if line := ansi.Strip(h.Draw(30, 8)[2]); line != " 1.00 .998 1.00 .998 1.00 .998" {
		t.Errorf("without signs three decimals have room in five columns: %q", line)
	}
}

// grouped is a matrix of three groups, of two, three and one.
func grouped(profile colorprofile.Profile) plot.Heatmap {
	h := exampleHeatmap(6, profile)
	h.Breaks = []int{2, 5}
	h.GroupName = func(row int) string { return []string{"cats", "cats", "money", "money", "money", "no group"}[row] }
	h.Title = ""
	return h
}

func TestHeatmapGroupsStandApartUnderTheirNames(t *testing.T) {
	h := grouped(colorprofile.ASCII)
	h.Mode, h.Row, h.Col = plot.CellColors, -1, -1
	lines := strings.Split(ansi.Strip(strings.Join(h.Draw(34, 12), "\n")), "\n")
	for y, want := range map[int]string{0: "cats ", 3: "money ", 7: "no group "} {
		if !strings.HasPrefix(lines[y], want) {
			t.Errorf("line %d is %q, want the name %q", y, lines[y], want)
		}
	}
	g := h.Fit(34, 12)
	for _, c := range [][4]int{{16, 1, 0, 0}, {21, 4, 2, 2}, {28, 8, 5, 5}} {
		if row, col, ok := g.CellAt(c[0], c[1]); !ok || row != c[2] || col != c[3] {
			t.Errorf("at %d,%d lies cell %d,%d, %v, want %d,%d", c[0], c[1], row, col, ok, c[2], c[3])
		}
	}
	if _, _, ok := g.CellAt(20, 1); ok {
		t.Error("there is a cell between two groups")
	}
	lines = strings.Split(ansi.Strip(strings.Join(h.Draw(29, 8), "\n")), "\n")
	for y, want := range []string{"", "┌", "└", "┌", "│", "└", "╶"} {
		if !strings.Contains(lines[y], want) {
			t.Errorf("without room for gaps line %d is %q, want a %q", y, lines[y], want)
		}
	}
}

func TestHeatmapCellsAreSquareWhereThereIsRoom(t *testing.T) {
	for mode, want := range map[plot.CellMode][2]int{plot.CellAuto: {6, 3}, plot.CellColors: {6, 3}} {
		h := grouped(colorprofile.TrueColor)
		h.Mode = mode
		if g := h.Fit(80, 24); g.CellWidth != want[0] || g.CellLines != want[1] {
			t.Errorf("mode %v: cells of %d×%d, want %v", mode, g.CellWidth, g.CellLines, want)
		}
		h.N, h.Breaks, h.Mode = 10, nil, plot.CellColors
		if g := h.Fit(60, 22); g.CellWidth != 4 || g.CellLines != 2 {
			t.Errorf("ten coloured cells are %d×%d, want 4×2", g.CellWidth, g.CellLines)
		}
	}
}

func TestHeatmapLargeCellsAreFilledExceptOnTheDiagonal(t *testing.T) {
	h := grouped(colorprofile.ASCII)
	h.Mode, h.Row, h.Col = plot.CellColors, -1, -1
	g := h.Fit(80, 24)
	lines := strings.Split(ansi.Strip(strings.Join(h.Draw(80, 24), "\n")), "\n")
	cell := func(line, col int) string {
		return ansi.Cut(lines[g.Y+line], g.X+col*g.CellWidth, g.X+(col+1)*g.CellWidth)
	}
	if top, middle := cell(0, 1), cell(1, 1); g.CellLines != 3 || top != middle || strings.TrimSpace(top) == "" {
		t.Errorf("a cell of %d lines has %q over %q", g.CellLines, top, middle)
	}
	if top := cell(0, 0); strings.TrimSpace(top) != "" {
		t.Errorf("the diagonal has %q over its mark", top)
	}
}

func TestHeatmapColourIsNeverTheOnlySign(t *testing.T) {
	h := exampleHeatmap(6, colorprofile.TrueColor)
	h.At = func(i, j int) (float64, bool) { return float64(i+j) / 12, true }
	h.Mode, h.Lo, h.Hi, h.Row, h.Col, h.LabelWidth, h.Title = plot.CellColors, 0, 1, -1, -1, 0, ""
	for w, want := range map[int]string{6: " ···•╲", 12: "  · · · • ╲╲"} {
		if line := ansi.Strip(h.Draw(w, 7)[6]); line != want {
			t.Errorf("in %d columns the last row is %q, want %q", w, line, want)
		}
	}
}

func TestHeatmapDrawsACrosshair(t *testing.T) {
	h := exampleHeatmap(6, colorprofile.TrueColor)
	h.At = func(int, int) (float64, bool) { return 0, true }
	h.Mode, h.Row, h.Col, h.LabelWidth, h.Title = plot.CellColors, 3, 1, 0, ""
	lines := strings.Split(ansi.Strip(strings.Join(h.Draw(12, 7), "\n")), "\n")
	if lines[4] != " ─[] ─╲╲ ─ ─" || !strings.HasPrefix(lines[1][len("╲╲"):], " │") {
		t.Errorf("the cursor's row and column are\n%s", strings.Join(lines, "\n"))
	}
}

func TestHeatmapNamesColumnsAsTheirTexts(t *testing.T) {
	h := exampleHeatmap(3, colorprofile.ASCII)
	h.Number = func(i int) int { return []int{7, 3, 12}[i] }
	lines := strings.Split(ansi.Strip(strings.Join(h.Draw(40, 6), "\n")), "\n")
	if got := strings.Fields(lines[1]); strings.Join(got, " ") != "7 3 12" {
		t.Errorf("the columns are named %q", got)
	}
	for y, want := range []string{"7", "3", "12"} {
		if got := strings.Fields(lines[2+y])[0]; got != want {
			t.Errorf("row %d is named %q, want %q", y, got, want)
		}
	}
}

func TestHeatmapNumbersOfRowsStandUnderEachOther(t *testing.T) {
	h := exampleHeatmap(3, colorprofile.ASCII)
	h.Number = func(i int) int { return []int{81, 1310, 5}[i] }
	h.RowLabel = func(int) string { return "label" }
	h.LabelWidth = 12
	lines := strings.Split(ansi.Strip(strings.Join(h.Draw(60, 6), "\n")), "\n")
	for y, want := range []string{"  81 label", "1310 label", "   5 label"} {
		if !strings.HasPrefix(lines[2+y], want) {
			t.Errorf("row %d begins with %q, want %q", y, lines[2+y], want)
		}
	}
}

func TestInNoCellIsColourTheOnlySignOfWhatStandsOut(t *testing.T) {
	for _, mode := range []plot.CellMode{plot.CellColors, plot.CellHalf} {
		for name, c := range map[string]struct {
			delta bool
			at    func(i, j int) (float64, bool)
			want  map[plot.CellMode]string
		}{
			"similar":     {false, func(i, j int) (float64, bool) { return 0.9, true }, map[plot.CellMode]string{plot.CellColors: "•", plot.CellHalf: ":"}},
			"upper row":   {false, func(i, j int) (float64, bool) { return 0.9 * float64(1-i%2), true }, map[plot.CellMode]string{plot.CellColors: "•", plot.CellHalf: "'"}},
			"lower row":   {false, func(i, j int) (float64, bool) { return 0.9 * float64(i%2), true }, map[plot.CellMode]string{plot.CellColors: "•", plot.CellHalf: "."}},
			"more by far": {true, func(i, j int) (float64, bool) { return 0.9, true }, map[plot.CellMode]string{plot.CellColors: "+", plot.CellHalf: "+"}},
			"less by far": {true, func(i, j int) (float64, bool) { return -0.9, true }, map[plot.CellMode]string{plot.CellColors: "-", plot.CellHalf: "-"}},
		} {
			h := exampleHeatmap(12, colorprofile.TrueColor)
			h.At, h.Delta, h.Mode, h.Row, h.Col, h.LabelWidth, h.Title = c.at, c.delta, mode, -1, -1, 0, ""
			h.Lo, h.Hi = 0, 1
			if c.delta {
				h.Lo = -1
			}
			drawn, want := ansi.Strip(strings.Join(h.Draw(40, 20), "\n")), c.want[mode]
			if !strings.Contains(drawn, want) {
				t.Errorf("%s, %v: no cell has %q:\n%s", name, mode, want, drawn)
			}
			if legend := ansi.Strip(h.Legend(mode, 40)); mode == plot.CellColors && !strings.Contains(legend, want) {
				t.Errorf("%s: the scale does not tell what %q is: %s", name, want, legend)
			}
		}
	}
}

func TestHeatmapTellsItsPositionOnTheLastLine(t *testing.T) {
	seen := 0
	for height := 12; height <= 40; height++ {
		h := exampleHeatmap(12, colorprofile.ASCII)
		h.Mode = plot.CellNumbers
		lines := ansi.Strip(strings.Join(h.Draw(40, height), "\n"))
		for y, l := range strings.Split(lines, "\n") {
			if strings.Contains(l, "of 12") || strings.Contains(l, "/12") {
				if seen++; y != height-1 {
					t.Errorf("of %d lines the position stands on line %d", height, y+1)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no position is told")
	}
}
