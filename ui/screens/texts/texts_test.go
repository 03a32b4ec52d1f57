package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
)

// textsApp is the explorer on the texts screen.
func textsApp(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	o.State.Screen = ID
	return settled(t, w, h, o)
}

func TestTextsFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": uitest.Hostile, "none": nil, "one": uitest.Hostile[:1]}
	modes := map[string][]string{"list": nil, "adding": {"a", "x"}, "filtering": {"/", "a"}, "filtered": {"/", "a", "enter"}, "nothing found": {"/", "☃", "☃"}}
	for name, set := range sets {
		a := textsApp(t, 80, 24, uitest.OptionsWith(t, set, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for mode, keys := range modes {
			for _, at := range []int{0, 2, 4, 7} {
				a.Screen(ID).(*Screen).point(at)
				uitest.Press(t, a, keys...)
				if mode == "adding" {
					uitest.Send(t, a, tea.PasteMsg{Content: uitest.Hostile[at].Text[:min(len(uitest.Hostile[at].Text), 40)]})
				}
				for _, s := range []ui.Size{{W: 40, H: 7}, {W: 60, H: 12}, {W: 80, H: 21}, {W: 110, H: 21}, {W: 200, H: 57}} {
					uitest.CheckFrame(t, strings.Join(a.Screen(ID).View(s), "\n"), s)
				}
				if t.Failed() {
					t.Fatalf("%s, %s, text %d", name, mode, at+1)
				}
				uitest.Press(t, a, "esc", "esc")
				for a.Session.Corpus().Undoable() != "" {
					a.Session.Edits().Undo()
				}
			}
		}
	}
}

func TestTextsDrawing(t *testing.T) {
	for _, s := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 140, H: 40}} {
		t.Run(fmt.Sprintf("%dx%d", s.W, s.H), func(t *testing.T) {
			a := textsApp(t, s.W, s.H, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "local/glove@100"))
			uitest.Press(t, a, "j", "j", "j", "j")
			golden.RequireEqual(t, []byte(ansi.Strip(a.Draw())))
		})
	}
}

func TestTextsWithoutColourShowTheCursorInReverse(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512"))
	uitest.Send(t, a, tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	drawn := strings.Join(a.Screen(ID).View(ui.Size{W: 80, H: 21}), "\n")
	if strings.Contains(drawn, "\x1b[38") || strings.Contains(drawn, "\x1b[48") || !strings.Contains(drawn, theme.Reverse) {
		t.Errorf("without colour the list is drawn as %q", drawn)
	}
}

func TestDeletedTextsComeBack(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "j", "d")
	uitest.WantWords(t, a, "one", "three")
	uitest.WantNotice(t, a, "Deleted text 2, “two”: u undo.")
	uitest.Press(t, a, "d", "d")
	uitest.WantWords(t, a)
	uitest.Press(t, a, "d")
	uitest.WantNotice(t, a, "no texts yet")
	uitest.Press(t, a, "u", "u", "u")
	uitest.WantWords(t, a, "one", "two", "three")
	if a.Session.CursorA() != 1 {
		t.Errorf("the cursor is on text %d, want the one that came back", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "u")
	uitest.WantNotice(t, a, "undo: nothing has been changed")
}

func TestTextsAreReordered(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, ">", ">")
	uitest.WantWords(t, a, "two", "three", "one")
	uitest.Press(t, a, ">")
	uitest.WantNotice(t, a, "it is the last")
	uitest.Press(t, a, "<")
	uitest.WantWords(t, a, "two", "one", "three")
	if a.Session.CursorA() != 1 {
		t.Errorf("the cursor is on text %d, want the moved one", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "/", "o", "enter", "<")
	uitest.WantNotice(t, a, "the filter hides its neighbours")
}

func TestClearAsks(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	uitest.Press(t, a, "C")
	uitest.WantShown(t, a, "Delete all texts?", "2 texts of “your texts”")
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "one", "two")
	uitest.Press(t, a, "C", "d")
	uitest.WantWords(t, a)
	uitest.WantShown(t, a, "No texts yet")
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "one", "two")
}

func TestGroupCanBeChanged(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "river"}, {Text: "two"}}, "local/ngrams@64"))
	uitest.Press(t, a, "j", "L", "r", "tab", "enter")
	if got := a.Session.Corpus().At(1).Group; got != "river" {
		t.Fatalf("the group is %q, want the completed river", got)
	}
	uitest.Press(t, a, "L")
	uitest.WantShown(t, a, "› river")
	for range "river" {
		uitest.Press(t, a, "backspace")
	}
	uitest.Press(t, a, "enter")
	if got := a.Session.Corpus().At(1).Group; got != "" {
		t.Errorf("the group is %q, want none", got)
	}
	uitest.Press(t, a, "u", "u")
	if got := a.Session.Corpus().At(1).Group; got != "" || a.Session.Corpus().Undoable() != "" {
		t.Errorf("undone to %q", got)
	}
}

func TestExamplesSayWhatTheyShow(t *testing.T) {
	a := textsApp(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.Press(t, a, "x")
	for _, set := range corpus.Sets() {
		uitest.WantShown(t, a, set.Title)
	}
	uitest.WantShown(t, a, "A model that understands")
	uitest.Press(t, a, "down", "down", "enter")
	uitest.WantNotice(t, a, "Near duplicates: 36 texts. u brings your own texts back.")
	if o := a.Session.Corpus().Origin(); o.Set != "near-duplicates" {
		t.Errorf("the origin is %+v", o)
	}
	uitest.WantShown(t, a, "Built-in set “Near duplicates” · 36 texts")
	uitest.Press(t, a, "d")
	if st := a.State(); st.Set != "" || st.Source != "Near duplicates" || !st.Edited {
		t.Errorf("an edited set is remembered as %q from %q, edited %v", st.Set, st.Source, st.Edited)
	}
	uitest.Press(t, a, "u", "u")
	uitest.WantWords(t, a, "mine")
}

func TestTokensAreExactForOpenAIOnly(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("hello world"), "nanogpt/text-embedding-3-small@1536"))
	uitest.WantShown(t, a, "1 text · 2 tokens", "  tokens  text", "Tokens as OpenAI counts them, exact for your models")
	b := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("hello world"), "nanogpt/text-embedding-3-small@1536", "local/glove@100"))
	uitest.WantShown(t, b, "1 text · ≈2 tokens", "  2  hello world", "≈ for other models")
}

func TestTextsWithoutAVectorAreMarkedAndSayWhy(t *testing.T) {
	a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts("plain words", "☃☃☃", strings.Repeat("word ", 200)), "local/use-lite@512", "local/glove@100"))
	uitest.Press(t, a, "j")
	uitest.WantShown(t, a, "!   2", "! glove@100: text 2 has no vector", "~   3")
	uitest.Press(t, a, "j")
	uitest.WantShown(t, a, "~ use-lite@512 reads about the first 128 tokens of text 3")
}

func TestNearestTextsAreThoseOfTheMatrix(t *testing.T) {
	a := textsApp(t, 160, 40, uitest.LocalOptions(t))
	a.SetScreen(ID)
	uitest.Press(t, a, "j", "j", "j")
	s := a.Screen(ID).(*Screen)
	for _, c := range a.Session.Ready() {
		list, known := s.nearest(c.ID())
		if !known || len(list) != min(nearestShown, a.Session.Corpus().Len()-1) {
			t.Fatalf("%s: %d nearest texts, known %v", c.ID(), len(list), known)
		}
		for j := range a.Session.Corpus().Len() {
			v := c.Result.Vectors.Similarity(3, j)
			listed := slices.ContainsFunc(list, func(n neighbour) bool { return n.text == j && n.similarity == v })
			if j != 3 && !listed && v > list[len(list)-1].similarity {
				t.Errorf("%s: text %d with %.3f is missing", c.ID(), j+1, v)
			}
		}
		if !slices.IsSortedFunc(list, func(x, y neighbour) int { return int(1e6 * (y.similarity - x.similarity)) }) {
			t.Errorf("%s: %v is not in order", c.ID(), list)
		}
	}
}

func TestNearestTextsOfManyAreLookedForAside(t *testing.T) {
	many := make([]corpus.Text, 2100)
	for i := range many {
		many[i].Text = fmt.Sprintf("text number %d of the large corpus", i)
	}
	a := textsApp(t, 120, 30, uitest.OptionsWith(t, many, "local/ngrams@16"))
	s := a.Screen(ID).(*Screen)
	_, first := a.Update(uitest.KeyPress("j"))
	if list, known := s.nearest("local/ngrams@16"); known {
		t.Fatalf("looking through %d texts was done in the loop: %v", len(many), list)
	}
	_, second := a.Update(uitest.KeyPress("j"))
	uitest.Settle(t, a, first)
	if _, known := s.nearest("local/ngrams@16"); known {
		t.Error("the answer for a text that the cursor has left is shown")
	}
	uitest.Settle(t, a, second)
	list, known := s.nearest("local/ngrams@16")
	if !known || len(list) != nearestShown {
		t.Fatalf("%v, known %v", list, known)
	}
	if v := a.Session.Ready()[0].Result.Vectors.Similarity(2, list[0].text); v != list[0].similarity {
		t.Errorf("the nearest is said to be at %.4f, its vector at %.4f", list[0].similarity, v)
	}
}

func TestMouseOnTheTexts(t *testing.T) {
	a := textsApp(t, 120, 30, uitest.OptionsWith(t, uitest.Texts("one", "two", strings.Repeat("long line\n", 60), "four"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	p := s.parts(a.Body)
	row := func(i int) tea.Msg { return uitest.Click(10, 1+p.list.Y+1+i) }
	uitest.Send(t, a, row(2))
	if a.Session.CursorA() != 2 {
		t.Fatalf("a click on row 3 selects text %d", a.Session.CursorA()+1)
	}
	wheel := tea.MouseWheelMsg{X: p.detail.X + 1, Y: p.detail.Y + 3, Button: tea.MouseWheelDown}
	uitest.Send(t, a, wheel)
	if s.firstRow != 3 || a.Session.CursorA() != 2 {
		t.Errorf("the wheel over the text leads to line %d, text %d", s.firstRow+1, a.Session.CursorA()+1)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 5, Y: 6, Button: tea.MouseWheelUp})
	if a.Session.CursorA() != 0 {
		t.Errorf("the wheel over the list leads to text %d", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "e", "!")
	uitest.Send(t, a, row(1))
	uitest.WantWords(t, a, "one!", "two", a.Session.Corpus().At(2).Text, "four")
	if s.Typing() || a.Session.CursorA() != 1 {
		t.Errorf("a click beside the editor: typing %v, text %d", s.Typing(), a.Session.CursorA()+1)
	}
}

func TestALongTextIsReadToItsEnd(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("line\n", 50)+"the end", "b"), "local/ngrams@64"))
	uitest.WantShown(t, a, "lines 1–4 of 51, tab scrolls")
	uitest.Press(t, a, "tab", "G")
	uitest.WantShown(t, a, "the end", "lines 48–51 of 51")
	uitest.Press(t, a, "esc", "j")
	if a.Session.CursorA() != 1 {
		t.Errorf("after esc j leads to text %d", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "tab")
	uitest.WantNotice(t, a, "all of the text is in sight")
}

func TestGivenTextsDoNotBuryTheOnesOfLastTime(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64")
	o.Texts, o.Source = uitest.Texts("given"), "given.txt"
	a := textsApp(t, 80, 24, o)
	uitest.WantWords(t, a, "given")
	uitest.WantShown(t, a, "given.txt · 1 text")
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "mine")
}

func TestAnEditedSetIsRememberedAsEdited(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64")
	o.State.Source, o.State.Edited = "Polysemy", true
	a := textsApp(t, 80, 24, o)
	uitest.WantShown(t, a, "Polysemy, edited · 1 text")
	if st := a.State(); st.Source != "Polysemy" || !st.Edited {
		t.Errorf("remembered from %q, edited %v", st.Source, st.Edited)
	}
	first := textsApp(t, 120, 24, uitest.LocalOptions(t))
	if st := first.State(); st.Set != "paraphrase-traps" || st.Edited || len(st.Texts) != 36 {
		t.Errorf("the first run is remembered as %+v", config.State{Set: st.Set, Edited: st.Edited})
	}
}

func TestClickAnswersAQuestion(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	uitest.Press(t, a, "C")
	for y, l := range strings.Split(ansi.Strip(a.Draw()), "\n") {
		if at := strings.Index(l, "delete them"); at >= 0 {
			uitest.Send(t, a, uitest.Click(term.Width(l[:at]), y))
			break
		}
	}
	uitest.WantWords(t, a)
}

func BenchmarkTextsFrame(b *testing.B) {
	for name, set := range map[string][]corpus.Text{"36": uitest.Hostile, "100000": manyTexts()} {
		b.Run(name, func(b *testing.B) {
			a := textsApp(b, 200, 60, uitest.OptionsWith(b, set))
			for b.Loop() {
				a.Screen(ID).View(a.Body)
			}
		})
	}
}

func BenchmarkTextsKeyAndFrame100000(b *testing.B) {
	a := textsApp(b, 200, 60, uitest.OptionsWith(b, manyTexts()))
	for b.Loop() {
		_, _ = a.Update(uitest.KeyPress("j"))
		a.Draw()
	}
}

func TestTheLineOfNearestTextsHasEveryCandidate(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.ShopTexts, "local/use-lite@512", "local/glove@100", "local/ngrams@512", "local/use-lite@64")
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "2")
	_, nearest, _ := strings.Cut(uitest.Plain(a), "nearest  ")
	if strings.Count(nearest, "→") != 4 || strings.Count(nearest, "0.") != 4 {
		t.Errorf("the nearest texts are said as %q in\n%s", nearest, uitest.Plain(a))
	}
}

func TestIdsWithoutRoomKeepWhatTellsThemApart(t *testing.T) {
	set, _ := corpus.FindSet("paraphrase-traps")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, set.Texts, "local/glove@50"))
	uitest.WantShown(t, a, "…01-anchor", "…01-p…rase", "…02-anchor", "…02-trap")
	uitest.Send(t, a, tea.WindowSizeMsg{Width: 200, Height: 60})
	uitest.WantShown(t, a, "trap-01-paraphrase")

	uitest.Send(t, a, tea.WindowSizeMsg{Width: 80, Height: 24})
	uitest.Press(t, a, "a", "a", "esc") // a text without an id
	uitest.WantShown(t, a, "…01-anchor", "…02-trap")
	b := textsApp(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{ID: "first-of-them-all", Text: "a cat"}, {ID: "another-one-of-them", Text: "a dog"}}))
	uitest.WantShown(t, b, " first…-all", " anoth…them")
}

func TestWhatIsAmissIsSaidOnce(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("パスワードを忘れました"), "local/use-lite@512")
	for _, size := range [][2]int{{80, 24}, {200, 60}, {40, 10}} {
		a := textsApp(t, size[0], size[1], o)
		if shown := uitest.Plain(a); strings.Count(shown, "! use-lite@512: text 1 has no vector") != 1 {
			t.Errorf("at %d×%d the screen is\n%s", size[0], size[1], shown)
		}
	}
}

// In the lowest windows the line over the list is there while it is needed.
func TestLowWindowsHaveTheFilterAndTheQueryInSight(t *testing.T) {
	for want, keys := range map[string][]string{"/ one": {"/", "o", "n", "e"}, "Query “one”": {"Q", "o", "n", "e", "enter"}, "": nil} {
		a := textsApp(t, 40, 10, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
		uitest.Press(t, a, keys...)
		if drawn := uitest.Plain(a); want != "" && !strings.Contains(drawn, want) || want == "" && strings.Contains(drawn, "2 texts") {
			t.Errorf("after %q the line over the list is not as it should be:\n%s", keys, drawn)
		}
	}
}

func TestALongNameOfAFileLeavesRoomForWhatIsInIt(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Send(t, a, uitest.OpenTexts(a, strings.Repeat("a-long-name-", 9)+".txt", uitest.Texts("one", "two")...))
	if line := uitest.LineWith(t, a, " · 2 texts · ≈"); !strings.HasPrefix(line, " a-long-name-a-long-name-a-long-name-") {
		t.Errorf("the line over the list is %q", line)
	}
}

func TestTheOnlyTextIsUnderTheCursor(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	if under := a.Screen(ID).(*Screen).Under(); !slices.Equal(under, []int{0}) {
		t.Errorf("under the cursor are %v", under)
	}
	uitest.Press(t, a, "d")
	if under := a.Screen(ID).(*Screen).Under(); len(under) != 0 {
		t.Errorf("without texts %v are under the cursor", under)
	}
}
