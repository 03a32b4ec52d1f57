package compare

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
)

func TestSearchPutsTheMostSimilarFirst(t *testing.T) {
	v, err := NewVectors([][]float32{{0, 1}, {1, 1}, nil, {-2, 0}, {3, 0}, {5, 5}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Search(t.Context(), v, []float32{10, 0})
	if err != nil {
		t.Fatal(err)
	}
	half := math.Sqrt(0.5)
	want := []Hit{{4, 1}, {1, half}, {5, half}, {0, 0}, {3, -1}}
	equal := func(a, b Hit) bool { return a.Text == b.Text && math.Abs(a.Similarity-b.Similarity) < 1e-7 }
	if !slices.EqualFunc(got, want, equal) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSearchAgreesWithSimilarity(t *testing.T) {
	v, err := NewVectors([][]float32{{.3, .1, -.2}, {.5, -.7, .1}, {.3, .1, -.2}, {.9, .2, .4}})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := Search(t.Context(), v, v.Row(0))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		if want := v.Similarity(0, h.Text); h.Similarity != want {
			t.Errorf("text %d: %v, as a pair %v", h.Text, h.Similarity, want)
		}
	}
	if hits[0] != (Hit{0, 1}) || hits[1] != (Hit{2, 1}) {
		t.Errorf("the same vector does not come first, in the order of the texts: %v", hits)
	}
}

func TestSearchRefusesWhatIsNoQuery(t *testing.T) {
	v, err := NewVectors([][]float32{{1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	var length *LengthError
	if _, err := Search(t.Context(), v, []float32{1}); !errors.As(err, &length) {
		t.Errorf("another length: %v", err)
	}
	var zero *ZeroVectorError
	if _, err := Search(t.Context(), v, []float32{0, 0}); !errors.As(err, &zero) {
		t.Errorf("a zero vector: %v", err)
	}
	var wild *NotFiniteError
	if _, err := Search(t.Context(), v, []float32{float32(math.NaN()), 0}); !errors.As(err, &wild) {
		t.Errorf("not a number: %v", err)
	}
	if hits, err := Search(t.Context(), Vectors{}, []float32{1}); len(hits) != 0 || err != nil {
		t.Errorf("no texts: %v, %v", hits, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Search(ctx, v, []float32{1, 0}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

func TestNearestAreTheFirstHits(t *testing.T) {
	rows := mixedRows(newRandom(81), 700, 40)
	for name, v := range map[string]Vectors{
		"mixed": mustVectors(t, rows),
		"equal": mustVectors(t, slices.Repeat([][]float32{{1, 2}}, 300)),
		"one":   mustVectors(t, rows[:1]),
	} {
		query := randomRows(newRandom(82), 1, v.Dim())[0]
		all, err := Search(t.Context(), v, query)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range []int{-1, 0, 1, 10, 650, math.MaxInt} {
			hits, err := Nearest(t.Context(), v, query, k)
			if want := all[:max(0, min(k, len(all)))]; err != nil || !slices.Equal(hits, want) {
				t.Errorf("%s: the nearest %d are not the first hits, %v", name, k, err)
			}
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{
		second(Nearest(ended, mustVectors(t, rows), rows[0], 3)),
		second(Nearest(t.Context(), mustVectors(t, rows), rows[0][:3], 3)),
		second(Nearest(t.Context(), mustVectors(t, rows), make([]float32, 40), 3)),
	} {
		if err == nil {
			t.Error("a search that cannot be has hits")
		}
	}
}

func TestTheNearestOfEachAreThoseOfOne(t *testing.T) {
	rows := mixedRows(newRandom(83), 1500, 40)
	for name, v := range map[string]Vectors{
		"mixed": mustVectors(t, rows),
		"equal": mustVectors(t, slices.Repeat([][]float32{{1, 2}}, 700)),
		"one":   mustVectors(t, rows[:1]),
	} {
		for _, n := range []int{1, 7, 230} {
			asked := randomRows(newRandom(84), n, v.Dim())
			asked[n/2] = nil
			if n == 1 {
				asked[0] = v.Row(0)
			}
			queries := mustVectors(t, asked)
			for _, k := range []int{1, 10, 600, math.MaxInt} {
				if n > 7 && (k == 1 || k == 600) { // many queries go by themselves: few or all hits of each
					continue
				}
				found, err := NearestOfEach(t.Context(), v, queries, k)
				if err != nil || len(found) != n {
					t.Fatalf("%s: %d of %d queries, %v", name, len(found), n, err)
				}
				for i := 0; i < n; i += 1 + n/9 {
					if asked[i] == nil {
						if found[i] != nil {
							t.Errorf("%s: a query without a vector finds %v", name, found[i])
						}
						continue
					}
					want, err := Nearest(t.Context(), v, queries.Row(i), k)
					if err != nil {
						t.Fatal(err)
					}
					if !slices.EqualFunc(found[i], want, func(a, b Hit) bool { return a.Text == b.Text && math.Abs(a.Similarity-b.Similarity) < 1e-7 }) {
						t.Errorf("%s: query %d of %d, first %d: other hits than by itself", name, i, n, k)
					}
				}
			}
		}
	}
	v := mustVectors(t, rows)
	if found, err := NearestOfEach(t.Context(), Vectors{}, v, 3); err != nil || len(found) != len(rows) || found[0] != nil {
		t.Errorf("no texts: %v", err)
	}
	var length *LengthError
	if _, err := NearestOfEach(t.Context(), v, mustVectors(t, [][]float32{{1}}), 3); !errors.As(err, &length) {
		t.Errorf("another length: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NearestOfEach(ended, v, v, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
