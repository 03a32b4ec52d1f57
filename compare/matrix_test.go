package compare

import (
	"context"
	"slices"
	"testing"
)

func TestAMatrixIsHeldUpToItsLimit(t *testing.T) {
	for n, held := range map[int]bool{2: true, DenseLimit: true, DenseLimit + 1: false} {
		if m := newMatrix(mustVectors(t, slices.Repeat([][]float32{{1}}, n))); m.Dense() != held || held != (m.Bytes() == 4*triangle(n)) {
			t.Errorf("of %d texts %d bytes are held", n, m.Bytes())
		}
	}
}

// Where one has more texts, they are sampled alike whichever is subtracted.
func TestTheLargestDifferenceOfUnlikeMatricesIsThatOfASample(t *testing.T) {
	rows := slices.Repeat([][]float32{{1, 0}}, DenseLimit+2)
	many := mustVectors(t, rows)
	fewer := slices.Clone(rows)
	fewer[4], fewer[5], fewer[9] = nil, nil, nil
	fewer[1] = []float32{0, 1} // which no sample of all has
	few := mustVectors(t, fewer)
	a, b := newMatrix(many), newMatrix(few)
	if err := sweepLengths(context.Background(), few, []*target{{matrix: b}}, nil); err != nil || a.Dense() || !b.Dense() {
		t.Fatalf("held are %v and %v, %v", a.Dense(), b.Dense(), err)
	}
	for name, pair := range map[string][2]*Matrix{"less the smaller": {a, b}, "less the larger": {b, a}} {
		d, err := Difference(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if v, ok := d.At(0, 1); !ok || v*v != 1 || d.MaxAbs() > 1e-6 {
			t.Errorf("%s: %v of the pair, %v at the most", name, v, d.MaxAbs())
		}
	}
}

func TestAScanSaysHowMuchItHolds(t *testing.T) {
	pairs := make([]Pair, 3, 8)
	for name, c := range map[string]struct {
		scan *Scan
		want int
	}{
		"nothing":        {&Scan{}, 0},
		"pairs":          {&Scan{kept: pairs}, 8 * 16},
		"in int8":        {&Scan{kept: pairs, highest: make([]Pair, highestKept)}, (8 + highestKept) * 16},
		"sorted values":  {&Scan{kept: pairs, similarities: make(sortedValues, 100)}, 8*16 + 4*100},
		"bins":           {&Scan{similarities: histogram{before: make([]int64, 50)}}, 8 * 50},
		"bins of values": {&Scan{similarities: heldHistogram{histogram{before: make([]int64, 50)}, nil}}, 8 * 50},
	} {
		if got := c.scan.Bytes(); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, got, c.want)
		}
	}
}
