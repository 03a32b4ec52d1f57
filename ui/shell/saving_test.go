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
	older, newer := s.number(config.State{Screen: "older"}), s.number(config.State{Screen: "newer"})
	for _, write := range []func() error{newer, older, newer} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	if slices.Contains(written, "older") || len(written) == 0 {
		t.Errorf("written are %v", written)
	}
}
