package matrices

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestMatricesFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": uitest.Hostile, "none": nil, "one": uitest.Hostile[:1]}
	for name, texts := range sets {
		a := settled(t, 80, 24, uitest.OptionsWith(t, texts, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for _, s := range []ui.Size{{W: 40, H: 7}, {W: 60, H: 12}, {W: 80, H: 21}, {W: 200, H: 57}, {W: 120, H: 37}} {
			for _, key := range []string{"v", "o", "r", "z", "d"} {
				t.Run(fmt.Sprintf("%s/%dx%d/%s", name, s.W, s.H, key), func(t *testing.T) {
					uitest.Press(t, a, key)
					uitest.CheckFrame(t, strings.Join(a.Screen(ID).View(s), "\n"), s)
				})
			}
		}
	}
}

func TestCursorMovesInAllMatricesTogether(t *testing.T) {
	a := settled(t, 120, 40, uitest.LocalOptions(t))
	uitest.Press(t, a, "j", "j", "h", "l")
	if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != [2]int{2, 2} {
		t.Fatalf("the cursor is at %v, want text 3 in row and column", got)
	}
	uitest.Press(t, a, "G", "home")
	if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != [2]int{35, 0} {
		t.Fatalf("G and home lead to %v, want last row, first column", got)
	}
	screen := ansi.Strip(a.Draw())
	for _, want := range []string{"36 ", "use-lite@512 ", "glove@100 ", "ngrams@4096 "} {
		if !strings.Contains(screen, want) {
			t.Errorf("the pair under the cursor lacks %q:\n%s", want, screen)
		}
	}
}

func TestFewerDimensionsAreDerivedAndSaySo(t *testing.T) {
	a := settled(t, 160, 40, uitest.LocalOptions(t))
	uitest.Press(t, a, "{")
	if got := a.Session.Candidates()[0].ID(); got != "local/use-lite@256" {
		t.Fatalf("{ leads to %s, want local/use-lite@256", got)
	}
	first := a.Session.States()[0]
	if first.Phase != session.PhaseReady || !first.Result.Derived || first.Result.Vectors.Dim() != 256 {
		t.Fatalf("the shorter vectors are in phase %d, want derived ones of 256", first.Phase)
	}
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "local/use-lite@256 derived, not trained for it") {
		t.Errorf("the matrix does not say that it is derived:\n%s", screen)
	}
	if got := a.Screen(ID).(ui.Statuser).Status(); !strings.HasPrefix(got, "@256 of 512: nearest kept 3") || !strings.Contains(got, "/36, rank correlation 0.9") {
		t.Errorf("what the cut costs is said as %q", got)
	}
	uitest.Press(t, a, "}")
	if got := a.Session.Candidates()[0].ID(); got != "local/use-lite@512" {
		t.Errorf("} leads to %s, want local/use-lite@512", got)
	}
	if got := a.Screen(ID).(ui.Statuser).Status(); strings.Contains(got, "kept") {
		t.Errorf("nothing is cut, and the status is %q", got)
	}
}

func TestNGramsComputesItsOwnFewerDimensions(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, "local/ngrams@1024"))
	if c := a.Session.States()[0]; c.Result.Derived || c.Result.Vectors.Dim() != 1024 {
		t.Errorf("ngrams@1024 has %d dimensions, derived %v; it hashes into 1024 places itself", c.Result.Vectors.Dim(), c.Result.Derived)
	}
}

func TestTextsStandByGroupElseBySimilarityUntilThePersonChooses(t *testing.T) {
	words := uitest.Texts("The cat sat on the mat.", "Shares fell sharply on Monday.", "The cat sat on a mat.")
	groups := slices.Clone(words)
	groups[0].Group, groups[2].Group = "cats", "cats"
	for want, texts := range map[session.OrderMode][]corpus.Text{session.OrderSimilarity: words, session.OrderGroup: groups} {
		o := uitest.OptionsWith(t, texts, uitest.Use, uitest.Glove)
		a := settled(t, 100, 30, o)
		if got := a.Session.DisplayOrder(); a.Session.Order() != want || !slices.Equal(got, []int{0, 2, 1}) {
			t.Errorf("the order is %q, %v, want %q", a.Session.Order().Key(), got, want.Key())
		}
		if key := a.State().Order; key != "" {
			t.Errorf("%q is remembered as if it had been chosen", key)
		}
		o.State.Order = session.OrderGiven.Key()
		if a = settled(t, 100, 30, o); a.Session.Order() != session.OrderGiven {
			t.Errorf("the order that was chosen has become %q", a.Session.Order().Key())
		}
	}
}

func TestEveryCandidateHasItsOwnRangeUntilThePersonChooses(t *testing.T) {
	o := uitest.LocalOptions(t)
	a := settled(t, 120, 40, o)
	status := func() string { return a.Screen(ID).(ui.Statuser).Status() }
	if got := status(); !strings.Contains(got, "a scale each") {
		t.Errorf("at first the status is %q", got)
	}
	uitest.Press(t, a, ui.KeyEach.Keys()[0])
	o.State = a.State()
	if a = settled(t, 120, 40, o); !strings.Contains(status(), "one scale for all") {
		t.Errorf("one scale for all is forgotten: %q", status())
	}
}

func TestTheRangeOfOneModelIsItsOwn(t *testing.T) {
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("a cat", "a bond", "two cats"), uitest.Use))
	uitest.Press(t, a, "3")
	drawn := uitest.Plain(a)
	if !strings.Contains(drawn, "its own range") || strings.Contains(drawn, "for all") || strings.Contains(drawn, "each has") {
		t.Errorf("there is one model:\n%s", drawn)
	}
}

func TestOrderBySimilarityPutsLikeTextsTogether(t *testing.T) {
	texts := []corpus.Text{
		{Text: "The cat sat on the mat.", Group: "b"}, {Text: "Shares fell sharply on Monday.", Group: "a"},
		{Text: "The cat sat on a mat.", Group: "b"}, {Text: "Shares fell very sharply on Monday.", Group: "a"},
	}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, "local/use-lite@512"))
	if got := a.Session.DisplayOrder(); !slices.Equal(got, []int{0, 2, 1, 3}) {
		t.Errorf("by group the texts stand %v", got)
	}
	uitest.Press(t, a, ui.KeySortNext.Keys()[0])
	order := a.Session.DisplayOrder()
	near := func(i, j int) bool {
		return session.IndexIn(order, i)-session.IndexIn(order, j) == 1 || session.IndexIn(order, j)-session.IndexIn(order, i) == 1
	}
	if !near(0, 2) || !near(1, 3) {
		t.Errorf("by similarity the texts stand %v", order)
	}
	if status := a.Screen(ID).(ui.Statuser).Status(); !strings.Contains(status, "order: similarity in use-lite@512") {
		t.Errorf("the status line says %q", status)
	}
}

func TestDifferenceOfTwoCandidates(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "local/ngrams@4096"))
	uitest.Press(t, a, "f")
	m := a.Screen(ID).(*Screen)
	d := m.delta
	if d == nil {
		t.Fatal("d shows no difference")
	}
	states := a.Session.States()
	x, _ := states[0].Result.Matrix.At(0, 6)
	y, _ := states[1].Result.Matrix.At(0, 6)
	of := [2]compare.Background{states[0].Result.Scan.Background, states[1].Result.Scan.Background}
	if v, _ := d.At(0, 6); math.Abs(v-((x-of[0].Mean)/of[0].SD-(y-of[1].Mean)/of[1].SD)) > 1e-9 {
		t.Errorf("the difference of standardised similarities is %v", v)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, " sd") || !strings.Contains(drawn, "standardised difference") {
		t.Errorf("nothing says what the numbers are:\n%s", drawn)
	}
	uitest.Press(t, a, ui.KeyEach.Keys()[0])
	d = m.delta
	if v, ok := d.At(0, 6); !ok || v != x-y {
		t.Errorf("the difference is %v, want %v", v, x-y)
	}
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "use-lite@512 − ngrams@4096") {
		t.Errorf("the difference has no title:\n%s", screen)
	}
	uitest.Press(t, a, "esc")
	if m.delta != nil {
		t.Error("esc does not leave the difference")
	}
}

func TestTextsWithoutVectorAreGapsNotFailures(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, "local/glove@100"))
	c := a.Session.States()[0]
	if c.Phase != session.PhaseReady {
		t.Fatalf("glove is in phase %d: %v", c.Phase, c.Err)
	}
	if _, ok := c.Result.Matrix.At(0, 1); ok {
		t.Error("a Japanese text has a similarity under an English model")
	}
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "without a vector") {
		t.Errorf("the gap is not explained:\n%s", screen)
	}
}

func TestCandidateWithoutKeyShowsWhichVariableToSet(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, uitest.Hostile, "local/glove@100", "nanogpt/BAAI/bge-m3@1024"))
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "NANOGPT_API_KEY") {
		t.Errorf("the candidate does not name the variable:\n%s", screen)
	}
}

func TestResizingLosesNoSelection(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	uitest.Press(t, a, "j", "j", "j", "l", "l", "tab")
	m := a.Screen(ID).(*Screen)
	before := [3]int{a.Session.CursorA(), a.Session.CursorB(), m.Session.Focused()}
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 10, H: 5}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(s))
	}
	if got := [3]int{a.Session.CursorA(), a.Session.CursorB(), m.Session.Focused()}; got != before {
		t.Errorf("the selection was %v and is %v", before, got)
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 200, H: 60})
}

func TestSettingsSayHowMatricesAreDrawnUntilThePersonDoes(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Settings.ColorScale, o.Settings.Cells = "cividis", "numbers"
	a := settled(t, 80, 24, o)
	status := func() string { return a.Screen(ID).(ui.Statuser).Status() }
	if got := status(); !strings.Contains(got, "cividis · cells: numbers") {
		t.Errorf("with nothing remembered the matrices are drawn in %q", got)
	}
	uitest.Press(t, a, "V")
	o.State = a.State()
	if a = settled(t, 80, 24, o); !strings.Contains(status(), "grey · cells: numbers") {
		t.Errorf("what was chosen is forgotten: %q", status())
	}
}

func TestClickSelectsTheCellUnderIt(t *testing.T) {
	a := settled(t, 200, 60, uitest.LocalOptions(t))
	m := a.Screen(ID).(*Screen)
	p := m.grid(a.Body).panels[1]
	h := m.frame
	h.LabelWidth = p.labels
	g := h.Fit(p.heat.W, p.heat.H)
	x, y := p.heat.X+g.X+5*g.CellWidth, 1+p.heat.Y+g.Y+7
	uitest.Send(t, a, uitest.Click(x, y))
	if got := [3]int{a.Session.CursorA(), a.Session.CursorB(), m.Session.Focused()}; got != [3]int{7, 5, 1} {
		t.Errorf("the click selects row, column, candidate %v, want 7 5 1", got)
	}
}

func TestCursorShowsWithoutColour(t *testing.T) {
	a := settled(t, 100, 30, uitest.LocalOptions(t))
	a.SetTheme(true, colorprofile.ASCII)
	if screen := a.Draw(); strings.Contains(screen, "38;2;") || strings.Contains(screen, "48;2;") {
		t.Error("there are colours in a window that must have none")
	} else if !strings.Contains(screen, "\x1b[7m") {
		t.Error("no cell stands out in reverse")
	}
}

func TestNarrowTitlesKeepDimensionsAndDerived(t *testing.T) {
	ids := []string{"local/use-lite@512", "local/use-lite@256", "local/use-lite@128", "local/use-lite@64", "local/use-lite@32", "local/use-lite@16"}
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, ids...))
	m := a.Screen(ID).(*Screen)
	for _, w := range []int{11, 14, 18, 24, 40} {
		for i, c := range m.Session.States() {
			titles := m.titles(c, panel{candidate: i, rect: ui.Rect{W: w, H: 10}}, 2)
			text := ansi.Strip(strings.Join(titles, "|"))
			if !strings.Contains(text, fmt.Sprintf("@%d", c.Dimensions)) || strings.Contains(text, "derived") != (i > 0) {
				t.Errorf("at %d columns the title of %s is %q", w, c.ID(), text)
			}
		}
	}
}

func TestGroupsAreNamedAndStandApart(t *testing.T) {
	texts := uitest.Texts("a cat purrs", "stocks fell", "the kitten sleeps", "markets went down")
	for i := range texts {
		texts[i].Group = []string{"cats", "money"}[i%2]
	}
	a := settled(t, 120, 42, uitest.OptionsWith(t, texts, uitest.Use, uitest.Glove))
	uitest.Press(t, a, "3")
	if drawn := uitest.Plain(a); strings.Count(drawn, "cats  ") != 2 || strings.Count(drawn, "money  ") != 2 {
		t.Errorf("the groups are not named over their rows:\n%s", drawn)
	}
	uitest.Press(t, a, ui.KeySortNext.Keys()[0])
	if drawn := uitest.Plain(a); strings.Contains(drawn, "money") {
		t.Errorf("by similarity a group is named:\n%s", drawn)
	}
}

func TestOneTextMakesNoMatrix(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a text alone"), uitest.Use, uitest.Glove))
	uitest.Press(t, a, "3")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "One text makes no matrix: on Texts a adds another") || strings.Contains(drawn, "least similar") {
		t.Errorf("a pair is shown that does not exist:\n%s", drawn)
	}
	uitest.Press(t, a, "enter")
	uitest.WantShown(t, a, "needs two texts")
}
