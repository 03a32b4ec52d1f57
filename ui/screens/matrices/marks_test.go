package matrices

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestThePairUnderTheCursorIsMarked(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.Texts("one cat", "two cats", "a dog"), uitest.Use, uitest.Glove)
	o.State.Order = session.OrderGiven.Key()
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "1", "=")
	if got := a.Session.Labels().Marks(); len(got) != 0 {
		t.Fatalf("on Models = has marked %v", got)
	}
	uitest.Press(t, a, "3", "=")
	if got := a.Session.Labels().Marked(0, 1); got != labels.Same || !strings.Contains(uitest.Plain(a), "= same") {
		t.Errorf("= marks the pair %q:\n%s", got, uitest.Plain(a))
	}
	uitest.Press(t, a, "#")
	if got := a.Session.Labels().Marked(1, 0); got != labels.Different {
		t.Errorf("# marks the pair %q", got)
	}
	uitest.Press(t, a, "#")
	if got := a.Session.Labels().Marked(0, 1); got != "" {
		t.Errorf("# again leaves the mark %q", got)
	}
	uitest.Press(t, a, ",", "u", "u")
	if got := a.Session.Labels().Marked(0, 1); got != labels.Different {
		t.Errorf("undoing twice leaves the mark %q", got)
	}
	uitest.Press(t, a, "h")
	uitest.Press(t, a, "=")
	if !strings.Contains(ansi.Strip(a.Draw()), "one text beside itself") {
		t.Errorf("a text beside itself is no pair to mark:\n%s", uitest.Plain(a))
	}
}

func TestPairsAreMarkedWithoutNames(t *testing.T) {
	texts := uitest.Texts("the bank lends money", "a bank of the river", "money is lent here", "water flows by", "the cat sleeps", "a tired kitten", "stock prices fell", "markets went down")
	for _, s := range [][2]int{{80, 24}, {40, 10}, {200, 60}} {
		a := settled(t, s[0], s[1], uitest.OptionsWith(t, texts, uitest.Use, uitest.Glove))
		uitest.Press(t, a, "3", "N")
		box := uitest.Plain(a)
		uitest.CheckFrame(t, box, a.Window())
		if !strings.Contains(box, "Same or different?") {
			t.Fatalf("N opens no box:\n%s", box)
		}
		uitest.Press(t, a, "=", "#", "N", ",")
		marks := a.Session.Labels().Marks()
		if len(marks) != 3 || marks[0].Verdict != labels.Same || marks[1].Verdict != labels.Different || marks[2].Verdict != labels.Unsure {
			t.Errorf("the marks are %v", marks)
		}
		uitest.Press(t, a, "u", "esc")
		if got := len(a.Session.Labels().Marks()); got != 2 {
			t.Errorf("undo leaves %d marks", got)
		}
		x, y := a.Session.Texts()[a.Session.CursorA()].Text, a.Session.Texts()[a.Session.CursorB()].Text
		if (labels.Mark{A: x, B: y}) != (labels.Mark{A: marks[2].A, B: marks[2].B}) && (labels.Mark{A: y, B: x}) != (labels.Mark{A: marks[2].A, B: marks[2].B}) {
			t.Errorf("esc leads to %q and %q, which were not shown last", x, y)
		}
		uitest.Settle(t, a, a.Session.Labels().Doubts(func(pairs [][2]int, _ error) tea.Cmd {
			for _, p := range pairs {
				if a.Session.Labels().Marked(p[0], p[1]) != "" {
					t.Errorf("texts %d and %d are suggested again", p[0]+1, p[1]+1)
				}
			}
			return nil
		}))
	}
}

func TestTheScoreboardStandsOverTheMatrices(t *testing.T) {
	var texts []corpus.Text
	for i, words := range []string{"a cat purrs", "the kitten sleeps", "stocks fell", "markets went down"} {
		texts = append(texts, corpus.Text{Text: words, Group: []string{"cats", "money"}[i/2]})
	}
	for s, want := range map[[2]int]string{{200, 60}: "AUC 1.000 · nearest in group 1.000 · best F1 1.000 at ", {40, 10}: "AUC 1.000"} {
		a := settled(t, s[0], s[1], uitest.OptionsWith(t, texts, uitest.Use, uitest.Glove))
		uitest.Press(t, a, "3")
		if !strings.Contains(uitest.Plain(a), want) {
			t.Errorf("%v: %q is not said in\n%s", s, want, uitest.Plain(a))
		}
		uitest.CheckFrame(t, uitest.Plain(a), a.Window())
	}
}
