package shell

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/config"
)

func TestOlderStateNeverReplacesANewerOne(t *testing.T) {
	var written []string
	s := &saver{write: func(st config.State) error {
		written = append(written, st.Screen)
		return nil
	}}
	state := func(screen string) func() config.State {
		return func() config.State { return config.State{Screen: screen} }
	}
	older, newer := s.number(state("older")), s.number(state("newer"))
	for _, write := range []func() error{newer, older, newer} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	if slices.Contains(written, "older") || len(written) == 0 {
		t.Errorf("written are %v", written)
	}
}
