package matrices

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestWithoutColourNothingIsCalledAColour(t *testing.T) {
	a := settled(t, 100, 30, uitest.LocalOptions(t))
	a.SetTheme(true, colorprofile.ASCII)
	m := a.Screen(ID).(*Screen)
	told := false
	for range int(plot.CellModes) {
		if uitest.Press(t, a, "v"); m.mode == plot.CellHalf {
			t.Error("the cells are half-blocks, which take colours")
		}
		told = told || strings.Contains(a.Notice().Text, "need colours")
		if got := m.Status(); strings.Contains(got, m.ramp.String()) {
			t.Errorf("the status names a colour scale: %q", got)
		}
	}
	if !told {
		t.Error("nothing tells that half-blocks are left out")
	}
}
