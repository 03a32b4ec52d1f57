package matrices

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// As many pairs stand in the list as have room under its title, about the one that the cursor
// was put on, and a click finds the one that is drawn there.
func TestNotablePairsHaveTheirPlace(t *testing.T) {
	m := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Numbered(8), "local/ngrams@64")).Screen(ID).(*Screen)
	m.notable.pairs = nil
	for i := range 6 {
		m.notable.pairs = append(m.notable.pairs, [2]int{i, i + 1})
	}
	m.Session.SetCursor(3, 2) // either way round
	for _, c := range []struct{ h, at, fit, first int }{
		{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 0, 0, 0}, {3, 0, 1, 0}, {4, 0, 1, 0}, {5, 0, 2, 0}, {7, 3, 3, 2}, {7, 5, 3, 3}, {12, 0, 5, 0}, {13, 0, 6, 0}, {40, 5, 6, 0},
	} {
		m.notable.at = c.at
		fit, first, at := m.notablePlace(c.h)
		if fit != c.fit || fit > 0 && first != c.first || at != 2 {
			t.Errorf("in %d lines, put on %d: %d from %d on, under the cursor %d, want %d from %d", c.h, c.at, fit, first, at, c.fit, c.first)
		}
		for line := range c.h + 1 {
			i, ok := m.notableAt(line, c.h)
			if want := line >= 1 && (line-1)/notableEach < fit; ok != want || ok && i != first+(line-1)/notableEach {
				t.Errorf("in %d lines a click on line %d finds %d, %t", c.h, line, i, ok)
			}
		}
	}
	m.Session.SetCursor(0, 5)
	if _, _, at := m.notablePlace(9); at != -1 {
		t.Errorf("under the cursor is pair %d", at)
	}
}

// Candidates whose matrix is still made have a panel, those that wait for a person have none.
func TestWhatIsBeingMadeHasAPanel(t *testing.T) {
	shop := uitest.NewShop()
	o := uitest.ShopOptions(t, shop, uitest.Glove, "shop/good@4")
	a := settled(t, 120, 40, o)
	m := a.Screen(ID).(*Screen)
	if got := m.panelCount(); got != 1 {
		t.Errorf("of one that costs money %d have a panel", got-1)
	}
	asked := 0
	shop.After, shop.Meanwhile = 1, func() {
		a.Session.Touch()
		if asked = m.panelCount(); uitest.CandidateIn(t, a, "shop/good@4").Phase != session.PhaseRunning {
			t.Error("it is not under way")
		}
	}
	uitest.Press(t, a, "E", "p")
	if got := m.panelCount(); asked != 2 || got != 2 {
		t.Errorf("while it is embedded %d have a panel, afterwards %d", asked, got)
	}
}

// Parts stand as long as they have room, and it is said how many have none; the first always does.
func TestPartsThatHaveNoRoomAreCounted(t *testing.T) {
	parts := []string{"aa 1", "bb 2", "cc 3"}
	for w, want := range map[int]string{16: "aa 1  bb 2  cc 3", 15: "aa 1  bb 2 +1", 13: "aa 1  bb 2 +1", 12: "aa 1 +2", 7: "aa 1 +2", 3: "aa 1 +2"} {
		if got := wholeParts(parts, w); got != want {
			t.Errorf("in %d columns: %q, want %q", w, got, want)
		}
	}
	if got := wholeParts(nil, 9); got != "" {
		t.Errorf("without parts there is %q", got)
	}
}

// Making an overview that nobody wants any more is ended once.
func TestAnOverviewThatIsNotWantedIsEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := &Screen{endAveraging: cancel}
	if m.stopAveraging(); ctx.Err() == nil || m.endAveraging != nil || m.averaging != (overviewOf{}) {
		t.Error("it goes on")
	}
	m.stopAveraging()
}

// A block without a strongest pair leads to its first two texts, one of a text alone to that.
func TestABlockLeadsToItsFirstTexts(t *testing.T) {
	m := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Numbered(5), "local/ngrams@64")).Screen(ID).(*Screen)
	order := []int{4, 3, 2, 1, 0}
	m.over = &overview{order: order, starts: []int{0, 2, 3}}
	for _, c := range []struct{ row, col, a, b int }{{0, 0, 4, 3}, {1, 1, 2, 2}, {2, 2, 1, 0}, {0, 2, 4, 1}, {2, 1, 1, 2}} {
		if m.enterCell(order, c.row, c.col); m.Session.CursorA() != c.a || m.Session.CursorB() != c.b {
			t.Errorf("block %d by %d leads to texts %d and %d, want %d and %d", c.row, c.col, m.Session.CursorA()+1, m.Session.CursorB()+1, c.a+1, c.b+1)
		}
	}
	m.over = nil
	m.enterCell(order, 1, 3)
	if m.Session.CursorA() != 3 || m.Session.CursorB() != 1 {
		t.Errorf("a cell leads to texts %d and %d", m.Session.CursorA()+1, m.Session.CursorB()+1)
	}
}

// Rules part groups where not nearly every text is one of its own.
func TestRulesPartGroupsOfSeveralTexts(t *testing.T) {
	for groups, want := range map[string]int{"aabb": 1, "aabc": 2, "abcd": 0, "aabbc": 2, "abccd": 0, "aaaa": 0, "abbbcc": 2} {
		var texts []corpus.Text
		for i, group := range groups {
			texts = append(texts, corpus.Text{Text: fmt.Sprintf("text number %d", i), Group: string(group)})
		}
		a := settled(t, 120, 40, uitest.OptionsWith(t, texts, "local/ngrams@64"))
		uitest.Press(t, a, "3")
		if got := len(a.Screen(ID).(*Screen).heatmapFrame().Breaks); got != want {
			t.Errorf("%d rules part the groups %s, want %d", got, groups, want)
		}
	}
}

// Of so few texts that nothing can be ranked there is no rank correlation.
func TestFewTextsHaveNoRankCorrelation(t *testing.T) {
	texts := uitest.Texts("the shop refunded the customer", "a buyer got her money back", "stocks fell on Monday", "the market dropped", "a cat sat on the mat", "dogs bark at night")
	for n, known := range map[int]bool{2: false, 6: true} {
		a := settled(t, 120, 40, uitest.OptionsWith(t, texts[:n], uitest.Use, "local/use-lite@256"))
		ready := a.Session.Ready()
		cost, err := costOf(t.Context(), ready[0].Result, ready[1].Result)
		if err != nil || math.IsNaN(cost.correlation) == known {
			t.Errorf("of %d texts it is %v, %v", n, cost.correlation, err)
		}
	}
}

// The pair stands under a rule where there is a line for it, and in one line where there are few.
func TestThePairBelowFillsItsLines(t *testing.T) {
	_, m := plane(t, 120, 40, map[string][]float64{uitest.Glove: {0, 10, 20}})
	m.Session.SetCursor(0, 1)
	values := []string{"value"}
	for h, want := range map[int]string{1: "1 text number 1 2 text number 2", 2: "1 text number 1 2 text number 2|glove@100 0.984", 3: "1 text number 1|2 text number 2|value", 4: "rule|1 text number 1|2 text number 2|value"} {
		var got []string
		for _, l := range m.foot(ui.Size{W: 60, H: h}, values) {
			if l = uitest.Flat(l); strings.HasPrefix(l, "──") {
				l = "rule"
			}
			got = append(got, l)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("in %d lines: %q, want %q", h, strings.Join(got, "|"), want)
		}
	}
}
