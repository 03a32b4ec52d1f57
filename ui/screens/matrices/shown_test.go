package matrices

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// plane is the explorer on its matrices with vectors at those angles.
func plane(t *testing.T, w, h int, angles map[string][]float64) (*shell.App, *Screen) {
	t.Helper()
	a := settled(t, w, h, uitest.PlaneOptions(t, angles))
	uitest.Press(t, a, "3")
	uitest.SetPlane(t, a, angles)
	return a, a.Screen(ID).(*Screen)
}

func TestEveryOrderAndEveryKindOfCellsIsReached(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 40}, uitest.Glove: {0, 20, 30}})
	orders, modes := map[string]bool{}, map[plot.CellMode]bool{}
	for range 8 {
		uitest.Press(t, a, "s", "v")
		orders[orderText(a.Session.Order())], modes[m.mode] = true, true
		if strings.Contains(m.Status(), "by group") {
			t.Errorf("there are no groups, and the texts stand %q", m.Status())
		}
	}
	if len(orders) != 2 || len(modes) != int(plot.CellModes) {
		t.Errorf("reached are the orders %v and the cells %v", orders, modes)
	}
	uitest.Press(t, a, "end")
	if x, y := a.Session.CursorA(), a.Session.CursorB(); x != 0 || y != a.Session.DisplayOrder()[2] {
		t.Errorf("end leads to row %d, column %d", x+1, y+1)
	}
	uitest.Press(t, a, "esc", "z", "esc")
	if m.solo {
		t.Error("esc does not bring all matrices back")
	}
}

// What is said of a pair names its texts, in row and column, and has the numbers of each model.
func TestNumbersAreThoseOfThePairUnderTheCursor(t *testing.T) {
	angles := map[string][]float64{uitest.Glove: {0, 20, 30, 100}, uitest.Use: {0, 10, 40, math.NaN()}}
	a, m := plane(t, 200, 60, angles)
	cos := func(degrees float64) string { return format.Similarity(math.Cos(degrees*math.Pi/180), 3) }
	a.Session.SetCursor(1, 2)
	uitest.Happen(t, a, uitest.Nothing)
	uitest.WantShown(t, a, cos(10), cos(30), "1 of 6", "2 of 3")
	a.Session.SetCursor(3, 1)
	uitest.Happen(t, a, uitest.Nothing)
	uitest.WantShown(t, a, "no vector", cos(80))
	a.Session.SetCursor(1, 1)
	uitest.Happen(t, a, uitest.Nothing)
	if text := strings.Join(m.pairTable(1, 1, 90), "\n"); strings.Contains(text, " of 6") || strings.Contains(text, "σ") {
		t.Errorf("a text beside itself has a place among all pairs:\n%s", text)
	}
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 30}))
	for _, c := range []struct {
		a, b int
		want string
	}{{1, 2, "glove@100 " + cos(10) + "  use-lite@512 " + cos(30)}, {3, 1, "glove@100 " + cos(80) + "  use-lite@512 –"}, {1, 3, "glove@100 " + cos(80) + "  use-lite@512 –"}} {
		a.Session.SetCursor(c.a, c.b)
		uitest.Happen(t, a, uitest.Nothing)
		lines := strings.Split(uitest.Plain(a), "\n")
		n := len(lines)
		if got := uitest.Flat(lines[n-3]); got != uitest.Flat(c.want) {
			t.Errorf("of texts %d and %d it is said %q, want %q", c.a+1, c.b+1, got, c.want)
		}
		if row, column := uitest.Flat(lines[n-5]), uitest.Flat(lines[n-4]); row != fmt.Sprintf("%d text number %d", c.a+1, c.a+1) || column != fmt.Sprintf("%d text number %d", c.b+1, c.b+1) {
			t.Errorf("the texts of row %d and column %d are %q and %q", c.a+1, c.b+1, row, column)
		}
	}
	// In a low window the first value is that of the matrix that is drawn.
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 40, H: 10}))
	for i, name := range []string{"glove@100", "use-lite@512"} {
		a.Session.SetFocus(i)
		a.Session.SetCursor(1, 2)
		uitest.Happen(t, a, uitest.Nothing)
		if values := m.values(1, 2, m.Body); !strings.Contains(uitest.Flat(values[0]), name) || !strings.HasPrefix(uitest.Flat(values[0]), name) {
			t.Errorf("model %d is drawn, and the values are %q", i+1, values)
		}
		uitest.WantShown(t, a, fmt.Sprintf("▸%d/2 ", i+1))
	}
}

func TestADifferenceSaysOfWhatAndInWhichUnit(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Glove: {0, 20, 30}, uitest.Use: {0, 60, 90}})
	uitest.Press(t, a, "f")
	uitest.WantShown(t, a, "glove@100 − use-lite@512", "use-lite@512 more similar ")
	if legend := uitest.Flat(m.legend(plot.CellAuto, 110)); !strings.HasPrefix(legend, "use-lite@512 more similar") || !strings.HasSuffix(legend, "glove@100 more similar") {
		t.Errorf("the scale is drawn as %q", legend)
	}
	for _, unit := range []struct{ said, exported, at string }{
		{"standardised difference, sd", "in standard deviations", " sd"}, {"difference of raw similarities", "of raw similarities", ""},
	} {
		e := m.differenceExport()
		v, _ := m.delta.At(m.Session.CursorA(), m.Session.CursorB())
		want := fmt.Sprintf("difference %+.3f", v)
		if unit.at != "" {
			want = fmt.Sprintf("difference %+.2f sd", v)
		}
		if text := m.deltaText(m.Session.CursorA(), m.Session.CursorB()); !strings.Contains(m.Status(), unit.said) || !strings.Contains(e.What, unit.exported) || text != want {
			t.Errorf("it is called %q, taken out as %q, and told as %q; want %q", m.Status(), e.What, text, want)
		}
		at := func(w int) string { return strings.TrimSpace(m.apartText(w)) }
		wide, narrow := " in raw similarities; | standardises", ", raw"
		if unit.at != "" {
			wide, narrow = " standard deviations; | shows raw ones", " sd"
		}
		if !strings.Contains(at(120), "largest difference ") || !strings.HasPrefix(at(12), "largest ") || !strings.HasSuffix(at(120), wide) || !strings.HasSuffix(at(12), narrow) {
			t.Errorf("how far they are apart is told as %q, and in little room as %q", at(120), at(12))
		}
		uitest.Press(t, a, "|")
	}
}

func TestOfThreeModelsItIsAskedWhichIsSubtracted(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Glove: {0, 20, 30}, uitest.Use: {0, 60, 90}, "local/ngrams@64": {0, 5, 7}})
	uitest.Press(t, a, "f")
	uitest.WantShown(t, a, "glove@100 minus …", "local/ngrams@64", "local/use-lite@512")
	uitest.Press(t, a, "down", "enter")
	if m.minuend != uitest.Glove || m.against != uitest.Use {
		t.Errorf("shown is %s minus %s", m.minuend, m.against)
	}
}

// A click goes to the cell that is drawn there, however far the matrix is scrolled, and to
// its model.
func TestAClickFindsTheCellOfAScrolledMatrix(t *testing.T) {
	a := settled(t, 120, 24, uitest.OptionsWith(t, uitest.Numbered(60), "local/ngrams@64", "local/ngrams@256"))
	uitest.Press(t, a, "3", "G", "end")
	m := a.Screen(ID).(*Screen)
	if m.top == 0 {
		t.Fatal("all rows are in sight")
	}
	p := m.laid.panels[1]
	uitest.Send(t, a, uitest.Click(p.heat.X+p.labels+1, 1+p.heat.Y+2))
	if row := m.rowOf(m.Session.DisplayOrder(), a.Session.CursorA()); row < m.top || a.Session.Focused() != 1 {
		t.Errorf("from row %d on are in sight, and the click leads to row %d of model %d", m.top+1, row+1, a.Session.Focused()+1)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelUp})
	if a.Session.Focused() != 1 {
		t.Error("the wheel changes the model in focus")
	}
	uitest.Press(t, a, "f")
	delta := m.laid.panels[len(m.laid.panels)-1]
	if !delta.difference {
		t.Fatal("no difference is shown")
	}
	before := m.minuend
	uitest.Send(t, a, uitest.Click(delta.heat.X+delta.labels+1, 1+delta.heat.Y+2))
	if m.minuend != before || m.against == "" {
		t.Errorf("a click on the difference turns %s into %s minus %q", before, m.minuend, m.against)
	}
}

func TestTheCostOfACutIsToldOfWhatWasCut(t *testing.T) {
	a := settled(t, 160, 40, uitest.LocalOptions(t))
	m := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "{", "{")
	if got := m.Status(); !strings.HasPrefix(got, "@128 of 512: ") {
		t.Errorf("after two cuts it is said %q", got)
	}
	uitest.Press(t, a, "tab")
	if got := m.Status(); strings.Contains(got, "nearest kept") {
		t.Errorf("of a model that was not cut it is said %q", got)
	}
	uitest.Press(t, a, "shift+tab")
	uitest.Press(t, a, "}", "}")
	if got := m.Status(); strings.Contains(got, "nearest kept") {
		t.Errorf("nothing is cut any more, and it is said %q", got)
	}
	uitest.Press(t, a, "{")
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	uitest.Press(t, a, "{")
	if got := m.Status(); strings.HasPrefix(got, "@128 of 512: ") && strings.Contains(got, "/36") {
		t.Errorf("of other texts it is said %q", got)
	}
}

// A length that another candidate of the model has is passed over.
func TestFewerDimensionsPassOverThoseOfAnotherCandidate(t *testing.T) {
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Hostile, uitest.Use, "local/use-lite@256"))
	uitest.Press(t, a, "3", "{")
	if got := a.Session.Candidates()[0].ID(); got != "local/use-lite@128" {
		t.Errorf("{ leads to %s", got)
	}
}

func TestGroupsOfOneTextEachAreNotPartedAndTheirNamesAreThere(t *testing.T) {
	var texts []corpus.Text
	for i, group := range []string{"a", "b", "c", "d", "", "e"} {
		texts = append(texts, corpus.Text{Text: fmt.Sprintf("text number %d", i), Group: group})
	}
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	uitest.Press(t, a, "3")
	if h := a.Screen(ID).(*Screen).heatmapFrame(); len(h.Breaks) != 0 {
		t.Errorf("%d rules part %d texts", len(h.Breaks), h.N)
	}
	if got := groupName(""); got != "no group" {
		t.Errorf("texts without a group are called %q", got)
	}
}

func TestNotablePairsGoRoundAndAreNumberedFromOne(t *testing.T) {
	a, _ := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 50}})
	for _, want := range []string{"Pair 1 of 3 by similarity: texts 1 and 2.", "Pair 2 of 3 by similarity: texts 2 and 3.", "Pair 3 of 3 by similarity: texts 1 and 3.", "Pair 1 of 3"} {
		uitest.Press(t, a, "n")
		uitest.WantNotice(t, a, want)
	}
	// Of two models a click in the list goes on from there.
	b, n := plane(t, 220, 60, map[string][]float64{uitest.Use: {0, 10, 50, 120}, uitest.Glove: {0, 80, 85, 90}})
	p := n.notable.pairs[1]
	head := len(n.asideHead(n.laid.aside.Size()))
	uitest.Send(t, b, uitest.Click(n.laid.aside.X+4, 1+n.laid.aside.Y+head+1+notableEach))
	if got := [2]int{b.Session.CursorA(), b.Session.CursorB()}; got != p {
		t.Errorf("a click on the second pair leads to %v, want %v", got, p)
	}
	line := uitest.LineWith(t, b, focusMark, " / ")
	if !strings.Contains(line, fmt.Sprintf("%d text number %d", p[0]+1, p[0]+1)) {
		t.Errorf("marked is %q", line)
	}
	uitest.Press(t, b, "n")
	uitest.WantNotice(t, b, "Disagreement 3 of ")
}

// While disagreements are looked for another screen may be shown: its cursor stays.
func TestADisagreementThatComesLateMovesNoOtherScreensCursor(t *testing.T) {
	a := settled(t, 100, 30, uitest.LocalOptions(t))
	uitest.Press(t, a, "3")
	_, later := a.Update(uitest.KeyPress("n"))
	uitest.Press(t, a, "2")
	at := [2]int{a.Session.CursorA(), a.Session.CursorB()}
	uitest.Settle(t, a, later)
	if now := [2]int{a.Session.CursorA(), a.Session.CursorB()}; now != at {
		t.Errorf("the cursor goes from %v to %v", at, now)
	}
}

func TestGoingToATextKeepsTheColumn(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 10, 50, 120}})
	a.Session.SetCursor(0, 2)
	uitest.Press(t, a, ui.KeyNumber.Keys()[0], "4", "enter")
	if x, y := a.Session.CursorA(), a.Session.CursorB(); x != 3 || y != 2 {
		t.Errorf("4 leads to row %d, column %d", x+1, y+1)
	}
	// The words may be in the text under the cursor: it goes on to the next.
	for _, c := range []struct {
		typed string
		at    int
		why   string
	}{{"number", 0, ""}, {"number", 0, ""}, {"2", 1, ""}, {"0", 0, "No text that is shown has the number 0."}, {"5", 0, "No text that is shown has the number 5."}, {" ", 0, "Type a number, or words of the text."}, {"zebra", 0, "No text has these words."}} {
		if at, why := m.textWith(c.typed); at != c.at || why != c.why {
			t.Errorf("%q leads to text %d, %q", c.typed, at+1, why)
		}
	}
	a.Session.SetCursor(1, 2)
	if at, _ := m.textWith("number"); at != 2 {
		t.Errorf("from text 2 words that all have lead to text %d", at+1)
	}
	a.Session.Select(true, 0, 1)
	a.Session.ShowSelection(true)
	if _, why := m.textWith("4"); why == "" {
		t.Error("a text that is not shown is gone to")
	}
}

// The texts of the report are those of the reduction.
func TestTheFarthestVectorIsNamedByItsNumber(t *testing.T) {
	s := uitest.NewShop()
	s.Tilt = 5
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@2"))
	uitest.Press(t, a, "E", "p")
	s.Knows = map[string]bool{}
	uitest.Press(t, a, "3", "+", "p")
	named := -1
	for i, x := range uitest.ShopTexts {
		if strings.Contains(uitest.Plain(a), fmt.Sprintf("farthest apart: text %d, %s", i+1, x.Text)) {
			named = i
		}
	}
	if named < 0 {
		t.Errorf("no text is named with its number:\n%s", uitest.Plain(a))
	}
}

func TestAReductionThatIsLeftIsStopped(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@2"))
	uitest.Press(t, a, "E", "p")
	s.Knows = map[string]bool{}
	uitest.Press(t, a, "3", "+")
	s.After, s.Meanwhile = 1, func() {
		uitest.WantShown(t, a, "Asking the server…", "esc stop and go back")
		uitest.Press(t, a, "esc")
	}
	uitest.Press(t, a, "p")
	if n, last := len(a.Session.Requests().Paid()), s.Asked[len(s.Asked)-1]; n != 0 || len(last) != 1 {
		t.Errorf("%d requests go on, and the last one sent %d texts", n, len(last))
	}
}

func TestTheLegendSaysWhoseScaleItIs(t *testing.T) {
	a, m := plane(t, 160, 40, map[string][]float64{uitest.Glove: {0, 20, 30}, uitest.Use: {0, 60, 90}})
	legend := func() string { return uitest.Flat(m.legend(plot.CellAuto, 150)) }
	if got := legend(); !strings.HasSuffix(got, "most similar scale of glove@100 (each model has its own)") {
		t.Errorf("the scale is %q", got)
	}
	uitest.Press(t, a, "|")
	if got := legend(); !strings.HasSuffix(got, "most similar one scale for all") {
		t.Errorf("the scale is %q", got)
	}
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/glove", Dimensions: 100}))
	uitest.Happen(t, a, uitest.Nothing)
	if got := legend(); !strings.HasSuffix(got, "most similar") {
		t.Errorf("the scale of the only model is %q", got)
	}
}

func TestWhatIsTakenOutOfADifferenceIsTheMatrix(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Glove: {0, 60}, uitest.Use: {0, 90}})
	uitest.Press(t, a, "f", "|")
	f, _ := m.differenceExport().Format("x.tsv")
	var out bytes.Buffer
	if _, err := f.Write(t.Context(), &out); err != nil || !strings.Contains(out.String(), "0.5") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestTheValueThatCanBeCopiedIsNamed(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Glove: {0, 60}, uitest.Use: {0, math.NaN()}})
	a.Session.SetCursor(0, 1)
	if got := m.valueText(); got != "the value 0.500 of glove@100" {
		t.Errorf("it is called %q", got)
	}
	a.Session.SetFocus(1)
	if got, why := m.valueText(), m.lacksValue(); got != "the value under the cursor" || why != "use-lite@512 has no vector of a text" {
		t.Errorf("it is called %q, and of it is said %q", got, why)
	}
}

// What float32 alone makes 1 is no 1 in the cells either.
func TestACellIsOneOnlyForTheSameVector(t *testing.T) {
	a, m := plane(t, 120, 40, map[string][]float64{uitest.Use: {0, 0.005, 0}})
	c := a.Session.Ready()[0]
	if rounded, _ := c.Result.Matrix.At(0, 1); rounded != 1 {
		t.Fatalf("float32 tells %v from 1", rounded)
	}
	at := belowOne(c.Result.Matrix)
	for pair, want := range map[[2]int]string{{0, 1}: "0.999", {0, 2}: "1.000", {1, 2}: "0.999", {1, 1}: "1.000"} {
		v, ok := at(pair[0], pair[1])
		if got := format.Similarity(v, 3); !ok || got != want || got != format.Similarity(c.Result.Vectors.Similarity(pair[0], pair[1]), 3) {
			t.Errorf("texts %v: %s, want %s", pair, got, want)
		}
	}
	h := m.heatmap(c, panel{}, []int{0, 1, 2})
	if v, _ := h.At(0, 1); v == 1 {
		t.Error("the cell is 1")
	}
}
