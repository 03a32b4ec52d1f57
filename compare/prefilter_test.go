package compare

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/kernel"
)

// prefilteredScan scans as if the corpus were a large one, in three stripes.
func prefilteredScan(t *testing.T, v Vectors, options ScanOptions, progress func(done, total int)) *Scan {
	t.Helper()
	s, err := newScanner(&Matrix{vectors: v}, options)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.prefiltered(context.Background(), v.Present()/3+1, progress); err != nil {
		t.Fatal(err)
	}
	scan, err := s.result(context.Background(), newHistogram(s.tallies).sums())
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

func TestPrefilteredPairsAreTheSame(t *testing.T) {
	equal := slices.Repeat([][]float32{{3, 4}}, 400)
	for name, rows := range map[string][][]float32{
		"mixed":     mixedRows(newRandom(71), 410, 96),
		"clustered": clustered(400, 40, 9),
		"equal":     append(equal, randomRows(newRandom(72), 10, 2)...),
		"one large": append(randomRows(newRandom(73), 380, 64), append(make([]float32, 63), 1)),
	} {
		v := mustVectors(t, rows)
		some, few := streamedScan(t, v, ScanOptions{Floor: .5}, false), streamedScan(t, v, ScanOptions{Floor: -1, MaxPairs: 300}, false)
		for _, options := range []ScanOptions{{Floor: .5}, {Floor: .93}, {Floor: -1, MaxPairs: 300}, {Floor: 1}} {
			want, pairs, floor := some, some.Over(options.Floor), options.Floor
			if options.MaxPairs > 0 {
				want, pairs, floor = few, few.Pairs(), few.Floor()
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
			if !slices.Equal(got.Pairs(), pairs) || got.Floor() != floor {
				t.Errorf("%s, %+v: %d pairs, want %d", name, options, len(got.Pairs()), len(pairs))
			}
			a, b := got.Background, want.Background
			wantNear(t, name, []float64{a.Mean, a.SD, a.P5, a.P50, a.P95, a.P99, a.Min},
				[]float64{b.Mean, b.SD, b.P5, b.P50, b.P95, b.P99, b.Min}, 5e-3)
			wantNear(t, name+", the greatest", []float64{a.Max}, []float64{b.Max}, 1e-6)
			if a.Pairs != b.Pairs {
				t.Errorf("%s: %d pairs in all, want %d", name, a.Pairs, b.Pairs)
			}
		}
	}
}

func TestABackgroundFromInt8IsNearEnoughToBeShown(t *testing.T) {
	for name, rows := range map[string][][]float32{
		"random":                   randomRows(newRandom(77), 1000, 384),
		"short":                    randomRows(newRandom(78), 1000, prefilterValues),
		"with something in common": mixedRows(newRandom(79), 1200, 256),
		"clustered":                clustered(1000, 384, 9),
	} {
		v := mustVectors(t, rows)
		options := ScanOptions{Floor: .99999}
		want, err := (&Matrix{vectors: v}).scanWhileComputed(context.Background(), options, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := prefilteredScan(t, v, options, nil)
		a, b := got.Background, want.Background
		wantNear(t, name+", mean and deviation", []float64{a.Mean, a.SD}, []float64{b.Mean, b.SD}, 1e-4)
		wantNear(t, name+", percentiles", []float64{a.P5, a.P50, a.P95}, []float64{b.P5, b.P50, b.P95}, 2e-4)
		wantNear(t, name+", the highest percentile", []float64{a.P99}, []float64{b.P99}, 5e-4)
		wantNear(t, name+", the greatest", []float64{a.Max}, []float64{b.Max}, 1e-6)
		wantNear(t, name+", the least", []float64{a.Min}, []float64{b.Min}, 4e-3)
		for threshold := -.1; threshold < 1; threshold += .05 {
			if n := got.CountAt(threshold); n > want.CountAt(threshold-2e-3) || n < want.CountAt(threshold+2e-3) {
				t.Errorf("%s: %d pairs at %v, want about %d", name, n, threshold, want.CountAt(threshold))
			}
		}
	}
}

func TestTheGreatestSimilarityUnderTheFloorIsExactEditAfterEdit(t *testing.T) {
	v := mustVectors(t, randomRows(newRandom(88), 430, 16))
	options := ScanOptions{Floor: .99}
	scan, left := prefilteredScan(t, v, options, nil), naivePairs(v)[:500]
	for range highestKept/2 + 4 { // a text of the most similar pair goes each time
		greatest := left[0]
		if math.Abs(scan.Max-greatest.Similarity) > 1e-6 {
			t.Fatalf("of %d texts the greatest similarity is %v, want %v", v.Present(), scan.Max, greatest.Similarity)
		}
		left = without(left, greatest.A)
		now := edited(t, v, int(greatest.A), 1)
		got, err := (&Matrix{vectors: now}).Rescan(context.Background(), &Matrix{vectors: v}, scan, options, nil)
		if err != nil {
			t.Fatal(err)
		}
		v, scan = now, got
	}
}

// without gives the pairs as they are when a text has gone.
func without(pairs []Pair, text int32) []Pair {
	var left []Pair
	for _, p := range pairs {
		if p.A == text || p.B == text {
			continue
		}
		if p.A > text {
			p.A--
		}
		if p.B > text {
			p.B--
		}
		left = append(left, p)
	}
	return left
}

func TestPrefilteringStopsWithItsContext(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(74), 500, 16))
	s, err := newScanner(&Matrix{vectors: v}, ScanOptions{Floor: .9})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = s.prefiltered(ctx, v.Present(), func(done, total int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestPrefilterIsForWhatItSpeedsUp(t *testing.T) {
	random := mustVectors(t, randomRows(newRandom(75), prefilterFrom, prefilterValues))
	narrow := randomRows(newRandom(76), prefilterFrom, prefilterValues)
	for _, row := range narrow {
		row[0] += 80 // all similarities are about .99
	}
	for name, c := range map[string]struct {
		v     Vectors
		floor float64
		want  bool
	}{
		"a floor over the background": {random, .9, true},
		"a floor in the background":   {random, .3, false},
		"no floor":                    {random, -1, false},
		"few texts":                   {mustVectors(t, randomRows(newRandom(76), prefilterFrom-1, prefilterValues)), .9, false},
		"few values":                  {mustVectors(t, randomRows(newRandom(76), prefilterFrom, prefilterValues-1)), .9, false},
		"no text":                     {Vectors{}, .9, false},
		"similarities close together": {mustVectors(t, narrow), 1.1, false},
	} {
		if got := c.v.prefilters(c.floor); got != (c.want && kernel.PrefersInt8()) {
			t.Errorf("%s: a scan looks at pairs in int8 first: %v", name, got)
		}
	}
}

// Where all pairs are alike, int8 can find the least of them over what the greatest really
// is.
func TestTheLeastSimilarityIsNoGreaterThanTheGreatest(t *testing.T) {
	kept := []Pair{{Similarity: .9}}
	for name, c := range map[string]struct {
		kept, highest []Pair
		min, max      float64
	}{
		"of what is kept":  {kept, []Pair{{Similarity: .8}}, .9, .9},
		"of the highest":   {nil, []Pair{{Similarity: .8}}, .8, .8},
		"less than both":   {kept, nil, .9, .9},
		"none looked at":   {nil, nil, .95, .96},
		"over the least":   {[]Pair{{Similarity: .99}}, nil, .95, .99},
		"the first of all": {nil, []Pair{{Similarity: .97}, {Similarity: .5}}, .95, .97},
	} {
		s := &Scan{Background: Background{Min: .95, Max: .96}, kept: c.kept}
		if s.keepHighest(c.highest, -1); s.Min != c.min || s.Max != c.max {
			t.Errorf("%s: from %v to %v, want %v to %v", name, s.Min, s.Max, c.min, c.max)
		}
	}
}
