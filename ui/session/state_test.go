package session

import (
	"testing"

	"github.com/vecscope/vecscope/api"
)

// A server that tells no length leaves open whether 1,024 is all that the model gives.
func TestNothingIsCalledDerivedBeforeTheFullLengthIsKnown(t *testing.T) {
	asked := api.Candidate{Model: "ollama/m", Dimensions: 1024}
	for _, c := range []struct {
		full    int
		derived bool
	}{{0, false}, {1024, false}, {2048, true}} {
		if got := (State{Candidate: asked, Row: api.Model{Provider: "ollama", ID: "m", Dimensions: c.full}}).Derived(); got != c.derived {
			t.Errorf("of %d dimensions: derived is %t", c.full, got)
		}
	}
}
