package app

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// The marked text is named as fully as the width allows, then the models are cut, then gone; a
// text without a vector has no similarity.
func TestTheMarkedLineUsesItsWidth(t *testing.T) {
	angles := map[string][]float64{uitest.Use: {0, 10, math.NaN()}, uitest.Glove: {0, 60, 90}}
	a := settled(t, 80, 24, uitest.PlaneOptions(t, angles))
	uitest.SetPlane(t, a, angles)
	a.SetScreen("texts")
	a.Session.Mark(0)
	a.Session.SetCursor(1, 0)
	for w, want := range map[int]string{
		90: " marked 1 “text number 1” and 2: glove@100 0.500  use-lite@512 0.984",
		68: " marked 1 “text number 1” and 2: glove@100 0.500  use-lite@512 0.984",
		67: " marked 1 and 2: glove@100 0.500  use-lite@512 0.984",
		52: " marked 1 and 2: glove@100 0.500  use-lite@512 0.984",
		51: " marked 1 and 2: glove@100 0.500  use-l…@512 0.984",
		45: " marked 1 and 2: gl…@100 0.500  us…@512 0.984",
		40: " marked 1 and 2: glo… 0.500  use… 0.984",
		37: " marked 1 and 2: gl… 0.500  us… 0.984",
		36: " marked 1 and 2: 0.500  0.984",
		30: " marked 1 and 2: 0.500  0.984",
	} {
		got := strings.TrimRight(ansi.Strip(a.MarkedLine(w)), " ")
		if got != want || term.Width(a.MarkedLine(w)) != w {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	a.Session.Mark(2)
	if got := strings.TrimRight(ansi.Strip(a.MarkedLine(80)), " "); got != " marked 3 “text number 3” and 2: glove@100 0.866  use-lite@512 –" {
		t.Errorf("of a text without a vector: %q", got)
	}
	a.Session.SetCursor(2, 0)
	a.Session.Mark(1)
	if got := strings.TrimRight(ansi.Strip(a.MarkedLine(80)), " "); got != " marked 2 “text number 2” and 3: glove@100 0.866  use-lite@512 –" {
		t.Errorf("beside a text without a vector: %q", got)
	}
}

// What embedding costs is said in the footer where there is room for it.
func TestTheFooterSaysWhatEmbeddingCosts(t *testing.T) {
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", uitest.Use))
	for w, want := range map[int]string{60: "? help E embed: ≈$0.00014 ", 59: "? help E embed… "} {
		if got := uitest.Flat(a.Footer(w)); !strings.HasPrefix(got, want) {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
}
