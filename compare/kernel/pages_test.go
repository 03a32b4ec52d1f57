package kernel

import (
	"testing"
	"unsafe"
)

func TestManyValuesBeginOnALargePage(t *testing.T) {
	for _, n := range []int{0, 1, 100, 1 << 20, 1<<20 + 1<<18, 3<<20 - 1} {
		values := Zeros(n)
		if at := uintptr(unsafe.Pointer(unsafe.SliceData(values))); at%uintptr(borderOf(4*n)) != 0 || len(values) != n || cap(values) != n {
			t.Errorf("%d values of room for %d begin at %x, want %d", len(values), cap(values), at, n)
		}
	}
}

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
