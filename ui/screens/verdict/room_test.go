package verdict

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// blank is the share of the screen's lines that have nothing on them, by halves of lines, so
// that an empty half counts.
func blank(a *shell.App) float64 {
	empty, all := 0, 0
	for _, l := range strings.Split(uitest.Plain(a), "\n") {
		r := []rune(l)
		for _, half := range [][]rune{r[:len(r)/2], r[len(r)/2:]} {
			if all++; strings.Trim(string(half), " │") == "" {
				empty++
			}
		}
	}
	return float64(empty) / float64(all)
}

// A wide window is used, with labels and without.
func TestAWideWindowIsUsed(t *testing.T) {
	for name, o := range map[string]func(testing.TB) shell.Options{
		"with groups":    func(t testing.TB) shell.Options { return withSet(t, "near-duplicates") },
		"with six":       func(t testing.TB) shell.Options { return sixModels(withSet(t, "near-duplicates")) },
		"without labels": func(t testing.TB) shell.Options { return unlabelledOptions(t) },
	} {
		t.Run(name, func(t *testing.T) {
			a := settled(t, 200, 60, o(t))
			uitest.Press(t, a, "5")
			if share := blank(a); share > 1./3 {
				t.Errorf("%.2f of the screen is empty:\n%s", share, uitest.Plain(a))
			}
		})
	}
}

// sixModels compares six in place of three.
func sixModels(o shell.Options) shell.Options {
	o.State.Candidates = append(o.State.Candidates, "local/use-lite@64", "local/glove@50", "local/ngrams@256")
	return o
}

// unlabelledOptions are texts of a set without what labels them.
func unlabelledOptions(t testing.TB) shell.Options {
	o := withSet(t, "tickets")
	for i := range o.State.Texts {
		o.State.Texts[i].Group = ""
	}
	return o
}

// What has no room beside how to label ends with the key that shows all of it.
func TestWhatHasNoRoomBesideHowToLabelEndsWithTheKeyThatShowsIt(t *testing.T) {
	o := unlabelledOptions(t)
	for _, d := range []int{480, 448, 416, 384, 352, 320, 288, 256, 224} {
		o.State.Candidates = append(o.State.Candidates, fmt.Sprint("local/use-lite@", d))
	}
	a := settled(t, 200, 34, o)
	uitest.Press(t, a, "5")
	s := a.Screen(ID).(*Screen)
	lines := s.drawBeside(ui.Size{W: 200, H: 14})
	if last := []rune(ansi.Strip(lines[len(lines)-1])); !strings.HasSuffix(strings.TrimRight(string(last[:200-howWidth-2]), " "), "… F") || !strings.HasSuffix(strings.TrimRight(string(last), " "), "… F") {
		t.Errorf("the last line is %q", string(last))
	}
}

// Without labels the screen offers the pairs that tell most, and N marks them at once.
func TestWithoutLabelsPairsToMarkAreOfferedAndNMarksThem(t *testing.T) {
	a := settled(t, 120, 40, uitest.OptionsWith(t, uitest.Texts("a cat purrs", "the cat is purring", "stocks fell", "the market dropped", "a market for cats"), "local/use-lite@512", "local/ngrams@4096"))
	uitest.Press(t, a, "5")
	uitest.WantShown(t, a, "Pairs that tell most when labelled", "N mark pairs…")
	uitest.Press(t, a, "N")
	uitest.WantShown(t, a, "Same or different?", "models hidden")
	uitest.Press(t, a, "=", "#", "#", "esc")
	wantSaid(t, a, "3 labelled pairs")
}

// What the row under the cursor gets wrong stands under the table.
func TestWhatARowGetsWrongStandsUnderTheTable(t *testing.T) {
	a := settled(t, 80, 24, withSet(t, "paraphrase-traps"))
	uitest.Press(t, a, "5")
	uitest.WantShown(t, a, "glove@100: 13 texts whose nearest text is of another group", "nearest, 1.000: trap-01-trap", "… more: enter")
	uitest.Press(t, a, "end")
	uitest.WantShown(t, a, "ngrams@4096: ")
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 120, H: 40}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
	}
}

// Of thousands of labelled texts no more is written than has room, however many groups they are of.
func TestUnderTheTableNoMoreIsWrittenThanHasRoom(t *testing.T) {
	var texts []corpus.Text
	for i := range 600 {
		texts = append(texts, corpus.Text{Text: fmt.Sprint("order ", i%7, " of ", i), Group: fmt.Sprint("group ", i%200)})
	}
	a := settled(t, 200, 60, uitest.OptionsWith(t, texts, "local/ngrams@64"))
	uitest.Press(t, a, "5")
	s := a.Screen(ID).(*Screen)
	o := opened{a.Session.Verdict().Trial(), a.Session.Verdict().Findings(), *s.row(), a.Session.Texts(), nil}
	for name, write := range map[string]func(d *widget.DetailText, most int){
		"what is wrong": func(d *widget.DetailText, most int) { s.failures(o, "ngrams", d, most) },
		"groups":        func(d *widget.DetailText, most int) { s.slices(o.trial, &o.row, o.texts, d, most) },
	} {
		all, some := &widget.DetailText{W: 100, Theme: s.Theme}, &widget.DetailText{W: 100, Theme: s.Theme}
		write(all, noEnd)
		if write(some, 20); len(all.Lines) < 200 || len(some.Lines) <= 20 || len(some.Lines) > 25 || !slices.Equal(some.Lines, all.Lines[:len(some.Lines)]) {
			t.Errorf("%s: %d lines of %d", name, len(some.Lines), len(all.Lines))
		}
	}
	if l := s.layout(s.Body); len(s.under.wrong) != l.wrong.H || len(s.under.figures) != l.figures.H {
		t.Errorf("%d and %d lines are in %+v", len(s.under.wrong), len(s.under.figures), l)
	}
}

// What the row under the cursor costs stands beside the table for as many documents as are
// asked for now.
func TestWhatStandsBelowFollowsTheNumberOfDocuments(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4")
	o.State.Texts = nil
	for i, words := range []string{"a cat purrs", "the cat is purring", "stocks fell", "the market dropped today", "rain", "a rainy evening in town"} {
		o.State.Texts = append(o.State.Texts, config.Text{Text: words, Group: []string{"cats", "money", "weather"}[i/2]})
	}
	a := settled(t, 200, 60, o)
	uitest.Press(t, a, "E", "p")
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	for range 6 {
		if strings.Contains(uitest.Plain(a), "documents of their length") {
			break
		}
		uitest.Press(t, a, "down")
	}
	flat := func() string { return uitest.Flat(a.Draw()) }
	if !strings.Contains(flat(), "for 1,000,000 documents") {
		t.Fatalf("it is not said what a million documents cost:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "t")
	uitest.Letters(t, a, "2000000")
	uitest.Press(t, a, "enter")
	if !strings.Contains(flat(), "for 2,000,000 documents") {
		t.Errorf("of two million it is not said:\n%s", uitest.Plain(a))
	}
}

// What stands below is made anew where anything that it is made of is other than before.
func TestWhatStandsBelowFollowsAllThatItIsMadeOf(t *testing.T) {
	s := screenOfVerdict(t, 200, 60, "polysemy")
	s.fitUnder()
	made := s.under
	if len(made.wrong) == 0 || len(made.figures) == 0 {
		t.Fatal("nothing stands below")
	}
	if l := s.layout(s.Body); made.of.wrong != l.wrong || made.of.figures != l.figures {
		t.Errorf("it is made for %+v and %+v, and has %+v and %+v", made.of.wrong, made.of.figures, l.wrong, l.figures)
	}
	for name, change := range map[string]func(of *underOf){
		"the trial": func(of *underOf) { of.trial = nil }, "the findings": func(of *underOf) { of.findings = nil }, "the row": func(of *underOf) { of.row = "" },
		"the room under the table": func(of *underOf) { of.wrong.H-- }, "the room of figures": func(of *underOf) { of.figures.H-- },
		"the theme": func(of *underOf) { of.theme = nil }, "its darkness": func(of *underOf) { of.dark = !of.dark }, "the documents": func(of *underOf) { of.many++ },
	} {
		s.under = under{of: made.of}
		if change(&s.under.of); s.under.of == made.of {
			t.Fatalf("%s did not change", name)
		}
		if s.fitUnder(); !slices.Equal(s.under.wrong, made.wrong) || !slices.Equal(s.under.figures, made.figures) {
			t.Errorf("where %s changes it stays", name)
		}
	}
	if s.under = (under{of: made.of}); s.under.wrong != nil {
		t.Fatal("there are lines")
	}
	if s.fitUnder(); s.under.wrong != nil {
		t.Error("it is made anew although nothing changed")
	}
}
