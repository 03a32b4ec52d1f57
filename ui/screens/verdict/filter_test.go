package verdict

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestTheFilterLeavesRowsOfModels(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "paraphrase-traps"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	s := a.Screen(ID).(*Screen)
	all := len(s.rows())
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "GLOVE")
	for _, z := range []ui.Size{{W: 120, H: 40}, {W: 40, H: 10}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
	}
	for _, i := range s.rows() {
		if r := s.Session.Verdict().Trial().Rows[i]; !strings.Contains(r.ID, "glove") {
			t.Errorf("the filter leaves %s", r.ID)
		}
	}
	if n := len(s.rows()); n == 0 || n == all {
		t.Errorf("%d of %d rows are left", n, all)
	}
	uitest.Letters(t, a, " nothing")
	uitest.WantShown(t, a, "No model has the words of the filter")
	uitest.Press(t, a, "esc")
	if len(s.rows()) != all {
		t.Errorf("esc leaves %d of %d rows", len(s.rows()), all)
	}
}
