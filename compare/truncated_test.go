package compare

import (
	"context"
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
		want, err := v.Truncate(d)
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
		again, err := got.Truncate(d - 1)
		if wantAgain, _ := want.Truncate(d - 1); err != nil || !slices.Equal(again.Row(3), wantAgain.Row(3)) {
			t.Errorf("%d dimensions cut again: %v", d, err)
		}
	}
}
