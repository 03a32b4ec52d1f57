package matrices

import (
	"testing"

	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What part of the texts says is no figure of all.
func TestOnlyAWholeResultHasAScoreInItsTitle(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	m := a.Screen(ID).(*Screen)
	whole := a.Session.Ready()[0]
	part, unpaid := whole, whole
	part.Missing, unpaid.Phase = 1, session.PhaseUnpaid
	for _, c := range []struct {
		what string
		of   session.State
		has  bool
	}{{"all texts", whole, true}, {"all but one", part, false}, {"what it cost", unpaid, false}} {
		if score, _ := m.scored(c.of, false, 80); (score != "") != c.has {
			t.Errorf("%s: score %q", c.what, score)
		}
	}
}
