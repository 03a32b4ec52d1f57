//go:build unix

package shell

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// suspender stops the program as ctrl+z does when another asks it to (SIGTSTP): the
// terminal is given back first, and drawn anew after fg. Bubble Tea sends that signal
// itself once the terminal is given back; Go does not stop for one that has ever been
// caught, so that the second is obeyed here.
type suspender struct {
	asked    chan os.Signal
	given    atomic.Bool // the terminal is being given back, or is
	stopSelf func()
}

func newSuspender() *suspender {
	s := &suspender{asked: make(chan os.Signal, 1), stopSelf: func() { _ = syscall.Kill(os.Getpid(), syscall.SIGSTOP) }}
	signal.Notify(s.asked, syscall.SIGTSTP)
	return s
}

// serve obeys until ctx ends.
func (s *suspender) serve(ctx context.Context, send func(tea.Msg)) {
	defer signal.Stop(s.asked)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.asked:
		}
		if s.given.Load() {
			s.stopSelf()
		} else {
			send(tea.SuspendMsg{})
		}
	}
}

// filter sees when the terminal is given back and taken again.
func (s *suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg:
		s.given.Store(true)
	case tea.ResumeMsg:
		s.given.Store(false)
	}
	return msg
}
