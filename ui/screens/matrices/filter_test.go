package matrices

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestTheFilterLeavesRowsAndColumns filters the built-in traps by a word, by a group and by
// words that no two texts have, in a large and in a small window.
func TestTheFilterLeavesRowsAndColumns(t *testing.T) {
	set, _ := corpus.FindSet(corpus.ParaphraseTraps)
	a := settled(t, 120, 40, uitest.OptionsWith(t, set.Texts, uitest.Use, uitest.Glove))
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	for _, z := range []ui.Size{{W: 120, H: 40}, {W: 80, H: 24}, {W: 40, H: 10}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.Press(t, a, "/")
		uitest.Letters(t, a, "kettle")
		uitest.WantShown(t, a, "2 of 36")
		if at := []int{a.Session.CursorA(), a.Session.CursorB()}; m.frame.N != 2 || at[0]%2 != 0 || at[1]%2 != 0 || max(at[0], at[1]) > 2 {
			t.Errorf("%v: %d rows are left, and the cursor is on %v", z, m.frame.N, at)
		}
		uitest.Press(t, a, "enter", "right", "down")
		uitest.CheckFrame(t, a.Draw(), z)
		c, _ := m.Command()
		if lacks := strings.Join(c.Lacks, ""); !strings.Contains(lacks, "not only those of the filter") {
			t.Errorf("the command is said to lack %q", lacks)
		}
		uitest.Press(t, a, "esc")
		if m.frame.N != 36 {
			t.Errorf("%v: esc leaves %d rows", z, m.frame.N)
		}
	}
	a.Current().(ui.Filterer).Filter("no such words")
	uitest.Happen(t, a, uitest.Nothing)
	uitest.WantShown(t, a, "Fewer than two texts")
	if m.needsPair() == "" || m.Under() != nil {
		t.Error("there is a pair although nothing is shown")
	}
	a.Current().(ui.Filterer).Filter("trap-02")
	uitest.Happen(t, a, uitest.Nothing)
	if m.frame.N != 3 {
		t.Errorf("an id leaves %d rows", m.frame.N)
	}
	// What leads to a text that the filter leaves out ends it.
	uitest.Press(t, a, "t")
	uitest.Letters(t, a, "36")
	uitest.Press(t, a, "enter")
	if a.Session.CursorA() != 35 || m.frame.N != 36 {
		t.Errorf("going to text 36 leads to %d among %d rows", a.Session.CursorA()+1, m.frame.N)
	}
}

// TestTheFilterFollowsTextsThatChange edits a text behind a filter that is kept: the order is
// the same before and after.
func TestTheFilterFollowsTextsThatChange(t *testing.T) {
	for _, order := range []string{"group", "given"} {
		o := uitest.OptionsWith(t, uitest.Texts("a kettle boils", "tea is hot", "the kettle is hot"), uitest.Glove)
		a := settled(t, 80, 24, o)
		a.SetScreen(ID)
		m := a.Screen(ID).(*Screen)
		if order == "given" {
			uitest.Press(t, a, "s")
		}
		m.Filter("kettle")
		uitest.Happen(t, a, uitest.Nothing)
		if m.frame.N != 2 {
			t.Fatalf("%s: %d rows have the word", order, m.frame.N)
		}
		a.Session.SetCursor(1, 1)
		a.SetScreen("texts")
		uitest.Press(t, a, "e", "end")
		uitest.Letters(t, a, " kettle")
		uitest.Press(t, a, "enter", "esc")
		a.SetScreen(ID)
		m.Filter("kettle")
		uitest.Happen(t, a, uitest.Nothing)
		if m.frame.N != 3 {
			t.Errorf("%s: %d rows have the word after another text got it\n%s", order, m.frame.N, uitest.Plain(a))
		}
	}
}

func TestTheFilterLooksThroughOtherTextsThanBefore(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a kettle boils", "tea is hot", "the kettle is hot"), uitest.Glove))
	a.SetScreen(ID)
	m := a.Screen(ID).(*Screen)
	m.Filter("kettle")
	uitest.Happen(t, a, uitest.Nothing)
	uitest.Send(t, a, uitest.OpenTexts(a, "f.txt", uitest.Texts("one kettle", "two kettles", "the third kettle", "no tea")...))
	m.Filter("kettle")
	uitest.Happen(t, a, uitest.Nothing)
	if order := m.order(); !slices.Contains(order, 0) || !slices.Contains(order, 1) || !slices.Contains(order, 2) || len(order) != 3 {
		t.Errorf("the texts with the word are %v", order)
	}
}

// The order by similarity of former texts is shown until that of the new ones is known.
func TestTheFilterIsOfTheTextsInTheirPlaces(t *testing.T) {
	var f textFilter
	order := []int{2, 0, 1}
	f.Set(theme.New(true, colorprofile.TrueColor), "kettle")
	for _, c := range []struct {
		texts []corpus.Text
		want  []int
	}{
		{uitest.Texts("a kettle boils", "tea", "the kettle is hot"), []int{2, 0}},
		{uitest.Texts("a pot boils", "a kettle", "the kettle is hot"), []int{2, 1}},
		{uitest.Texts("a kettle boils", "tea", "coffee"), []int{0}},
	} {
		if got := f.left(order, c.texts); !slices.Equal(got, c.want) {
			t.Errorf("of %q the filter leaves %v, want %v", c.texts, got, c.want)
		}
	}
}
