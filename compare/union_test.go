package compare

import (
	"math"
	"slices"
	"testing"
)

func TestUnion(t *testing.T) {
	a := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: -1})
	b := mustScan(t, mustVectors(t, goldB), ScanOptions{Floor: -1})
	tests := []struct {
		name       string
		scans      []*Scan
		thresholds []float64
		limit      int
		want       [][2]int32
		total      int
	}{
		{"none", nil, nil, 0, nil, 0},
		{"one", []*Scan{a}, []float64{.8}, 0, [][2]int32{{0, 1}, {3, 4}}, 2},
		{"shared threshold", []*Scan{a, b}, []float64{.79, .79}, 0, [][2]int32{{0, 1}, {2, 3}, {3, 4}}, 3},
		{"own thresholds", []*Scan{a, b}, []float64{.99, .9}, 0, [][2]int32{{0, 1}, {2, 3}}, 2},
		{"limited", []*Scan{a, b}, []float64{.79, .79}, 2, [][2]int32{{0, 1}, {2, 3}}, 3},
		{"the same twice", []*Scan{b, b}, []float64{.9, .9}, 0, [][2]int32{{0, 1}, {2, 3}}, 2},
		{"nothing over", []*Scan{a, b}, []float64{1, 1}, 0, nil, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pairs, total, err := Union(test.scans, test.thresholds, test.limit)
			if err != nil || !slices.Equal(pairs, test.want) || total != test.total {
				t.Errorf("got %v of %d (%v), want %v of %d", pairs, total, err, test.want, test.total)
			}
		})
	}
	if _, _, err := Union([]*Scan{a, b}, []float64{.9}, 0); err == nil {
		t.Error("a scan without a threshold was accepted")
	}
}

func TestUnionIsBestFirst(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(31), 80, 24))
	w := mustVectors(t, mixedRows(newRandom(32), 80, 24))
	scans := []*Scan{mustScan(t, v, ScanOptions{Floor: .5}), mustScan(t, w, ScanOptions{Floor: .5})}
	pairs, total, err := Union(scans, []float64{.75, .75}, 0)
	if err != nil || total != len(pairs) || total == 0 {
		t.Fatalf("%d pairs of %d, %v", len(pairs), total, err)
	}
	seen := make(map[[2]int32]bool)
	last := math.Inf(1)
	for _, p := range pairs {
		strictest := math.Inf(-1)
		for i, of := range []Vectors{v, w} {
			if s := of.Similarity(int(p[0]), int(p[1])); s >= .75 {
				strictest = max(strictest, scans[i].Background.Strictness(s))
			}
		}
		if seen[p] || strictest > last || math.IsInf(strictest, -1) {
			t.Fatalf("pair %v with %v after %v, seen before: %v", p, strictest, last, seen[p])
		}
		seen[p], last = true, strictest
	}
}

func TestAModelWhosePairsAreAllSimilarDoesNotLead(t *testing.T) {
	narrow := mustScan(t, mustVectors(t, [][]float32{{1, 0}, {1, .1}, {1, .2}, {1, .35}, {1, .4}}), ScanOptions{Floor: -1})
	wide := mustScan(t, mustVectors(t, [][]float32{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {.2, -1}}), ScanOptions{Floor: -1})
	pairs, _, err := Union([]*Scan{narrow, wide}, []float64{.9, .9}, 1)
	if err != nil || len(pairs) != 1 || pairs[0] != [2]int32{3, 4} {
		t.Errorf("%v leads (%v): its similarity is nothing special in the model that finds it", pairs, err)
	}
}

func TestStrictnessOfPairsThatAreAllAlikeIsNotKnown(t *testing.T) {
	if z := (Background{Pairs: 3, Mean: .5}).Strictness(.5); !math.IsNaN(z) {
		t.Errorf("the strictness is %v", z)
	}
	if z := (Background{Pairs: 3, Mean: .5, SD: .1}).Strictness(.8); math.Abs(z-3) > 1e-9 {
		t.Errorf("the strictness is %v, want 3", z)
	}
}
