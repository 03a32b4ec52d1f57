package kernel

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	// largePage is the size of a large page, and where it may begin.
	largePage = 2 << 20
	// largeFrom is how many bytes of values are worth large pages.
	largeFrom = 4 * largePage
)

// onLargePages asks for large pages under the values, which nobody wrote to yet: memory
// is read a good deal faster from end to end where the processor need not look up
// where every 4 KiB of it are. It takes no more memory, as none lies outside the values.
func onLargePages[T float32 | int8 | uint8](values []T) {
	size := uintptr(len(values)) * unsafe.Sizeof(*new(T))
	if size < largeFrom {
		return
	}
	start := unsafe.Pointer(unsafe.SliceData(values))
	skip := -uintptr(start) % largePage
	whole := (size - skip) / largePage * largePage
	// Where it is refused, the values lie on small pages.
	_ = unix.Madvise(unsafe.Slice((*byte)(unsafe.Add(start, skip)), whole), unix.MADV_HUGEPAGE)
}
