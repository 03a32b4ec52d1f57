package session

import (
	"sync"
	"time"

	"github.com/vecscope/vecscope/api/spending"
)

// requestGate keeps the program from ending before what the last asking spends is
// noted beyond this session: also one that the end of the program has cut.
type requestGate struct {
	mu     sync.Mutex
	open   int // askings under way
	closed bool
	idle   chan struct{} // closed when closed and none is under way
}

func newRequestGate() *requestGate { return &requestGate{idle: make(chan struct{})} }

// begin must come before an asking; false forbids it, for the program is ending.
// done must follow it.
func (b *requestGate) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	b.open++
	return true
}

func (b *requestGate) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open--
	if b.closed && b.open == 0 {
		close(b.idle)
	}
}

// Close lets no further asking begin, and waits for those under way to be noted,
// but no longer than patience.
func (b *requestGate) Close(patience time.Duration) {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		if b.open == 0 {
			close(b.idle)
		}
	}
	b.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-b.idle:
	case <-timer.C:
	}
}

// noteResult tells whether something was noted, and why it could not be.
type noteResult struct {
	done bool
	err  error
}

// noted says what became of what an asking took.
func noteOf(a *spending.Approval) noteResult {
	done, err := a.Logged()
	return noteResult{done, err}
}
