package compare

import (
	"math"
	"testing"
)

func TestAStandardDifferenceIsInDeviationsUnlessAllPairsAreAlike(t *testing.T) {
	m := mustMatrix(t, mustVectors(t, fan(0, 10, 30)))
	s, _ := m.At(0, 1)
	wide := Background{Mean: .5, SD: .1}
	for _, sd := range []float64{0, 1e-9, .2} {
		d, err := StandardDifference(m, m, [2]Background{wide, {Mean: .6, SD: sd}})
		if err != nil {
			t.Fatal(err)
		}
		unit := sd
		if sd < .1 {
			unit = 1 // what is left of its pairs is rounding
		}
		want := (s-.5)/.1 - (s-.6)/unit
		if got, ok := d.At(0, 1); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("beside a deviation of %v: %v, want %v", sd, got, want)
		}
		if got, ok := d.At(2, 2); !ok || got != 0 {
			t.Errorf("a text and itself differ by %v", got)
		}
	}
}
