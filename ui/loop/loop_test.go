package loop

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestWhatWorkBringsComesOntoTheLoop(t *testing.T) {
	failed := errors.New("out of order")
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "asked")
	next := func() tea.Msg { return "next" }
	taken := false
	msg := Async(ctx, func(ctx context.Context) (any, error) { return ctx.Value(key{}), failed }, func(got any, err error) tea.Cmd {
		if taken = true; got != "asked" || !errors.Is(err, failed) {
			t.Errorf("it brings %v, %v", got, err)
		}
		return next
	})()
	done, ok := msg.(Done)
	if !ok || taken {
		t.Fatalf("off the loop it is taken in: %t; the message is a %T", taken, msg)
	}
	if cmd := done(); !taken || cmd == nil || cmd() != "next" {
		t.Errorf("it is taken in: %t, or what follows is lost", taken)
	}
}

func TestWhatIsToComeLaterComesUnlessItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	came := 0
	then := func() tea.Cmd { came++; return nil }
	done, ok := Later(ctx, time.Nanosecond, then)().(Done)
	if !ok || came != 0 {
		t.Fatalf("a message came: %t, and the rest %d times off the loop", ok, came)
	}
	if done(); came != 1 {
		t.Errorf("on the loop it came %d times", came)
	}
	cancel()
	if msg := Later(ctx, time.Hour, then)(); msg != nil {
		t.Errorf("after its context came %T", msg)
	}
}
