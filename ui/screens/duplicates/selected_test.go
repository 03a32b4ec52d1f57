package duplicates

import (
	"math"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// Where a selection is shown, what is said of no pair is said of the selected texts: pairs
// of the others may well reach the threshold.
func TestNothingFoundAmongSelectedTextsIsSaidOfThese(t *testing.T) {
	const lowers = "[ lowers the threshold"
	for _, c := range []struct {
		name     string
		selected []int
		keys     []string
		want     []string
	}{
		{"no pair reaches it", []int{0, 2, 3}, nil,
			[]string{"No pair of the selected texts reaches the threshold. The most similar pair of each model:", "glove@100 0.500, texts 1 and 3", "use-lite@512 0.642, texts 3 and 4", lowers}},
		{"nobody disagrees over it", []int{0, 2, 3}, []string{"f"},
			[]string{"No pair of the selected texts reaches the threshold.", lowers}},
		{"a filter is not the reason", []int{0, 2, 3}, []string{"/", "n", "o", "p", "e", "enter"},
			[]string{"No pair of the selected texts reaches the threshold.", lowers}},
		{"a filter is the reason", []int{0, 1, 2}, []string{"/", "n", "o", "p", "e", "enter"},
			[]string{"No pair has these words. esc clears the filter."}},
		{"the models agree", []int{0, 1, 2}, []string{"f"},
			[]string{"On every pair over a threshold the models agree. f shows them all."}},
		{"one has a vector", []int{0, 4}, nil,
			[]string{"No pair of the selected texts reaches the threshold.", "glove@100 has no two of them with a vector", "use-lite@512 has no two of them with a vector"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := plane(t, 120, 29, map[string][]float64{uitest.Use: {0, 5, 90, 140, math.NaN()}, uitest.Glove: {0, 5, 60, 140, math.NaN()}})
			d := screenOf(a)
			a.Session.Select(true, c.selected...)
			uitest.Settle(t, a, d.Refresh())
			uitest.Press(t, a, c.keys...)
			wantScreen(t, d, c.want...)
		})
	}
}

// Of more texts than those whose pairs are all kept, the best pair of a few is computed.
func TestTheBestPairOfSelectedTextsNeedNotBeKept(t *testing.T) {
	angles := make([]float64, 600)
	for i := range angles {
		angles[i] = float64(i) / 100
	}
	angles[0], angles[1] = 100, 160
	a := plane(t, 120, 29, map[string][]float64{uitest.Use: angles})
	d := screenOf(a)
	a.Session.Select(true, 0, 1, 2)
	uitest.Settle(t, a, d.Refresh())
	wantScreen(t, d, "No pair of the selected texts reaches the threshold.", "use-lite@512 0.500, texts 1 and 2")
}
