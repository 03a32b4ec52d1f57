package plot_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

func TestLegendShowsTheEnds(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		h := plot.Heatmap{Ramp: theme.NewRamp(theme.RampCividis, profile, true), Lo: -0.25, Hi: 1}
		for w := range 60 {
			if got := term.Width(h.Legend(plot.CellNumbers, w)); got != w {
				t.Errorf("the legend is %d columns wide, want %d", got, w)
			}
		}
		if plain := ansi.Strip(h.Legend(plot.CellNumbers, 40)); !strings.HasPrefix(plain, "-0.25 ") || !strings.HasSuffix(plain, " 1.00") {
			t.Errorf("the legend reads %q", plain)
		}
	}
	h := plot.Heatmap{Ramp: theme.NewRamp(theme.RampGrey, colorprofile.ASCII, true), Lo: 0, Hi: 1}
	if got := ansi.Strip(h.Legend(plot.CellNumbers, 20)); got != "0.00   ░░▒▒▓▓██ 1.00" {
		t.Errorf("the legend in shades reads %q", got)
	}
}
