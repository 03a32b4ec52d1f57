package export_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// screens are those of the whole explorer, in their order.
var screens = []func(*ui.Context) ui.Screen{models.New, texts.New, matrices.New, duplicates.New, usage.New}

// settled is the explorer without a terminal, as uitest.Settled makes it.
func settled(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	return uitest.Settled(t, w, h, o, screens)
}

// start is the explorer on a virtual terminal.
func start(t *testing.T, w, h int, o shell.Options) *uitest.Terminal {
	t.Helper()
	return uitest.Start(t, w, h, o, screens)
}

// textsApp is the explorer on its texts.
func textsApp(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	o.State.Screen = texts.ID
	return settled(t, w, h, o)
}

// plane is the explorer with vectors at the given angles.
func plane(t testing.TB, w, h int, angles map[string][]float64) *shell.App {
	t.Helper()
	a := settled(t, w, h, uitest.PlaneOptions(t, angles))
	uitest.Press(t, a, "4")
	uitest.SetPlane(t, a, angles)
	return a
}
