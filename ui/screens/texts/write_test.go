package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

var altEnter = tea.KeyPressMsg{Code: tea.KeyEnter, Mod: tea.ModAlt}

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
	if v := a.Session.Ready()[0].Result.Vectors.Similarity(0, 1); v != after {
		t.Errorf("the list says %.4f, the vectors %.4f", after, v)
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
	if said := a.Notice().Text; strings.Contains(said, "emptied") {
		t.Errorf("of a text that nobody has written it is said %q", said)
	}
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
	uitest.WantNotice(t, a, "Text 2 was emptied and is deleted: u undo.")
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
	uitest.Press(t, a, "e", " ")
	uitest.Send(t, a, altEnter)
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "one\ntwo") // blanks and lines at the end are rarely meant
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
	uitest.Press(t, a, "!")
	uitest.Send(t, a, tea.PasteMsg{Content: "\nto the end"})
	uitest.Press(t, a, "esc")
	uitest.WantWords(t, a, "one", "two and more!to the end")
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
			if writing := slices.Contains(tt.keys, "e") || slices.Contains(tt.keys, "a"); writing != strings.Contains(uitest.Plain(a), "1 a part of the text being written") {
				t.Errorf("while a text is written, %t, it is asked\n%s", writing, uitest.Plain(a))
			}
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
	uitest.Press(t, a, "d", "a", "x", "enter") // the last that there is room for
	if n := a.Session.Corpus().Len(); n != corpus.MaxTexts || a.Screen(ID).(ui.Typer).Typing() {
		t.Fatalf("behind text %d another is begun", n)
	}
	uitest.Press(t, a, "u", "u")
	uitest.Send(t, a, lines)
	uitest.Press(t, a, "n")
	uitest.WantNotice(t, a, "199,998 texts are too many")
	uitest.Press(t, a, "u")
	if n := a.Session.Corpus().Len(); n != 2 {
		t.Errorf("%d texts after undo", n)
	}
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

func TestWhatIsTypedIntoAFieldIsDrawnSafely(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "a\u202eb"}}, "local/ngrams@64"))
	uitest.Press(t, a, "L")
	if drawn := a.Draw(); strings.ContainsRune(drawn, '\u202e') {
		t.Error("a character that reorders its neighbours reaches the terminal")
	}
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
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

// The first text is written where its details will stand, before there is any.
func TestTheFirstTextIsWrittenInSight(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil))
	s := a.Screen(ID).(*Screen)
	blank := func() bool {
		return strings.TrimSpace(ansi.Strip(strings.Join(s.drawDetail(s.parts(s.Body)), ""))) == ""
	}
	if !blank() {
		t.Error("without texts there are details")
	}
	if uitest.Press(t, a, "a"); blank() || s.rows() != 0 {
		t.Errorf("nothing is seen of the text that is begun, among %d\n%s", s.rows(), uitest.Plain(a))
	}
}
