package app

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// TestNoSentenceIsLongerThanEightyColumns looks at what each screen says at 80 columns:
// its status and its help stand whole.
func TestNoSentenceIsLongerThanEightyColumns(t *testing.T) {
	a := settled(t, 80, 24, uitest.LocalOptions(t))
	for _, s := range a.Screens() {
		title := s.Info().Title
		a.SetScreen(s.Info().ID)
		uitest.Press(t, a, "esc")
		if said := strings.TrimSpace(ansi.Strip(a.RestingStatus(80))); strings.HasSuffix(said, term.Ellipsis) {
			t.Errorf("the status of %s is cut: %q", title, said)
		}
		uitest.Press(t, a, "?")
		help := a.Top().(*widget.Reader)
		help.View(ui.Size{W: 76, H: 20}, a.Theme)
		for _, line := range help.Lines() {
			if said := strings.TrimSpace(ansi.Strip(line)); strings.HasSuffix(said, term.Ellipsis) && !strings.HasSuffix(said, "more"+term.Ellipsis) && !named(a.Globals(), s.Actions(), said) {
				t.Errorf("the help of %s cuts %q", title, said)
			}
		}
		uitest.Press(t, a, "esc")
	}
}

// named tells that a line of the help ends as the name of an action does: with the mark
// of what opens a box.
func named(globals, actions []ui.Action, line string) bool {
	for _, all := range [][]ui.Action{globals, actions} {
		for _, act := range all {
			if strings.HasSuffix(line, act.Label()) {
				return true
			}
		}
	}
	return false
}
