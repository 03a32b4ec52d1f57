package matrices

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What is chosen for the drawing is remembered, so that the state has to be saved.
func TestEveryChoiceOfTheDrawingIsRemembered(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 50}, uitest.Glove: {0, 20, 30}})
	for _, key := range []string{"V", "v", "|", "esc"} {
		before := string(m.Save())
		a.Session.MarkSaved()
		if _, _ = a.Update(uitest.KeyPress(key)); !a.Session.Unsaved() || string(m.Save()) == before {
			t.Errorf("%s: to be saved is %v, and of %s became %s", key, a.Session.Unsaved(), before, m.Save())
		}
	}
}

// The models of the plane are glove, then use-lite, which has no vector of the fourth text.
func TestAPairWithATextWithoutVectorHasNoValue(t *testing.T) {
	_, m := plane(t, 200, 60, map[string][]float64{uitest.Glove: {0, 20, 30, 100}, uitest.Use: {0, 10, 40, math.NaN()}})
	for _, at := range [][2]int{{1, 3}, {3, 1}} {
		table := ansi.Strip(strings.Join(m.pairTable(at[0], at[1], 90), "\n"))
		values := strings.Join(m.valueParts(at[0], at[1], false), "|")
		if strings.Count(table, "no vector") != 1 || !strings.HasSuffix(ansi.Strip(values), "use-lite@512 –") {
			t.Errorf("of the pair %v it is said %q and\n%s", at, ansi.Strip(values), table)
		}
	}
	if words := m.pairWords(2, 2); words != "" {
		t.Errorf("of a text and itself labels say %q", words)
	}
}

func TestAPairOfTheListTakesItsWholeLine(t *testing.T) {
	texts := uitest.Texts(strings.Repeat("a", 90), strings.Repeat("b", 90), strings.Repeat("c", 90))
	a := settled(t, 200, 60, uitest.OptionsWith(t, texts, uitest.Use))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	m.notable.pairs = [][2]int{{0, 1}}
	for w, want := range map[int]string{40: " 1 1 aaaaaaaaaaaaaa… / 2 bbbbbbbbbbbbbb…", 41: " 1 1 aaaaaaaaaaaaaa… / 2 bbbbbbbbbbbbbbb…"} {
		if got := ansi.Strip(m.notableItem(0, false, w)[0]); got != want {
			t.Errorf("in %d columns it is %q, want %q", w, got, want)
		}
	}
}

// A reason without advice is cut, and has no line for what to do.
func TestAReasonIsInAsManyLinesAsItIsWorth(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 12)) // 59 columns
	for _, c := range []struct {
		why  candidate.Status
		w, h int
		want string
	}{
		{candidate.Status{What: "no key"}, 40, 2, "bge-m3: no key"},
		{candidate.Status{What: long}, 40, 2, "bge-m3: word word word word word word|word word word word word word"},
		{candidate.Status{What: long}, 30, 2, "bge-m3: word word word word w…"},
		{candidate.Status{What: long, Advice: "wait"}, 30, 1, "bge-m3: word word word …; wait"},
		{candidate.Status{What: long, Advice: "wait"}, 30, 2, "bge-m3: word word word word w…|wait"},
		{candidate.Status{What: "no key", Advice: "set one"}, 40, 2, "bge-m3: no key; set one"},
	} {
		if got := strings.Join(absentGroup{[]string{"bge-m3"}, c.why}.lines(c.w, c.h), "|"); got != c.want {
			t.Errorf("%+v in %d×%d: %q, want %q", c.why, c.w, c.h, got, c.want)
		}
	}
}

func TestAPlaceBelongsToTheBlockThatBeginsAtOrBeforeIt(t *testing.T) {
	o := &overview{order: make([]int, 8), starts: []int{0, 3, 6}}
	for place, want := range []int{0, 0, 0, 1, 1, 1, 2, 2} {
		if got := o.blockOf(place); got != want {
			t.Errorf("place %d is in block %d, want %d", place, got, want)
		}
	}
	if o.end(0) != 3 || o.end(1) != 6 || o.end(2) != 8 {
		t.Errorf("the blocks end at %d, %d and %d", o.end(0), o.end(1), o.end(2))
	}
}

// Blocks under the cursor are those of the model in focus.
func TestBlocksAreThoseOfTheModelInFocus(t *testing.T) {
	a, m := overviewOfMany(t, 120, 40, 240)
	for i := range 2 {
		a.Session.SetFocus(i)
		if got := m.tilesInFocus(); got == nil || got != m.over.tiles[a.Session.States()[i].Result.Matrix] {
			t.Errorf("with model %d in focus the blocks are of %q", i+1, m.tilesName(got))
		}
	}
	// Of one that has no result yet there are none, and the first one's are told.
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "nanogpt/text-embedding-3-small"}))
	a.Session.SetFocus(2)
	uitest.Happen(t, a, uitest.Nothing)
	if got := m.tilesInFocus(); got == nil || got != m.over.tiles[a.Session.Ready()[0].Result.Matrix] {
		t.Errorf("with a model in focus that has no result the blocks are of %q", m.tilesName(got))
	}
	before := m.over
	uitest.Settle(t, a, a.Session.SetOrder(session.OrderSimilarity))
	uitest.Happen(t, a, uitest.Nothing)
	if m.over == before || !slices.Equal(m.over.order, m.order()) {
		t.Error("in another order the blocks are the same")
	}
}

func TestABackgroundOfNoPairsHasNoFigures(t *testing.T) {
	for pairs, want := range map[int64]string{0: "no pairs|no pairs", 1: "mean 0.25 p95 0.50|background: mean 0.25, 95% below 0.50"} {
		b := compare.Background{Mean: 0.25, P95: 0.5}
		b.Pairs = int(pairs)
		c := session.State{Result: &pipeline.Result{Scan: &compare.Scan{Background: b}}}
		if got := spreadText(c, true) + "|" + spreadText(c, false); got != want {
			t.Errorf("of %d pairs it is said %q, want %q", pairs, got, want)
		}
	}
}

func TestADifferenceStandsBesideItsMatricesWhereTheyHaveRoom(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 50}, uitest.Glove: {0, 20, 30}})
	uitest.Press(t, a, "f")
	for w, want := range map[int]int{100: 3, 99: 1, 60: 1, 59: 1} {
		if got := len(m.shownPanels(ui.Size{W: w, H: 30})); got != want {
			t.Errorf("in %d columns there are %d matrices, want %d", w, got, want)
		}
	}
	uitest.Press(t, a, "f")
	for w, want := range map[int]int{60: 2, 59: 1} {
		if got := len(m.shownPanels(ui.Size{W: w, H: 30})); got != want {
			t.Errorf("in %d columns there are %d matrices of two, want %d", w, got, want)
		}
	}
}

// The panel beside the matrices is neither too narrow to read nor wider than a sentence.
func TestThePanelBesideTakesWhatTheMatricesLeave(t *testing.T) {
	_, m := plane(t, 200, 60, map[string][]float64{uitest.Use: {0, 10, 50}})
	one := arrangement{columns: 1, cell: ui.Size{W: 60}, geometry: plot.Geometry{Cols: 10, CellWidth: 6}}
	for s, want := range map[ui.Size]int{
		{W: 200, H: 30}: 91, {W: 199, H: 30}: 0, {W: 200, H: 24}: 91, {W: 200, H: 23}: 0, {W: 206, H: 30}: 95, {W: 400, H: 30}: 96,
	} {
		if got := m.asideWidth(s, one); got != want {
			t.Errorf("in %v it is %d columns wide, want %d", s, got, want)
		}
	}
	for cells, want := range map[int]int{147: 33, 151: 32, 152: 0} { // of 200 columns, three of them between
		wide := arrangement{columns: 1, cell: ui.Size{W: cells}, geometry: plot.Geometry{Cols: cells, CellWidth: 1}}
		if got := m.asideWidth(ui.Size{W: 200, H: 30}, wide); got != want {
			t.Errorf("beside %d columns it is %d wide, want %d", cells, got, want)
		}
	}
}

func TestTheScaleIsNoLongerThanItIsWorth(t *testing.T) {
	_, m := plane(t, 200, 60, map[string][]float64{uitest.Use: {0, 10, 50}})
	for w, want := range map[int]int{250: 72, 101: 72, 100: 71, 59: 30, 58: 56, 40: 38} {
		line := ansi.Strip(m.legend(plot.CellColors, w))
		line = strings.TrimSpace(strings.NewReplacer("least similar ", "", " most similar", "").Replace(line))
		if got := len([]rune(line)); got != want {
			t.Errorf("in %d columns the scale takes %d, want %d: %q", w, got, want, line)
		}
	}
}

// Of six matrices as many are named as three lines hold.
func TestModelsThatHaveNoRoomBelowAreCounted(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "two cats", "a dog"), six...))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	shown := make([]panel, 2)
	for w, want := range map[int]string{
		120: "2 of 6 shown, tab brings the others  ▸1 use-lite@512  2 glove@100  3 ngrams@4096  4 ngrams@1024  5 ngrams@512  6 ngrams@64",
		36:  "2 of 6 shown, tab brings the others  ▸1 use-lite@512  2 glove@100  3 ngrams@4096  +3 more",
	} {
		lines := m.othersLines(shown, w)
		if got := uitest.Flat(strings.Join(lines, " ")); got != uitest.Flat(want) || len(lines) > othersMost {
			t.Errorf("in %d columns it is %d lines, %q; want %q", w, len(lines), got, uitest.Flat(want))
		}
	}
	for n, want := range map[int]string{5: "0 1|0 1|2 3|2 3|3 4", 6: "0 1|0 1|2 3|2 3|4 5|4 5"} {
		var got []string
		for focus := range n {
			a.Session.SetFocus(focus)
			all := make([]panel, n)
			for i := range all {
				all[i].candidate = i
			}
			m.frame.N = 50
			part, _ := m.window(all, ui.Size{W: 80, H: 12})
			got = append(got, fmt.Sprintf("%d %d", part[0].candidate, part[len(part)-1].candidate))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("of %d matrices are shown %s, want %s", n, strings.Join(got, "|"), want)
		}
	}
}

// Words of the filter are found whatever their case, and typing takes the cursor along.
func TestTheFilterKnowsNoCase(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a Kettle boils", "tea is hot", "the kettle is hot"), uitest.Glove))
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	for _, words := range []string{"KETTLE", "kettle", "Kettle"} {
		m.Filter(words)
		uitest.Happen(t, a, uitest.Nothing)
		if m.frame.N != 2 {
			t.Errorf("%q leaves %d rows", words, m.frame.N)
		}
	}
}

// The scale of a difference has nothing in its middle, and is never so short that rounding
// fills it.
func TestTheScaleOfADifferenceIsTheSameBothWays(t *testing.T) {
	for _, c := range []struct {
		use   []float64
		want  float64
		exact bool
	}{{[]float64{0, 60, 90}, 0.3, false}, {[]float64{0, 20, 30}, 0.01, true}} {
		a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: c.use, uitest.Glove: {0, 20, 30}})
		uitest.Press(t, a, "f", "|") // of raw similarities
		h := m.heatmap(a.Session.States()[0], panel{difference: true}, m.order())
		if h.Lo != -h.Hi || h.Hi < c.want || c.exact && h.Hi != c.want || !h.Delta {
			t.Errorf("differences of at most %.3f are drawn from %.3f to %.3f", m.delta.MaxAbs(), h.Lo, h.Hi)
		}
	}
}

func TestThePairUnderTheCursorTakesFewerLinesInLowWindows(t *testing.T) {
	for h, want := range map[int]int{40: 5, 18: 5, 17: 4, 10: 4, 9: 2, 5: 2} {
		if got := footLines(ui.Size{W: 80, H: h}, 2); got != want {
			t.Errorf("in %d lines it takes %d, want %d", h, got, want)
		}
	}
}

// What can only be seen of one result is its most similar pairs, however many models wait.
func TestTheNextPairIsADisagreementOfTwoResults(t *testing.T) {
	for want, models := range map[string][]string{"next disagreement": {uitest.Use, uitest.Glove}, "next pair": {uitest.Use, "nanogpt/BAAI/bge-m3@1024"}} {
		a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("a cat", "two cats", "a dog"), models...))
		for _, act := range a.Screen(ID).Actions() {
			if act.ID == "matrix.disagreement" && act.Short != want {
				t.Errorf("of %q n is called %q, want %q", models, act.Short, want)
			}
		}
	}
}

// Texts without a vector are told once: in the second line of a title where there is one.
func TestATitleTellsOfTextsWithoutVectorOnce(t *testing.T) {
	_, m := plane(t, 200, 60, map[string][]float64{uitest.Glove: {0, 20, 30, 100}, uitest.Use: {0, 10, 40, math.NaN()}})
	c := m.Session.States()[1]
	for _, lines := range []int{1, 2} {
		got := ansi.Strip(strings.Join(m.titles(c, panel{candidate: 1, rect: ui.Rect{W: 100, H: 10}}, lines), "|"))
		if strings.Count(got, "vector") != 1 {
			t.Errorf("in %d lines of title stands %q", lines, got)
		}
	}
	// A name keeps its provider only where a note has room beside it.
	for w, want := range map[int]string{30: "local/use-lite@512", 29: "use-lite@512"} {
		if got := strings.Fields(ansi.Strip(m.titles(c, panel{candidate: 1, rect: ui.Rect{W: w, H: 10}}, 2)[0]))[0]; got != want {
			t.Errorf("in %d columns the model is called %q, want %q", w, got, want)
		}
	}
}
