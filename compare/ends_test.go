package compare

import (
	"errors"
	"math"
	"slices"
	"testing"
)

// corners are texts every two of which are equally similar.
func corners(n int) [][]float32 {
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = slices.Repeat([]float32{1}, n)
		rows[i][i] = 3
	}
	return rows
}

func TestBothPartsOfASplitHaveAShare(t *testing.T) {
	// One text lies far from all others, which lie together.
	rows := randomRows(newRandom(81), 64, 4)
	for i := range rows {
		rows[i][0] += 50
	}
	rows[17] = []float32{-1, 0, 0, 0}
	v := mustVectors(t, rows)
	all := make([]int32, len(rows))
	for i := range all {
		all[i] = int32(i)
	}
	low, high, err := splitRows(t.Context(), v, all)
	if err != nil || min(len(low), len(high)) < len(rows)/leastShare || len(low)+len(high) != len(rows) || !slices.IsSorted(low) || !slices.IsSorted(high) {
		t.Errorf("%d and %d of %d, %v", len(low), len(high), len(rows), err)
	}
}

func TestOfEquallyNearClustersThePreferredOrTheFirstIsTaken(t *testing.T) {
	l := &linkage{n: 5, similarity: slices.Repeat([]float32{.5}, 25), size: []float32{1, 0, 1, 1, 1}}
	for _, c := range []struct{ x, preferred, want int }{{0, -1, 2}, {0, 3, 3}, {2, -1, 0}, {2, 4, 4}, {4, -1, 0}} {
		if got := l.nearest(c.x, c.preferred); got != c.want {
			t.Errorf("nearest to %d, rather %d, is %d, want %d", c.x, c.preferred, got, c.want)
		}
	}
	l.similarity[3] = .6 // of cluster 0 to 3
	if got := l.nearest(0, 2); got != 3 {
		t.Errorf("a nearer one is passed over for %d", got)
	}
}

func TestFirstOfTheNearestTextsIsTheNearest(t *testing.T) {
	m := mustMatrix(t, mustVectors(t, corners(5)))
	for text, want := range []int{1, 0, 0, 0, 0} {
		if got := m.nearest(text); got != want {
			t.Errorf("of equally similar ones %d is nearest to %d, want %d", got, text, want)
		}
	}
	gaps := mustMatrix(t, mustVectors(t, [][]float32{{1, 0}, nil, {1, 1}, {1, .5}}))
	for text, want := range []int{3, -1, 3, 2} {
		if got := gaps.nearest(text); got != want {
			t.Errorf("nearest to %d is %d, want %d", text, got, want)
		}
	}
	if kept, of, err := NearestKept(t.Context(), m, m); kept != 5 || of != 5 || err != nil {
		t.Errorf("%d of %d, %v", kept, of, err)
	}
}

func TestALargeClusterIsMeasuredInPart(t *testing.T) {
	degrees := make([]float64, mostMeasured+1)
	for i := range degrees {
		degrees[i] = float64(i) / 100
	}
	v := mustVectors(t, fan(degrees...))
	texts := ascendingTexts(len(degrees))
	for n, part := range map[int]bool{mostMeasured: false, mostMeasured + 1: true} {
		c := &Cluster{Texts: texts[:n], Weakest: 1, Drift: 1}
		if err := c.measure(t.Context(), v); err != nil || c.AtMost != part || c.Apart != [2]int{0, n - 1} || !near(c.Least, v.Similarity(0, n-1), 1e-12) {
			t.Errorf("%d texts: %v apart by %v, in part %v, %v", n, c.Apart, c.Least, c.AtMost, err)
		}
	}
	// No pair is said to be less similar than the least that is known.
	for _, c := range []*Cluster{{Weakest: .2, Drift: .9}, {Weakest: .9, Drift: .2}} {
		c.Texts = texts[:5]
		if err := c.measure(t.Context(), v); err != nil || c.Least != .2 {
			t.Errorf("least %v of %+v, %v", c.Least, c, err)
		}
	}
}

func ascendingTexts(n int) []int {
	texts := make([]int, n)
	for i := range texts {
		texts[i] = i
	}
	return texts
}

func TestTheWeakestLinkOfAChainIsTheLastThatJoins(t *testing.T) {
	v := mustVectors(t, fan(0, 10, 25, 45))
	pairs := []Pair{{0, 1, v.Similarity(0, 1)}, {1, 2, v.Similarity(1, 2)}, {2, 3, v.Similarity(2, 3)}, {0, 2, v.Similarity(0, 2)}}
	clusters, err := Clusters(t.Context(), v, pairs)
	if err != nil || len(clusters) != 1 || clusters[0].Weakest != v.Similarity(2, 3) || clusters[0].Pairs != 4 || clusters[0].Apart != [2]int{0, 3} {
		t.Fatalf("%+v, %v", clusters, err)
	}
	c := clusters[0]
	if !c.Drifts(c.Weakest) || c.Drifts(c.Least) || c.Drifts(-1) {
		t.Errorf("%+v drifts", c)
	}
	if keep, drop := c.KeepOne(); keep != c.Representative || len(drop) != 3 || slices.Contains(drop, keep) || len(c.Texts) != 4 {
		t.Errorf("keep %d, drop %v of %v", keep, drop, c.Texts)
	}
}

func TestThresholdsOfAllPairsAndOfEqualOnes(t *testing.T) {
	s := mustScan(t, mustVectors(t, randomRows(newRandom(85), 8, 6)), ScanOptions{Floor: -1})
	for count := range s.Background.Pairs + 2 {
		if got, want := s.CountAt(s.ThresholdOf(count)), min(count, s.Background.Pairs); got != want {
			t.Errorf("a threshold of %d pairs finds %d", count, got)
		}
	}
	equal := mustScan(t, mustVectors(t, corners(6)), ScanOptions{Floor: -1})
	if z := equal.RobustZ(.9); !math.IsNaN(z) {
		t.Errorf("where all pairs are equal one has z %v", z)
	}
	if z := equal.Strictness(.9); !math.IsNaN(z) {
		t.Errorf("where all pairs are equal one has strictness %v", z)
	}
	for sd, known := range map[float64]bool{0: false, leastSD / 2: false, leastSD: true, .1: true} {
		b := Background{Mean: .5, SD: sd}
		if got := b.Strictness(.6); math.IsNaN(got) == known || known && !near(got, .1/sd, 1e-6/sd) {
			t.Errorf("with deviation %v strictness is %v", sd, got)
		}
	}
	for _, p := range []float64{-1, 101, math.NaN(), math.Inf(1)} {
		if got := s.Percentile(p); !math.IsNaN(got) {
			t.Errorf("percentile %v is %v", p, got)
		}
	}
	if s.Percentile(0) != s.Min && !near(s.Percentile(0), s.Min, 1e-6) || !near(s.Percentile(100), s.Max, 1e-6) {
		t.Errorf("from %v to %v, want %v to %v", s.Percentile(0), s.Percentile(100), s.Min, s.Max)
	}
}

func TestTheLargestDifferenceIsLookedForAmongTheTextsOfBoth(t *testing.T) {
	all := fan(0, 20, 50, 90)
	some := slices.Clone(all)
	some[1] = nil
	turned := fan(0, 60, 70, 80)
	for _, swapped := range []bool{false, true} {
		a, b := mustMatrix(t, mustVectors(t, some)), mustMatrix(t, mustVectors(t, turned))
		if swapped {
			a, b = b, a
		}
		d, err := Difference(a, b)
		if err != nil {
			t.Fatal(err)
		}
		most := 0.0
		for i := range 4 {
			for j := range 4 {
				if value, ok := d.At(i, j); ok {
					most = max(most, math.Abs(value))
				}
			}
		}
		if most == 0 || d.MaxAbs() != most {
			t.Errorf("swapped %v: the largest is %v, told as %v", swapped, most, d.MaxAbs())
		}
	}
}

func TestASimilarityIsNeverOverOne(t *testing.T) {
	r := newRandom(91)
	rows := randomRows(r, 400, 3)
	for i := 1; i < len(rows); i += 2 { // parallel to the one before but for rounding
		for k := range rows[i] {
			rows[i][k] = rows[i-1][k] * (1 + 1e-7*float32(i%7)) * float32(1-2*(i/2%2))
		}
	}
	v := mustVectors(t, rows)
	for i := 0; i < len(rows); i += 2 {
		if s := v.Similarity(i, i+1); s > 1 || s < -1 || math.Abs(s) < .999999 {
			t.Errorf("%d and %d: %.20f", i, i+1, s)
		}
	}
}

func TestWhatIsTruncatedToItsLengthIsNotCopied(t *testing.T) {
	v := mustVectors(t, goldA)
	same, _, err := v.Truncate(v.Dim())
	if err != nil || &same.Row(0)[0] != &v.Row(0)[0] {
		t.Errorf("all dimensions are copied, %v", err)
	}
}

func TestRowsThatAreNearlyAllThereAreNotCopied(t *testing.T) {
	for missing, copied := range map[int]bool{0: false, 1: false, 2: false, 3: true} {
		c := NewCollector(16)
		for i := range 16 - missing {
			c.Put(i, []float32{1, float32(i)})
		}
		first := &c.Row(0)[0]
		v, err := c.Vectors()
		if err != nil || v.Present() != 16-missing || (&v.Row(0)[0] != first) != copied {
			t.Errorf("with %d missing of 16 rows are copied: %v, %v", missing, !copied, err)
		}
	}
}

// An order and its reverse are the same picture: which of them it is stays the same.
func TestAnOrderBeginsWithTheEarlierEnd(t *testing.T) {
	for seed := range uint64(12) {
		order, err := OrderBySimilarity(t.Context(), mustMatrix(t, mustVectors(t, randomRows(newRandom(100+seed), 9, 5))))
		if err != nil || order[0] > order[len(order)-1] {
			t.Errorf("%v, %v", order, err)
		}
	}
}

func TestAQueryHasTheDimensionsOfTheTexts(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(95), 5, 4))
	for n := range 7 {
		query := slices.Repeat([]float32{1}, n)
		_, searched := Search(t.Context(), v, query)
		_, nearest := Nearest(t.Context(), v, query, 2)
		_, each := NearestOfEach(t.Context(), v, mustVectors(t, [][]float32{append([]float32{1}, query...)}), 2)
		for _, err := range []error{searched, nearest} {
			var length *LengthError
			if errors.As(err, &length) != (n != 4) || length != nil && (length.Length != n || length.Want != 4) {
				t.Errorf("of %d dimensions: %v", n, err)
			}
		}
		if (each == nil) != (n == 3) {
			t.Errorf("of %d dimensions: %v", n+1, each)
		}
	}
}
