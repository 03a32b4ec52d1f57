package cli

import "testing"

func TestLittleGarbageGathersBesideMuchThatIsInUse(t *testing.T) {
	for used, want := range map[uint64]int{0: 100, 10 << 20: 100, 24 << 20: 100, 48 << 20: 50, 240 << 20: 10, 4 << 30: 10} {
		if got := garbageFor(used); got != want {
			t.Errorf("beside %d MiB in use: %d%%, want %d%%", used>>20, got, want)
		}
	}
}
