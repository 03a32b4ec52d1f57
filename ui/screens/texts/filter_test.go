package texts

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestFilterFindsWordsThenLetters(t *testing.T) {
	set := []corpus.Text{{Text: "The Bank of the river"}, {Text: "a savings account"}, {Text: "money", Group: "bank"}, {Text: "bits and neat knots"}}
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, set, "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "G", "/")
	uitest.Letters(t, a, "bank")
	if !slices.Equal(s.filter.matches, []int{0, 2}) || !s.filter.literal {
		t.Errorf("bank is found in %v, literally %v", s.filter.matches, s.filter.literal)
	}
	if a.Session.CursorA() != 2 {
		t.Errorf("the cursor is on text %d, want the nearest match", a.Session.CursorA()+1)
	}
	uitest.WantShown(t, a, "/ bank", "2 of 4")
	if drawn := strings.Join(s.View(ui.Size{W: 80, H: 21}), "\n"); !strings.Contains(drawn, s.Theme.Codes.Match+"Bank") {
		t.Errorf("the match is not highlighted: %q", drawn)
	}
	uitest.Press(t, a, "enter", "g", "j", "esc")
	if s.rows() != 4 || a.Session.CursorA() != 2 {
		t.Errorf("after esc %d rows, cursor on text %d", s.rows(), a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "bnkt")
	if !slices.Equal(s.filter.matches, []int{0, 3}) || s.filter.literal {
		t.Errorf("bnkt is found in %v, literally %v", s.filter.matches, s.filter.literal)
	}
	uitest.WantShown(t, a, "2 of 4, letters in this order")
	uitest.Letters(t, a, "zzz")
	uitest.WantShown(t, a, "0 of 4", "No text matches: esc clears the filter.")
	if line := uitest.LineWith(t, a, "0 of 4"); strings.Contains(line, "letters") {
		t.Errorf("of what is found nowhere it is said %q", line)
	}
	if strings.Contains(uitest.Plain(a), "─ Text ") {
		t.Errorf("a text that the filter hides is shown below:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	uitest.WantShown(t, a, "your texts · 4 texts")
}

func TestFilterShowsWhereInALongTextTheWordIs(t *testing.T) {
	set := uitest.Texts(strings.Repeat("filler ", 500)+"needle in it", "short")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, set, "local/ngrams@64"))
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "needle")
	uitest.WantShown(t, a, "needle in it")
}

func TestFilterFollowsTheTexts(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("aa", "ab", "bb"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/", "a", "enter", "e", "backspace", "backspace", "x")
	if !slices.Equal(s.filter.matches, []int{0, 1}) {
		t.Errorf("while text 1 is written the list shows %v, want it to stay", s.filter.matches)
	}
	uitest.Press(t, a, "esc", "d")
	uitest.WantWords(t, a, "ab", "bb")
	uitest.Press(t, a, "a", "n", "esc")
	if s.filter.Words() != "" {
		t.Error("a new text is added behind a filter that may hide it")
	}
}

// manyTexts is a large corpus.
func manyTexts() []corpus.Text {
	out := make([]corpus.Text, 20_000)
	for i := range out {
		out[i] = corpus.Text{Text: fmt.Sprintf("Text number %d is about the weather of the day and a walk along the river bank", i), Group: fmt.Sprint(i % 7)}
	}
	return out
}

func TestVeryManyTextsAreFilteredAside(t *testing.T) {
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, manyTexts()))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/")
	_, searching := a.Update(uitest.KeyPress("9"))
	uitest.WantShown(t, a, "searching…", "Text number 1 is") // keys are answered, and all is shown meanwhile
	_, second := a.Update(uitest.KeyPress("9"))
	uitest.Settle(t, a, searching, second)
	uitest.WantShown(t, a, " of 20,000")
	want, err := matchTexts(t.Context(), corpus.Fold(manyTexts()), "99", nil)
	if err != nil || !slices.Equal(s.filter.matches, want.matches) || !s.filter.literal || len(want.matches) == 0 {
		t.Fatalf("99 is in %d texts, want %d: %v", len(s.filter.matches), len(want.matches), err)
	}
	uitest.Letters(t, a, "zq")
	uitest.WantShown(t, a, "0 of 20,000")
	uitest.Press(t, a, "backspace", "backspace", "enter")
	if !slices.Equal(s.filter.matches, want.matches) {
		t.Errorf("after backspace %d texts match, want %d", len(s.filter.matches), len(want.matches))
	}
	_, _ = a.Update(uitest.KeyPress("*"))
	uitest.WantShown(t, a, "all "+format.Count(len(want.matches), "text"))
	uitest.Press(t, a, "esc")
	_, held := a.Update(uitest.KeyPress("d"))
	if n := len(s.filter.matches); n != len(want.matches)-1 || s.looking() {
		t.Errorf("when one is deleted %d texts match at once, want %d", n, len(want.matches)-1)
	}
	_, more := a.Update(uitest.KeyPress("u"))
	if !slices.Equal(s.filter.matches, want.matches) {
		t.Errorf("when it is back %d texts match at once, want %d", len(s.filter.matches), len(want.matches))
	}
	uitest.Settle(t, a, held, more)
	uitest.Press(t, a, "esc")
	uitest.WantShown(t, a, "Text number 98 is") // beside the one under the cursor
}

func TestAFilterFollowsEditsAsIfAllWereSearched(t *testing.T) {
	words := []string{"bank", "river", "BANK of", "b a n k", "walk", "bnk"}
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("the bank", "a river", "no", "bark no")))
	s := a.Screen(ID).(*Screen)
	random := rand.New(rand.NewPCG(7, 8))
	for round := range 300 {
		if round%20 == 0 {
			s.Filter([]string{"bank", "bnk", "ban", "q"}[round/20%4])
		}
		c := s.Session.Corpus()
		at, edits := random.IntN(c.Len()+1), s.Session.Edits()
		switch random.IntN(4) {
		case 0:
			if _, err := edits.Insert(at, corpus.Text{Text: words[random.IntN(len(words))]}); err != nil {
				t.Fatal(err)
			}
		case 1:
			edits.Move(at, random.IntN(3)-1)
		case 2:
			if c.Undoable() != "" {
				edits.Undo()
			}
		default:
			if c.Len() > 3 {
				edits.Delete(at)
			}
		}
		uitest.Settle(t, a, s.Refresh())
		want, err := matchTexts(t.Context(), corpus.Fold(c.Snapshot()), s.filter.Words(), nil)
		if err != nil || !slices.Equal(s.filter.matches, want.matches) || s.filter.literal != want.literal && len(want.matches) > 0 {
			t.Fatalf("round %d: %q matches %v, literally %v, want %v, %v", round, s.filter.Words(), s.filter.matches, s.filter.literal, want.matches, want.literal)
		}
	}
}

// BenchmarkTextsFilter100000 types and erases three letters, of which the last
// makes nothing match.
func BenchmarkTextsFilter100000(b *testing.B) {
	a := textsApp(b, 200, 60, uitest.OptionsWith(b, manyTexts()))
	uitest.Press(b, a, "/")
	for b.Loop() {
		for _, k := range []string{"i", "v", "x", "backspace", "backspace", "backspace"} {
			_, _ = a.Update(uitest.KeyPress(k))
		}
	}
}

func TestTheCursorStaysWhenTheOnlyTextOfAFilterIsDeleted(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "two dogs", "a parcel", "rain")))
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "parcel")
	uitest.Press(t, a, "enter")
	s := a.Screen(ID).(*Screen)
	s.facts.bytes = searchedAtOnce + 1 // then the others are looked through aside
	s.remove()
	if at := a.Session.CursorA(); at != 2 {
		t.Errorf("the cursor is on text %d, want the one after it", at+1)
	}
}

// What a filter shows while very many texts are searched is not what was typed: all of it
// cannot be selected until it is.
func TestWhatIsStillSearchedForIsNotSelected(t *testing.T) {
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, manyTexts()))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/")
	_, searching := a.Update(uitest.KeyPress("9"))
	for _, k := range []string{"enter", "*", "a"} {
		_, _ = a.Update(uitest.KeyPress(k))
	}
	uitest.WantNotice(t, a, "the texts are still being searched")
	if n := len(a.Session.Selection()); n != 0 || a.Top() == nil {
		t.Fatalf("%d texts are selected, and the menu is %v", n, a.Top())
	}
	uitest.Settle(t, a, searching)
	uitest.Press(t, a, "a")
	if got := a.Session.Selection(); !slices.Equal(got, s.filter.matches) || len(got) == 0 || len(got) == 20_000 {
		t.Errorf("%d texts are selected of %d that match", len(got), len(s.filter.matches))
	}
	uitest.WantNotice(t, a, format.Count(len(s.filter.matches), "text")+" are selected")
}

// Without texts there is nothing to filter: those that come next are all shown.
func TestNoFilterIsLeftWhenAllTextsAreDeleted(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "two dogs")))
	s := a.Screen(ID).(*Screen)
	s.Filter("cat")
	uitest.Settle(t, a, s.Refresh())
	s.askClear()
	uitest.Press(t, a, "d")
	if s.filter.filters() || s.filter.Shown() || a.Session.Corpus().Len() != 0 {
		t.Errorf("of %d texts there is the filter %q", a.Session.Corpus().Len(), s.filter.Words())
	}
	uitest.Press(t, a, "u")
	if n := s.rows(); n != 2 || s.filter.filters() || a.Session.Corpus().Len() != 2 {
		t.Errorf("of %d texts that came back %d are shown", a.Session.Corpus().Len(), n)
	}
}

// What is pasted while the filter is typed goes into it and becomes no text.
func TestWhatIsPastedIntoTheFilterIsItsWords(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a cat", "two dogs")))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/")
	uitest.Send(t, a, tea.PasteMsg{Content: "dogs"})
	if n := a.Session.Corpus().Len(); s.filter.Words() != "dogs" || !slices.Equal(s.filter.matches, []int{1}) || n != 2 || a.Top() != nil {
		t.Errorf("of %d texts those with %q are %v", n, s.filter.Words(), s.filter.matches)
	}
}
