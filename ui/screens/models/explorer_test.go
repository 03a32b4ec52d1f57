package models

import (
	"os"
	"testing"
	"time"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// screens are those of the whole explorer, in their order.
var screens = []func(*ui.Context) ui.Screen{New, texts.New, matrices.New, duplicates.New, usage.New}

// settled is the explorer without a terminal, as uitest.Settled makes it.
func settled(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	return uitest.Settled(t, w, h, o, screens)
}

// TestMain runs the tests far from Greenwich, so that a time which is not made local shows.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("far", 13*60*60)
	os.Exit(m.Run())
}
