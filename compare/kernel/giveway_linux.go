package kernel

import "syscall"

// niceness is how much less the threads that compute ask of the processor than others:
// enough for those to go first, and not so little that other programs stop the computing.
const niceness = 5

// lowestPriority is the highest nice value.
const lowestPriority = 19

// lowerPriority lowers that of the calling thread alone, unless it is the program's first,
// which does not end with its goroutine and takes the program's signals. Where the system
// does not allow it, nothing is lost but the order.
func lowerPriority() {
	thread := syscall.Gettid()
	if thread == syscall.Getpid() {
		return
	}
	// The system call gives 20 less the nice value, which is never negative.
	if now, err := syscall.Getpriority(syscall.PRIO_PROCESS, thread); err == nil {
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, thread, min(20-now+niceness, lowestPriority))
	}
}
