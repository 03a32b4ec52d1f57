package openai

import (
	"context"
	"sync"
	"time"
)

const (
	// maxAttempts is how often a request is sent at most.
	maxAttempts = 4
	// maxLoading is how often one is sent to a server that says that it is loading the
	// model, which takes big ones a minute.
	maxLoading = 10
	// maxTimeouts is how often a request may go without an answer: who did not
	// answer in so long seldom answers in as long again, and each try may be billed.
	maxTimeouts = 2
	// maxUnread is how often a whole answer may be one that cannot be read: it is
	// paid for like a good one, and seldom better the next time.
	maxUnread = 2
	// longestWait is the longest pause that is waited for.
	longestWait = time.Minute
	// farthest bounds what a server can say about its future.
	farthest = 366 * 24 * time.Hour
)

// backoff is the most to wait after that many failed attempts: 1, 2, 4 s.
func backoff(attempts int) time.Duration { return time.Second << (attempts - 1) }

// clock is the time that waits are measured by.
type clock struct {
	now func() time.Time
	// sleep waits that long or until ctx ends, and then gives its error.
	sleep func(ctx context.Context, d time.Duration) error
	// timeout makes a context that ends after that long, with
	// context.DeadlineExceeded.
	timeout func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)
}

// realTime is the clock on the wall.
func realTime() clock { return clock{now: time.Now, sleep: sleep, timeout: context.WithTimeout} }

// gate holds back every worker of a provider that has asked for a pause.
type gate struct {
	clock  clock
	mu     sync.Mutex
	openAt time.Time
}

// pause closes the gate for that long; it never opens sooner than it would have.
func (g *gate) pause(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if at := g.clock.now().Add(d); at.After(g.openAt) {
		g.openAt = at
	}
}

// left is how long the gate stays closed; 0 when it is open.
func (g *gate) left() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(0, g.openAt.Sub(g.clock.now()))
}

// pass waits until the gate is open.
func (g *gate) pass(ctx context.Context) error {
	for left := g.left(); left > 0; left = g.left() {
		if err := g.clock.sleep(ctx, left); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// sleep waits that long or until ctx ends, and then gives its error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
