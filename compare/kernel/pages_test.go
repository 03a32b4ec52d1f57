package kernel

import "testing"

func TestLargeMemoryIsZeroAndStaysWhatItIs(t *testing.T) {
	const n = 5<<20 + 3 // float32 values, over two large pages whatever they begin at
	values := aligned(n)
	for i := range values {
		if values[i] != 0 {
			t.Fatalf("value %d is %v", i, values[i])
		}
		values[i] = float32(i % 1000)
	}
	for from := range 3 {
		onLargePages(values[from:])
		onLargePages(values[:n-from])
	}
	for i, x := range values {
		if x != float32(i%1000) {
			t.Fatalf("value %d is %v", i, x)
		}
	}
}
