package texts

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestANewTextIsNumberedAndHasNoNearestYet(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Glove, "local/ngrams@64"))
	uitest.Press(t, a, "a")
	uitest.WantShown(t, a, "New text 2", "nearest  glove@100 → –  ngrams@64 → –")
	uitest.Press(t, a, "x", "backspace")
	uitest.WantShown(t, a, "New text 2")
	uitest.Press(t, a, "esc", "e", "backspace", "backspace", "backspace")
	uitest.WantShown(t, a, "Text 2 is empty", "nearest  glove@100 → –  ngrams@64 → –")
	b := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts("one"), uitest.Glove))
	uitest.WantShown(t, b, "needs a second text")
	uitest.Press(t, b, "a")
	uitest.WantShown(t, b, "type, and the nearest texts appear")
}

// What was computed of the texts before stays in sight, dimmed, until the results follow.
func TestWhatFollowsTheTypingIsSaidToBeBehind(t *testing.T) {
	for what, keys := range map[string][]string{"nearest in local/ngrams@64": nil, "nearest to the query in local/ngrams@64": {"Q", "h", "h", "enter"}} {
		a := settled(t, 200, 60, libraryOptions(t, &library{}, "local/ngrams@64"))
		uitest.Press(t, a, keys...)
		uitest.Press(t, a, "e")
		_, later := a.Update(uitest.KeyPress("x"))
		head := what + "  follows when you rest"
		uitest.WantShown(t, a, head)
		if drawn := a.Draw(); !strings.Contains(drawn, a.Theme.Codes.Dim+" ") {
			t.Errorf("numbers of the texts before are not dimmed:\n%s", drawn)
		}
		uitest.Settle(t, a, later)
		if strings.Contains(uitest.Plain(a), "follows when you rest") {
			t.Errorf("the results have followed:\n%s", uitest.Plain(a))
		}
		uitest.WantShown(t, a, what)
	}
}

func TestTheTextUnderTheCursorIsTheOneThatIsCopied(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "j")
	if got := uitest.CopiedBy(t, a, "y", "t"); got != "two" {
		t.Errorf("copied is %q", got)
	}
	uitest.WantNotice(t, a, "Copied text 2 ")
}

// A theme, a width and a remark are part of what is drawn of a text, and so are new ones.
func TestTheDrawnTextFollowsWindowColoursAndRemarks(t *testing.T) {
	words := strings.Repeat("word ", 100)
	a := textsApp(t, 140, 40, uitest.OptionsWith(t, uitest.Texts(words+"end", "other"), uitest.Use))
	s := a.Screen(ID).(*Screen)
	lines := func() int {
		uitest.Happen(t, a, uitest.Nothing)
		return len(s.wrapped.lines)
	}
	wide := lines()
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 120, H: 40}))
	if narrow := lines(); narrow <= wide {
		t.Errorf("in a narrower window the text has %d lines, before it had %d", narrow, wide)
	}
	warn := func() bool {
		uitest.Happen(t, a, uitest.Nothing)
		last := s.wrapped.lines[len(s.wrapped.lines)-1]
		return strings.HasPrefix(last, string(a.Theme.Warn)) && strings.HasSuffix(last, theme.Reset)
	}
	uitest.Press(t, a, "e")
	uitest.Letters(t, a, strings.Repeat(" word", 40))
	uitest.Press(t, a, "esc")
	for range 2 { // in the colours of each background
		if !warn() {
			t.Errorf("the remark is drawn as %q", s.wrapped.lines[len(s.wrapped.lines)-1])
		}
		uitest.Press(t, a, "ctrl+t")
	}
}

func TestTheColumnOfSelectedTextsIsThereWhileSomeAre(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "*", "j", "*")
	uitest.WantShown(t, a, " *   1 ", " *   2 ", "     3 ")
	uitest.WantNotice(t, a, "2 texts are selected")
	uitest.Press(t, a, "*")
	uitest.WantShown(t, a, " *   1 ", "     2 ")
	uitest.WantNotice(t, a, "1 text is selected")
}

func TestSelectedTextsAreShownAloneOnMatrices(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.Press(t, a, "*", "j", "*")
	for _, act := range a.Screen(ID).(*Screen).Offers() {
		if act.ID == "texts.select.show" {
			uitest.Happen(t, a, func() tea.Cmd { return a.Perform(act) })
		}
	}
	if got := len(a.Session.DisplayOrder()); a.Current().Info().ID != "matrices" || got != 2 {
		t.Errorf("%s shows %d texts", a.Current().Info().ID, got)
	}
}

func TestTheWheelTurnsWhatItIsOver(t *testing.T) {
	long := strings.Repeat("a line\n", 60)
	a := textsApp(t, 120, 30, uitest.OptionsWith(t, uitest.Texts("one", long, "three"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	p := s.parts(a.Body)
	wheel := func(x, y int, button tea.MouseButton) {
		uitest.Send(t, a, tea.MouseWheelMsg{X: x, Y: y + 1, Button: button})
	}
	uitest.Press(t, a, "j")
	wheel(p.detail.X+1, p.detail.Y, tea.MouseWheelDown)
	wheel(p.detail.X+1, p.detail.Y, tea.MouseWheelDown)
	wheel(p.detail.X+1, p.detail.Y, tea.MouseWheelUp)
	if s.firstRow != 3 {
		t.Errorf("two turns down and one up lead to line %d", s.firstRow+1)
	}
	wheel(p.caption.X+1, p.caption.Y, tea.MouseWheelDown)
	if s.filter.Shown() || a.Session.CursorA() != 1 {
		t.Errorf("the wheel over the line above begins a filter, or leads to text %d", a.Session.CursorA()+1)
	}
	uitest.Press(t, a, "e")
	at := s.writing.editor.Draw(a.Theme, "")
	wheel(p.detail.X+1, p.detail.Y+2, tea.MouseWheelUp)
	now := s.writing.editor.Draw(a.Theme, "")
	s.writing.editor.Vertical(3)
	if back := s.writing.editor.Draw(a.Theme, ""); fmt.Sprint(now) == fmt.Sprint(at) || fmt.Sprint(back) != fmt.Sprint(at) || a.Session.CursorA() != 1 {
		t.Error("the wheel over the editor does not move three lines in it")
	}
	uitest.Press(t, a, "esc")
	uitest.Send(t, a, uitest.Click(p.caption.X+1, p.caption.Y+1))
	if !s.filter.Typing() {
		t.Error("a click on the line above begins no filter")
	}
	uitest.Press(t, a, "t", "h", "r")
	uitest.ClickOn(t, a, "three")
	uitest.Press(t, a, "esc", "up")
	if uitest.Press(t, a, "tab"); !s.reading {
		t.Fatal("the long text is not read")
	}
	if uitest.ClickOn(t, a, "three"); s.reading {
		t.Error("a click on another text leaves the keys in the one before")
	}
	uitest.Press(t, a, "/", "t", "h", "r")
	uitest.ClickOn(t, a, "three")
	if s.filter.Typing() || s.filter.Words() != "thr" || a.Session.CursorA() != 2 {
		t.Errorf("a click on a match leaves the filter typing (%v), with the words %q, and leads to text %d", s.filter.Typing(), s.filter.Words(), a.Session.CursorA()+1)
	}
	empty := textsApp(t, 120, 30, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.Send(t, empty, uitest.Click(p.caption.X+1, p.caption.Y+1))
	if empty.Screen(ID).(*Screen).filter.Shown() {
		t.Error("without texts a click begins a filter")
	}
}

func TestOtherTextsBeginAtTheirFirstLineAndWithoutAFilter(t *testing.T) {
	long := strings.Repeat("line\n", 50) + "the end"
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(long, "b"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "/", "l", "enter", "tab", "G")
	uitest.WantShown(t, a, "the end")
	uitest.Send(t, a, uitest.OpenTexts(a, "f.txt", corpus.Text{Text: long + "s"}, corpus.Text{Text: "more"}))
	if s.reading || s.firstRow != 0 || s.filter.Shown() {
		t.Errorf("other texts are scrolled %v to line %d, under the filter %q", s.reading, s.firstRow+1, s.filter.Words())
	}
	uitest.Press(t, a, "tab", "G", "/")
	if s.reading {
		t.Error("while a filter is typed the keys scroll a text")
	}
	uitest.Press(t, a, "esc", "tab", "G", "e")
	if s.reading || s.firstRow != 0 {
		t.Error("while a text is written the keys scroll it")
	}
}

func TestTheExampleThatIsThereIsMarked(t *testing.T) {
	a := textsApp(t, 100, 30, uitest.LocalOptions(t))
	a.SetScreen(ID)
	uitest.Press(t, a, "x")
	set, _ := corpus.FindSet("paraphrase-traps")
	uitest.WantShown(t, a, "● "+set.Title)
	if n := strings.Count(uitest.Plain(a), "● "); n != 1 {
		t.Errorf("%d examples are marked:\n%s", n, uitest.Plain(a))
	}
}

func TestTheCommandRanksTheTextsOrComparesThem(t *testing.T) {
	a := settled(t, 200, 60, libraryOptions(t, &library{}, "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	lacks := func(words string) {
		t.Helper()
		c, reason := s.Command()
		if got := strings.Contains(strings.Join(c.Lacks, ""), "not only those of the filter"); reason != "" || !strings.Contains(c.Line(), words) || got != (words == " --roles off ") {
			t.Errorf("%q, for it: %q %q", c.Line(), c.Lacks, reason)
		}
	}
	uitest.Press(t, a, "/", "h", "enter")
	lacks(" --roles off ")
	ask(t, a, "hh")
	uitest.Press(t, a, "/", "h", "enter")
	lacks(" --query hh --top 4")
}

// The results may be those of texts that stood elsewhere.
func TestAMarkStaysWithItsTextWhileTheResultsFollow(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("☃☃☃", "plain words"), uitest.Glove))
	uitest.WantShown(t, a, "!   1", "    2 ")
	_, later := a.Update(uitest.KeyPress(">"))
	if line := uitest.LineWith(t, a, "plain words", " 1 "); strings.Contains(line, "!") {
		t.Errorf("the text that moved up is marked: %q", line)
	}
	uitest.Settle(t, a, later)
	uitest.WantShown(t, a, "!   2")
}

func TestATextThatJustFitsIsNotSaidToBeReadInPart(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("word ", n)) }
	o := libraryOptions(t, &library{}, "library/plain@8")
	o.State.Texts = []config.Text{{Text: words(50)}, {Text: words(51)}}
	a := settled(t, 80, 24, o)
	uitest.WantShown(t, a, "    1       50  word", "~   2       51  word")
}

func TestMoreThanFivePastedLinesAreCounted(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Send(t, a, tea.PasteMsg{Content: "a\nb\nc\nd\ne\nf"})
	uitest.WantShown(t, a, "5  e", "… and 1 more")
	uitest.Press(t, a, "esc")
	uitest.Send(t, a, tea.PasteMsg{Content: "a\nb\nc\nd\ne"})
	uitest.WantShown(t, a, "5  e")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "more") {
		t.Errorf("of five lines more are counted:\n%s", drawn)
	}
}

func TestTextsThatBecameALineEachAreCounted(t *testing.T) {
	for _, c := range []struct {
		texts           []string
		copied, becomes string
	}{
		{[]string{"one\ntwo", "three"}, "one two\nthree\n", "Copied 2 texts (14 bytes). 1 text of several lines became one line; .jsonl keeps them."},
		{[]string{"one\ntwo", "three\nfour"}, "one two\nthree four\n", "Copied 2 texts (19 bytes). 2 texts of several lines became one line each; .jsonl keeps them."},
	} {
		a := textsApp(t, 120, 24, uitest.OptionsWith(t, uitest.Texts(c.texts...), "local/ngrams@64"))
		if got := uitest.CopiedBy(t, a, "y", "a"); got != c.copied {
			t.Errorf("copied is %q", got)
		}
		uitest.WantNotice(t, a, c.becomes)
	}
}

func TestAPathThatCannotBeReadStaysAsItWasTyped(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	a := textsApp(t, 100, 24, uitest.OptionsWith(t, nil, "local/ngrams@64"))
	uitest.OpenPath(t, a, "~/nothing.txt")
	if p, ok := a.Top().(*widget.PathPrompt); !ok || p.Input.Value() != "~/nothing.txt" {
		t.Errorf("it becomes another path:\n%s", uitest.Plain(a))
	}
}

func TestAQueryThatEndedWhileItWasAskedAboutIsNotStopped(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "2")
	ask(t, a, "hh")
	s.After, s.Meanwhile = 1, func() { uitest.Press(t, a, "esc") }
	uitest.Press(t, a, "p")
	uitest.WantShown(t, a, "The query is being asked of 1 paid model.")
	uitest.Press(t, a, "y")
	uitest.WantNotice(t, a, "Nothing was stopped: it has ended meanwhile.")
	uitest.WantShown(t, a, "Query “hh”")
}

func TestAPasteOfBrokenCharactersIsMadeWhole(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"), "local/ngrams@64"))
	uitest.Send(t, a, tea.PasteMsg{Content: "caf\xe9 and t\xff"})
	uitest.WantWords(t, a, "one", "caf\uFFFD and t\uFFFD")
}

// Drawing the editor for another window moves nothing in it.
func TestDrawingTheEditorChangesNothing(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(strings.Repeat("a line\n", 40))))
	uitest.Press(t, a, "e")
	s := a.Screen(ID).(*Screen)
	before := fmt.Sprint(s.writing.editor.Draw(a.Theme, ""))
	s.View(ui.Size{W: 40, H: 12})
	if after := fmt.Sprint(s.writing.editor.Draw(a.Theme, "")); after != before {
		t.Errorf("it was drawn as\n%s\nand is as\n%s", before, after)
	}
}

// Texts of which labels say nothing leave the room of the sign free.
func TestNearestTextsStandUnderEachOther(t *testing.T) {
	texts := []corpus.Text{{Text: "one cat", Group: "a"}, {Text: "one cat more", Group: "a"}, {Text: "one dog"}, {Text: "rain", Group: "b"}}
	a := textsApp(t, 200, 40, uitest.OptionsWith(t, texts, uitest.Use))
	s := a.Screen(ID).(*Screen)
	at := map[int]bool{}
	for _, row := range s.nearestRows(a.Session.States()[0], 60, 9) {
		for _, text := range texts[1:] {
			if before, _, found := strings.Cut(plain(row), " "+text.Text+" "); found {
				at[len([]rune(before))] = true
			}
		}
	}
	if len(at) != 1 {
		t.Errorf("the texts begin at the columns %v", at)
	}
}
