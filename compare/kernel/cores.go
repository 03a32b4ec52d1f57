package kernel

import (
	"context"
	"runtime"
)

// cores is how many goroutines could run at once when the program began. It may let
// more run afterwards, so that what a person waits for need not wait for these loops.
var cores = runtime.GOMAXPROCS(0)

// Cores is how many goroutines should compute at once.
func Cores() int { return min(cores, runtime.GOMAXPROCS(0)) }

// turnsKey finds in a context the turns of all computing under it.
type turnsKey struct{}

// turns holds a value for each goroutine that computes now.
type turns chan struct{}

// Shared gives a context under which no more than [Cores] goroutines compute at a
// time, whatever they compute, each for a part of a second before the next has its
// [Turn].
func Shared(ctx context.Context) context.Context {
	return context.WithValue(ctx, turnsKey{}, make(turns, Cores()))
}

// Urgent gives a context under which nobody waits for a turn: for what takes little
// time and a person waits for.
func Urgent(ctx context.Context) context.Context {
	return context.WithValue(ctx, turnsKey{}, turns(nil))
}

// Turn waits until it is this goroutine's turn to compute, if ctx is [Shared], and
// gives what ends the turn. The error is that of ctx.
func Turn(ctx context.Context) (end func(), err error) {
	shared, _ := ctx.Value(turnsKey{}).(turns)
	if shared == nil {
		return func() {}, ctx.Err()
	}
	select {
	case shared <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		<-shared
		return nil, err
	}
	return func() { <-shared }, nil
}
