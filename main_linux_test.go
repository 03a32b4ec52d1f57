package main

import (
	"os"
	"runtime"
	"sync"
	"syscall"
	"testing"
)

// What computes gives way to others for as long as its thread lives, and the first thread
// lives as long as the program: nothing may compute there.
func TestNothingComputesOnTheFirstThread(t *testing.T) {
	const threads = 64 // more than wait for work, so that each of those is used
	var begun, all sync.WaitGroup
	begun.Add(threads)
	for range threads {
		all.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			begun.Done()
			begun.Wait()
			if syscall.Gettid() == os.Getpid() {
				t.Error("a goroutine runs on the first thread")
			}
		})
	}
	all.Wait()
}
