package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

const (
	// usualGarbage is the percentage of garbage beside what is in use that the
	// collector lets gather as a rule.
	usualGarbage = 100
	// leastGarbage is the percentage that it lets gather beside much.
	leastGarbage = 3
	// freeGarbage is how many bytes of it are never too many.
	freeGarbage = 20 << 20
	// aimedAt is the percentage of a limit that the runtime aims at: what is free beyond
	// that it gives back to the system.
	aimedAt = 95
	// leastHeap is at how many bytes in use, at the usual percentage, the runtime
	// collects for the first time.
	leastHeap = 4 << 20
	// garbageAtStart is the percentage until then: a start must not wait for the
	// collector, time and again, while a few megabytes become some more.
	garbageAtStart = 100 * freeGarbage / leastHeap
	// leastLimit is a limit that no small run comes near.
	leastLimit = 128 << 20
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

// limitFor is the limit at which the program keeps no more memory than is in use, the
// garbage that may gather beside it, and what the runtime takes for itself: without one
// it keeps a tenth more than that for later.
func limitFor(used, runtimes uint64) int64 {
	wanted := used + used*uint64(garbageFor(used))/100 + runtimes
	return int64(max(wanted, leastLimit) * 100 / aimedAt)
}

// limitGarbage keeps the program's memory near what is in use, until stop is called. A
// limit that the person has set holds, too.
func limitGarbage() (stop func()) {
	set, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(garbageAtStart)
	l := &garbageLimit{percent: garbageAtStart, limit: math.MaxInt64, set: set}
	l.watch()
	return func() {
		l.mu.Lock() // what adjusts now would set them after this
		defer l.mu.Unlock()
		l.stopped = true
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(set)
	}
}

// garbageLimit sets the percentage and the limit anew after each collection.
type garbageLimit struct {
	mu      sync.Mutex // guards the rest
	stopped bool
	percent int
	limit   int64
	set     int64 // the limit that the person has set
}

// collected is garbage at once: its finalizer runs after the next collection.
type collected struct{ limit *garbageLimit }

func (l *garbageLimit) watch() {
	runtime.SetFinalizer(&collected{l}, func(c *collected) { c.limit.adjust() })
}

func (l *garbageLimit) adjust() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopped {
		return
	}
	defer l.watch()
	used, runtimes, ok := inUse()
	if !ok {
		return
	}
	// Setting them stops everything for a moment: not for a small difference.
	if limit := min(limitFor(used, runtimes), l.set); differs(float64(limit), float64(l.limit), 2) {
		l.limit = limit
		debug.SetMemoryLimit(limit)
	}
	if percent := garbageFor(used); differs(float64(percent), float64(l.percent), 10) {
		l.percent = percent
		debug.SetGCPercent(percent)
	}
}

// differs tells that a value is so many percent over or under another.
func differs(is, was, percent float64) bool { return math.Abs(is-was) > was*percent/100 }

// inUse gives the bytes that the last collection found in use, and those that the
// runtime takes for itself.
func inUse() (used, runtimes uint64, ok bool) {
	read := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(read)
	values := make([]uint64, len(read))
	for i, r := range read {
		if r.Value.Kind() != metrics.KindUint64 {
			return 0, 0, false
		}
		values[i] = r.Value.Uint64()
	}
	return values[0], values[1] - min(values[1], values[2]+values[3]+values[4]+values[5]), true
}
