package plot_test

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

func TestLegendShowsTheEndsAndMarks(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		r := theme.NewRamp(theme.RampCividis, profile, true)
		for w := range 60 {
			if got := term.Width(plot.Legend(r, -0.25, 1, w, 0.5)); got != w {
				t.Errorf("the legend is %d columns wide, want %d", got, w)
			}
		}
		plain := ansi.Strip(plot.Legend(r, -0.25, 1, 40, 0.375, 7, math.NaN()))
		if !strings.HasPrefix(plain, "-0.25 ") || !strings.HasSuffix(plain, " 1.00") || strings.Count(plain, "┃") != 1 {
			t.Errorf("the legend reads %q", plain)
		}
	}
	if got := ansi.Strip(plot.Legend(theme.NewRamp(theme.RampGrey, colorprofile.ASCII, true), 0, 1, 20)); got != "0.00   ░░▒▒▓▓██ 1.00" {
		t.Errorf("the legend in shades reads %q", got)
	}
}
