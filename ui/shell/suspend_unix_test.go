//go:build unix

package shell

import (
	"context"
	"os"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestAnotherProgramSuspendsItAsCtrlZDoes(t *testing.T) {
	s := newSuspender()
	stopped := make(chan struct{})
	s.stopSelf = func() { stopped <- struct{}{} }
	ctx, cancel := context.WithCancel(t.Context())
	sent, ended := make(chan tea.Msg), make(chan struct{})
	go func() { s.serve(ctx, func(m tea.Msg) { sent <- m }); close(ended) }()
	ask := func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGTSTP); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // also after it went on
		ask()
		msg := <-sent
		if _, ok := msg.(tea.SuspendMsg); !ok {
			t.Fatalf("the program is sent %T", msg)
		}
		s.filter(nil, msg)
		ask() // as Bubble Tea does when the terminal is given back
		<-stopped
		s.filter(nil, tea.ResumeMsg{})
	}
	cancel()
	<-ended
}
