package texts

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// textsApp is the explorer on the texts screen.
func textsApp(t testing.TB, w, h int, o shell.Options) *shell.App {
	t.Helper()
	o.State.Screen = ID
	return settled(t, w, h, o)
}

var altEnter = tea.KeyPressMsg{Code: tea.KeyEnter, Mod: tea.ModAlt}

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

func TestTypingATextIsOneChange(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	uitest.Press(t, a, "a")
	uitest.Letters(t, a, "q1? is typed: hjkl/gG")
	uitest.WantWords(t, a, "one", "q1? is typed: hjkl/gG", "two")
	uitest.Press(t, a, "esc", "u")
	uitest.WantWords(t, a, "one", "two")
	uitest.WantNotice(t, a, "Undone: add 1 text")
	uitest.Press(t, a, "U")
	uitest.WantWords(t, a, "one", "q1? is typed: hjkl/gG", "two")
}

func TestSimilaritiesFollowTheTyping(t *testing.T) {
	a := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts("The cat sat on the mat.", "shares"), "local/use-lite@512"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "j", "e")
	before := s.near.lists["local/use-lite@512"][0].similarity
	uitest.Letters(t, a, " of a cat on a mat")
	after := s.near.lists["local/use-lite@512"][0].similarity
	if after <= before+0.1 {
		t.Errorf("the similarity went from %.3f to %.3f while a like text was typed", before, after)
	}
	v, _ := a.Session.Ready()[0].Result.Matrix.At(0, 1)
	if v != after {
		t.Errorf("the list says %.4f, the matrix %.4f", after, v)
	}
	uitest.WantShown(t, a, fmt.Sprintf("%.3f  1  The cat sat on the mat.", after), "Writing text 2")
}

func TestEnterStartsTheNextTextAndAnEmptyOneEnds(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.WantShown(t, a, "No texts yet: a adds one, o opens a file, x loads an example.")
	uitest.Press(t, a, "a")
	uitest.Letters(t, a, "one")
	uitest.Press(t, a, "enter")
	uitest.Letters(t, a, "two")
	uitest.Press(t, a, "enter", "enter")
	uitest.WantWords(t, a, "one", "two")
	if a.Screen(ID).(ui.Typer).Typing() {
		t.Error("an empty text does not end the adding")
	}
	uitest.Press(t, a, "u", "u")
	uitest.WantWords(t, a)
}

func TestAnAddedTextThatIsEmptiedLeavesNothing(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Press(t, a, "a", "x", "backspace", "esc")
	uitest.WantWords(t, a, "one")
	if what := a.Session.Corpus().Undoable(); what != "" {
		t.Errorf("%s can be undone", what)
	}
}

func TestATextThatIsEmptiedIsDeletedAndComesBack(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "x", "two"), "local/ngrams@64"))
	uitest.Press(t, a, "j", "e", "backspace")
	uitest.WantShown(t, a, "Text 2 is empty: ending now deletes it")
	uitest.Press(t, a, "enter")
	uitest.WantWords(t, a, "one", "two")
	uitest.WantNotice(t, a, "Text 2 was emptied and is deleted: u brings it back.")
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "one", "x", "two")
}

func TestATextCanHaveLines(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Press(t, a, "e")
	uitest.Send(t, a, altEnter)
	uitest.Letters(t, a, "two")
	uitest.Press(t, a, "enter")
	uitest.WantWords(t, a, "one\ntwo")
}

func TestCharactersThatCannotBeTypedSurviveEditing(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("tab\there \x1b[31m\u202eend"), "local/ngrams@64"))
	uitest.Press(t, a, "e", "!", "esc")
	uitest.WantWords(t, a, "tab\there \x1b[31m\u202eend!")
}

func TestPasteOfOneLineIsATextOrAPartOfOne(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Send(t, a, tea.PasteMsg{Content: "  two \r\n"})
	uitest.WantWords(t, a, "one", "two")
	uitest.Press(t, a, "e")
	uitest.Send(t, a, tea.PasteMsg{Content: " and more\n"})
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "one", "two and more")
}

func TestPasteOfManyLinesAsks(t *testing.T) {
	paste := tea.PasteMsg{Content: "first\r\n\r\n  second\r\nthird\n"}
	for _, tt := range []struct {
		name    string
		keys    []string
		answers []string
		want    []string
		undos   int
	}{
		{"one text", nil, []string{"1"}, []string{"one", "first\n\n  second\nthird"}, 1},
		{"a text a line", nil, []string{"n"}, []string{"one", "first", "second", "third"}, 1},
		{"neither", nil, []string{"esc"}, []string{"one"}, 0},
		{"into the text being written", []string{"e"}, []string{"1", "esc"}, []string{"onefirst\n\n  second\nthird"}, 1},
		{"behind the text being written", []string{"e", "!"}, []string{"n"}, []string{"one!", "first", "second", "third"}, 2},
		{"in place of an empty new text", []string{"a"}, []string{"n"}, []string{"one", "first", "second", "third"}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
			uitest.Press(t, a, tt.keys...)
			uitest.Send(t, a, paste)
			uitest.WantShown(t, a, "3 lines were pasted: one text or 3?", "1  first", "3  third")
			uitest.Press(t, a, tt.answers...)
			uitest.WantWords(t, a, tt.want...)
			if a.Screen(ID).(*Screen).Typing() {
				t.Error("the editor stays open")
			}
			for range tt.undos {
				a.Session.Edits().Undo()
			}
			uitest.WantWords(t, a, "one")
		})
	}
}

func TestAHugePasteIsTakenOrRefusedButNeverLost(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Settle(t, a, a.Session.Toggle(a.Session.Candidates()[0]))
	uitest.Send(t, a, tea.PasteMsg{Content: strings.Repeat("a", corpus.MaxTextLength)})
	if n := a.Session.Corpus().Len(); n != 2 {
		t.Fatalf("%d texts after a paste of 100,000 characters", n)
	}
	uitest.Send(t, a, tea.PasteMsg{Content: strings.Repeat("a", corpus.MaxTextLength+1)})
	uitest.WantNotice(t, a, "a text of 100,001 characters is too long: the most is 100,000; split it")
	uitest.Press(t, a, "e", "b")
	uitest.WantNotice(t, a, "too long")
	if !a.Screen(ID).(ui.Typer).Typing() || a.Session.Corpus().At(1).Text != strings.Repeat("a", corpus.MaxTextLength) {
		t.Error("the text is not as it was")
	}
	if typed := a.Screen(ID).(*Screen).writing.editor.Text; typed != a.Session.Corpus().At(1).Text {
		t.Errorf("the editor goes on with %d characters", len(typed))
	}
	uitest.Press(t, a, "esc")
	lines := tea.PasteMsg{Content: strings.Repeat("line\n", corpus.MaxTexts-2)}
	uitest.Send(t, a, lines)
	uitest.WantShown(t, a, "99,998 lines were pasted: one text or 99,998?", "… and 99,993 more")
	uitest.Press(t, a, "n")
	if n := a.Session.Corpus().Len(); n != corpus.MaxTexts {
		t.Fatalf("%d texts after a paste of 99,998 lines", n)
	}
	uitest.Press(t, a, "a")
	uitest.WantNotice(t, a, "100,000 texts are the most: delete some first")
	uitest.Send(t, a, lines)
	uitest.Press(t, a, "n")
	uitest.WantNotice(t, a, "199,998 texts are too many")
	uitest.Press(t, a, "u")
	if n := a.Session.Corpus().Len(); n != 2 {
		t.Errorf("%d texts after undo", n)
	}
}

func TestDeletedTextsComeBack(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "j", "d")
	uitest.WantWords(t, a, "one", "three")
	uitest.WantNotice(t, a, "Deleted text 2, “two”: u brings it back.")
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

func TestFilesAreOpened(t *testing.T) {
	path := uitest.File(t, "faq.csv", "id,text,group\n1,How do I pay?,money\n2,Where is it?,place\n")
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	uitest.WantWords(t, a, "How do I pay?", "Where is it?")
	uitest.WantNotice(t, a, "faq.csv: 2 texts. u brings your own texts back.")
	uitest.WantShown(t, a, "faq.csv · 2 texts", "group", "money")
	uitest.Press(t, a, "d")
	uitest.WantShown(t, a, "faq.csv, edited · 1 text ")
	uitest.Press(t, a, "u", "u")
	uitest.WantWords(t, a, "mine")
}

func TestAReplacedSetIsNotMourned(t *testing.T) {
	path := uitest.File(t, "one.txt", "one\n")
	o := uitest.LocalOptions(t)
	a := textsApp(t, 80, 24, o)
	a.SetScreen(ID)
	uitest.OpenPath(t, a, path)
	uitest.WantNotice(t, a, "one.txt: 1 text.")
	if strings.Contains(a.Notice().Text, "brings") {
		t.Errorf("a built-in set is spoken of as the person's own texts: %q", a.Notice().Text)
	}
}

func TestAFileThatCannotBeReadIsNamedWhereItCanBeMended(t *testing.T) {
	path := uitest.File(t, "bad.csv", "text,group\n\n,b\n")
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	top, ok := a.Top().(*widget.PathPrompt)
	if !ok {
		t.Fatalf("no question for a path is open; the notice is %q", a.Notice().Text)
	}
	if want := `bad.csv, line 3, column "text": the text is empty; write one or delete the row`; !strings.HasSuffix(top.Problem, want) || strings.Contains(top.Problem, "\n") {
		t.Errorf("the problem is %q, want … %q", top.Problem, want)
	}
	if top.Input.Value() != path {
		t.Errorf("the path became %q", top.Input.Value())
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 100, H: 24})
	uitest.Press(t, a, "x", "enter")
	if top, ok := a.Top().(*widget.PathPrompt); !ok || !strings.Contains(top.Problem, "there is no such file; check the path") {
		t.Error("a file that is not there is not spoken of")
	}
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "mine")
}

func TestAnErrorThatComesLateIsANotice(t *testing.T) {
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.Press(t, a, "a", "x")
	uitest.Happen(t, a, func() tea.Cmd { return a.Screen(ID).(*Screen).Opened("f.txt", nil, os.ErrNotExist) })
	uitest.WantNotice(t, a, "file does not exist")
	uitest.WantWords(t, a, "mine", "x")
}

func TestATextBeingWrittenIsKeptWhenAFileArrives(t *testing.T) {
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.Press(t, a, "a", "x")
	uitest.Send(t, a, uitest.OpenTexts(a, "f.txt", uitest.Texts("new")...))
	uitest.WantWords(t, a, "new")
	if a.Screen(ID).(ui.Typer).Typing() {
		t.Error("the editor stays open over other texts")
	}
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "mine", "x")
}

func TestPathsAreCompleted(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"notes.txt", "picture.png", ".hidden.txt", "with\x1bescape.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("one"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Press(t, a, "o")
	uitest.Send(t, a, tea.PasteMsg{Content: dir + string(filepath.Separator)})
	p := a.Top().(*widget.PathPrompt)
	slash := string(filepath.Separator)
	if got, want := p.Input.AvailableSuggestions(), []string{dir + slash + "folder" + slash, dir + slash + "notes.txt"}; !slices.Equal(got, want) {
		t.Fatalf("completions are %q, want %q", got, want)
	}
	uitest.Press(t, a, "n", "tab", "enter")
	uitest.WantWords(t, a, "one")
}

func TestHomeIsWrittenAsATilde(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, "mine.txt"), []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Press(t, a, "o", "~", "/", "m", "tab", "enter")
	uitest.WantWords(t, a, "one")
	uitest.Press(t, a, "o", "enter")
	uitest.WantShown(t, a, "Type the path of a file")
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
			v, _ := c.Result.Matrix.At(3, j)
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
	if v, _ := a.Session.Ready()[0].Result.Matrix.At(2, list[0].text); v != list[0].similarity {
		t.Errorf("the nearest is said to be at %.4f, the matrix has %.4f", list[0].similarity, v)
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

func TestWritingHasItsOwnKeysAndEscKeepsTheText(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Press(t, a, "e")
	footer := ansi.Strip(a.Footer(80))
	for _, want := range []string{"F1 help", "enter done", "alt+enter new line", "esc keep it and end"} {
		if !strings.Contains(footer, want) {
			t.Errorf("the footer while writing is %q", footer)
		}
	}
	if strings.Contains(footer, "quit") || strings.Contains(footer, "selected") {
		t.Errorf("q and c are letters now, yet the footer says %q", footer)
	}
	meaning := map[string]string{}
	for _, act := range append(a.Globals(), a.Screen(ID).Actions()...) {
		for _, k := range act.Key.Keys() {
			if ctrl := strings.HasPrefix(k, "ctrl"); ctrl && meaning[k] != "" {
				t.Errorf("while writing %s means both %s and %s", k, meaning[k], act.ID)
			}
			meaning[k] = act.ID
		}
	}
	uitest.Press(t, a, "!", "esc")
	uitest.WantWords(t, a, "one!")
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

func TestWhatIsTypedIntoAFieldIsDrawnSafely(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "a\u202eb"}}, "local/ngrams@64"))
	uitest.Press(t, a, "L")
	if drawn := a.Draw(); strings.ContainsRune(drawn, '\u202e') {
		t.Error("a character that reorders its neighbours reaches the terminal")
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
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

func TestAPasteIsAskedForInEveryWindowAndCanBeUndone(t *testing.T) {
	for _, paste := range []string{strings.Repeat("a line\n", 10_000), strings.Repeat("a line\r\n", 10_000) + "\r\n\r\n", "\n\n" + strings.Repeat("a line\r", 10_000)} {
		for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
			a := textsApp(t, z.W, z.H, uitest.OptionsWith(t, uitest.Texts("one")))
			uitest.Send(t, a, tea.PasteMsg{Content: paste})
			uitest.CheckFrame(t, a.Draw(), z)
			uitest.WantShown(t, a, "n 10,000 texts, one a line", "1 one text of ")
			uitest.Press(t, a, "n")
			uitest.WantNotice(t, a, "Added 10,000 texts: u takes it back.")
			if n := a.Session.Corpus().Len(); n != 10_001 || a.Session.Corpus().At(10_000).Text != "a line" {
				t.Errorf("%d texts, the last one %q", n, a.Session.Corpus().At(n-1).Text)
			}
			uitest.Press(t, a, "u")
			uitest.WantNotice(t, a, "Undone: ")
			uitest.WantWords(t, a, "one")
		}
	}
}

func TestLinesPastedIntoATextAreToldOf(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Press(t, a, "e")
	uitest.Send(t, a, tea.PasteMsg{Content: "two\r\nthree\r\n"})
	uitest.Press(t, a, "1")
	uitest.WantNotice(t, a, "Inserted 2 lines; when the text is done, u takes its changes back.")
	uitest.Press(t, a, "esc", "u")
	uitest.WantWords(t, a, "one")
}

func TestAPasteThatNothingTakesSaysSo(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Send(t, a, tea.PasteMsg{Content: "two\nthree"})
	uitest.Send(t, a, tea.PasteMsg{Content: "four"})
	uitest.WantNotice(t, a, "What was pasted was not taken: esc closes the box, then paste again.")
	uitest.Press(t, a, "esc", "3")
	uitest.Send(t, a, tea.PasteMsg{Content: "two\nthree"})
	uitest.WantNotice(t, a, "What is pasted becomes texts on Texts: go there and paste again.")
	uitest.WantWords(t, a, "one")
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
