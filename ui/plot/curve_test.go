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
	"github.com/vecscope/vecscope/ui/uitest"
)

// exampleCurve has up to three candidates with thresholds of their own.
func exampleCurve(n int, profile colorprofile.Profile, most int) plot.Curve {
	c := plot.Curve{Lo: 0.5, Hi: 1, Styles: uitest.StylesFor(profile)}
	for i := range n {
		s := plot.CurveSeries{
			Name: []string{"use-lite@512", "glove@100", "ngrams@4096"}[i%3], At: 0.95 - 0.08*float64(i),
			Count: func(t float64) int {
				return int(float64(most) / float64(i+1) * math.Pow(max(0, 1-t)*2, float64(3-i%3)))
			},
		}
		if profile > colorprofile.ASCII {
			s.Pen = uitest.DrawingStyles.Candidates[i%3]
		}
		c.Series = append(c.Series, s)
	}
	return c
}

func TestCurveDrawing(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for _, c := range []struct{ n, most, w, h int }{
			{3, 8000, 80, 24}, {3, 8000, 200, 60}, {3, 30, 40, 10}, {1, 30, 40, 10}, {3, 8000, 40, 3}, {2, 30, 20, 2},
		} {
			t.Run(fmt.Sprintf("%v-%dx%d-%d-to-%d", profile, c.w, c.h, c.n, c.most), func(t *testing.T) {
				drawing := strings.Join(exampleCurve(c.n, profile, c.most).Draw(c.w, c.h), "\n")
				uitest.RequireSize(t, drawing, c.w, c.h)
				golden.RequireEqual(t, drawing)
			})
		}
	}
}

func TestCurveFillsItsSizeExactly(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for _, plain := range []bool{false, true} {
			for n := range 7 {
				for _, most := range []int{0, 1, 49, 50, 2_000_000} {
					for _, s := range []ui.Size{{W: 1, H: 1}, {W: 7, H: 1}, {W: 13, H: 2}, {W: 24, H: 6}, {W: 25, H: 5}, {W: 61, H: 13}} {
						c := exampleCurve(n, profile, most)
						c.Plain = plain
						uitest.RequireSize(t, strings.Join(c.Draw(s.W, s.H), "\n"), s.W, s.H)
						c.Lo = c.Hi
						uitest.RequireSize(t, strings.Join(c.Draw(s.W, s.H), "\n"), s.W, s.H)
					}
				}
			}
		}
	}
}

func TestCurveMarksTheThreshold(t *testing.T) {
	c := exampleCurve(1, colorprofile.TrueColor, 30)
	lines := strings.Split(ansi.Strip(strings.Join(c.Draw(64, 10), "\n")), "\n")
	axis, labels := []rune(lines[8]), lines[9]
	at := 3 + int(math.Round((0.95-0.5)/0.5*60)) // two columns of labels and the axis
	if axis[at] != '▲' || !strings.Contains(labels, "0.95") || !strings.Contains(labels, "0.50") || !strings.Contains(labels, "1.00") {
		t.Errorf("the axis reads\n%s\n%s", lines[8], labels)
	}
	c.Series[0].At = 0.3 // outside
	if got := strings.Join(c.Draw(64, 10), "\n"); strings.Contains(got, "▲") || strings.Contains(got, "┊") {
		t.Errorf("a threshold outside is marked:\n%s", got)
	}
	c.Series[0].At = math.NaN()
	if got := ansi.Strip(c.Draw(64, 10)[0]); strings.TrimSpace(got) != "━ use-lite@512" {
		t.Errorf("without a threshold the first line reads %q", got)
	}
}

func TestPlainCurveHasNoBraille(t *testing.T) {
	for n := 1; n <= 3; n++ {
		c := exampleCurve(n, colorprofile.TrueColor, 300)
		c.Plain = true
		for _, r := range strings.Join(c.Draw(80, 20), "\n") {
			if r >= 0x2800 && r <= 0x28ff {
				t.Fatalf("%d candidates: the plain curve contains %q", n, r)
			}
		}
	}
}

func TestCurvesWithoutColoursHaveLetters(t *testing.T) {
	drawing := strings.Join(exampleCurve(2, colorprofile.ASCII, 300).Draw(80, 20), "\n")
	if first, _, _ := strings.Cut(ansi.Strip(drawing), "\n"); !strings.HasPrefix(first, "a use-lite@512") || !strings.Contains(first, "b glove@100") {
		t.Errorf("the first line reads %q", first)
	}
}

func TestCurveNeverHidesPairs(t *testing.T) {
	if plot.Level(0.001, 1) == " " || plot.Level(0, 0) != " " || plot.Level(1, 5) != "█" {
		t.Errorf("levels: %q for one pair, %q for none, %q for all", plot.Level(0.001, 1), plot.Level(0, 0), plot.Level(1, 5))
	}
}

func TestShortCounts(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 950: "950", 1000: "1k", 1234: "1.2k", 9940: "9.9k", 9950: "10k", 9960: "10k", 20_400: "20k", 999_499: "999k", 999_600: "1M", 1_500_000: "1.5M",
	} {
		if got := plot.ShortCount(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}
