package labelling_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// boxLines are the lines of the top box in that room, without styles or blanks at their ends.
func boxLines(t *testing.T, a *shell.App, room ui.Size) []string {
	t.Helper()
	lines := slices.Clone(a.Top().View(room, a.Theme))
	for i, l := range lines {
		if w := min(room.W, 90); term.Width(l) != w {
			t.Errorf("a line takes %d of %d columns: %q", term.Width(l), w, l)
		}
		lines[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return lines
}

// The two texts get as much room as there is, with a line between them where it is enough.
func TestTheBoxOfPairsUsesItsRoom(t *testing.T) {
	long := func(word string) corpus.Text { return corpus.Text{Text: strings.Repeat(word+" ", 400)} }
	a := onMatrices(t, []corpus.Text{long("bank"), long("river"), long("money")})
	uitest.Press(t, a, "N")
	head, _, _ := strings.Cut(boxLines(t, a, ui.Size{W: 60, H: 20})[0], " of ")
	if head != "Same or different?  1" {
		t.Errorf("it begins with %q", head)
	}
	for _, c := range []struct{ h, each, rules int }{{5, 1, 0}, {7, 1, 0}, {8, 1, 2}, {9, 2, 2}, {10, 2, 2}, {20, 7, 2}} {
		for _, w := range []int{60, 100} {
			for marked := range 2 {
				if marked > 0 {
					uitest.Press(t, a, "=", "up")
				}
				lines := boxLines(t, a, ui.Size{W: w, H: c.h})
				words, rules := 0, 0
				for _, l := range lines[1 : len(lines)-1] {
					switch first, _, _ := strings.Cut(l, " "); {
					case first == "──":
						rules++
					case first == "bank" || first == "river" || first == "money":
						words++
					case l != "" && l != "= same":
						t.Errorf("there is a line %q", l)
					}
				}
				if said := slices.Contains(lines, "= same"); words != 2*c.each || rules != c.rules || len(lines) > c.h || said != (marked > 0) {
					t.Errorf("in %d×%d there are %d lines of texts and %d rules, marked %t:\n%s", w, c.h, words, rules, said, strings.Join(lines, "\n"))
				}
				if marked > 0 {
					uitest.Press(t, a, "u")
				}
			}
		}
	}
}

// Texts that were changed meanwhile are not marked, and the next key leaves the box.
func TestTheBoxOfTextsThatAreGoneCloses(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N")
	uitest.Send(t, a, uitest.OpenTexts(a, "other.txt", uitest.Texts("one", "two", "three")...))
	if got := boxLines(t, a, ui.Size{W: 60, H: 20}); !slices.Equal(got, []string{"These texts were changed meanwhile; esc leads back."}) {
		t.Errorf("it says %q", got)
	}
	uitest.Press(t, a, "=")
	if wantMarks(t, a); a.Top() != nil {
		t.Errorf("after a key there is\n%s", uitest.Plain(a))
	}
}

func TestTheBoxOfPairsCountsSkipsAndLeavesTheCursorOnItsPair(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N")
	uitest.WantShown(t, a, "Same or different?", "  1 of ")
	uitest.Press(t, a, "down")
	uitest.WantShown(t, a, "  2 of ")
	uitest.Press(t, a, "down", "up")
	uitest.WantShown(t, a, "  2 of ")
	uitest.Press(t, a, "u") // nothing of this box to undo: the pair stays
	uitest.WantShown(t, a, "  2 of ")
	shown := boxLines(t, a, ui.Size{W: 80, H: 20})
	uitest.Press(t, a, "esc")
	if x, y := several[a.Session.CursorA()].Text, several[a.Session.CursorB()].Text; shown[2] != x || shown[4] != y {
		t.Errorf("the cursor is left on %q and %q, and shown was %q", x, y, shown)
	}
	// At the end there is nothing to skip, and undo shows the pair again that it was of.
	uitest.Press(t, a, "N", "=")
	marked := a.Session.Labels().Marks()[0]
	for range 30 {
		uitest.Press(t, a, "down")
	}
	uitest.WantShown(t, a, "That was all: 1 mark.")
	uitest.Press(t, a, "u")
	uitest.WantShown(t, a, "Same or different?", marked.A, marked.B)
	wantMarks(t, a)
}

func TestALongTextInTheBoxOfPairsEndsWithAMark(t *testing.T) {
	long := strings.Repeat("a cat sat on the mat and looked out. ", 60)
	a := onMatrices(t, append([]corpus.Text{{Text: long}}, several...))
	uitest.Press(t, a, "N")
	for range 20 {
		if strings.Contains(uitest.Plain(a), "a cat sat on the mat") {
			break
		}
		uitest.Press(t, a, "down")
	}
	uitest.WantShown(t, a, "a cat sat on the mat", " …")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 80, H: 24})
}

func TestWhatIsTakenBackSaysWhatThePairIsThen(t *testing.T) {
	a := onMatrices(t, several)
	a.Session.SetCursor(0, 1)
	uitest.Press(t, a, "=", "#", "u")
	uitest.WantNotice(t, a, "Taken back: “a bank of the river” and “the bank lends money” are marked same again.")
	uitest.Press(t, a, "u")
	uitest.WantNotice(t, a, "are not marked any more.")
	uitest.Press(t, a, "u")
	uitest.WantNotice(t, a, "There is no mark of this session to take back.")
}

func TestSignsTellBelongingAndTheOwnMark(t *testing.T) {
	texts := []corpus.Text{{Text: "one", Group: "a"}, {Text: "two", Group: "a"}, {Text: "three", Group: "b"}}
	a := onMatrices(t, texts)
	a.Session.SetCursor(0, 1)
	uitest.Press(t, a, ",")
	for pair, want := range map[[2]int]string{{0, 1}: labelling.SameSign + ",", {0, 2}: labelling.DifferentSign + " "} {
		if got := labelling.Signs(a.Session, pair[0], pair[1]); got != want {
			t.Errorf("texts %v have the signs %q, want %q", pair, got, want)
		}
	}
	if got := labelling.MarkText(a.Session, a.Theme, 0, 1); !strings.Contains(got, ", unsure") {
		t.Errorf("the mark is told as %q", got)
	}
	if got := labelling.MarkText(a.Session, a.Theme, 0, 2); got != "" {
		t.Errorf("without a mark it is told as %q", got)
	}
}

// What a file brought is told whoever asked for it, and its boxes open only where that was.
func TestAFileThatIsTakenInLateOpensNoBox(t *testing.T) {
	a := onMatrices(t, several)
	path := uitest.File(t, "theirs.csv", "x")
	for _, c := range []struct {
		here  bool
		err   error
		lacks bool
	}{{true, nil, true}, {false, nil, false}, {true, os.ErrNotExist, false}, {false, errors.New("no luck"), false}} {
		opened := false
		f := labelling.Import{Context: &a.Context, Title: "Take them in", About: "a file", Here: func() bool { return c.here },
			Take: func(_ string, then func(labelling.Taken, error) tea.Cmd) tea.Cmd {
				return then(labelling.Taken{Said: "3 of them.", Lacks: c.lacks, Disagreements: func(file string) ui.Overlay {
					opened = true
					return widget.NewReader(&a.Context, file, "", func(int, *theme.Theme) []string { return []string{"they differ"} })
				}}, c.err)
			}}
		uitest.Settle(t, a, f.Ask())
		uitest.Send(t, a, tea.PasteMsg{Content: path})
		uitest.Press(t, a, "enter")
		if want := c.err == nil && c.here; opened != want {
			t.Errorf("%+v: the box of what differs was opened: %v", c, opened)
		}
		_, asks := a.Top().(*widget.PathPrompt)
		if want := c.err != nil && c.here; asks != want {
			t.Errorf("%+v: it is asked again: %v", c, asks)
		}
		if c.err == nil {
			level := ui.NoticeGood
			if c.lacks {
				level = ui.NoticeWarn
			}
			if n := a.Notice(); n.Text != "theirs.csv: 3 of them." || n.Level != level {
				t.Errorf("%+v: it says %q, level %v", c, n.Text, n.Level)
			}
		}
		for a.Top() != nil {
			uitest.Press(t, a, "esc")
		}
	}
}

func TestFiguresSayWhatTheyAreOver(t *testing.T) {
	f := labelling.Figures{AUC: "0.900", Nearest: "0.800", BestF1: "0.700", At: "0.600"}
	if got := strings.Join(f.Lines(), "|"); got != "AUC 0.900 · nearest in group 0.800 · best F1 0.700 at 0.600|AUC 0.900 · F1 0.700 at 0.600|AUC 0.900" {
		t.Errorf("written is %s", got)
	}
	f.Part, f.Lacks = labelling.PartMark, "no vector for 1 of 9 texts"
	if got := f.Lines(); !strings.HasSuffix(got[0], " · no vector for 1 of 9 texts") || got[1] != "AUC* 0.900 · no vector for 1 of 9 texts" {
		t.Errorf("written is %q", got)
	}
	// A model that has all vectors lacks none, although another does.
	grouped := []corpus.Text{{Text: "a cat purrs", Group: "cats"}, {Text: "the cat is purring", Group: "cats"}, {Text: "stocks fell", Group: "money"}, {Text: "the market dropped", Group: "money"}, {Text: "☃☃☃", Group: "money"}}
	a := onMatrices(t, grouped)
	a.Session.Labels().Mark(0, 1, labels.Same)
	uitest.Happen(t, a, uitest.Nothing)
	lacking := map[string]bool{}
	for _, c := range a.Session.Ready() {
		x, ok := labelling.FiguresOf(a.Session, c.ID())
		if !ok {
			t.Fatalf("%s has no figures", c.ID())
		}
		if lacking[c.ID()] = x.Lacks != ""; (len(c.Result.Failed) > 0) != lacking[c.ID()] {
			t.Errorf("%s fails at %d texts, and it is said %q", c.ID(), len(c.Result.Failed), x.Lacks)
		}
	}
}
