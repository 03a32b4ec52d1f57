package kernel

import (
	"context"
	"runtime"
)

// GiveWay has the calling goroutine, which goes on to compute under ctx and ends soon
// after, leave the processor to whatever else the program wants to do, if ctx is
// [Shared]: what a person waits for then need not wait for a slice of the system's time.
// The thread that it runs on is given up with it, because its priority cannot be raised
// again.
func GiveWay(ctx context.Context) {
	if shared, _ := ctx.Value(turnsKey{}).(turns); shared == nil {
		return
	}
	runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
	lowerPriority()
}
