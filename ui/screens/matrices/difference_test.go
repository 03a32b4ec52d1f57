package matrices

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestDifferenceFollowsTheCandidates(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	m := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "f", "enter")
	if m.minuend != "local/ngrams@64" || m.against != "local/glove@100" || m.delta == nil {
		t.Fatalf("d shows %s minus %s", m.minuend, m.against)
	}
	uitest.Press(t, a, "tab")
	if m.minuend != "local/glove@100" || m.against != "local/ngrams@64" || m.delta == nil {
		t.Errorf("the subtrahend in focus leads to %s minus %s, want the difference turned round", m.minuend, m.against)
	}
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 64}))
	uitest.Happen(t, a, uitest.Nothing)
	if m.against != "" || m.delta != nil {
		t.Errorf("a difference to %s stays that takes part no more", m.against)
	}
}
