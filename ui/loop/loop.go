package loop

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Done carries the end of a piece of work onto the loop: Update calls it, and goes on
// with the command that it gives.
type Done func() tea.Cmd

// Async works outside the loop and takes the result in on it. Whoever starts the work
// sees to it that a result that is not wanted any more changes nothing.
func Async[T any](ctx context.Context, work func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		result, err := work(ctx)
		return Done(func() tea.Cmd { return then(result, err) })
	}
}

// Later goes on with then on the loop after the delay, unless ctx ends first.
func Later(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return Done(then)
		case <-ctx.Done():
			return nil
		}
	}
}
