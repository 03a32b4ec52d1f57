package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// done carries the end of a piece of work onto the loop: Update calls it, and goes on
// with the command that it gives.
type done func() tea.Cmd

// async works outside the loop and takes the result in on it. Whoever starts the work
// sees to it that a result that is not wanted any more changes nothing.
func async[T any](ctx context.Context, work func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		result, err := work(ctx)
		return done(func() tea.Cmd { return then(result, err) })
	}
}

// later goes on with then on the loop after the delay, unless ctx ends first.
func later(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return done(then)
		case <-ctx.Done():
			return nil
		}
	}
}
