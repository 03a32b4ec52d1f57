package shell

import (
	"sync"

	"github.com/vecscope/vecscope/config"
)

// Saver writes states so that an older one never replaces a newer one: commands
// may end in another order than they began, even after the program.
type Saver struct {
	Write   func(config.State) error
	given   int // numbers given so far; the loop's own
	mu      sync.Mutex
	written int // greatest number written
}

// Number gives a state its place; the function that it returns writes the state,
// unless a later one has been written.
func (s *Saver) Number(st config.State) func() error {
	s.given++
	n := s.given
	return func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if n < s.written {
			return nil
		}
		s.written = n
		return s.Write(st)
	}
}
