package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestLittleGarbageGathersBesideMuchThatIsInUse(t *testing.T) {
	for used, want := range map[uint64]int{0: 100, 10 << 20: 100, 20 << 20: 100, 40 << 20: 50, 200 << 20: 10, 400 << 20: 5, 500 << 20: 4, 4 << 30: 3} {
		if got := garbageFor(used); got != want {
			t.Errorf("beside %d MiB in use: %d%%, want %d%%", used>>20, got, want)
		}
	}
}

func TestTheLimitLeavesRoomForWhatIsInUseAndLittleMore(t *testing.T) {
	const own = 6 << 20
	for _, used := range []uint64{200 << 20, 500 << 20, 4 << 30} {
		most, least := used+used/5, used+used*uint64(garbageFor(used))/100+own
		// The runtime aims at a twentieth less than the limit.
		if limit := uint64(limitFor(used, own)); limit-limit/20 > most || limit-limit/20 < least-least/1000 {
			t.Errorf("beside %d MiB in use the limit is %d MiB", used>>20, limit>>20)
		}
	}
	if small := limitFor(1<<20, own); small < leastLimit {
		t.Errorf("a small run has a limit of %d MiB", small>>20)
	}
}

func TestTheLimitFollowsWhatIsInUseAndIsTheUsualAfterwards(t *testing.T) {
	const percent = 77
	defer debug.SetGCPercent(debug.SetGCPercent(percent))
	set := debug.SetMemoryLimit(-1)
	stop := limitGarbage()
	held := make([]byte, 256<<20)
	limit := set
	for limit == set || limit < int64(len(held)) { // until a collection has found what is held
		runtime.GC()
		limit = debug.SetMemoryLimit(-1)
	}
	runtime.KeepAlive(held)
	stop()
	if limit = debug.SetMemoryLimit(-1); limit != set {
		t.Errorf("afterwards the limit is %d, want %d", limit, set)
	}
	if got := debug.SetGCPercent(percent); got != percent {
		t.Errorf("afterwards %d%% of garbage may gather, want %d%%", got, percent)
	}
}

// A limit that the person has set (GOMEMLIMIT) holds where the program would set more, and
// after the end nothing is set any more.
func TestALimitOfThePersonHolds(t *testing.T) {
	const own = 120 << 20
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	l := &garbageLimit{percent: 100, limit: math.MaxInt64, set: own}
	l.adjust()
	if got := debug.SetMemoryLimit(-1); got != own {
		t.Errorf("the limit is %d, want %d", got, own)
	}
	l.mu.Lock()
	l.stopped = true
	l.mu.Unlock()
	debug.SetMemoryLimit(2 * own)
	l.adjust()
	if got := debug.SetMemoryLimit(-1); got != 2*own {
		t.Errorf("after the end the limit becomes %d", got)
	}
}

func TestASmallDifferenceStopsNothing(t *testing.T) {
	for is, want := range map[float64]bool{100: false, 102: false, 102.5: true, 98: false, 97.5: true} {
		if got := differs(is, 100, 2); got != want {
			t.Errorf("%g differs from 100 by more than 2%%: %t", is, got)
		}
	}
}

// What is free, or was given back, is not what the runtime takes for itself.
func TestFreeMemoryIsNotTheRuntimesOwn(t *testing.T) {
	held := make([]byte, 256<<20)
	runtime.GC()
	held[0] = 1
	if used, own, ok := inUse(); !ok || used < 256<<20 || own == 0 || own > 128<<20 {
		t.Errorf("in use are %d MiB, and the runtime takes %d MiB (%t)", used>>20, own>>20, ok)
	}
	runtime.KeepAlive(held)
	runtime.GC()
	if used, own, ok := inUse(); !ok || used >= 256<<20 || own > 128<<20 {
		t.Errorf("afterwards %d MiB are in use, and the runtime takes %d MiB (%t)", used>>20, own>>20, ok)
	}
}
