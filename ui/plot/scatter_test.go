package plot_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/uitest"
)

// exampleScatter has up to six candidates, two of them free and one of those dominated.
func exampleScatter(n int, profile colorprofile.Profile) plot.Scatter {
	s := plot.Scatter{Label: func(x float64) string { return fmt.Sprintf("$%.2f", x) }, YName: "auc", Styles: uitest.StylesFor(profile),
		Plain: profile <= colorprofile.ASCII}
	prices, values := []float64{0, 0, 0.02, 0.13, 0.01, 0.08}, []float64{0.81, 0.62, 0.93, 0.95, 0.88, 0.91}
	for i := range n {
		p := plot.Point{Letter: string(rune('A' + i)), Name: fmt.Sprint("m", i), X: prices[i], Y: values[i], Low: values[i] - 0.05, High: values[i] + 0.03,
			Chosen: i == 2}
		if profile > colorprofile.ASCII {
			p.Pen = uitest.DrawingStyles.Candidates[i%3]
		}
		s.Points = append(s.Points, p)
	}
	return s
}

func TestScatterDrawing(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for _, c := range []struct{ n, w, h int }{{6, 78, 18}, {3, 40, 10}, {1, 30, 8}} {
			t.Run(fmt.Sprintf("%v-%d-%dx%d", profile, c.n, c.w, c.h), func(t *testing.T) {
				drawing := strings.Join(exampleScatter(c.n, profile).Draw(c.w, c.h), "\n")
				uitest.RequireSize(t, drawing, c.w, c.h)
				golden.RequireEqual(t, drawing)
			})
		}
	}
}

func TestScatterFillsItsSizeExactly(t *testing.T) {
	for n := range 7 {
		for _, size := range []ui.Size{{W: 1, H: 1}, {W: 23, H: 6}, {W: 24, H: 6}, {W: 25, H: 7}, {W: 61, H: 13}, {W: 120, H: 40}} {
			s := exampleScatter(n, colorprofile.TrueColor)
			uitest.RequireSize(t, strings.Join(s.Draw(size.W, size.H), "\n"), size.W, size.H)
			for i := range s.Points {
				s.Points[i].X, s.Points[i].Y, s.Points[i].Low, s.Points[i].High = 0, 1, 1, 1
			}
			uitest.RequireSize(t, strings.Join(s.Draw(size.W, size.H), "\n"), size.W, size.H)
		}
	}
}

// The name of the quality stands whole before the prices, which give way to it.
func TestTheScatterNamesTheQualityWhole(t *testing.T) {
	for name, want := range map[string]string{
		"auc": "auc   free", "five5": "five5 free", "sixsix": "sixsix free", "nDCG@10": "nDCG@10 free", "Spearman": "Spearman free",
		"average precision": "average preci… free",
	} {
		s := exampleScatter(2, colorprofile.ASCII)
		s.YName, s.Label = name, func(float64) string { return "free" }
		lines := s.Draw(40, 10)
		if got := strings.TrimRight(ansi.Strip(lines[len(lines)-1]), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		uitest.RequireSize(t, strings.Join(lines, "\n"), 40, 10)
	}
}

func TestFrontierHasWhatNothingBetterCostsAsLittle(t *testing.T) {
	if got := exampleScatter(6, colorprofile.ASCII).Frontier(); !slices.Equal(got, []int{0, 4, 2, 3}) {
		t.Errorf("the frontier is %v", got)
	}
}

func exampleSpread(labelled bool, at float64) plot.Spread {
	s := plot.Spread{Lo: -0.2, Hi: 1, At: at, Other: make([]int, 60), Styles: uitest.DrawingStyles, SamePen: uitest.DrawingStyles.Good, OtherPen: uitest.DrawingStyles.Dim}
	for i := range s.Other {
		s.Other[i] = int(400 * math.Exp(-math.Pow(float64(i-14)/6, 2)))
	}
	if labelled {
		s.Same = make([]int, 60)
		for i := range s.Same {
			s.Same[i] = int(30 * math.Exp(-math.Pow(float64(i-44)/5, 2)))
		}
	}
	return s
}

func TestSpreadDrawing(t *testing.T) {
	for _, labelled := range []bool{false, true} {
		for _, size := range []ui.Size{{W: 60, H: 7}, {W: 30, H: 3}} {
			t.Run(fmt.Sprintf("%v-%dx%d", labelled, size.W, size.H), func(t *testing.T) {
				drawing := strings.Join(exampleSpread(labelled, 0.5).Draw(size.W, size.H), "\n")
				uitest.RequireSize(t, drawing, size.W, size.H)
				golden.RequireEqual(t, drawing)
			})
		}
	}
}

func TestSpreadFillsItsSizeExactly(t *testing.T) {
	for _, at := range []float64{math.NaN(), -0.2, 0.3, 1, 2} {
		for w := 1; w < 40; w += 3 {
			for h := 1; h < 9; h++ {
				for _, labelled := range []bool{false, true} {
					uitest.RequireSize(t, strings.Join(exampleSpread(labelled, at).Draw(w, h), "\n"), w, h)
				}
			}
		}
	}
	empty := plot.Spread{Lo: 0, Hi: 1, At: math.NaN(), Same: []int{}, Styles: uitest.DrawingStyles}
	uitest.RequireSize(t, strings.Join(empty.Draw(20, 5), "\n"), 20, 5)
}
