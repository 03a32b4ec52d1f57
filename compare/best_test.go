package compare

import (
	"context"
	"slices"
	"testing"
)

// bestByHand returns the best pairs as a full sort of all exact similarities does.
func bestByHand(v Vectors, floor float64, most int) []Pair {
	var all []Pair
	for i := range v.Len() {
		for j := i + 1; j < v.Len(); j++ {
			if s := v.Similarity(i, j); v.Has(i) && v.Has(j) && s >= floor {
				all = append(all, Pair{int32(i), int32(j), s})
			}
		}
	}
	slices.SortFunc(all, comparePairs)
	return all[:min(most, len(all))]
}

func TestBestPairsAreThoseOfAFullSort(t *testing.T) {
	r := newRandom(61)
	same := make([][]float32, 60)
	for i := range same {
		// All alike but for the last digits, so that float32 cannot tell an order.
		same[i] = slices.Clone(randomRows(newRandom(62), 1, 24)[0])
		same[i][i%24] *= 1 + float32(r.NormFloat64())*1e-7
	}
	for name, rows := range map[string][][]float32{
		"mixed":      mixedRows(r, 120, 24),
		"nearly one": same,
		"equal":      slices.Repeat([][]float32{{3, 4}}, 50),
	} {
		v := mustVectors(t, rows)
		for _, most := range []int{1, 2, 10, 200, 100_000} {
			for _, floor := range []float64{-1, .3, .95} {
				s := mustScan(t, v, ScanOptions{Floor: floor, MaxPairs: most})
				want := bestByHand(v, floor, most)
				if !slices.Equal(s.Pairs(), want) {
					t.Errorf("%s, %d from %v: %d pairs differ from the %d of a full sort", name, most, floor, len(s.Pairs()), len(want))
				}
				all := bestByHand(v, s.Floor(), 1<<30)
				if len(s.Over(s.Floor())) != len(all) || s.Floor() < floor {
					t.Errorf("%s, %d from %v: %d pairs from %v, want %d", name, most, floor, len(s.Over(s.Floor())), s.Floor(), len(all))
				}
			}
		}
	}
}

func TestScansOfMatricesFromOnePassAreThoseOfTruncations(t *testing.T) {
	rows := mixedRows(newRandom(63), 400, 40)
	for k := range 16 {
		rows[3][k] *= 1e-30 // the beginnings of one text are all but zero
	}
	v := mustVectors(t, rows)
	dims := []int{40, 7, 32, 16, 7}
	options := ScanOptions{Floor: .4, MaxPairs: 500}
	matrices, err := TruncatedSimilarities(context.Background(), v, dims)
	if err != nil {
		t.Fatal(err)
	}
	for k, d := range dims {
		truncated, _, err := v.Truncate(d)
		if err != nil {
			t.Fatal(err)
		}
		want := mustScan(t, truncated, options)
		scan, err := matrices[k].Scan(context.Background(), options, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(scan.Pairs(), want.Pairs()) || scan.Floor() != want.Floor() {
			t.Errorf("%d dimensions: other pairs than a scan of its own", d)
		}
		got := scan.Background
		wantNear(t, "background", []float64{got.Mean, got.SD, got.P5, got.P99, got.Min, got.Max},
			[]float64{want.Mean, want.SD, want.P5, want.P99, want.Min, want.Max}, 1e-6)
		if matrices[k].Vectors().Dim() != d || got.Pairs != want.Background.Pairs {
			t.Errorf("%d dimensions: matrix of %d, %d pairs", d, matrices[k].Vectors().Dim(), got.Pairs)
		}
	}
}
