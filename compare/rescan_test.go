package compare

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

// edited are vectors with the rows [at, at+gone) replaced by others.
func edited(t *testing.T, v Vectors, at, gone int, come ...[]float32) Vectors {
	t.Helper()
	c := NewCollector(v.Len() - gone + len(come))
	for i := range v.Len() {
		switch to := i - gone + len(come); {
		case !v.Has(i):
		case i < at:
			c.Take(i, v, i)
		case i >= at+gone:
			c.Take(to, v, i)
		}
	}
	for i, row := range come {
		if row != nil {
			c.Put(at+i, row)
		}
	}
	out, err := c.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// streamedScan scans all pairs without holding them, in int8 first or not.
func streamedScan(t *testing.T, v Vectors, options ScanOptions, int8 bool) *Scan {
	t.Helper()
	if int8 {
		return prefilteredScan(t, v, options, nil)
	}
	s, err := (&Matrix{vectors: v}).scanWhileComputed(context.Background(), options, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wantSameScan fails unless two scans say the same.
func wantSameScan(t *testing.T, name string, got, want *Scan) {
	t.Helper()
	if !slices.Equal(got.Pairs(), want.Pairs()) || got.Floor() != want.Floor() {
		t.Errorf("%s: %d pairs from %v on, want %d from %v on", name, len(got.Pairs()), got.Floor(), len(want.Pairs()), want.Floor())
	}
	for k := range 200 {
		threshold := -1 + float64(k)/100
		if a, b := got.CountAt(threshold), want.CountAt(threshold); a != b {
			t.Errorf("%s: %d pairs at %v, want %d", name, a, threshold, b)
			break
		}
	}
	a, b := got.Background, want.Background
	if a.Pairs != b.Pairs {
		t.Errorf("%s: %d pairs in all, want %d", name, a.Pairs, b.Pairs)
	}
	wantNear(t, name, []float64{a.Mean, a.SD}, []float64{b.Mean, b.SD}, 1e-9)
	wantNear(t, name, []float64{a.P5, a.P50, a.P95, a.P99, a.Min, a.Max}, []float64{b.P5, b.P50, b.P95, b.P99, b.Min, b.Max}, 1e-5)
}

func TestAScanIsCarriedOnAsIfAllWereScanned(t *testing.T) {
	const n = 420
	v := mustVectors(t, mixedRows(newRandom(81), n, 48))
	fresh := randomRows(newRandom(82), 4, 48)
	near := slices.Clone(v.Row(3)) // a duplicate of what is there
	near[0] += .01
	changes := map[string]struct {
		at, gone int
		come     [][]float32
	}{
		"nothing":      {},
		"edited":       {300, 1, fresh[:1]},
		"first edited": {0, 1, fresh[:1]},
		"last edited":  {n - 1, 1, fresh[:1]},
		"a copy":       {50, 1, [][]float32{near}},
		"inserted":     {20, 0, fresh},
		"at the end":   {n, 0, fresh[:2]},
		"deleted":      {123, 1, nil},
		"a copy gone":  {12, 1, nil},
		"some":         {350, 7, fresh[:3]},
		"without one":  {41, 1, [][]float32{nil}},
		"given one":    {5, 1, fresh[:1]},
		"swapped":      {200, 2, [][]float32{v.Row(201), v.Row(200)}},
	}
	// In float32, the most pairs are what edit after edit is tried with.
	for _, how := range []struct {
		options ScanOptions
		int8    bool
	}{{ScanOptions{Floor: .8}, false}, {ScanOptions{Floor: .8}, true}, {ScanOptions{Floor: -1, MaxPairs: 1500}, true}} {
		before := streamedScan(t, v, how.options, how.int8)
		for name, c := range changes {
			now := edited(t, v, c.at, c.gone, c.come...)
			name := fmt.Sprintf("%s, %+v", name, how)
			last := 0
			got, err := (&Matrix{vectors: now}).Rescan(context.Background(), &Matrix{vectors: v}, before, how.options, func(done, total int) {
				if done <= last || done > total || total > (c.gone+len(c.come))*(n+len(c.come)) {
					t.Errorf("%s: %d pairs of %d are computed after %d", name, done, total, last)
				}
				last = done
			})
			if err != nil {
				t.Fatal(err)
			}
			wantSameScan(t, name, got, streamedScan(t, now, how.options, how.int8))
		}
	}
}

func TestAScanIsCarriedOnEditAfterEdit(t *testing.T) {
	v := mustVectors(t, clustered(400, 40, 9))
	options := ScanOptions{Floor: .3, MaxPairs: 1000}
	scan := streamedScan(t, v, options, false)
	const edits = 15
	for k, row := range randomRows(newRandom(83), edits, 40) {
		var come [][]float32
		if k%3 > 0 {
			come = [][]float32{row}
		}
		now := edited(t, v, 7*k, 1, come...)
		got, err := (&Matrix{vectors: now}).Rescan(context.Background(), &Matrix{vectors: v}, scan, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		v, scan = now, got
	}
	wantSameScan(t, fmt.Sprintf("after %d edits", edits), scan, streamedScan(t, v, options, false))
}

func TestTheGreatestSimilarityFallsWithEveryPairThatGoes(t *testing.T) {
	rows := randomRows(newRandom(87), 400, 64)
	for k, angle := range []float64{.1, .3, .5} { // three pairs, each less similar than that before
		near := slices.Clone(rows[2*k])
		other := rows[2*k+1]
		for i := range near {
			near[i] += float32(angle) * other[i]
		}
		rows[2*k+1] = near
	}
	v := mustVectors(t, rows)
	options := ScanOptions{Floor: .9}
	scan := streamedScan(t, v, options, false)
	for range 3 {
		now := edited(t, v, 0, 2)
		got, err := (&Matrix{vectors: now}).Rescan(context.Background(), &Matrix{vectors: v}, scan, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := 0.
		for i := range now.Len() {
			for j := range i {
				want = max(want, now.Similarity(i, j))
			}
		}
		if math.Abs(got.Max-want) > 1e-5 {
			t.Errorf("of %d texts the greatest similarity is %v, want %v", now.Present(), got.Max, want)
		}
		v, scan = now, got
	}
}

func TestWhatHasNothingInCommonIsScannedAnew(t *testing.T) {
	was, is := mustVectors(t, randomRows(newRandom(84), 400, 8)), mustVectors(t, randomRows(newRandom(85), 400, 8))
	options := ScanOptions{Floor: .5}
	want := naiveOver(naivePairs(is), options.Floor)
	for name, c := range map[string]struct {
		before, now Vectors
		options     ScanOptions
	}{"others": {was, is, options}, "other dimensions": {mustVectors(t, randomRows(newRandom(84), 400, 9)), is, options}, "another floor": {is, is, ScanOptions{Floor: .7}}, "fewer pairs": {is, is, ScanOptions{Floor: .5, MaxPairs: 900}}} {
		before := &Matrix{vectors: c.before}
		last := 0
		got, err := (&Matrix{vectors: c.now}).Rescan(context.Background(), before, streamedScan(t, c.before, c.options, false), options, func(done, total int) { last = done })
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Pairs(), want) || last != triangle(400) {
			t.Errorf("%s: %d pairs of %d, want %d of %d", name, len(got.Pairs()), last, len(want), triangle(400))
		}
	}
	if got, err := (&Matrix{vectors: is}).Rescan(context.Background(), nil, nil, options, nil); err != nil || len(got.Pairs()) == 0 {
		t.Errorf("nothing before: %v", err)
	}
}

func TestCarryingAScanOnStopsWithItsContext(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(86), 420, 8))
	options := ScanOptions{Floor: .5}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := (&Matrix{vectors: edited(t, v, 400, 1)}).Rescan(ctx, &Matrix{vectors: v}, streamedScan(t, v, options, false), options, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
