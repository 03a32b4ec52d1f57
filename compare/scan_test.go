package compare

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
)

// naivePairs is the definition: every pair of present texts, best first.
func naivePairs(v Vectors) []Pair {
	var pairs []Pair
	for a := range v.Len() {
		for b := a + 1; b < v.Len(); b++ {
			if v.Has(a) && v.Has(b) {
				pairs = append(pairs, Pair{int32(a), int32(b), v.Similarity(a, b)})
			}
		}
	}
	slices.SortFunc(pairs, comparePairs)
	return pairs
}

// naiveOver gives the pairs at or over a threshold: the first ones.
//
//go:norace
func naiveOver(pairs []Pair, threshold float64) []Pair {
	n := 0
	for _, p := range pairs {
		if p.Similarity >= threshold {
			n++
		}
	}
	return pairs[:n]
}

// scans returns the scan of the same vectors with the similarities held in
// memory and computed on the way.
func scans(t *testing.T, v Vectors, options ScanOptions) map[string]*Scan {
	t.Helper()
	result := map[string]*Scan{"held": mustScan(t, v, options)}
	if triangle(v.Present()) > fewPairs {
		s, err := (&Matrix{vectors: v}).Scan(context.Background(), options, nil)
		if err != nil {
			t.Fatal(err)
		}
		result["streamed"] = s
	}
	return result
}

func TestScanFindsWhatTheDefinitionSays(t *testing.T) {
	for _, n := range []int{2, 3, 17, 130, 420} {
		v := mustVectors(t, mixedRows(newRandom(uint64(n)), n, 24))
		all := naivePairs(v)
		for _, floor := range []float64{-1, 0.5, 0.75, 1, 1.5} {
			for name, s := range scans(t, v, ScanOptions{Floor: floor}) {
				t.Run(fmt.Sprintf("%d/%v/%s", n, floor, name), func(t *testing.T) {
					if want := naiveOver(all, floor); !slices.Equal(s.Pairs(), want) {
						t.Errorf("%d pairs, want %d", len(s.Pairs()), len(want))
					}
					if s.Floor() != floor {
						t.Errorf("floor %v", s.Floor())
					}
					wantNaiveBackground(t, s.Background, all)
					for _, threshold := range []float64{floor, 0.8, 0.9, 0.999999, 1} {
						want := naiveOver(all, threshold)
						if threshold >= floor && (s.CountAt(threshold) != len(want) || !slices.Equal(s.Over(threshold), want)) {
							t.Errorf("at %v: count %d, %d pairs, want %d", threshold, s.CountAt(threshold), len(s.Over(threshold)), len(want))
						}
					}
				})
			}
		}
	}
}

// wantNaiveBackground compares with two-pass formulas in float64.
//
//go:norace
func wantNaiveBackground(t *testing.T, got Background, pairs []Pair) {
	t.Helper()
	n := len(pairs)
	if got.Pairs != n {
		t.Fatalf("%d pairs, want %d", got.Pairs, n)
	}
	var mean, variance float64
	for _, p := range pairs {
		mean += p.Similarity / float64(n)
	}
	for _, p := range pairs {
		variance += (p.Similarity - mean) * (p.Similarity - mean) / float64(n)
	}
	percentile := func(q float64) float64 {
		position := q / 100 * float64(n-1)
		low := int(position)
		a, b := pairs[n-1-low].Similarity, pairs[max(0, n-2-low)].Similarity
		return a + (b-a)*(position-float64(low))
	}
	wantNear(t, "moments", []float64{got.Mean, got.SD, got.Min, got.Max},
		[]float64{mean, math.Sqrt(variance), pairs[n-1].Similarity, pairs[0].Similarity}, 1e-6)
	wantNear(t, "percentiles", []float64{got.P5, got.P50, got.P95, got.P99},
		[]float64{percentile(5), percentile(50), percentile(95), percentile(99)}, 1e-5)
}

func TestPercentilesAreExactWhenHeld(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(8), 500, 24))
	s := mustScan(t, v, ScanOptions{Floor: 1})
	values := upperTriangle(mustMatrix(t, v))
	slices.Sort(values)
	at := func(q float64) float64 {
		position := q / 100 * float64(len(values)-1)
		low := int(position)
		return values[low] + (values[low+1]-values[low])*(position-float64(low))
	}
	wantNear(t, "percentiles", []float64{s.P5, s.P50, s.P95, s.P99}, []float64{at(5), at(50), at(95), at(99)}, 1e-12)
}

func TestCountAroundExactTies(t *testing.T) {
	// Cosines of exactly 0, .6, .8, .96 and 1, some many times over.
	v := mustVectors(t, [][]float32{{1, 0}, {.6, .8}, {.8, .6}, {1, 0}, {0, 1}, nil, {.6, .8}, {.8, .6}})
	s := mustScan(t, v, ScanOptions{Floor: -1})
	for _, p := range s.Pairs() {
		for _, threshold := range []float64{math.Nextafter(p.Similarity, -2), p.Similarity, math.Nextafter(p.Similarity, 2)} {
			if got, want := s.CountAt(threshold), len(naiveOver(s.Pairs(), threshold)); got != want {
				t.Errorf("at %.17g: %d, want %d", threshold, got, want)
			}
		}
	}
	if got := s.CountAt(1); got != 3 {
		t.Errorf("%d pairs of equal vectors, want 3", got)
	}
	if got := s.CountAt(-1); got != 21 {
		t.Errorf("%d pairs over -1, want all 21", got)
	}
}

func TestEqualPairsShareTheBestPlace(t *testing.T) {
	rows := mixedRows(newRandom(7), 12, 24)
	// Three texts that rounding alone makes differ.
	for i := range 3 {
		rows[i] = slices.Clone(rows[3])
		rows[i][0] += float32(i) * 1e-7
	}
	v := mustVectors(t, rows)
	s := mustScan(t, v, ScanOptions{Floor: -1})
	for a := range 4 {
		for b := a + 1; b < 4; b++ {
			if got := s.Place(v.Similarity(a, b)); got != 1 {
				t.Errorf("identical texts %d and %d take place %d", a+1, b+1, got)
			}
		}
	}
	if got := s.Place(s.Pairs()[6].Similarity); got != 7 {
		t.Errorf("the pair after the 6 equal ones takes place %d", got)
	}
	if got := s.Place(-1); got != s.Background.Pairs {
		t.Errorf("the least similar pair takes place %d of %d", got, s.Background.Pairs)
	}
}

func TestCountUnderTheFloor(t *testing.T) {
	for _, n := range []int{150, 450} {
		v := mustVectors(t, mixedRows(newRandom(uint64(n)), n, 24))
		all := naivePairs(v)
		scanned := scans(t, v, ScanOptions{Floor: 0.9})
		for threshold := -1.0; threshold < 0.9; threshold += 0.01 {
			least, most := len(naiveOver(all, threshold+1e-6)), len(naiveOver(all, threshold-1e-5))
			for name, s := range scanned {
				if got := s.CountAt(threshold); got < least || got > most {
					t.Errorf("%s, %d texts, at %v: %d, want %d to %d", name, n, threshold, got, least, most)
				}
			}
		}
		for _, s := range scanned {
			if s.Complete(0.89) || !s.Complete(0.9) {
				t.Error("a scan is complete from its floor on")
			}
		}
	}
}

func TestMaxPairsKeepsTheBest(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(2), 420, 24))
	all := naivePairs(v)
	for _, most := range []int{1, 7, 100, 5000} {
		for name, s := range scans(t, v, ScanOptions{Floor: -1, MaxPairs: most}) {
			if !slices.Equal(s.Pairs(), all[:most]) {
				t.Errorf("%s, at most %d: not the best pairs", name, most)
			}
			if complete := naiveOver(all, s.Floor()); len(complete) > most || !slices.Equal(s.Over(s.Floor()), complete) {
				t.Errorf("%s, at most %d: floor %v promises %d pairs", name, most, s.Floor(), len(complete))
			}
		}
	}
}

func TestMaxPairsAmongTies(t *testing.T) {
	row := []float32{.3, .4, .5}
	rows := make([][]float32, 40)
	for i := range rows {
		rows[i] = row
	}
	s := mustScan(t, mustVectors(t, rows), ScanOptions{Floor: .5, MaxPairs: 10})
	if len(s.Pairs()) != 10 || s.Pairs()[9] != (Pair{0, 10, 1}) {
		t.Errorf("of equal pairs the first are kept, got %v", s.Pairs())
	}
	if s.Floor() <= 1 || s.Complete(1) {
		t.Errorf("floor %v promises all pairs of similarity 1, but most were given up", s.Floor())
	}
	if got := s.CountAt(1); got < 10 || got > 780 {
		t.Errorf("count at 1 is %d", got)
	}
	if got := s.CountAt(.99); got != 780 {
		t.Errorf("count at .99 is %d, want all 780", got)
	}
	if s.SD != 0 || s.Min != s.Max {
		t.Errorf("equal pairs spread by %v", s.SD)
	}
}

func TestAnyNumberOfPairsCanBeAskedFor(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(3), 420, 24))
	want := naiveOver(naivePairs(v), .5)
	for name, s := range scans(t, v, ScanOptions{Floor: .5, MaxPairs: math.MaxInt}) {
		if !slices.Equal(s.Pairs(), want) || s.Floor() != .5 {
			t.Errorf("%s: %d pairs from %v on, want %d from .5", name, len(s.Pairs()), s.Floor(), len(want))
		}
	}
}

func TestMaxPairsNotReachedKeepsTheFloor(t *testing.T) {
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: .5, MaxPairs: 4})
	if len(s.Pairs()) != 4 || s.Floor() != .5 {
		t.Errorf("%d pairs from %v on, want 4 from .5", len(s.Pairs()), s.Floor())
	}
}

func TestCurve(t *testing.T) {
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{Floor: 0})
	if got, want := s.Curve(0.5, 1, 6), []int{4, 3, 3, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := s.Curve(0.5, 1, 1); !slices.Equal(got, []int{4}) {
		t.Errorf("one point: %v", got)
	}
	if got := s.Curve(0, 1, 0); len(got) != 0 {
		t.Errorf("no points: %v", got)
	}
}

func TestScanOfHardlyAnyTexts(t *testing.T) {
	tests := map[string]struct {
		rows  [][]float32
		pairs int
	}{
		"none":              {nil, 0},
		"one":               {[][]float32{{1, 2}}, 0},
		"all absent":        {[][]float32{nil, nil, nil}, 0},
		"one of two absent": {[][]float32{{1, 2}, nil}, 0},
		"two":               {[][]float32{{1, 2}, {2, 1}}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := mustVectors(t, test.rows)
			s := mustScan(t, v, ScanOptions{Floor: -1})
			if s.Background.Pairs != test.pairs || len(s.Pairs()) != test.pairs || s.CountAt(-1) != test.pairs {
				t.Errorf("background of %d pairs, %d pairs, count %d", s.Background.Pairs, len(s.Pairs()), s.CountAt(-1))
			}
			if test.pairs == 0 && s.Background != (Background{}) {
				t.Errorf("background without pairs: %+v", s.Background)
			}
			if s.SD != 0 || math.IsNaN(s.Mean) || math.IsNaN(s.P99) {
				t.Errorf("background: %+v", s.Background)
			}
			if _, _, ok := mustMatrix(t, v).Range(); ok != (test.pairs > 0) {
				t.Errorf("range is ok: %v", ok)
			}
		})
	}
}

func TestScanRefusesAFloorThatIsNoNumber(t *testing.T) {
	if _, err := ScanPairs(context.Background(), mustVectors(t, goldA), ScanOptions{Floor: math.NaN()}, nil); err == nil {
		t.Error("no error")
	}
	s := mustScan(t, mustVectors(t, goldA), ScanOptions{})
	if s.CountAt(math.NaN()) != 0 || s.Over(math.NaN()) != nil {
		t.Error("nothing is over a threshold that is no number")
	}
}

func TestLargeCorpusHoldsNoMatrix(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(4), 2600, 8))
	m := mustMatrix(t, v)
	if m.Dense() || !mustMatrix(t, mustVectors(t, goldA)).Dense() {
		t.Fatalf("only up to %d texts are held", DenseLimit)
	}
	for _, cell := range [][2]int{{0, 1}, {2599, 3}, {77, 77}} {
		got, ok := m.At(cell[0], cell[1])
		if !ok || !near(got, v.Similarity(cell[0], cell[1]), 1e-6) {
			t.Errorf("cell %v is %v, %v", cell, got, ok)
		}
	}
	s, err := m.Scan(context.Background(), ScanOptions{Floor: .999, MaxPairs: 500}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Background.Pairs != triangle(v.Present()) || len(s.Pairs()) == 0 || len(s.Pairs()) > 500 {
		t.Errorf("background of %d pairs, %d kept", s.Background.Pairs, len(s.Pairs()))
	}
	for _, p := range s.Pairs() {
		if p.Similarity != v.Similarity(int(p.A), int(p.B)) || p.Similarity < .999 || p.A >= p.B {
			t.Fatalf("pair %+v", p)
		}
	}
	least, greatest, ok := m.Range()
	if !ok || least < s.Min || greatest > s.Max || greatest-least < (s.Max-s.Min)/2 {
		t.Errorf("range %v to %v of a sample, background %v to %v", least, greatest, s.Min, s.Max)
	}
}

func TestScanIsTheSameEveryTime(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(6), 400, 24))
	first := mustScan(t, v, ScanOptions{Floor: .7, MaxPairs: 300})
	for range 5 {
		again := mustScan(t, v, ScanOptions{Floor: .7, MaxPairs: 300})
		if again.Background != first.Background || !slices.Equal(again.Pairs(), first.Pairs()) {
			t.Fatal("the same vectors gave another result")
		}
	}
}

func TestTallyKeepsWhatItSpills(t *testing.T) {
	var held, spilt = newTally(bins), newTally(bins)
	values := []float32{-1, -.5, 0, .25, .25, 1}
	for range 3 {
		held.add(values)
		spilt.add(values)
		spilt.spill()
	}
	held.add(values)
	spilt.add(values)
	if want, got := newHistogram([]*tally{held}), newHistogram([]*tally{spilt}); !slices.Equal(want.before, got.before) || got.atLeast(.2) != 12 {
		t.Errorf("%d of .2 or more, want 12", got.atLeast(.2))
	}
}
