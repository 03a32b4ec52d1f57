package uitest

import (
	"os"
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/shell"
)

// Again are the options of the next session, which starts on Texts with that state
// and, when there are any, with given texts.
func Again(t *testing.T, st config.State, given ...string) shell.Options {
	t.Helper()
	o := LocalOptions(t)
	o.State = st
	o.Texts = Texts(given...)
	if len(given) > 0 {
		o.Source = "given.txt"
	}
	o.State.Screen = "texts"
	return o
}

// File writes a file for a test and gives its path.
func File(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// OpenPath opens a file on Texts, as a person does.
func OpenPath(t *testing.T, a *shell.App, path string) {
	t.Helper()
	Press(t, a, "o")
	Send(t, a, tea.PasteMsg{Content: path})
	Press(t, a, "enter")
}
