package compare

import (
	"math"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/kernel"
)

// fixed is a distribution that gives the same two values whatever is asked for.
type fixed struct{ low, high float64 }

func (fixed) atLeast(float64) int { return 0 }

func (f fixed) ranks(ks []int) []float64 {
	values := make([]float64, len(ks))
	for i := range values {
		values[i] = [2]float64{f.low, f.high}[i%2]
	}
	return values
}

func TestABackgroundKeepsWithinWhatWasSeen(t *testing.T) {
	for _, at := range []fixed{{.1, .1}, {.9, .9}, {.1, .9}, {.4, .5}} {
		b := Background{Pairs: 50, Min: .3, Max: .6}
		b.fillPercentiles(at)
		for _, p := range []float64{b.P5, b.P50, b.P95, b.P99} {
			if p < b.Min || p > b.Max {
				t.Errorf("of %v to %v the percentile %v is told", b.Min, b.Max, p)
			}
		}
	}
	// What rounding leaves under 0 is no spread.
	if b := backgroundOf(kernel.Sums{Count: 3, Sum: .6, Squares: .1199999999}); b.SD != 0 || !near(b.Mean, .2, 1e-12) || b.Pairs != 3 {
		t.Errorf("%+v", b)
	}
}

// What was given up may have been as similar as rounding lets it be.
func TestWhatIsGivenUpCountsAsHighAsItCanBe(t *testing.T) {
	exact := func(c candidate) Pair { return Pair{A: c.a, B: c.b, Similarity: float64(c.similarity)} }
	b := &best{exact: exact, most: 2, slack: .01, dropped: math.Inf(-1)}
	b.setFloor(-1)
	b.near = []candidate{{0, 1, .9}, {0, 2, .5}, {0, 3, .8}, {0, 4, .7}}
	b.cutNear()
	if len(b.near) != 2 || !near(b.dropped, .71, 1e-6) {
		t.Errorf("kept are %v, dropped was at most %v", b.near, b.dropped)
	}
	pair := Pair{B: 1, Similarity: .5}
	for _, dropped := range [][2]float64{{.8, math.Inf(-1)}, {math.Inf(-1), .8}, {.8, .1}} {
		parts := make([]*best, 2)
		for i := range parts {
			parts[i] = &best{exact: exact, most: 10, dropped: dropped[i]}
		}
		parts[0].pairs = []Pair{pair}
		if _, floor, err := mergeBest(t.Context(), parts, ScanOptions{Floor: -1, MaxPairs: 10}); err != nil || floor <= pair.Similarity {
			t.Errorf("workers dropped %v, and all are said to be there from %v on, %v", dropped, floor, err)
		}
	}
}

func TestMergingClustersWeighsThemByTheirSize(t *testing.T) {
	l := &linkage{n: 4, similarity: make([]float32, 16), size: []float32{3, 1, 1, 2}, runs: make([][]int32, 4)}
	set := func(i, j int, s float32) { l.similarity[i*4+j], l.similarity[j*4+i] = s, s }
	set(0, 1, .9)
	set(0, 2, .8)
	set(1, 2, .4)
	set(0, 3, .2)
	set(1, 3, .6)
	set(2, 3, .5)
	l.merge(0, 1)
	for j, want := range map[int]float64{2: .75*.8 + .25*.4, 3: .75*.2 + .25*.6} {
		if got := float64(l.similarity[j]); !near(got, want, 1e-6) || l.similarity[j] != l.similarity[j*4] {
			t.Errorf("to cluster %d it is %v, want %v", j, got, want)
		}
	}
	if l.size[0] != 4 || l.size[1] != 0 || l.similarity[2*4+3] != .5 {
		t.Errorf("sizes %v", l.size)
	}
}

// Where all pairs of every scan are alike none is strict, and the more similar go first.
func TestOfEquallyStrictPairsTheMoreSimilarGoFirst(t *testing.T) {
	alike := func(common float32, from, n int) [][]float32 {
		rows := make([][]float32, n)
		for i := range 3 {
			row := []float32{common, common, common}
			row[i]++
			rows[from+i] = row
		}
		return rows
	}
	low := mustScan(t, mustVectors(t, alike(.5, 0, 6)), ScanOptions{Floor: -1})
	high := mustScan(t, mustVectors(t, alike(2, 3, 6)), ScanOptions{Floor: -1})
	for _, scans := range [][]*Scan{{low, high}, {high, low}} {
		pairs, total, err := Union(scans, []float64{-1, -1}, 0)
		want := [][2]int32{{3, 4}, {3, 5}, {4, 5}, {0, 1}, {0, 2}, {1, 2}}
		slices.SortFunc(pairs[:3], comparePlaces)
		slices.SortFunc(pairs[3:], comparePlaces)
		if err != nil || total != 6 || !slices.Equal(pairs, want) {
			t.Errorf("%v of %d, %v", pairs, total, err)
		}
	}
}

func comparePlaces(a, b [2]int32) int { return slices.Compare(a[:], b[:]) }

// Of very many pairs only those count that a scan finds among its most similar.
func TestDisagreementsAreOfPairsThatAModelFindsSimilar(t *testing.T) {
	a, am := scanned(t, randomRows(newRandom(71), 206, 8))
	b, bm := scanned(t, randomRows(newRandom(72), 206, 8))
	counted := map[[2]int32]bool{}
	for _, s := range []*Scan{a, b} {
		for _, p := range s.Pairs()[:perScan] {
			counted[[2]int32{p.A, p.B}] = true
		}
	}
	pairs, err := Disagreements(t.Context(), []*Scan{a, b}, []*Matrix{am, bm}, len(counted)+1000)
	if err != nil || len(pairs) == 0 || len(counted) == len(a.Pairs()) {
		t.Fatalf("%d pairs of %d, %v", len(pairs), len(counted), err)
	}
	for _, p := range pairs {
		if !counted[p] {
			t.Fatalf("%v is similar under no model", p)
		}
	}
}

func TestUnderTheFloorAtLeastThePairsThatAreKeptCount(t *testing.T) {
	s := &Scan{pairs: []Pair{{B: 1, Similarity: .95}, {B: 2, Similarity: .91}}, floor: .9, similarities: fixed{}}
	for threshold, want := range map[float64]int{.5: 2, .9: 2, .92: 1, .96: 0} {
		if got := s.CountAt(threshold); got != want {
			t.Errorf("%d pairs at %v, want %d", got, threshold, want)
		}
	}
}
