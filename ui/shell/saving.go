package shell

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/kernel"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/loop"
)

// saveDelay gathers changes so that the state is not written at every key.
const saveDelay = time.Second

// saved says once why the state cannot be saved, not at every change.
func (a *App) saved(err error) {
	before := a.saveProblem
	a.saveProblem = ""
	if err == nil {
		return
	}
	if a.saveProblem = "the session is not remembered: " + err.Error(); a.saveProblem != before {
		a.Notify(ui.NoticeWarn, a.saveProblem)
	}
}

// scheduleSave remembers the state a moment after something changed.
func (a *App) scheduleSave() tea.Cmd {
	if !a.Session.Unsaved() || a.saveDue || a.quitting {
		return nil
	}
	a.saveDue = true
	return a.Session.After(saveDelay, a.Save)
}

// Save remembers the state. It is written whole even when the program ends.
func (a *App) Save() tea.Cmd {
	a.saveDue = false
	a.Session.MarkSaved()
	write := a.saver.number(a.state())
	return loop.Async(a.Session.Life(), func(ctx context.Context) (struct{}, error) {
		kernel.GiveWay(ctx) // many texts take a while
		return struct{}{}, write()
	}, func(_ struct{}, err error) tea.Cmd {
		a.saved(err)
		return nil
	})
}

// saver writes states so that an older one never replaces a newer one: commands
// may end in another order than they began, even after the program.
type saver struct {
	write   func(config.State) error
	given   int // numbers given so far; the loop's own
	mu      sync.Mutex
	written int // greatest number written
}

// number gives a state its place; the function that it returns writes the state,
// unless a later one has been written. The state is made there, off the loop.
func (s *saver) number(state func() config.State) func() error {
	s.given++
	n := s.given
	return func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if n < s.written {
			return nil
		}
		s.written = n
		return s.write(state())
	}
}
