package evaluate

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/vecscope/vecscope/compare/kernel"
)

// What is scored and resampled takes its turn with all else that computes: while others
// have all turns it waits, and it ends with its context.
func TestScoringAndResamplingTakeTurns(t *testing.T) {
	l := must[*Labels](t)(NewGroups(someGroups(40)))
	v := mustVectors(t, randomRows(3, 40, 8))
	queries := must[*Labels](t)(NewQueries(3, []Query{{Judged: []Judgment{{Text: 0, Grade: 1}}, Source: NoText}}, QueryOptions{}))
	b := mustBootstrap(t, noisyPairs(t, 30, 1), 1)
	for name, work := range map[string]func(context.Context) error{
		"groups":    func(ctx context.Context) error { _, err := l.ScoreTexts(ctx, v); return err },
		"resamples": func(ctx context.Context) error { return b.Advance(ctx, 20) },
		"a ranking": func(ctx context.Context) error {
			_, err := queries.ScoreRanking(ctx, func(_ int, out []float64) error { out[0] = 1; return nil })
			return err
		},
		"a space": func(ctx context.Context) error {
			_, err := NewSpace(ctx, v, must[[]int](t)(Common(v, v)), 3)
			return err
		},
	} {
		ctx, stop := context.WithCancel(kernel.Shared(context.Background()))
		var ends []func()
		for range kernel.Cores() {
			ends = append(ends, must[func()](t)(kernel.Turn(ctx)))
		}
		done := make(chan error, 1)
		go func() { done <- work(ctx) }()
		for range 20_000 {
			runtime.Gosched()
		}
		if len(done) > 0 {
			t.Errorf("%s did not wait for a turn", name)
		}
		for _, end := range ends {
			end()
		}
		if err := <-done; err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for range ends {
			must[func()](t)(kernel.Turn(ctx))
		}
		go func() { done <- work(ctx) }()
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("%s is ended while it waits: %v", name, err)
		}
	}
}

func TestASampleIsCorrectedAsMuchAsItMissesAllPairsBy(t *testing.T) {
	l := must[*Labels](t)(NewGroups(someGroups(700)))
	var results []*Result
	for seed := range uint64(2) {
		results = append(results, must[*Result](t)(l.ScoreTexts(context.Background(), mustVectors(t, randomRows(seed, 700, 8)))))
	}
	b := mustBootstrap(t, results, 1)
	for c, r := range results {
		values := r.measured(newWeights(l))
		for m, metric := range l.metrics {
			at, _ := b.at(c, metric)
			wantNear(t, metric, b.corrections()[at], r.Metrics[m].Value-values[m])
		}
	}
	small := must[*Labels](t)(NewGroups(someGroups(30)))
	few := must[*Result](t)(small.ScoreTexts(context.Background(), mustVectors(t, randomRows(1, 30, 8))))
	if c := mustBootstrap(t, []*Result{few}, 1).corrections(); sum(c) != 0 {
		t.Errorf("all pairs are corrected by %v", c)
	}
}
