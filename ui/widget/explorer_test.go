package widget_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// boxesApp is the explorer without a terminal, which boxes tell something.
func boxesApp(t *testing.T) *shell.App {
	t.Helper()
	return uitest.Settled(t, 80, 24, uitest.OptionsWith(t, nil), []func(*ui.Context) ui.Screen{usage.New})
}
