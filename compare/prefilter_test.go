package compare

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// prefilteredScan scans as if the corpus were a large one.
func prefilteredScan(t *testing.T, v Vectors, options ScanOptions, progress func(done, total int)) *Scan {
	t.Helper()
	s, err := newScanner(&Matrix{vectors: v}, options)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := s.prefiltered(context.Background(), progress)
	if err != nil {
		t.Fatal(err)
	}
	scan, err := s.result(context.Background(), sums)
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

func TestPrefilteredPairsAreTheSame(t *testing.T) {
	equal := slices.Repeat([][]float32{{3, 4}}, 400)
	for name, rows := range map[string][][]float32{
		"mixed":     mixedRows(newRandom(71), 450, 96),
		"clustered": clustered(600, 40, 9),
		"equal":     append(equal, randomRows(newRandom(72), 10, 2)...),
		"one large": append(randomRows(newRandom(73), 500, 64), append(make([]float32, 63), 1)),
	} {
		v := mustVectors(t, rows)
		for _, options := range []ScanOptions{{Floor: .5}, {Floor: .93}, {Floor: -1, MaxPairs: 300}, {Floor: 1}} {
			want, err := (&Matrix{vectors: v}).Scan(context.Background(), options, nil)
			if err != nil {
				t.Fatal(err)
			}
			last := 0
			got := prefilteredScan(t, v, options, func(done, total int) {
				if done <= last || total != triangle(v.Present()) {
					t.Fatalf("%s: progress %d after %d of %d", name, done, last, total)
				}
				last = done
			})
			if last != triangle(v.Present()) {
				t.Errorf("%s: progress ended at %d", name, last)
			}
			if !slices.Equal(got.Pairs(), want.Pairs()) || got.Floor() != want.Floor() {
				t.Errorf("%s, %+v: %d pairs, want %d", name, options, len(got.Pairs()), len(want.Pairs()))
			}
			a, b := got.Background, want.Background
			wantNear(t, name, []float64{a.Mean, a.SD, a.P5, a.P50, a.P95, a.P99, a.Min, a.Max},
				[]float64{b.Mean, b.SD, b.P5, b.P50, b.P95, b.P99, b.Min, b.Max}, 1e-2)
			if a.Pairs != b.Pairs {
				t.Errorf("%s: %d pairs in all, want %d", name, a.Pairs, b.Pairs)
			}
		}
	}
}

func TestPrefilteringStopsWithItsContext(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(74), 500, 16))
	s, err := newScanner(&Matrix{vectors: v}, ScanOptions{Floor: .9})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = s.prefiltered(ctx, func(done, total int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestPrefilterGivesUpInTheBackground(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(75), prefilterFrom, 16))
	for floor, most := range map[float64]bool{.99: true, .1: false, -1: false} {
		s, err := newScanner(&Matrix{vectors: v}, ScanOptions{Floor: floor})
		if err != nil {
			t.Fatal(err)
		}
		if s.prefilters() && !most {
			t.Errorf("a floor of %v is not in the background", floor)
		}
	}
	small := mustVectors(t, randomRows(newRandom(76), 3000, 4))
	s, err := newScanner(&Matrix{vectors: small}, ScanOptions{Floor: .9})
	if err != nil || s.prefilters() {
		t.Errorf("a small corpus is prefiltered, %v", err)
	}
}
