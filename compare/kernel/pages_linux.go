package kernel

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	// largePage is the size of a large page, and where it may begin.
	largePage = 2 << 20
	// largeFrom is how many bytes of values are worth large pages.
	largeFrom = 2 * largePage
)

// borderOf is where so many bytes of values, or of more, best begin: on a multiple of it.
func borderOf(size int) int {
	if size < largeFrom {
		return cacheLine
	}
	return largePage
}

// onLargePages asks for large pages under the values, which nobody wrote to yet: memory
// is read a good deal faster from end to end where the processor need not look up
// where every 4 KiB of it are, and written to for the first time many times as fast where
// the system is not asked for each of these. The last page may reach beyond the values,
// but not beyond what there is room for, and by less than half of it.
func onLargePages[T float32 | int8 | uint8](values []T) {
	size, room := sizeOf(values), sizeOf(values[:cap(values)])
	if size < largeFrom {
		return
	}
	start := unsafe.Pointer(unsafe.SliceData(values))
	skip := -uintptr(start) % largePage
	whole := min((size-skip+largePage/2-1)/largePage, (room-skip)/largePage) * largePage
	// Where it is refused, the values lie on small pages.
	_ = unix.Madvise(unsafe.Slice((*byte)(unsafe.Add(start, skip)), whole), unix.MADV_HUGEPAGE)
}

// sizeOf is how many bytes values are.
func sizeOf[T any](values []T) uintptr { return uintptr(len(values)) * unsafe.Sizeof(*new(T)) }
