package session_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// messages counts those that lead from a key to the end of all that follows from it,
// the key included.
func messages(a *shell.App, key string) int {
	n := 0
	todo := []tea.Cmd{func() tea.Msg { return uitest.KeyPress(key) }}
	for len(todo) > 0 {
		cmd := todo[0]
		todo = todo[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			todo = append(todo, msg...)
		default:
			n++
			_, next := a.Update(msg)
			todo = append(todo, next)
		}
	}
	return n
}

func TestFewMessagesLeadFromAKeyToTheScreen(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	if n := messages(a, "{"); n != 4 {
		t.Errorf("{ on Matrices takes %d messages: the key, the result, how it does at the labels and what the cut costs are 4", n)
	}
	uitest.Press(t, a, "2", "e")
	// The key, the rest after typing, the tokens, a result for each candidate, and how
	// they do at the labels.
	if n := messages(a, "x"); n > 7 {
		t.Errorf("a typed letter takes %d messages with three local candidates", n)
	}
	for _, c := range a.Session.States() {
		if c.Result == nil || c.Working {
			t.Errorf("%s has no result after them", c.ID())
		}
	}
}
