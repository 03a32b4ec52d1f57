package compare

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
)

// scanned is a scan with its matrix, all pairs kept.
func scanned(t *testing.T, rows [][]float32) (*Scan, *Matrix) {
	t.Helper()
	m := mustMatrix(t, mustVectors(t, rows))
	s, err := m.Scan(t.Context(), ScanOptions{Floor: -1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

func TestDisagreementsGoByRank(t *testing.T) {
	// Of six pairs, 0–1 is the first for one and the last for the other; the second
	// candidate's similarities are all much lower, which means nothing.
	a, am := scanned(t, fan(0, 1, 30, 70))
	b, bm := scanned(t, fan(0, 170, 60, 120))
	pairs, err := Disagreements(t.Context(), []*Scan{a, b}, []*Matrix{am, bm}, 10)
	if err != nil || len(pairs) == 0 || pairs[0] != [2]int32{0, 1} {
		t.Fatalf("%v, %v", pairs, err)
	}
	seen := map[[2]int32]bool{}
	for _, pair := range pairs {
		if seen[pair] || pair[0] >= pair[1] {
			t.Errorf("%v comes twice, or the wrong way round: %v", pair, pairs)
		}
		seen[pair] = true
	}
	if first, _ := Disagreements(t.Context(), []*Scan{a, b}, []*Matrix{am, bm}, 1); !slices.Equal(first, pairs[:1]) {
		t.Errorf("the first alone is %v", first)
	}
	if none, err := Disagreements(t.Context(), []*Scan{a, a}, []*Matrix{am, am}, 10); err != nil || len(none) != 0 {
		t.Errorf("a candidate disagrees with itself: %v, %v", none, err)
	}
	c, cm := scanned(t, [][]float32{{1, 0}, nil, {0, 1}, {1, 1}})
	withGaps, err := Disagreements(t.Context(), []*Scan{a, c}, []*Matrix{am, cm}, 10)
	if err != nil || slices.ContainsFunc(withGaps, func(p [2]int32) bool { return p[0] == 1 || p[1] == 1 }) {
		t.Errorf("a text without a vector is among %v, %v", withGaps, err)
	}
}

// From the first place to the third is as far as from the tenth to the thirtieth.
func TestHowFarPlacesLieApartIsARatio(t *testing.T) {
	a, am := scanned(t, fan(0, 1, 30, 70, 33))
	b, bm := scanned(t, fan(0, 170, 60, 120, 11))
	for i := range int32(5) {
		for j := range i {
			x, _ := am.At(int(j), int(i))
			y, _ := bm.At(int(j), int(i))
			first, second := float64(a.Place(x)), float64(b.Place(y))
			want := math.Abs(math.Log(first) - math.Log(second))
			if got := rankSpread([]*Scan{a, b}, []*Matrix{am, bm}, [2]int32{j, i}); math.Abs(got-want) > 1e-9 {
				t.Errorf("the places %v and %v lie %v apart, want %v", first, second, got, want)
			}
		}
	}
}

func TestDisagreementsEndWithTheirContext(t *testing.T) {
	a, am := scanned(t, fan(0, 1, 30, 70))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Disagreements(ctx, []*Scan{a}, []*Matrix{am}, 10); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
