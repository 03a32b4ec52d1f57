package app

import (
	"testing"

	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// settled is settledWith all screens.
func settled(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	return uitest.Settled(t, w, h, o, Screens())
}

// start is startWith all screens.
func start(t *testing.T, w, h int, o shell.Options) *uitest.Terminal {
	t.Helper()
	return uitest.Start(t, w, h, o, Screens())
}

// textsApp is the explorer on its texts.
func textsApp(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	o.State.Screen = texts.ID
	return settled(t, w, h, o)
}
