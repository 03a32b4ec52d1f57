package ui

import (
	"context"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// books note what was spent beyond this session, as soon as it is known, and are
// closed when the last asking has been noted: also one that the end of the program
// has cut.
type books struct {
	engine *pipeline.Engine
	log    pipeline.UsageLog // may be nil

	mu     sync.Mutex
	open   int // askings under way
	closed bool
	idle   chan struct{} // closed when closed and none is under way
}

func newBooks(engine *pipeline.Engine, log pipeline.UsageLog) *books {
	return &books{engine: engine, log: log, idle: make(chan struct{})}
}

// begin must come before an asking; false forbids it, for the program is ending.
// done must follow it.
func (b *books) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	b.open++
	return true
}

func (b *books) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open--
	if b.closed && b.open == 0 {
		close(b.idle)
	}
}

// close lets no further asking begin, and waits for those under way to be noted,
// but no longer than patience.
func (b *books) close(patience time.Duration) {
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

// part writes down a part of what an asking takes, so that a program that is killed
// has noted what was spent. What cannot be written is told in the end.
func (b *books) part(ctx context.Context, spent api.Tally) {
	if b.log != nil {
		_ = b.log.Add(context.WithoutCancel(ctx), spent)
	}
}

// note writes down what an asking took and was not noted in parts, if a server had
// anything to do with it.
func (b *books) note(ctx context.Context, emb *pipeline.Embedding) noteResult {
	spent, ok := b.engine.Noted(emb)
	if !ok || b.log == nil {
		return noteResult{}
	}
	return noteResult{true, b.log.Add(context.WithoutCancel(ctx), spent)}
}
