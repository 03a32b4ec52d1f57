package kernel

import (
	"context"
	"os"
	"runtime"
	"syscall"
	"testing"
)

// init keeps the first thread for TestMain.
func init() { runtime.LockOSThread() }

// onFirstThread are the priorities of the program's first thread, before something has
// given way on it and after.
var onFirstThread [2]int

func TestMain(m *testing.M) {
	for i := range onFirstThread {
		onFirstThread[i], _ = syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Getpid())
		lowerPriority()
	}
	os.Exit(m.Run())
}

func TestTheFirstThreadKeepsItsPriority(t *testing.T) {
	if onFirstThread[0] == 0 || onFirstThread[0] != onFirstThread[1] {
		t.Errorf("the priority of the first thread goes from %d to %d", onFirstThread[0], onFirstThread[1])
	}
}

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
	lower := max(usual-niceness, 20-lowestPriority) // tests that run nicely themselves have less below them
	shared := Shared(context.Background())
	for range 20 {
		if got := priorityUnder(t, shared); got != lower {
			t.Errorf("what computes beside others has the priority %d, want %d", got, lower)
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
