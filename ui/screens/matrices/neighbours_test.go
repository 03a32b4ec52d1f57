package matrices

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// threeViews are five texts under three models.
var threeViews = map[string][]float64{uitest.Glove: {0, 20, 30, 100, 170}, "local/ngrams@64": {0, 50, 55, 60, 5}, uitest.Use: {0, 10, 40, 55, math.NaN()}}

// given is plane with the texts in the order in which they are given.
func given(t *testing.T, w, h int) (a *shell.App, m *Screen) {
	t.Helper()
	a, m = plane(t, w, h, threeViews)
	uitest.Settle(t, a, a.Session.SetOrder(session.OrderGiven))
	a.Session.SetCursor(0, 1)
	uitest.Happen(t, a, uitest.Nothing)
	return a, m
}

func TestEveryKeyOfTheMatricesMovesItsOwnWay(t *testing.T) {
	a, m := given(t, 120, 40)
	for _, step := range []struct {
		key         string
		row, column int
		focus       int
	}{
		{"j", 1, 1, 0}, {"down", 2, 1, 0}, {"l", 2, 2, 0}, {"right", 2, 3, 0}, {"k", 1, 3, 0}, {"up", 0, 3, 0}, {"up", 0, 3, 0}, {"h", 0, 2, 0}, {"left", 0, 1, 0},
		{"end", 0, 4, 0}, {"right", 0, 4, 0}, {"G", 4, 4, 0}, {"home", 4, 0, 0}, {"g", 0, 0, 0},
		{"tab", 0, 0, 1}, {"tab", 0, 0, 2}, {"tab", 0, 0, 0}, {"shift+tab", 0, 0, 2}, {"shift+tab", 0, 0, 1},
	} {
		uitest.Press(t, a, step.key)
		if got := [3]int{a.Session.CursorA(), a.Session.CursorB(), m.Session.Focused()}; got != [3]int{step.row, step.column, step.focus} {
			t.Fatalf("%s leads to row, column, model %v, want %d %d %d", step.key, got, step.row, step.column, step.focus)
		}
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelDown})
	if a.Session.CursorA() != 3 || a.Session.CursorB() != 0 {
		t.Errorf("the wheel leads to row %d, column %d", a.Session.CursorA()+1, a.Session.CursorB()+1)
	}
	// A page is what is in sight but for one row.
	b := settled(t, 120, 24, uitest.OptionsWith(t, uitest.Numbered(60), "local/ngrams@64"))
	uitest.Settle(t, b, b.Session.SetOrder(session.OrderGiven))
	uitest.Press(t, b, "3", "g", "pgdown")
	n := b.Screen(ID).(*Screen)
	if page := n.laid.geometry.Rows - 1; page < 5 || b.Session.CursorA() != page {
		t.Errorf("of %d rows in sight a page leads to row %d", n.laid.geometry.Rows, b.Session.CursorA()+1)
	}
}

// Every matrix has the numbers of its own model, in the order of the texts, on its own scale.
func TestEveryMatrixIsThatOfItsModel(t *testing.T) {
	a, m := given(t, 160, 40)
	a.Session.SetCursor(3, 1)
	order := []int{4, 2, 0, 1, 3}
	for _, shared := range []bool{false, true} {
		m.shared = shared
		lowest, highest := 1.0, -1.0
		for _, c := range a.Session.Ready() {
			lo, hi, _ := c.Result.Matrix.Range()
			lowest, highest = min(lowest, lo), max(highest, hi)
		}
		m.frame = m.heatmapFrame()
		for i, c := range a.Session.Ready() {
			h := m.heatmap(c, panel{candidate: i, labels: 7 + i}, order)
			lo, hi, _ := c.Result.Matrix.Range()
			if shared {
				lo, hi = lowest, highest
			}
			if h.Lo != lo || h.Hi != hi || h.Row != 4 || h.Col != 3 || h.LabelWidth != 7+i || h.Delta || h.Blocks || !h.Negative {
				t.Errorf("shared %v: the matrix of %s is drawn as %+v", shared, c.ID(), h)
			}
			for row, x := range order {
				for column, y := range order {
					want, has := c.Result.Matrix.At(x, y)
					if got, ok := h.At(row, column); got != want || ok != has {
						t.Errorf("%s has %v in row %d, column %d, want %v", c.ID(), got, row+1, column+1, want)
					}
				}
			}
		}
	}
	for row, text := range m.order() {
		if got, label := m.frame.Number(row), m.frame.RowLabel(row); got != text+1 || label != fmt.Sprintf("text number %d", text+1) {
			t.Errorf("row %d is called %d %q, want that of text %d", row+1, got, label, text+1)
		}
	}
	m.shared = false
	// Their titles name them, in their colours and with their backgrounds.
	for i, c := range a.Session.States() {
		b := c.Result.Scan.Background
		titles := m.titles(c, panel{candidate: i, rect: ui.Rect{W: 80, H: 20}}, 2)
		want := fmt.Sprintf("background: mean %.2f, 95%% below %.2f", b.Mean, b.P95)
		if len(c.Result.Failed) > 0 {
			want = "1 text without a vector · " + want
		}
		mark := " "
		if i == 0 {
			mark = focusMark
		}
		if !strings.HasPrefix(titles[0], a.Theme.Candidate(i)+a.Theme.Codes.Strong+mark+c.ID()+theme.Reset) || uitest.Flat(titles[1]) != want {
			t.Errorf("model %d has the titles %q, want %q", i+1, titles, want)
		}
	}
}

func TestWhatCanBeCopiedAndTakenOutIsThatOfTheModelInFocus(t *testing.T) {
	a, _ := given(t, 120, 40)
	uitest.Press(t, a, "tab")
	a.Session.SetCursor(1, 3)
	value := func(places int) string {
		return format.Similarity(a.Session.Ready()[1].Result.Vectors.Similarity(1, 3), places)
	}
	uitest.Press(t, a, "y")
	uitest.WantShown(t, a, "v  the value "+value(3)+" of ngrams@64", "b  the pair: texts 2 and 4, every value", "m  ngrams@64: its 5×5 matrix", "a  all matrices")
	if got := uitest.CopiedBy(t, a, "v"); got != value(6) {
		t.Errorf("copied is %q, want %q", got, value(6))
	}
	uitest.WantNotice(t, a, "Copied "+value(6)+": texts 2 and 4 under local/ngrams@64.")
	if got := uitest.CopiedBy(t, a, "y", "b"); !strings.Contains(got, "text number 2") || !strings.Contains(got, "text number 4") || strings.Count(got, "text number") != 2 {
		t.Errorf("of the pair is copied\n%s", got)
	}
	one, all := uitest.CopiedBy(t, a, "y", "m"), uitest.CopiedBy(t, a, "y", "a")
	for of, number := range map[int]string{0: "\t0.939692\t", 1: "\t0.642787\t0.573576\t0.5\t", 2: "\t0.766044\t"} {
		if in := strings.Contains(one, number); in != (of == 1) || !strings.Contains(all, number) {
			t.Errorf("%q of model %d is in the matrix that is copied: %v, and in all of them: %v", number, of+1, in, strings.Contains(all, number))
		}
	}
	uitest.Press(t, a, "f", "enter", "X")
	uitest.WantShown(t, a, "m  ngrams@64: its 5×5 matrix", "f  the difference ngrams@64 − glove@100", "a  all matrices", "t  every pair with all values")
}

// Where the selection that is shown leaves out a text under the cursor, the cursor goes to two
// that are shown; else it stays.
func TestTheCursorStandsOnTextsThatAreShown(t *testing.T) {
	for _, c := range []struct{ row, column, wantRow, wantColumn int }{{1, 3, 1, 3}, {0, 3, 1, 3}, {3, 0, 1, 3}, {0, 2, 1, 3}, {3, 1, 3, 1}, {3, 3, 3, 3}} {
		a, _ := given(t, 120, 40)
		a.Session.SetCursor(c.row, c.column)
		a.Session.Select(true, 1, 3)
		a.Session.ShowSelection(true)
		uitest.Happen(t, a, uitest.Nothing)
		if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != [2]int{c.wantRow, c.wantColumn} {
			t.Errorf("from %d, %d the cursor goes to %v, want %d, %d", c.row, c.column, got, c.wantRow, c.wantColumn)
		}
	}
}

func TestEscLeavesOneThingOfTheMatricesAfterTheOther(t *testing.T) {
	a, m := given(t, 120, 40)
	a.Session.Select(true, 0, 1, 3)
	a.Session.ShowSelection(true)
	uitest.Press(t, a, "z", "f", "enter", "/")
	uitest.Letters(t, a, "number")
	uitest.Press(t, a, "enter")
	for step, want := range [][4]bool{{false, true, true, true}, {false, false, true, true}, {false, false, false, true}, {false, false, false, false}} {
		uitest.Press(t, a, "esc")
		if got := [4]bool{m.filter.Shown(), m.against != "", m.solo, a.Session.SelectionShown()}; got != want {
			t.Fatalf("after esc %d filter, difference, one matrix and selection are %v, want %v", step+1, got, want)
		}
	}
	if m.insightRead {
		t.Error("the line over the matrices is put away with the selection")
	}
}

// One matrix is that of the model in focus, and all stand in their order.
func TestOneMatrixIsTheOneInFocus(t *testing.T) {
	a, m := given(t, 160, 40)
	shown := func() (list []int) {
		for _, p := range m.laid.panels {
			list = append(list, p.candidate)
		}
		return list
	}
	uitest.Press(t, a, "tab", "tab", "z")
	if got := shown(); !slices.Equal(got, []int{2}) {
		t.Errorf("alone are shown %v", got)
	}
	uitest.Press(t, a, "z")
	if got := shown(); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("together are shown %v", got)
	}
}

// A difference goes with its two models: turned round when the other comes into focus, of
// another when a third does, and ended when one goes.
func TestADifferenceFollowsTheModelInFocus(t *testing.T) {
	a, m := given(t, 120, 40)
	uitest.Press(t, a, "f", "down", "enter")
	for _, step := range []struct{ key, minuend, against string }{{"", uitest.Glove, uitest.Use}, {"shift+tab", uitest.Use, uitest.Glove}, {"shift+tab", "local/ngrams@64", uitest.Glove}} {
		if step.key != "" {
			uitest.Press(t, a, step.key)
		}
		x, y := uitest.CandidateIn(t, a, step.minuend), uitest.CandidateIn(t, a, step.against)
		of := x.Result.Scan.Background.Strictness(x.Result.Vectors.Similarity(0, 1)) - y.Result.Scan.Background.Strictness(y.Result.Vectors.Similarity(0, 1))
		if v, _ := m.delta.At(0, 1); m.minuend != step.minuend || m.against != step.against || math.Abs(v-of) > 1e-3 {
			t.Errorf("after %q it is %s minus %s, of texts 1 and 2 %v, want %v", step.key, m.minuend, m.against, v, of)
		}
	}
	titles := m.titles(a.Session.State(a.Session.Candidates()[m.Session.Focused()]), panel{candidate: m.Session.Focused(), difference: true, rect: ui.Rect{W: 60, H: 20}}, 2)
	if uitest.Flat(titles[0]) != "ngrams@64 − glove@100" || !strings.HasPrefix(uitest.Flat(titles[1]), "largest difference ") {
		t.Errorf("the difference has the titles %q", titles)
	}
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Glove).Candidate))
	uitest.Happen(t, a, uitest.Nothing)
	if m.against != "" || m.delta != nil {
		t.Errorf("without the subtrahend it is %s minus %s", m.minuend, m.against)
	}
}

// A histogram has a mark where the model has a similarity, and for no text beside itself.
func TestAHistogramMarksThePairThatHasAValue(t *testing.T) {
	a, m := given(t, 220, 60)
	for _, c := range []struct {
		a, b  int
		value [3]bool
	}{{0, 1, [3]bool{true, true, true}}, {0, 4, [3]bool{true, true, false}}, {4, 0, [3]bool{true, true, false}}, {2, 2, [3]bool{}}} {
		a.Session.SetCursor(c.a, c.b)
		uitest.Happen(t, a, uitest.Nothing)
		for i, s := range a.Session.Ready() {
			want := s.Short()
			if c.value[i] {
				want += " │ " + format.Similarity(s.Result.Vectors.Similarity(c.a, c.b), 3)
			}
			if got := uitest.Flat(m.spreadOf(s, ui.Size{W: 60, H: 6})[0]); got != want {
				t.Errorf("texts %d and %d are drawn under %q, want %q", c.a+1, c.b+1, got, want)
			}
		}
	}
}

// A click in the list of pairs goes to the one that is seen there, however far it is scrolled.
func TestAClickFindsThePairOfAScrolledList(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	for range 30 {
		uitest.Press(t, a, keyDisagreement.Keys()[0])
	}
	aside := m.laid.aside
	head := len(m.asideHead(aside.Size()))
	_, first, at := m.notablePlace(aside.H - head)
	if first == 0 || at != 29 {
		t.Fatalf("from pair %d on are in sight, and the cursor is on pair %d", first+1, at+1)
	}
	uitest.Send(t, a, uitest.Click(aside.X+5, 1+aside.Y+head+1+2*notableEach))
	if got, want := [2]int{a.Session.CursorA(), a.Session.CursorB()}, m.notable.pairs[first+2]; got != want {
		t.Errorf("a click on the third in sight leads to %v, want %v", got, want)
	}
}

// A row of blocks has the number and the words of the first text of its block.
func TestBlocksAreCalledByTheirTexts(t *testing.T) {
	_, m := overviewOfMany(t, 120, 40, 241)
	h, size := m.heatmapFrame(), m.over.of.size
	if !h.Blocks || h.N != len(m.over.starts) {
		t.Fatalf("%d rows of %d blocks, drawn as blocks: %v", h.N, len(m.over.starts), h.Blocks)
	}
	for row, first := range m.over.starts {
		if h.Number(row) != first+1 || !strings.HasSuffix(h.RowLabel(row), fmt.Sprintf(" number %d", first)) {
			t.Errorf("the block from text %d on is called %d %q", first+1, h.Number(row), h.RowLabel(row))
		}
		want := fmt.Sprintf("%d–%d", first+1, min(first+size, 241))
		if first == 240 {
			want = "241"
		}
		if got := m.blockSpan(row); got != want {
			t.Errorf("the block from text %d on is of the texts %s, want %s", first+1, got, want)
		}
	}
	if last := m.over.starts[len(m.over.starts)-1]; last != 240 {
		t.Errorf("the last block begins with text %d: no block is a text alone", last+1)
	}
}
