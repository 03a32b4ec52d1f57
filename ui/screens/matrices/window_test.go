package matrices

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// six are candidates inside the binary.
var six = []string{uitest.Use, uitest.Glove, "local/ngrams@4096", "local/ngrams@1024", "local/ngrams@512", "local/ngrams@64"}

func TestOfSixMatricesTwoStandSideBySideAndTabBringsTheOthers(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a := settled(t, 80, 24, uitest.OptionsWith(t, set.Texts, six...))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	for at, want := range [][2]int{{0, 1}, {0, 1}, {2, 3}, {2, 3}, {4, 5}, {4, 5}} {
		panels := m.grid(a.Body).panels
		if len(panels) != 2 || panels[0].candidate != want[0] || panels[1].candidate != want[1] {
			t.Fatalf("with candidate %d in focus the panels are %+v, want %v", at, panels, want)
		}
		drawn := uitest.Plain(a)
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
		for i, c := range a.Session.States() {
			if !strings.Contains(drawn, fmt.Sprintf("%d %s 0.", i+1, c.Short())) {
				t.Errorf("%s stands nowhere with its AUC:\n%s", c.ID(), drawn)
			}
		}
		if !strings.Contains(drawn, "2 of 6 (tab) AUC") {
			t.Errorf("nothing tells of the others:\n%s", drawn)
		}
		uitest.Press(t, a, ui.KeyNextPane.Keys()[0])
	}
}

func TestSixSmallMatricesAreToldApartAndSayNothingInHalf(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "two cats", "a dog", "dogs bark", "rain", "it rains"), six...))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	seen := map[string]bool{}
	for _, p := range m.grid(a.Body).panels {
		titles := m.panel(p, a.Session.DisplayOrder())[:p.heat.Y-p.rect.Y]
		name := strings.TrimLeft(uitest.Flat(titles[0]), focusMark)
		if _, dimensions, _ := strings.Cut(a.Session.States()[p.candidate].Short(), "@"); seen[name] || !strings.Contains(name, "@"+dimensions) {
			t.Errorf("%s is called %q", a.Session.States()[p.candidate].ID(), name)
		}
		seen[name] = true
		if below := uitest.Flat(titles[len(titles)-1]); len(titles) > 1 && strings.Contains(below, "…") {
			t.Errorf("under %q it is said %q", name, below)
		}
	}
}

func TestWhatIsDrawnInASmallWindowIsWhatIsInFocus(t *testing.T) {
	set, _ := corpus.FindSet("near-duplicates")
	a := settled(t, 40, 10, uitest.OptionsWith(t, set.Texts, six...))
	uitest.Press(t, a, "3", ui.KeyNextPane.Keys()[0], ui.KeyNextPane.Keys()[0])
	drawn := uitest.Plain(a)
	values := strings.Split(drawn, "\n")
	if !strings.Contains(drawn, "▸3/6 ") || !strings.Contains(drawn, "ngrams@4096") {
		t.Errorf("the title does not tell which of six is drawn:\n%s", drawn)
	}
	for _, l := range values {
		if strings.Contains(l, "glove@100") {
			t.Errorf("a value of another comes before that of the matrix drawn: %q", l)
		}
	}
}

func TestOfSixOverviewsTwoStandSideBySideWithTheirBlocksWhole(t *testing.T) {
	texts := manyTexts(300)
	for i := range texts {
		texts[i].Group = fmt.Sprintf("subject %d", i/30)
	}
	a := settled(t, 80, 24, uitest.OptionsWith(t, texts, six...))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	if m.over == nil {
		t.Fatal("300 texts are not seen in blocks")
	}
	for range six {
		g := m.grid(a.Body)
		if n := len(m.over.starts); len(g.panels) != 2 || g.geometry.Rows != n || g.geometry.Cols != n || g.geometry.CellWidth != 2 {
			t.Errorf("%d matrices show %d×%d of %d blocks, %d columns a cell:\n%s", len(g.panels), g.geometry.Rows, g.geometry.Cols, n, g.geometry.CellWidth, uitest.Plain(a))
		}
		uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
		for _, words := range []string{"2 of 6 (tab) AUC", "block 1–30 × 1–30 of 300, mean "} {
			if drawn := uitest.Plain(a); !strings.Contains(drawn, words) {
				t.Errorf("%q is not said:\n%s", words, drawn)
			}
		}
		uitest.Press(t, a, ui.KeyNextPane.Keys()[0])
	}
}
