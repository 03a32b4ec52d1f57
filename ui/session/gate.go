package session

import (
	"sync"
	"time"
)

// gate keeps the program from ending before what the last request spends is
// noted beyond this session: also one that the end of the program has cut.
type gate struct {
	mu     sync.Mutex
	open   int // requests under way
	closed bool
	idle   chan struct{} // closed when closed and none is under way
}

func newGate() *gate { return &gate{idle: make(chan struct{})} }

// begin must come before a request; false forbids it, for the program is ending.
// done must follow it.
func (g *gate) begin() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.open++
	return true
}

func (g *gate) done() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
	if g.closed && g.open == 0 {
		close(g.idle)
	}
}

// close lets no further request begin, and waits for those under way to be noted,
// but no longer than patience.
func (g *gate) close(patience time.Duration) {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		if g.open == 0 {
			close(g.idle)
		}
	}
	g.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-g.idle:
	case <-timer.C:
	}
}
