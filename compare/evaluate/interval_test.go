package evaluate

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// partlySeen are pairs of which two in five are the same, which the candidate sees one
// and a half standard deviations over the others.
func partlySeen(t *testing.T, random *rand.Rand, n int) *Result {
	t.Helper()
	scores, similarities := make([]float64, n), make([]float64, n)
	for i := range scores {
		if random.Float64() < .4 {
			scores[i] = 1
		}
		similarities[i] = 1.5*scores[i] + random.NormFloat64()
	}
	return pairResult(t, scores, similarities)
}

// What is measured at the threshold that is best for a sample is too high, and more so
// than resamples show.
func TestIntervalsAtTheBestThresholdHoldTheTruth(t *testing.T) {
	const samples, resamples = 300, 200
	large := partlySeen(t, rand.New(rand.NewPCG(1, 1)), 100_000)
	held := map[string]int{}
	for k := range samples {
		r := partlySeen(t, rand.New(rand.NewPCG(uint64(k), 2)), 60)
		b, err := NewBootstrap([]*Result{r}, uint64(k))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Advance(context.Background(), resamples); err != nil {
			t.Fatal(err)
		}
		for _, metric := range []string{BestF1, MCC} {
			truth, _ := large.Value(metric)
			e := b.Estimate(0, metric)
			if e.Holds(truth) {
				held[metric]++
			}
			if !e.Holds(e.Value) {
				t.Errorf("%s %g is not in its interval %v", metric, e.Value, e.Interval)
			}
		}
	}
	for metric, n := range held {
		if share := float64(n) / samples; share < .93 || share > .985 {
			t.Errorf("the interval of %s holds the truth in %.1f%% of all samples", metric, 100*share)
		}
	}
}

func TestWhatWasNotSeenGoesNoFurtherThanItCan(t *testing.T) {
	s := spread{units: 10}
	for value, want := range map[float64]Interval{0: {-.3, .3}, .9: {.6, 1}, -.9: {-1, -.6}, 1: {.7, 1}, -1: {-1, -.7}} {
		if got := s.unseen(value); math.Abs(got.Low-want.Low) > 1e-12 || math.Abs(got.High-want.High) > 1e-12 {
			t.Errorf("of %v: %v, want %v", value, got, want)
		}
	}
}
