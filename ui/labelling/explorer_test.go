package labelling_test

import (
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// screens are those with pairs, and what leads to them.
var screens = []func(*ui.Context) ui.Screen{models.New, texts.New, matrices.New, duplicates.New}

// onMatrices is the explorer without a terminal that shows the matrices of texts.
func onMatrices(t testing.TB, of []corpus.Text) *shell.App {
	t.Helper()
	a := uitest.Settled(t, 80, 24, uitest.OptionsWith(t, of, uitest.Use, uitest.Glove), screens)
	uitest.Press(t, a, "3")
	return a
}
