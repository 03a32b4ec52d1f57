package api

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestHistogramTellsPercentilesWithinItsError(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 19, 20, 21, 1000} {
		latencies := make([]time.Duration, n)
		for i := range latencies {
			latencies[i] = time.Duration(math.Exp(random.Float64()*18) * float64(time.Microsecond)) // to a minute
		}
		h := NewHistogram(latencies[:n/2]).Plus(NewHistogram(latencies[n/2:]))
		if h.Total() != int64(n) {
			t.Errorf("%d of %d latencies were counted", h.Total(), n)
		}
		slices.Sort(latencies)
		for _, share := range []float64{0, 0.5, 0.95, 1} {
			want := latencies[max(int(math.Ceil(share*float64(n))), 1)-1]
			got, ok := h.Percentile(share)
			if off := math.Abs(float64(got)/float64(want) - 1); !ok || off > HistogramError {
				t.Errorf("share %g of %d is %v, want %v within %g", share, n, got, want, HistogramError)
			}
		}
	}
	if _, ok := (Histogram)(nil).Percentile(0.5); ok {
		t.Error("nothing has a percentile")
	}
}

func TestHistogramTakesEveryDuration(t *testing.T) {
	h := NewHistogram([]time.Duration{-time.Second, 0, 1, time.Microsecond, 24 * time.Hour, math.MaxInt64})
	if want := (Histogram{0: 4, lastBucket: 2}); !reflect.DeepEqual(h, want) {
		t.Errorf("%v, want %v", h, want)
	}
}

func TestHistogramIsReadAsItWasWritten(t *testing.T) {
	h := NewHistogram([]time.Duration{time.Millisecond, time.Millisecond, time.Second})
	if got := ParseHistogram(h.String()); !reflect.DeepEqual(got, h) {
		t.Errorf("%q is read as %v", h, got)
	}
	if got := (Histogram{218: 3, 0: 1, 217: 12}).String(); got != "0:1 217:12 218:3" {
		t.Errorf("written as %q", got)
	}
	// Of sums that programs before have kept.
	if d, ok := ParseHistogram("1:9 141:10").Percentile(0.9); !ok || d.Round(100*time.Microsecond) != time.Millisecond {
		t.Errorf("bucket 141 stands for %v, which was a millisecond", d)
	}
	for text, want := range map[string]Histogram{
		"": {}, "x:1 3:y 4 :": {}, "-1:5 900000:5 517:5 7:-5 7:0": {}, "0:1 516:2": {0: 1, 516: 2}, "7:1  7:2\n9:1 8:99999999999999999999": {7: 3, 9: 1},
	} {
		if got := ParseHistogram(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %v, want %v", text, got, want)
		}
	}
}

func TestSpansHoldEveryLatencyOnce(t *testing.T) {
	h := NewHistogram([]time.Duration{40 * time.Millisecond, 41 * time.Millisecond, 90 * time.Millisecond, 2 * time.Second})
	for _, n := range []int{1, 2, 5, 8, 1000} {
		spans := h.Spans(n)
		var total int64
		for i, s := range spans {
			total += s.Count
			if s.From >= s.To || i > 0 && s.From != spans[i-1].To {
				t.Errorf("%d spans: %v", n, spans)
			}
		}
		if len(spans) > n || total != 4 || spans[0].From > 40*time.Millisecond || spans[len(spans)-1].To < 2*time.Second {
			t.Errorf("%d spans: %v", n, spans)
		}
	}
	if few, many := len(h.Spans(8)), len(h.Spans(1000)); few != 8 || many != 81 {
		t.Errorf("%d of 8 spans, %d of all", few, many)
	}
	if spans := (Histogram{}).Spans(5); spans != nil {
		t.Errorf("nothing has spans: %v", spans)
	}
}
