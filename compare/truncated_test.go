package compare

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

// The vectors of a matrix that was made in one pass are cut when first asked for, by
// whoever comes first: they are those of Truncate to the last digit.
func TestVectorsOfTruncationsAreThoseOfTruncate(t *testing.T) {
	rows := mixedRows(newRandom(11), 60, 48)
	rows[7] = nil
	v := mustVectors(t, rows)
	dims := []int{5, 16, 47, 48}
	matrices, err := TruncatedSimilarities(context.Background(), v, dims)
	if err != nil {
		t.Fatal(err)
	}
	for k, d := range dims {
		want, _, err := v.Truncate(d)
		if err != nil {
			t.Fatal(err)
		}
		got := matrices[k].Vectors()
		var group sync.WaitGroup
		for i := range rows {
			group.Go(func() {
				if !slices.Equal(got.Row(i), want.Row(i)) || got.Similarity(i, 0) != want.Similarity(i, 0) {
					t.Errorf("%d dimensions: text %d differs", d, i)
				}
			})
		}
		group.Wait()
		again, _, err := got.Truncate(d - 1)
		if wantAgain, _, _ := want.Truncate(d - 1); err != nil || !slices.Equal(again.Row(3), wantAgain.Row(3)) {
			t.Errorf("%d dimensions cut again: %v", d, err)
		}
	}
}

func TestATextOfWhichNothingIsLeftCostsNoOtherItsVector(t *testing.T) {
	whole, err := NewVectors([][]float32{{0, 0, 1}, {0, 4, 5}, nil, {0, 0, 2}, {1, 0, 1}})
	if err != nil {
		t.Fatal(err)
	}
	cut, zero, err := whole.Truncate(2)
	if err != nil || !slices.Equal(zero, []int{0, 3}) || cut.Len() != 5 || cut.Present() != 2 || cut.Dim() != 2 {
		t.Fatalf("%v, %v: %d of %d texts at %d dimensions", zero, err, cut.Present(), cut.Len(), cut.Dim())
	}
	for text, want := range map[int][]float32{1: {0, 1}, 4: {1, 0}} {
		if got := cut.Row(text); !slices.Equal(got, want) {
			t.Errorf("text %d: %v, want %v", text, got, want)
		}
	}
	if _, zero, err := whole.Truncate(3); err != nil || zero != nil {
		t.Errorf("%v, %v where nothing is cut", zero, err)
	}
	if _, _, err := whole.Truncate(4); err == nil {
		t.Error("more dimensions than there are")
	}
}

func TestOnlyDimensionsThatThereAreCanBeCutTo(t *testing.T) {
	v := mustVectors(t, [][]float32{{1, 2, 3}, {3, 2, 1}})
	for dims, possible := range map[int]bool{-1: false, 0: false, 1: true, 3: true, 4: false} {
		var wrong *DimensionsError
		got, err := TruncatedSimilarities(t.Context(), v, []int{dims})
		if (err == nil) != possible || err == nil && len(got) != 1 || err != nil && (!errors.As(err, &wrong) || *wrong != DimensionsError{Asked: dims, Have: 3}) {
			t.Errorf("to %d of three: %d, %v", dims, len(got), err)
		}
	}
}

func TestAZeroVectorHasNoDirection(t *testing.T) {
	zeros, row := []float32{0, 0}, []float32{3, 4}
	toUnit(zeros)
	toUnit(row)
	if zeros[0] != 0 || zeros[1] != 0 || row[0] != .6 || row[1] != .8 {
		t.Errorf("%v and %v", zeros, row)
	}
}
