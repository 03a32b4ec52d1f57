package compare

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCollectedVectorsAreThoseOfAllRowsAtOnce puts rows in any order, some twice, and
// leaves out few or many.
func TestCollectedVectorsAreThoseOfAllRowsAtOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, missing := range []float64{0, .05, .5, .99, 1} {
		rows := make([][]float32, 57)
		for i := range rows {
			if random.Float64() < missing {
				continue
			}
			rows[i] = []float32{float32(random.NormFloat64()), 1, float32(i)}
		}
		c := NewCollector(len(rows))
		for _, i := range random.Perm(len(rows)) {
			if rows[i] == nil {
				continue
			}
			c.Put(i, []float32{9, 9, 9})
			c.Put(i, rows[i])
		}
		got, err := c.Vectors()
		if err != nil {
			t.Fatal(err)
		}
		want := mustVectors(t, rows)
		if got.Len() != want.Len() || got.Present() != want.Present() || got.Dim() != want.Dim() {
			t.Fatalf("%d of %d texts at %d, want %d of %d at %d", got.Present(), got.Len(), got.Dim(), want.Present(), want.Len(), want.Dim())
		}
		for i := range rows {
			if !slices.Equal(got.Row(i), want.Row(i)) {
				t.Errorf("text %d: %v, want %v", i, got.Row(i), want.Row(i))
			}
			if got.Similarity(i, 0) != want.Similarity(i, 0) {
				t.Errorf("text %d is not as similar to the first as it should be", i)
			}
		}
		scan, err := ScanPairs(context.Background(), got, ScanOptions{Floor: -1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := got.Present(); len(scan.Pairs()) != n*(n-1)/2 {
			t.Errorf("%d pairs of %d texts", len(scan.Pairs()), n)
		}
	}
}

func TestACollectorNamesTheFirstTextThatCannotBeUsed(t *testing.T) {
	c := NewCollector(4)
	c.Put(3, []float32{1, 2})
	c.Put(2, []float32{0, 0})
	c.Put(1, []float32{1, float32(math.NaN())})
	c.Put(0, []float32{1})
	var length *LengthError
	if _, err := c.Vectors(); !errors.As(err, &length) || length.Text != 0 || length.Want != 2 {
		t.Errorf("got %v", err)
	}
	c = NewCollector(2)
	c.Put(1, []float32{0})
	c.Put(1, []float32{5})
	v, err := c.Vectors()
	if err != nil || !v.Has(1) || v.Has(0) {
		t.Errorf("a row that took the place of a bad one is not used: %v", err)
	}
}

func TestARowThatIsTakenOverStaysTheSameToTheLastDigit(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(91), 300, 17))
	for range 5 {
		c := NewCollector(v.Len())
		for i := range v.Len() {
			c.Take(i, v, v.Len()-1-i)
		}
		again, err := c.Vectors()
		if err != nil {
			t.Fatal(err)
		}
		for i := range v.Len() {
			if !slices.Equal(again.Row(i), v.Row(v.Len()-1-i)) || again.Similarity(i, 0) != v.Similarity(v.Len()-1-i, v.Len()-1) {
				t.Fatalf("row %d is another", i)
			}
		}
		v = again
	}
	c := NewCollector(2)
	c.Put(0, []float32{1, 2})
	c.Take(1, v, 0)
	if _, err := c.Vectors(); err == nil {
		t.Error("rows of two lengths are taken together")
	}
}
