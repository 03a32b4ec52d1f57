package plot

import (
	"slices"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/ui/theme"
)

// Two rows in a line take colours: without them cells are filled one by one.
func TestTheShapesOfCellsFollowTheModeAndTheColours(t *testing.T) {
	colours, none := theme.New(true, colorprofile.TrueColor).Ramp(theme.RampViridis), theme.New(true, colorprofile.NoTTY).Ramp(theme.RampViridis)
	filled := []cellShape{largeCells, middleCells, wideCells, narrowCells}
	unsigned := []cellShape{squareNumbers, longNumbers, unsignedLong, unsignedShort}
	signed := []cellShape{squareNumbers, longNumbers, shortNumbers}
	for name, c := range map[string]struct {
		h    Heatmap
		want []cellShape
	}{
		"numbers":               {Heatmap{Mode: CellNumbers, Ramp: colours}, unsigned},
		"numbers with a sign":   {Heatmap{Mode: CellNumbers, Ramp: none, Negative: true}, signed},
		"differences":           {Heatmap{Mode: CellNumbers, Ramp: none, Delta: true}, signed},
		"halves":                {Heatmap{Mode: CellHalf, Ramp: colours}, []cellShape{halfCells}},
		"halves, no colours":    {Heatmap{Mode: CellHalf, Ramp: none}, filled},
		"colours":               {Heatmap{Mode: CellColors, Ramp: colours}, filled},
		"colours, none here":    {Heatmap{Mode: CellColors, Ramp: none}, filled},
		"automatic":             {Heatmap{Mode: CellAuto, Ramp: colours}, append(slices.Clone(unsigned), wideCells, narrowCells, halfCells)},
		"automatic, no colours": {Heatmap{Mode: CellAuto, Ramp: none}, append(slices.Clone(unsigned), wideCells, narrowCells)},
	} {
		if got := c.h.shapes(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// The upper quarter of a scale is strong, and of differences the lower one, too.
func TestWhatIsStrongLiesInTheOuterQuarters(t *testing.T) {
	for step, want := range map[int][2]int{0: {0, -1}, 15: {0, -1}, 16: {0, 0}, 47: {0, 0}, 48: {1, 1}, 63: {1, 1}, theme.NoStep: {0, 0}} {
		if one, delta := (Heatmap{}).strong(step), (Heatmap{Delta: true}).strong(step); one != want[0] || delta != want[1] {
			t.Errorf("step %d is %d, of differences %d, want %v", step, one, delta, want)
		}
	}
}
