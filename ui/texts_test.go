package ui

import (
	"fmt"
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
	"github.com/vecscope/vecscope/ui/term"
)

// textsApp is the explorer on the texts screen.
func textsApp(t testing.TB, w, h int, o Options) *app {
	t.Helper()
	o.State.Screen = screenTexts
	return settled(t, w, h, o)
}

func texts(words ...string) []corpus.Text {
	var out []corpus.Text
	for _, w := range words {
		out = append(out, corpus.Text{Text: w})
	}
	return out
}

func words(a *app) []string { return textsOf(a.store.corpus.Texts()) }

func wantWords(t *testing.T, a *app, want ...string) {
	t.Helper()
	if got := words(a); !slices.Equal(got, want) {
		t.Fatalf("the texts are %q, want %q", got, want)
	}
}

func wantShown(t *testing.T, a *app, want ...string) {
	t.Helper()
	screen := ansi.Strip(a.draw())
	for _, w := range want {
		if !strings.Contains(screen, w) {
			t.Errorf("the screen lacks %q:\n%s", w, screen)
		}
	}
}

func wantNotice(t *testing.T, a *app, want string) {
	t.Helper()
	if !strings.Contains(a.notice.text, want) {
		t.Errorf("the notice is %q, want %q", a.notice.text, want)
	}
}

// letters types a text, a key a letter.
func letters(t testing.TB, a *app, text string) {
	t.Helper()
	for _, r := range text {
		send(t, a, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

var altEnter = tea.KeyPressMsg{Code: tea.KeyEnter, Mod: tea.ModAlt}

func TestTextsFillEverySizeExactly(t *testing.T) {
	sets := map[string][]corpus.Text{"hostile": hostile, "none": nil, "one": hostile[:1]}
	modes := map[string][]string{"list": nil, "adding": {"a", "x"}, "filtering": {"/", "a"}, "filtered": {"/", "a", "enter"}, "nothing found": {"/", "☃", "☃"}}
	for name, set := range sets {
		a := textsApp(t, 80, 24, optionsWith(t, set, "local/use-lite@512", "local/glove@50", "nanogpt/BAAI/bge-m3@1024"))
		for mode, keys := range modes {
			for _, at := range []int{0, 2, 4, 7} {
				a.screen(screenTexts).(*textsScreen).point(at)
				press(t, a, keys...)
				if mode == "adding" {
					send(t, a, tea.PasteMsg{Content: hostile[at].Text[:min(len(hostile[at].Text), 40)]})
				}
				for _, s := range []size{{40, 7}, {60, 12}, {80, 21}, {110, 21}, {200, 57}} {
					checkFrame(t, strings.Join(a.screen(screenTexts).view(s), "\n"), s)
				}
				if t.Failed() {
					t.Fatalf("%s, %s, text %d", name, mode, at+1)
				}
				press(t, a, "esc", "esc")
				for a.store.corpus.Undoable() != "" {
					a.store.undoText()
				}
			}
		}
	}
}

func TestTextsDrawing(t *testing.T) {
	for _, s := range []size{{40, 10}, {60, 15}, {80, 24}, {140, 40}} {
		t.Run(fmt.Sprintf("%dx%d", s.w, s.h), func(t *testing.T) {
			a := textsApp(t, s.w, s.h, optionsWith(t, hostile, "local/use-lite@512", "local/glove@100"))
			press(t, a, "j", "j", "j", "j")
			golden.RequireEqual(t, []byte(ansi.Strip(a.draw())))
		})
	}
}

func TestTextsWithoutColourShowTheCursorInReverse(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, hostile, "local/use-lite@512"))
	send(t, a, tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	drawn := strings.Join(a.screen(screenTexts).view(size{80, 21}), "\n")
	if strings.Contains(drawn, "\x1b[38") || strings.Contains(drawn, "\x1b[48") || !strings.Contains(drawn, sgrReverse) {
		t.Errorf("without colour the list is drawn as %q", drawn)
	}
}

func TestTypingATextIsOneChange(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "two"), "local/ngrams@64"))
	press(t, a, "a")
	letters(t, a, "q1? is typed: hjkl/gG")
	wantWords(t, a, "one", "q1? is typed: hjkl/gG", "two")
	press(t, a, "esc", "u")
	wantWords(t, a, "one", "two")
	wantNotice(t, a, "Undone: add 1 text")
	press(t, a, "U")
	wantWords(t, a, "one", "q1? is typed: hjkl/gG", "two")
}

func TestSimilaritiesFollowTheTyping(t *testing.T) {
	a := textsApp(t, 140, 40, optionsWith(t, texts("The cat sat on the mat.", "shares"), "local/use-lite@512"))
	s := a.screen(screenTexts).(*textsScreen)
	press(t, a, "j", "e")
	before := s.near.lists["local/use-lite@512"][0].similarity
	letters(t, a, " of a cat on a mat")
	after := s.near.lists["local/use-lite@512"][0].similarity
	if after <= before+0.1 {
		t.Errorf("the similarity went from %.3f to %.3f while a like text was typed", before, after)
	}
	v, _ := a.store.ready()[0].result.Matrix.At(0, 1)
	if v != after {
		t.Errorf("the list says %.4f, the matrix %.4f", after, v)
	}
	wantShown(t, a, fmt.Sprintf("%.3f  1  The cat sat on the mat.", after), "Writing text 2")
}

func TestEnterStartsTheNextTextAndAnEmptyOneEnds(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, nil, "local/ngrams@64"))
	wantShown(t, a, "No texts yet: a adds one, o opens a file, x loads an example.")
	press(t, a, "a")
	letters(t, a, "one")
	press(t, a, "enter")
	letters(t, a, "two")
	press(t, a, "enter", "enter")
	wantWords(t, a, "one", "two")
	if a.screen(screenTexts).typing() {
		t.Error("an empty text does not end the adding")
	}
	press(t, a, "u", "u")
	wantWords(t, a)
}

func TestAnAddedTextThatIsEmptiedLeavesNothing(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	press(t, a, "a", "x", "backspace", "esc")
	wantWords(t, a, "one")
	if what := a.store.corpus.Undoable(); what != "" {
		t.Errorf("%s can be undone", what)
	}
}

func TestATextThatIsEmptiedIsDeletedAndComesBack(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "x", "two"), "local/ngrams@64"))
	press(t, a, "j", "e", "backspace")
	wantShown(t, a, "Text 2 is empty: ending now deletes it")
	press(t, a, "enter")
	wantWords(t, a, "one", "two")
	wantNotice(t, a, "Text 2 was emptied and is deleted: u brings it back.")
	press(t, a, "u")
	wantWords(t, a, "one", "x", "two")
}

func TestATextCanHaveLines(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	press(t, a, "e")
	send(t, a, altEnter)
	letters(t, a, "two")
	press(t, a, "enter")
	wantWords(t, a, "one\ntwo")
}

func TestCharactersThatCannotBeTypedSurviveEditing(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("tab\there \x1b[31m\u202eend"), "local/ngrams@64"))
	press(t, a, "e", "!", "esc")
	wantWords(t, a, "tab\there \x1b[31m\u202eend!")
}

func TestPasteOfOneLineIsATextOrAPartOfOne(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	send(t, a, tea.PasteMsg{Content: "  two \r\n"})
	wantWords(t, a, "one", "two")
	press(t, a, "e")
	send(t, a, tea.PasteMsg{Content: " and more\n"})
	press(t, a, "esc")
	wantWords(t, a, "one", "two and more")
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
			a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
			press(t, a, tt.keys...)
			send(t, a, paste)
			wantShown(t, a, "3 lines were pasted: one text or 3?", "1  first", "3  third")
			press(t, a, tt.answers...)
			wantWords(t, a, tt.want...)
			for range tt.undos {
				a.store.undoText()
			}
			wantWords(t, a, "one")
		})
	}
}

func TestAHugePasteIsTakenOrRefusedButNeverLost(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	settle(t, a, a.store.toggle(a.store.candidates[0]))
	send(t, a, tea.PasteMsg{Content: strings.Repeat("a", corpus.MaxTextLength)})
	if n := a.store.corpus.Len(); n != 2 {
		t.Fatalf("%d texts after a paste of 100,000 characters", n)
	}
	send(t, a, tea.PasteMsg{Content: strings.Repeat("a", corpus.MaxTextLength+1)})
	wantNotice(t, a, "a text of 100,001 characters is too long: the most is 100,000; split it")
	press(t, a, "e", "b")
	wantNotice(t, a, "too long")
	if !a.screen(screenTexts).typing() || a.store.corpus.At(1).Text != strings.Repeat("a", corpus.MaxTextLength) {
		t.Error("the text is not as it was")
	}
	press(t, a, "esc")
	lines := tea.PasteMsg{Content: strings.Repeat("line\n", corpus.MaxTexts-2)}
	send(t, a, lines)
	wantShown(t, a, "19,998 lines were pasted: one text or 19,998?", "… and 19,993 more")
	press(t, a, "n")
	if n := a.store.corpus.Len(); n != corpus.MaxTexts {
		t.Fatalf("%d texts after a paste of 19,998 lines", n)
	}
	press(t, a, "a")
	wantNotice(t, a, "20,000 texts are the most: delete some first")
	send(t, a, lines)
	press(t, a, "n")
	wantNotice(t, a, "39,998 texts are too many")
	press(t, a, "u")
	if n := a.store.corpus.Len(); n != 2 {
		t.Errorf("%d texts after undo", n)
	}
}

func TestDeletedTextsComeBack(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "two", "three"), "local/ngrams@64"))
	press(t, a, "j", "d")
	wantWords(t, a, "one", "three")
	wantNotice(t, a, "Deleted text 2, “two”: u brings it back.")
	press(t, a, "d", "d")
	wantWords(t, a)
	press(t, a, "d")
	wantNotice(t, a, "no texts yet")
	press(t, a, "u", "u", "u")
	wantWords(t, a, "one", "two", "three")
	if a.store.cursorA != 1 {
		t.Errorf("the cursor is on text %d, want the one that came back", a.store.cursorA+1)
	}
	press(t, a, "u")
	wantNotice(t, a, "undo: nothing has been changed")
}

func TestTextsAreReordered(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "two", "three"), "local/ngrams@64"))
	press(t, a, "J", "J")
	wantWords(t, a, "two", "three", "one")
	press(t, a, "J")
	wantNotice(t, a, "it is the last")
	press(t, a, "K")
	wantWords(t, a, "two", "one", "three")
	if a.store.cursorA != 1 {
		t.Errorf("the cursor is on text %d, want the moved one", a.store.cursorA+1)
	}
	press(t, a, "/", "o", "enter", "K")
	wantNotice(t, a, "the filter hides its neighbours")
}

func TestClearAsks(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "two"), "local/ngrams@64"))
	press(t, a, "C")
	wantShown(t, a, "Delete all texts?", "2 texts of “your texts”")
	press(t, a, "esc")
	wantWords(t, a, "one", "two")
	press(t, a, "C", "y")
	wantWords(t, a)
	wantShown(t, a, "No texts yet")
	press(t, a, "u")
	wantWords(t, a, "one", "two")
}

func TestGroupCanBeChanged(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, []corpus.Text{{Text: "one", Group: "river"}, {Text: "two"}}, "local/ngrams@64"))
	press(t, a, "j", "t", "r", "tab", "enter")
	if got := a.store.corpus.At(1).Group; got != "river" {
		t.Fatalf("the group is %q, want the completed river", got)
	}
	press(t, a, "t")
	for range "river" {
		press(t, a, "backspace")
	}
	press(t, a, "enter")
	if got := a.store.corpus.At(1).Group; got != "" {
		t.Errorf("the group is %q, want none", got)
	}
	press(t, a, "u", "u")
	if got := a.store.corpus.At(1).Group; got != "" || a.store.corpus.Undoable() != "" {
		t.Errorf("undone to %q", got)
	}
}

// file writes a file for a test and gives its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openPath(t *testing.T, a *app, path string) {
	t.Helper()
	press(t, a, "o")
	send(t, a, tea.PasteMsg{Content: path})
	press(t, a, "enter")
}

func TestFilesAreOpened(t *testing.T) {
	path := file(t, "faq.csv", "id,text,group\n1,How do I pay?,money\n2,Where is it?,place\n")
	a := textsApp(t, 100, 24, optionsWith(t, texts("mine"), "local/ngrams@64"))
	openPath(t, a, path)
	wantWords(t, a, "How do I pay?", "Where is it?")
	wantNotice(t, a, "faq.csv: 2 texts. u brings your own texts back.")
	wantShown(t, a, "faq.csv · 2 texts", "group", "money")
	press(t, a, "d")
	wantShown(t, a, "faq.csv, edited · 1 text ")
	press(t, a, "u", "u")
	wantWords(t, a, "mine")
}

func TestAReplacedSetIsNotMourned(t *testing.T) {
	path := file(t, "one.txt", "one\n")
	o := localOptions(t)
	a := textsApp(t, 80, 24, o)
	a.setScreen(screenTexts)
	openPath(t, a, path)
	wantNotice(t, a, "one.txt: 1 text.")
	if strings.Contains(a.notice.text, "brings") {
		t.Errorf("a built-in set is spoken of as the person's own texts: %q", a.notice.text)
	}
}

func TestAFileThatCannotBeReadIsNamedWhereItCanBeMended(t *testing.T) {
	path := file(t, "bad.csv", "text,group\nok,a\n,b\n")
	a := textsApp(t, 100, 24, optionsWith(t, texts("mine"), "local/ngrams@64"))
	openPath(t, a, path)
	top, ok := a.top().(*pathPrompt)
	if !ok {
		t.Fatalf("no question for a path is open; the notice is %q", a.notice.text)
	}
	if want := `bad.csv, row 3, column "text": the text is empty; write one or delete the row`; !strings.HasSuffix(top.problem, want) || strings.Contains(top.problem, "\n") {
		t.Errorf("the problem is %q, want … %q", top.problem, want)
	}
	if top.input.Value() != path {
		t.Errorf("the path became %q", top.input.Value())
	}
	checkFrame(t, a.draw(), size{100, 24})
	press(t, a, "x", "enter")
	if top, ok := a.top().(*pathPrompt); !ok || !strings.Contains(top.problem, "there is no such file; check the path") {
		t.Error("a file that is not there is not spoken of")
	}
	press(t, a, "esc")
	wantWords(t, a, "mine")
}

func TestAnErrorThatComesLateIsANotice(t *testing.T) {
	a := textsApp(t, 100, 24, optionsWith(t, texts("mine"), "local/ngrams@64"))
	press(t, a, "a", "x")
	happen(t, a, func() tea.Cmd { return a.screen(screenTexts).(*textsScreen).opened("f.txt", nil, os.ErrNotExist) })
	wantNotice(t, a, "file does not exist")
	wantWords(t, a, "mine", "x")
}

func TestATextBeingWrittenIsKeptWhenAFileArrives(t *testing.T) {
	a := textsApp(t, 100, 24, optionsWith(t, texts("mine"), "local/ngrams@64"))
	press(t, a, "a", "x")
	send(t, a, openTexts(a, "f.txt", texts("new")...))
	wantWords(t, a, "new")
	if a.screen(screenTexts).typing() {
		t.Error("the editor stays open over other texts")
	}
	press(t, a, "u")
	wantWords(t, a, "mine", "x")
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
	a := textsApp(t, 100, 24, optionsWith(t, nil, "local/ngrams@64"))
	press(t, a, "o")
	send(t, a, tea.PasteMsg{Content: dir + string(filepath.Separator)})
	p := a.top().(*pathPrompt)
	slash := string(filepath.Separator)
	if got, want := p.input.AvailableSuggestions(), []string{dir + slash + "folder" + slash, dir + slash + "notes.txt"}; !slices.Equal(got, want) {
		t.Fatalf("completions are %q, want %q", got, want)
	}
	press(t, a, "n", "tab", "enter")
	wantWords(t, a, "one")
}

func TestHomeIsWrittenAsATilde(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, "mine.txt"), []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := textsApp(t, 100, 24, optionsWith(t, nil, "local/ngrams@64"))
	press(t, a, "o", "~", "/", "m", "tab", "enter")
	wantWords(t, a, "one")
	press(t, a, "o", "enter")
	wantShown(t, a, "Type the path of a file")
}

func TestExamplesSayWhatTheyShow(t *testing.T) {
	a := textsApp(t, 100, 30, optionsWith(t, texts("mine"), "local/ngrams@64"))
	press(t, a, "x")
	wantShown(t, a, "Paraphrase traps", "Near duplicates", "Words with two meanings", "A model that understands")
	press(t, a, "down", "enter")
	wantNotice(t, a, "Near duplicates: 36 texts. u brings your own texts back.")
	if o := a.store.corpus.Origin(); o.Set != "near-duplicates" {
		t.Errorf("the origin is %+v", o)
	}
	wantShown(t, a, "Built-in set “Near duplicates” · 36 texts")
	press(t, a, "d")
	if st := a.state(); st.Set != "" || st.Source != "Near duplicates" || !st.Edited {
		t.Errorf("an edited set is remembered as %q from %q, edited %v", st.Set, st.Source, st.Edited)
	}
	press(t, a, "u", "u")
	wantWords(t, a, "mine")
}

func TestFilterFindsWordsThenLetters(t *testing.T) {
	set := []corpus.Text{{Text: "The Bank of the river"}, {Text: "a savings account"}, {Text: "money", Group: "bank"}, {Text: "bits and neat knots"}}
	a := textsApp(t, 80, 24, optionsWith(t, set, "local/ngrams@64"))
	s := a.screen(screenTexts).(*textsScreen)
	press(t, a, "G", "/")
	letters(t, a, "bank")
	if !slices.Equal(s.filter.matches, []int{0, 2}) || !s.filter.literal {
		t.Errorf("bank is found in %v, literally %v", s.filter.matches, s.filter.literal)
	}
	if a.store.cursorA != 2 {
		t.Errorf("the cursor is on text %d, want the nearest match", a.store.cursorA+1)
	}
	wantShown(t, a, "/ bank", "2 of 4")
	if drawn := strings.Join(s.view(size{80, 21}), "\n"); !strings.Contains(drawn, s.theme.sgr.match+"Bank") {
		t.Errorf("the match is not highlighted: %q", drawn)
	}
	press(t, a, "enter", "g", "j", "esc")
	if s.rows() != 4 || a.store.cursorA != 2 {
		t.Errorf("after esc %d rows, cursor on text %d", s.rows(), a.store.cursorA+1)
	}
	press(t, a, "/")
	letters(t, a, "bnkt")
	if !slices.Equal(s.filter.matches, []int{0, 3}) || s.filter.literal {
		t.Errorf("bnkt is found in %v, literally %v", s.filter.matches, s.filter.literal)
	}
	wantShown(t, a, "2 of 4, letters in this order")
	letters(t, a, "zzz")
	wantShown(t, a, "0 of 4", "No text matches: esc clears the filter.")
	if strings.Contains(plain(a), "─ Text ") {
		t.Errorf("a text that the filter hides is shown below:\n%s", plain(a))
	}
	press(t, a, "esc")
	wantShown(t, a, "your texts · 4 texts")
}

func TestFilterShowsWhereInALongTextTheWordIs(t *testing.T) {
	set := texts(strings.Repeat("filler ", 500)+"needle in it", "short")
	a := textsApp(t, 80, 24, optionsWith(t, set, "local/ngrams@64"))
	press(t, a, "/")
	letters(t, a, "needle")
	wantShown(t, a, "needle in it")
}

func TestFilterFollowsTheTexts(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("aa", "ab", "bb"), "local/ngrams@64"))
	s := a.screen(screenTexts).(*textsScreen)
	press(t, a, "/", "a", "enter", "e", "backspace", "backspace", "x")
	if !slices.Equal(s.filter.matches, []int{0, 1}) {
		t.Errorf("while text 1 is written the list shows %v, want it to stay", s.filter.matches)
	}
	press(t, a, "esc", "d")
	wantWords(t, a, "ab", "bb")
	press(t, a, "a", "n", "esc")
	if s.filter.query != "" {
		t.Error("a new text is added behind a filter that may hide it")
	}
}

func TestTokensAreExactForOpenAIOnly(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("hello world"), "nanogpt/text-embedding-3-small@1536"))
	wantShown(t, a, "1 text · 2 tokens", "tokens (cl100k)", "exact for your candidates")
	b := textsApp(t, 80, 24, optionsWith(t, texts("hello world"), "nanogpt/text-embedding-3-small@1536", "local/glove@100"))
	wantShown(t, b, "1 text · ≈2 tokens", "  2  hello world", "≈ for others")
}

func TestTextsWithoutAVectorAreMarkedAndSayWhy(t *testing.T) {
	a := textsApp(t, 120, 24, optionsWith(t, texts("plain words", "☃☃☃", strings.Repeat("word ", 200)), "local/use-lite@512", "local/glove@100"))
	press(t, a, "j")
	wantShown(t, a, "!   2", "! glove@100: text 2 has no vector", "~   3")
	press(t, a, "j")
	wantShown(t, a, "~ use-lite@512 reads about the first 128 tokens of text 3")
}

func TestNearestTextsAreThoseOfTheMatrix(t *testing.T) {
	a := textsApp(t, 160, 40, localOptions(t))
	a.setScreen(screenTexts)
	press(t, a, "j", "j", "j")
	s := a.screen(screenTexts).(*textsScreen)
	for _, c := range a.store.ready() {
		list, known := s.nearest(c.ID())
		if !known || len(list) != nearestShown {
			t.Fatalf("%s: %d nearest texts, known %v", c.ID(), len(list), known)
		}
		for j := range a.store.corpus.Len() {
			v, _ := c.result.Matrix.At(3, j)
			listed := slices.ContainsFunc(list, func(n neighbour) bool { return n.text == j && n.similarity == v })
			if j != 3 && !listed && v > list[nearestShown-1].similarity {
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
	a := textsApp(t, 120, 30, optionsWith(t, many, "local/ngrams@16"))
	s := a.screen(screenTexts).(*textsScreen)
	_, first := a.Update(keyPress("j"))
	if list, known := s.nearest("local/ngrams@16"); known {
		t.Fatalf("looking through %d texts was done in the loop: %v", len(many), list)
	}
	_, second := a.Update(keyPress("j"))
	settle(t, a, first)
	if _, known := s.nearest("local/ngrams@16"); known {
		t.Error("the answer for a text that the cursor has left is shown")
	}
	settle(t, a, second)
	list, known := s.nearest("local/ngrams@16")
	if !known || len(list) != nearestShown {
		t.Fatalf("%v, known %v", list, known)
	}
	if v, _ := a.store.ready()[0].result.Matrix.At(2, list[0].text); v != list[0].similarity {
		t.Errorf("the nearest is said to be at %.4f, the matrix has %.4f", list[0].similarity, v)
	}
}

func TestMouseOnTheTexts(t *testing.T) {
	a := textsApp(t, 120, 30, optionsWith(t, texts("one", "two", strings.Repeat("long line\n", 60), "four"), "local/ngrams@64"))
	s := a.screen(screenTexts).(*textsScreen)
	p := s.parts(a.body)
	row := func(i int) tea.Msg { return click(10, 1+p.list.y+1+i) }
	send(t, a, row(2))
	if a.store.cursorA != 2 {
		t.Fatalf("a click on row 3 selects text %d", a.store.cursorA+1)
	}
	wheel := tea.MouseWheelMsg{X: p.detail.x + 1, Y: p.detail.y + 3, Button: tea.MouseWheelDown}
	send(t, a, wheel)
	if s.firstRow != 3 || a.store.cursorA != 2 {
		t.Errorf("the wheel over the text leads to line %d, text %d", s.firstRow+1, a.store.cursorA+1)
	}
	send(t, a, tea.MouseWheelMsg{X: 5, Y: 6, Button: tea.MouseWheelUp})
	if a.store.cursorA != 0 {
		t.Errorf("the wheel over the list leads to text %d", a.store.cursorA+1)
	}
	press(t, a, "e", "!")
	send(t, a, row(1))
	wantWords(t, a, "one!", "two", a.store.corpus.At(2).Text, "four")
	if s.typing() || a.store.cursorA != 1 {
		t.Errorf("a click beside the editor: typing %v, text %d", s.typing(), a.store.cursorA+1)
	}
}

func TestALongTextIsReadToItsEnd(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts(strings.Repeat("line\n", 50)+"the end", "b"), "local/ngrams@64"))
	wantShown(t, a, "lines 1–4 of 51, tab scrolls")
	press(t, a, "tab", "G")
	wantShown(t, a, "the end", "lines 48–51 of 51")
	press(t, a, "esc", "j")
	if a.store.cursorA != 1 {
		t.Errorf("after esc j leads to text %d", a.store.cursorA+1)
	}
	press(t, a, "tab")
	wantNotice(t, a, "all of the text is in sight")
}

func TestWritingHasItsOwnKeysAndEscKeepsTheText(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	press(t, a, "e")
	footer := ansi.Strip(a.footer(80))
	for _, want := range []string{"? help", "enter done", "alt+enter new line", "esc keep it and end"} {
		if !strings.Contains(footer, want) {
			t.Errorf("the footer while writing is %q", footer)
		}
	}
	if strings.Contains(footer, "quit") {
		t.Errorf("q is a letter now, yet the footer says %q", footer)
	}
	meaning := map[string]string{}
	for _, act := range append(a.global(), a.screen(screenTexts).actions()...) {
		for _, k := range act.binding.Keys() {
			if ctrl := strings.HasPrefix(k, "ctrl"); ctrl && meaning[k] != "" {
				t.Errorf("while writing %s means both %s and %s", k, meaning[k], act.id)
			}
			meaning[k] = act.id
		}
	}
	press(t, a, "!", "esc")
	wantWords(t, a, "one!")
}

func TestGivenTextsDoNotBuryTheOnesOfLastTime(t *testing.T) {
	o := optionsWith(t, texts("mine"), "local/ngrams@64")
	o.Texts, o.Source = texts("given"), "given.txt"
	a := textsApp(t, 80, 24, o)
	wantWords(t, a, "given")
	wantShown(t, a, "given.txt · 1 text")
	press(t, a, "u")
	wantWords(t, a, "mine")
}

func TestAnEditedSetIsRememberedAsEdited(t *testing.T) {
	o := optionsWith(t, texts("one"), "local/ngrams@64")
	o.State.Source, o.State.Edited = "Polysemy", true
	a := textsApp(t, 80, 24, o)
	wantShown(t, a, "Polysemy, edited · 1 text")
	if st := a.state(); st.Source != "Polysemy" || !st.Edited {
		t.Errorf("remembered from %q, edited %v", st.Source, st.Edited)
	}
	first := textsApp(t, 120, 24, localOptions(t))
	if st := first.state(); st.Set != firstSet || st.Edited || len(st.Texts) != 36 {
		t.Errorf("the first run is remembered as %+v", config.State{Set: st.Set, Edited: st.Edited})
	}
}

func TestClickAnswersAQuestion(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one", "two"), "local/ngrams@64"))
	press(t, a, "C")
	for y, l := range strings.Split(ansi.Strip(a.draw()), "\n") {
		if at := strings.Index(l, "yes, delete them"); at >= 0 {
			send(t, a, click(term.Width(l[:at]), y))
			break
		}
	}
	wantWords(t, a)
}

func TestWhatIsTypedIntoAFieldIsDrawnSafely(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, []corpus.Text{{Text: "one", Group: "a\u202eb"}}, "local/ngrams@64"))
	press(t, a, "t")
	if drawn := a.draw(); strings.ContainsRune(drawn, '\u202e') {
		t.Error("a character that reorders its neighbours reaches the terminal")
	}
	checkFrame(t, a.draw(), size{80, 24})
}

// manyTexts is as large a corpus as can be.
func manyTexts() []corpus.Text {
	out := make([]corpus.Text, corpus.MaxTexts)
	for i := range out {
		out[i] = corpus.Text{Text: fmt.Sprintf("Text number %d is about the weather of the day and a walk along the river bank", i), Group: fmt.Sprint(i % 7)}
	}
	return out
}

func BenchmarkTextsFrame(b *testing.B) {
	for name, set := range map[string][]corpus.Text{"36": hostile, "20000": manyTexts()} {
		b.Run(name, func(b *testing.B) {
			a := textsApp(b, 200, 60, optionsWith(b, set))
			for b.Loop() {
				a.screen(screenTexts).view(a.body)
			}
		})
	}
}

func BenchmarkTextsKeyAndFrame20000(b *testing.B) {
	a := textsApp(b, 200, 60, optionsWith(b, manyTexts()))
	for b.Loop() {
		_, _ = a.Update(keyPress("j"))
		a.draw()
	}
}

// BenchmarkTextsFilter20000 types and erases three letters, of which the last
// makes nothing match.
func BenchmarkTextsFilter20000(b *testing.B) {
	a := textsApp(b, 200, 60, optionsWith(b, manyTexts()))
	press(b, a, "/")
	for b.Loop() {
		for _, k := range []string{"i", "v", "x", "backspace", "backspace", "backspace"} {
			_, _ = a.Update(keyPress(k))
		}
	}
}

func TestAPasteIsAskedForInEveryWindowAndCanBeUndone(t *testing.T) {
	for _, paste := range []string{strings.Repeat("a line\n", 10_000), strings.Repeat("a line\r\n", 10_000) + "\r\n\r\n", "\n\n" + strings.Repeat("a line\r", 10_000)} {
		for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
			a := textsApp(t, z.w, z.h, optionsWith(t, texts("one")))
			send(t, a, tea.PasteMsg{Content: paste})
			checkFrame(t, a.draw(), z)
			wantShown(t, a, "n 10,000 texts, one a line", "1 one text of ")
			press(t, a, "n")
			wantNotice(t, a, "Added 10,000 texts: u takes it back.")
			if n := a.store.corpus.Len(); n != 10_001 || a.store.corpus.At(10_000).Text != "a line" {
				t.Errorf("%d texts, the last one %q", n, a.store.corpus.At(n-1).Text)
			}
			press(t, a, "u")
			wantNotice(t, a, "Undone: ")
			wantWords(t, a, "one")
		}
	}
}

func TestLinesPastedIntoATextAreToldOf(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	press(t, a, "e")
	send(t, a, tea.PasteMsg{Content: "two\r\nthree\r\n"})
	press(t, a, "1")
	wantNotice(t, a, "Inserted 2 lines; when the text is done, u takes its changes back.")
	press(t, a, "esc", "u")
	wantWords(t, a, "one")
}

func TestAPasteThatNothingTakesSaysSo(t *testing.T) {
	a := textsApp(t, 80, 24, optionsWith(t, texts("one"), "local/ngrams@64"))
	send(t, a, tea.PasteMsg{Content: "two\nthree"})
	send(t, a, tea.PasteMsg{Content: "four"})
	wantNotice(t, a, "What was pasted was not taken: esc leaves the box, then paste again.")
	press(t, a, "esc", "3")
	send(t, a, tea.PasteMsg{Content: "two\nthree"})
	wantNotice(t, a, "What is pasted becomes texts on Texts: go there and paste again.")
	wantWords(t, a, "one")
}

func TestTheLineOfNearestTextsHasEveryCandidate(t *testing.T) {
	o := optionsWith(t, shopTexts, "local/use-lite@512", "local/glove@100", "local/ngrams@512", "local/use-lite@64")
	a := settled(t, 80, 24, o)
	press(t, a, "2")
	for _, l := range strings.Split(plain(a), "\n") {
		if at := strings.Index(l, "nearest  "); at >= 0 {
			if strings.Count(l, "→") != 4 || strings.Count(l, "0.") != 4 {
				t.Errorf("the line is %q", l)
			}
			return
		}
	}
	t.Errorf("there is no such line:\n%s", plain(a))
}
