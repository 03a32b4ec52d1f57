package compare

import (
	"math"
	"slices"
	"testing"
)

func TestTilesHaveTheMeansAndTheStrongestPairsOfTheirTexts(t *testing.T) {
	v, err := NewVectors(mixedRows(newRandom(3), 60, 8))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := Similarities(t.Context(), v, nil)
	scan, _ := m.Scan(t.Context(), ScanOptions{Floor: -1}, nil)
	order := newRandom(4).Perm(50) // not all of them
	starts := []int{0, 7, 8, 30}
	held, err := m.Tiles(t.Context(), order, starts, nil)
	if err != nil {
		t.Fatal(err)
	}
	large := &Matrix{vectors: v}
	kept, err := large.Tiles(t.Context(), order, starts, scan.Pairs())
	if err != nil {
		t.Fatal(err)
	}
	runs := [][]int{order[0:7], order[7:8], order[8:30], order[30:]}
	for a, rows := range runs {
		for b, columns := range runs {
			sum, n, most := 0.0, 0, math.Inf(-1)
			for _, i := range rows {
				for _, j := range columns {
					if s, ok := m.At(i, j); ok && i != j {
						sum, n, most = sum+s, n+1, max(most, s)
					}
				}
			}
			for name, tiles := range map[string]*Tiles{"held": held, "kept": kept} {
				mean, ok := tiles.At(a, b)
				if ok != (n > 0) || ok && math.Abs(mean-sum/float64(n)) > 1e-6 {
					t.Errorf("%s: the mean of %d and %d is %v, %v; want %v of %d pairs", name, a, b, mean, ok, sum/float64(n), n)
				}
				p, ok := tiles.Strongest(a, b)
				if ok && (!slices.Contains(rows, int(p.A)) || !slices.Contains(columns, int(p.B))) {
					t.Errorf("%s: the strongest pair of %d and %d is %v, of others", name, a, b, p)
				}
				if s, _ := m.At(int(p.A), int(p.B)); ok != (n > 0) || ok && math.Abs(s-most) > 1e-6 {
					t.Errorf("%s: the strongest pair of %d and %d is %v, %v; want %v", name, a, b, p, ok, most)
				}
			}
		}
	}
	for name, tiles := range map[string]*Tiles{"held": held, "kept": kept} {
		lo, hi := math.Inf(1), math.Inf(-1)
		for a := range runs {
			for b := range runs {
				if mean, ok := tiles.At(a, b); ok {
					lo, hi = min(lo, mean), max(hi, mean)
				}
			}
		}
		if least, greatest, ok := tiles.Range(); !ok || least != lo || greatest != hi {
			t.Errorf("%s: from %v to %v, %v; want %v to %v", name, least, greatest, ok, lo, hi)
		}
	}
	if alone, err := m.Tiles(t.Context(), order[:1], []int{0}, nil); err != nil {
		t.Error(err)
	} else if least, greatest, ok := alone.Range(); ok {
		t.Errorf("one text goes from %v to %v", least, greatest)
	}
	for _, starts := range [][]int{{0, 50}, {1, 7}, {0, 30, 8}} {
		if _, err := m.Tiles(t.Context(), order, starts, nil); err == nil {
			t.Errorf("50 texts are divided into runs from %d on", starts)
		}
	}
}
