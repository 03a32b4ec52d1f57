package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/vecscope/vecscope/api/cache"
)

// EndTime is how long the end after a signal may take at the most: whatever blocks,
// one signal ends the program. What was paid for is written before, and the session.
const EndTime = cache.Patience + 5*time.Second

// UntilSignal is a context that ends at the first signal to end the program. A
// terminal that is closed (SIGHUP) must not cost what was typed either: the kernel and
// the shell each send one, so that more of them change nothing. A second signal of the
// others ends the program at once, and kill does when it has not ended within that
// time.
func UntilSignal(within time.Duration, kill func()) (ctx context.Context, stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		defer cancel()
		select {
		case <-ctx.Done():
			signal.Stop(signals)
			return
		case <-signals:
		}
		signal.Reset(os.Interrupt, syscall.SIGTERM)
		time.AfterFunc(within, kill)
	}()
	return ctx, cancel
}
