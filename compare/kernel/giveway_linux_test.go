package kernel

import (
	"context"
	"syscall"
	"testing"
)

// priorityUnder is the priority, higher for a lower nice value, of a goroutine that
// computes under ctx.
func priorityUnder(t *testing.T, ctx context.Context) int {
	t.Helper()
	found := make(chan int)
	go func() {
		GiveWay(ctx)
		priority, err := syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid())
		if err != nil {
			t.Error(err)
		}
		found <- priority
	}()
	return <-found
}

func TestWhatComputesGivesWayToTheRestOfTheProgram(t *testing.T) {
	usual := priorityUnder(t, context.Background())
	if usual-niceness < 20-lowestPriority {
		t.Fatalf("this test has a priority of %d, which leaves none that is lower", usual)
	}
	shared := Shared(context.Background())
	for range 20 {
		if got := priorityUnder(t, shared); got != usual-niceness {
			t.Errorf("what computes beside others has the priority %d, want %d", got, usual-niceness)
		}
		// The thread is gone with what ran on it.
		if got := priorityUnder(t, Urgent(shared)); got != usual {
			t.Errorf("what is urgent has the priority %d, want %d", got, usual)
		}
		if got := priorityUnder(t, context.Background()); got != usual {
			t.Errorf("what computes alone has the priority %d, want %d", got, usual)
		}
	}
}
