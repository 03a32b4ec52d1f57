package compare

import (
	"slices"
	"testing"
)

// The values of a bin stand as far from each other as from its ends' halves.
func TestRanksSpreadTheValuesOfABin(t *testing.T) {
	h := histogram{before: []int64{0, 0, 2, 2, 3}} // two from -0.5 to 0, one from 0.5 to 1
	if got, want := h.ranks([]int{0, 1, 2}), []float64{-.375, -.125, .75}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for threshold, want := range map[float64]int{-1: 3, -.5: 3, 0: 1, .5: 1, 1: 1, 1.01: 0, -2: 3} {
		if got := h.atLeast(threshold); got != want {
			t.Errorf("%d are at %v or over it, want %d", got, threshold, want)
		}
	}
	if least, most := h.ends(); least != -.5 || most != 1 {
		t.Errorf("from %v to %v", least, most)
	}
}

func TestWhatIsSpilledIsCountedOnce(t *testing.T) {
	one := &tally{counts: make([]uint32, 3)}
	for range 3 {
		one.counts[1], one.added = 5, 5
		one.spill()
		if one.counts[1] != 0 || one.added != 0 {
			t.Fatalf("%d stay, of %d added", one.counts[1], one.added)
		}
	}
	one.counts[2] = 7
	all := make([]int64, 3)
	if one.addTo(all); !slices.Equal(all, []int64{0, 15, 7}) {
		t.Errorf("%v", all)
	}
}

func TestAScanIsCarriedOnWhereFewRowsAreOthers(t *testing.T) {
	for _, c := range []struct {
		change change
		n      int
		want   bool
	}{
		{change{0, 0, 0}, 0, true}, {change{9, 1, 0}, rescanShare, true}, {change{9, 1, 0}, rescanShare - 1, false},
		{change{9, 0, 1}, rescanShare, true}, {change{9, 0, 1}, rescanShare - 1, false},
		{change{9, 1, 1}, 2*rescanShare - 1, false}, {change{9, 1, 1}, 2 * rescanShare, true},
	} {
		if got := c.change.small(c.n); got != c.want {
			t.Errorf("%+v of %d: %v", c.change, c.n, got)
		}
	}
}

func TestASampleIsSpreadOverAllRows(t *testing.T) {
	rows := make([][]float32, 2*sampleSize+88)
	for i := range rows {
		rows[i] = []float32{float32(i), 1}
	}
	m := &Matrix{vectors: mustVectors(t, rows)}
	got := m.sample()
	if len(got) != sampleSize || got[0] != 0 || got[sampleSize-1] != len(rows)-len(rows)/sampleSize-1 || !slices.IsSorted(got) {
		t.Errorf("%d of %d rows, the last %d", len(got), len(rows), got[len(got)-1])
	}
	few := &Matrix{vectors: mustVectors(t, rows[:7])}
	if got := few.sample(); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5, 6}) {
		t.Errorf("of seven rows %v", got)
	}
}
