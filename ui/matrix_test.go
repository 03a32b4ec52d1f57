package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
)

// hostile are texts that have broken other programs' frames.
var hostile = []corpus.Text{
	{Text: "plain words to compare with"},
	{Text: "漢字とかなの文章です", Group: "日本語"},
	{Text: "emoji 👩‍👩‍👧‍👦 and flags 🇩🇪 in a row", Group: "emoji"},
	{Text: "e\u0301 combining a\u030a marks"},
	{Text: "نص عربي من اليمين إلى اليسار", Group: "rtl"},
	{Text: "escape \x1b[31mred\x1b[0m \x1b]0;title\x07 sequences"},
	{Text: "tabs\tand\nnew lines\r\nhere"},
	{Text: strings.Repeat("very long text ", 300)},
}

func optionsWith(t testing.TB, texts []corpus.Text, candidates ...string) Options {
	o := localOptions(t)
	o.State = config.State{Version: 1, Threshold: 0.95, Candidates: candidates}
	for _, x := range texts {
		o.State.Texts = append(o.State.Texts, config.Text(x))
	}
	return o
}

func TestMatricesFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": hostile, "none": nil, "one": hostile[:1]}
	for name, texts := range sets {
		a := settled(t, 80, 24, optionsWith(t, texts, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for _, s := range []size{{40, 7}, {60, 12}, {80, 21}, {200, 57}, {120, 37}} {
			for _, key := range []string{"v", "o", "r", "z", "d"} {
				t.Run(fmt.Sprintf("%s/%dx%d/%s", name, s.w, s.h, key), func(t *testing.T) {
					press(t, a, key)
					checkFrame(t, strings.Join(a.screen(screenMatrix).view(s), "\n"), s)
				})
			}
		}
	}
}

func TestCursorMovesInAllMatricesTogether(t *testing.T) {
	a := settled(t, 120, 40, localOptions(t))
	press(t, a, "j", "j", "l")
	if got := [2]int{a.store.cursorA, a.store.cursorB}; got != [2]int{2, 2} {
		t.Fatalf("the cursor is at %v, want text 3 in row and column", got)
	}
	press(t, a, "G", "home")
	if got := [2]int{a.store.cursorA, a.store.cursorB}; got != [2]int{35, 0} {
		t.Fatalf("G and home lead to %v, want last row, first column", got)
	}
	screen := ansi.Strip(a.draw())
	for _, want := range []string{"36 ", "use-lite@512 ", "glove@100 ", "ngrams@4096 "} {
		if !strings.Contains(screen, want) {
			t.Errorf("the pair under the cursor lacks %q:\n%s", want, screen)
		}
	}
}

func TestFewerDimensionsAreDerivedAndSaySo(t *testing.T) {
	a := settled(t, 160, 40, localOptions(t))
	press(t, a, "{")
	if got := a.store.candidates[0].ID(); got != "local/use-lite@256" {
		t.Fatalf("{ leads to %s, want local/use-lite@256", got)
	}
	first := a.store.states()[0]
	if first.phase != phaseReady || !first.result.Derived || first.result.Vectors.Dim() != 256 {
		t.Fatalf("the shorter vectors are in phase %d, want derived ones of 256", first.phase)
	}
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "local/use-lite@256 derived, not trained for it") {
		t.Errorf("the matrix does not say that it is derived:\n%s", screen)
	}
	press(t, a, "}")
	if got := a.store.candidates[0].ID(); got != "local/use-lite@512" {
		t.Errorf("} leads to %s, want local/use-lite@512", got)
	}
}

func TestNGramsComputesItsOwnFewerDimensions(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, "local/ngrams@1024"))
	if c := a.store.states()[0]; c.result.Derived || c.result.Vectors.Dim() != 1024 {
		t.Errorf("ngrams@1024 has %d dimensions, derived %v; it hashes into 1024 places itself", c.result.Vectors.Dim(), c.result.Derived)
	}
}

func TestOrderBySimilarityPutsLikeTextsTogether(t *testing.T) {
	texts := []corpus.Text{
		{Text: "The cat sat on the mat.", Group: "b"}, {Text: "Shares fell sharply on Monday.", Group: "a"},
		{Text: "The cat sat on a mat.", Group: "b"}, {Text: "Shares fell very sharply on Monday.", Group: "a"},
	}
	a := settled(t, 100, 30, optionsWith(t, texts, "local/use-lite@512"))
	press(t, a, "o")
	if got := a.store.displayOrder(); !slices.Equal(got, []int{0, 2, 1, 3}) {
		t.Errorf("by group the texts stand %v", got)
	}
	press(t, a, "o")
	order := a.store.displayOrder()
	near := func(i, j int) bool {
		return indexIn(order, i)-indexIn(order, j) == 1 || indexIn(order, j)-indexIn(order, i) == 1
	}
	if !near(0, 2) || !near(1, 3) {
		t.Errorf("by similarity the texts stand %v", order)
	}
	if status := a.screen(screenMatrix).status(); !strings.Contains(status, "by similarity in use-lite@512") {
		t.Errorf("the status line says %q", status)
	}
}

func TestDifferenceOfTwoCandidates(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, "local/use-lite@512", "local/ngrams@4096"))
	press(t, a, "d")
	m := a.screen(screenMatrix).(*matrixScreen)
	d := m.delta
	if d == nil {
		t.Fatal("d shows no difference")
	}
	states := a.store.states()
	x, _ := states[0].result.Matrix.At(0, 1)
	y, _ := states[1].result.Matrix.At(0, 1)
	if v, ok := d.At(0, 1); !ok || v != x-y {
		t.Errorf("the difference is %v, want %v", v, x-y)
	}
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "use-lite@512 − ngrams@4096") {
		t.Errorf("the difference has no title:\n%s", screen)
	}
	press(t, a, "esc")
	if m.delta != nil {
		t.Error("esc does not leave the difference")
	}
}

func TestTextsWithoutVectorAreGapsNotFailures(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, "local/glove@100"))
	c := a.store.states()[0]
	if c.phase != phaseReady {
		t.Fatalf("glove is in phase %d: %v", c.phase, c.err)
	}
	if _, ok := c.result.Matrix.At(0, 1); ok {
		t.Error("a Japanese text has a similarity under an English model")
	}
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "without a vector") {
		t.Errorf("the gap is not explained:\n%s", screen)
	}
}

func TestCandidateWithoutKeyShowsWhichVariableToSet(t *testing.T) {
	a := settled(t, 160, 40, optionsWith(t, hostile, "local/glove@100", "nanogpt/BAAI/bge-m3@1024"))
	if screen := ansi.Strip(a.draw()); !strings.Contains(screen, "NANOGPT_API_KEY") {
		t.Errorf("the candidate does not name the variable:\n%s", screen)
	}
}

func TestResizingLosesNoSelection(t *testing.T) {
	a := settled(t, 200, 60, localOptions(t))
	press(t, a, "j", "j", "j", "l", "l", "tab")
	m := a.screen(screenMatrix).(*matrixScreen)
	before := [3]int{a.store.cursorA, a.store.cursorB, m.store.focus}
	for _, s := range []size{{40, 10}, {10, 5}, {200, 60}} {
		send(t, a, windowSize(s))
	}
	if got := [3]int{a.store.cursorA, a.store.cursorB, m.store.focus}; got != before {
		t.Errorf("the selection was %v and is %v", before, got)
	}
	checkFrame(t, a.draw(), size{200, 60})
}

func TestClickSelectsTheCellUnderIt(t *testing.T) {
	a := settled(t, 200, 60, localOptions(t))
	m := a.screen(screenMatrix).(*matrixScreen)
	p := m.grid(a.body).panels[1]
	h := Heatmap{N: 36, Ramp: a.theme.ramp(m.ramp), LabelWidth: p.labels}
	g := h.Fit(p.heat.w, p.heat.h)
	x, y := p.heat.x+g.X+5*g.CellWidth, 1+p.heat.y+g.Y+7
	send(t, a, click(x, y))
	if got := [3]int{a.store.cursorA, a.store.cursorB, m.store.focus}; got != [3]int{7, 5, 1} {
		t.Errorf("the click selects row, column, candidate %v, want 7 5 1", got)
	}
}

func TestCursorShowsWithoutColour(t *testing.T) {
	a := settled(t, 100, 30, localOptions(t))
	a.setTheme(true, colorprofile.ASCII)
	if screen := a.draw(); strings.Contains(screen, "38;2;") || strings.Contains(screen, "48;2;") {
		t.Error("there are colours in a window that must have none")
	} else if !strings.Contains(screen, "\x1b[7m") {
		t.Error("no cell stands out in reverse")
	}
}

func TestNarrowTitlesKeepDimensionsAndDerived(t *testing.T) {
	ids := []string{"local/use-lite@512", "local/use-lite@256", "local/use-lite@128", "local/use-lite@64", "local/use-lite@32", "local/use-lite@16"}
	a := settled(t, 80, 24, optionsWith(t, hostile, ids...))
	m := a.screen(screenMatrix).(*matrixScreen)
	for _, w := range []int{11, 14, 18, 24, 40} {
		for i, c := range m.store.states() {
			titles := m.titles(c, panel{candidate: i, rect: rect{w: w, h: 10}}, 2)
			text := ansi.Strip(strings.Join(titles, "|"))
			if !strings.Contains(text, fmt.Sprintf("@%d", c.Dimensions)) || strings.Contains(text, "derived") != (i > 0) {
				t.Errorf("at %d columns the title of %s is %q", w, c.ID(), text)
			}
		}
	}
}
