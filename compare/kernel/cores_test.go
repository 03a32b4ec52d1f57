package kernel

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

func TestNoMoreComputeAtATimeThanThereAreCores(t *testing.T) {
	ctx := Shared(context.Background())
	var now, most atomic.Int64
	var all sync.WaitGroup
	for range 10 * Cores() {
		all.Go(func() {
			for range 50 {
				end, err := Turn(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				n := now.Add(1)
				for had := most.Load(); n > had && !most.CompareAndSwap(had, n); {
					had = most.Load()
				}
				runtime.Gosched() // to whoever could compute too
				now.Add(-1)
				end()
			}
		})
	}
	all.Wait()
	if most.Load() > int64(Cores()) {
		t.Errorf("%d computed at a time on %d cores", most.Load(), Cores())
	}
}

func TestAllCoresComputeAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(Shared(context.Background()))
	defer cancel()
	for range Cores() {
		if _, err := Turn(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if held, _ := ctx.Value(turnsKey{}).(turns); len(held) != Cores() {
		t.Errorf("%d compute at once on %d cores", len(held), Cores())
	}
}

func TestWhatIsUrgentWaitsForNobody(t *testing.T) {
	ctx, cancel := context.WithCancel(Shared(context.Background()))
	for range Cores() {
		if _, err := Turn(ctx); err != nil {
			t.Fatal(err)
		}
	}
	end, err := Turn(Urgent(ctx))
	if err != nil {
		t.Fatal(err)
	}
	end()
	cancel()
	if _, err := Turn(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for a turn ends with %v", err)
	}
	if _, err := Turn(Urgent(ctx)); !errors.Is(err, context.Canceled) {
		t.Errorf("an urgent turn ends with %v", err)
	}
}

// Whether a turn that is free or the end of the context is seen first is left to chance.
func TestWhoIsToldToStopHoldsNoTurn(t *testing.T) {
	shared := Shared(context.Background())
	over, cancel := context.WithCancel(shared)
	cancel()
	for range 64 {
		if _, err := Turn(over); !errors.Is(err, context.Canceled) {
			t.Fatalf("a turn after the end: %v", err)
		}
	}
	if held, _ := shared.Value(turnsKey{}).(turns); len(held) != 0 {
		t.Errorf("%d turns are held by nobody", len(held))
	}
}
