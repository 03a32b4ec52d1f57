//go:build !linux

package kernel

// onLargePages leaves it to the system where values lie.
func onLargePages[T float32 | int8 | uint8]([]T) {}

// borderOf is where values best begin: on a multiple of it.
func borderOf(int) int { return cacheLine }
