package compare

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

func TestWorkEndsWithItsContext(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	v := mustVectors(t, mixedRows(newRandom(41), 60, 8))
	m := mustMatrix(t, v)
	for name, err := range map[string]error{
		"Similarities":          second(Similarities(ended, v, nil)),
		"ScanPairs":             second(ScanPairs(ended, v, ScanOptions{}, nil)),
		"Scan":                  second(m.Scan(ended, ScanOptions{}, nil)),
		"TruncatedSimilarities": second(TruncatedSimilarities(ended, v, []int{4})),
		"OrderBySimilarity":     second(OrderBySimilarity(ended, m)),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestWorkStopsInTheMiddle(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(42), 700, 16))
	held := mustMatrix(t, v)
	jobs := map[string]func(ctx context.Context, progress func(done, total int)) error{
		"matrix": func(ctx context.Context, progress func(done, total int)) error {
			return second(Similarities(ctx, v, progress))
		},
		"scan of a matrix": func(ctx context.Context, progress func(done, total int)) error {
			return second(held.Scan(ctx, ScanOptions{}, progress))
		},
		"scan": func(ctx context.Context, progress func(done, total int)) error {
			return second((&Matrix{vectors: v}).Scan(ctx, ScanOptions{}, progress))
		},
	}
	for name, job := range jobs {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			calls := 0
			err := job(ctx, func(done, total int) {
				calls++
				cancel()
				if done >= total {
					t.Error("all was done before it was stopped")
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if calls > runtime.GOMAXPROCS(0) {
				t.Errorf("%d blocks were finished after the end", calls)
			}
		})
	}
}

func TestProgressReachesTheTotal(t *testing.T) {
	v := mustVectors(t, mixedRows(newRandom(43), 300, 16))
	last := 0
	_, err := ScanPairs(context.Background(), v, ScanOptions{}, func(done, total int) {
		if done <= last || total != triangle(v.Present()) {
			t.Errorf("progress %d after %d of %d", done, last, total)
		}
		last = done
	})
	if err != nil || last != triangle(v.Present()) {
		t.Errorf("progress ended at %d, %v", last, err)
	}
}
