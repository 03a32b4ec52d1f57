package search

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// screens are those of the whole explorer, in their order.
var screens = []func(*ui.Context) ui.Screen{models.New, texts.New, matrices.New, duplicates.New, New, verdict.New}

// settled is the explorer without a terminal, as uitest.Settled makes it, on Search.
func settled(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	o.State.Screen = ID
	return uitest.Settled(t, w, h, o, screens)
}

func TestMain(m *testing.M) { uitest.TestMain(m) }
