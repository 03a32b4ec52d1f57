package uitest

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/shell"
)

// CopiedBy presses keys and gives what they put into the clipboard; "" when
// nothing was.
func CopiedBy(t testing.TB, a *shell.App, keys ...string) string {
	t.Helper()
	copied := ""
	for _, k := range keys {
		_, cmd := a.Update(KeyPress(k))
		for cmds := []tea.Cmd{cmd}; len(cmds) > 0; cmds = cmds[1:] {
			if cmds[0] == nil {
				continue
			}
			msg := cmds[0]()
			if batch, ok := msg.(tea.BatchMsg); ok {
				cmds = append(cmds, batch...)
				continue
			}
			// Bubble Tea does not export its message; SetClipboard gives one to compare.
			if fmt.Sprintf("%T", msg) == fmt.Sprintf("%T", tea.SetClipboard("")()) {
				copied = fmt.Sprint(msg)
				continue
			}
			_, next := a.Update(msg)
			cmds = append(cmds, next)
		}
	}
	return copied
}
