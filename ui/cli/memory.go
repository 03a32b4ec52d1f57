package cli

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	// usualGarbage is the percentage of garbage beside what is in use that the
	// collector lets gather as a rule.
	usualGarbage = 100
	// leastGarbage is the percentage that it lets gather beside much.
	leastGarbage = 10
	// freeGarbage is how many bytes of it are never too many.
	freeGarbage = 24 << 20
)

// garbageFor is the percentage of garbage to let gather beside so many bytes in use:
// vectors are large and cost the collector nothing to go through, so that looking for
// garbage more often is cheap, and letting as much of it gather as there are vectors
// would not be.
func garbageFor(used uint64) int {
	if used == 0 {
		return usualGarbage
	}
	return int(min(max(100*freeGarbage/used, leastGarbage), usualGarbage))
}

// limitGarbage keeps the program's memory near what is in use, until stop is called.
func limitGarbage() (stop func()) {
	l := &garbageLimit{percent: usualGarbage}
	l.watch()
	return func() {
		l.stopped.Store(true)
		debug.SetGCPercent(usualGarbage)
	}
}

// garbageLimit sets the percentage anew after each collection.
type garbageLimit struct {
	stopped atomic.Bool
	percent int
}

// collected is garbage at once: its finalizer runs after the next collection.
type collected struct{ limit *garbageLimit }

func (l *garbageLimit) watch() {
	runtime.SetFinalizer(&collected{l}, func(c *collected) { c.limit.adjust() })
}

func (l *garbageLimit) adjust() {
	if l.stopped.Load() {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		// Setting it stops everything for a moment: not for a small difference.
		if percent := garbageFor(live[0].Value.Uint64()); percent < l.percent*9/10 || percent > l.percent*11/10 {
			l.percent = percent
			debug.SetGCPercent(percent)
		}
	}
	l.watch()
}
