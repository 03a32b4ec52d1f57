//go:build !linux

package kernel

// lowerPriority does nothing where the priority of a single thread cannot be set.
func lowerPriority() {}
