package labelling_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// What lies how is counted once, again when labels change, and forgotten with its candidate.
func TestSpreadsFollowCandidatesAndLabels(t *testing.T) {
	a := onMatrices(t, several)
	var s labelling.Spreads
	first := s.Count(a.Session)
	if first == nil || s.Len() != 0 {
		t.Fatal("nothing is counted")
	}
	if s.Count(a.Session) != nil {
		t.Error("what is under way is begun again")
	}
	uitest.Settle(t, a, first)
	ids := a.Session.Ready()
	if s.Len() != len(ids) || s.Of(ids[0].ID()) == nil || s.Of(ids[0].ID()).Labelled() || s.Count(a.Session) != nil {
		t.Fatalf("of %d candidates %d are counted", len(ids), s.Len())
	}
	a.Session.Labels().Mark(0, 1, labels.Same)
	again := s.Count(a.Session)
	a.Session.Labels().Mark(0, 2, labels.Different)
	last := s.Count(a.Session)
	if again == nil || last == nil || s.Of(ids[0].ID()) == nil {
		t.Fatal("other labels are not counted")
	}
	uitest.Settle(t, a, again) // it comes too late
	if s.Of(ids[0].ID()).Labelled() {
		t.Error("what labels of before say is drawn")
	}
	if uitest.Settle(t, a, last); !s.Of(ids[0].ID()).Labelled() || !s.Of(ids[0].ID()).Partial() {
		t.Error("what labels say is not drawn")
	}
	uitest.Settle(t, a, a.Session.Toggle(ids[0].Candidate))
	if s.Count(a.Session); s.Of(ids[0].ID()) != nil || s.Len() != len(ids)-1 {
		t.Error("a candidate that is gone is kept")
	}
}

// Where a file could not be taken in, it is asked for again with its path and the reason.
func TestAFileIsAskedForAgainWithWhatWasTyped(t *testing.T) {
	a := onMatrices(t, several)
	f := labelling.Import{Context: &a.Context, Title: "Take them in", About: "a file", Here: func() bool { return true },
		Take: func(_ string, then func(labelling.Taken, error) tea.Cmd) tea.Cmd {
			return then(labelling.Taken{}, os.ErrNotExist)
		}}
	uitest.Settle(t, a, f.Ask())
	if uitest.Press(t, a, "enter"); !strings.Contains(uitest.Flat(a.Draw()), "Type the path of a file; esc leaves everything as it is.") {
		t.Errorf("without a path it says\n%s", uitest.Plain(a))
	}
	uitest.Letters(t, a, "theirs.csv")
	uitest.Press(t, a, "enter")
	p, ok := a.Top().(*widget.PathPrompt)
	if !ok || p.Input.Value() != "theirs.csv" || !strings.Contains(uitest.Flat(a.Draw()), os.ErrNotExist.Error()) {
		t.Errorf("it is asked again as\n%s", uitest.Plain(a))
	}
}

// A path is listed as people paste it, in quotes too, where it is asked for.
func TestTheFolderOfAPastedPathIsListed(t *testing.T) {
	a := onMatrices(t, several)
	f := labelling.Import{Context: &a.Context, Title: "Take them in", About: "a file", Here: func() bool { return true }}
	path := uitest.File(t, "theirs.csv", "x")
	uitest.Settle(t, a, f.Ask())
	uitest.Send(t, a, tea.PasteMsg{Content: `"` + filepath.Dir(path) + string(filepath.Separator)})
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "  theirs.csv ") {
		t.Errorf("listed is\n%s", drawn)
	}
}

// A model has every figure of groups, and what was not tried has none.
func TestFiguresAtGroupsAreNamed(t *testing.T) {
	grouped := []corpus.Text{{Text: "a cat purrs", Group: "cats"}, {Text: "the cat is purring", Group: "cats"}, {Text: "stocks fell", Group: "money"}, {Text: "the market dropped", Group: "money"}}
	a := onMatrices(t, grouped)
	uitest.Happen(t, a, uitest.Nothing)
	for _, c := range a.Session.Ready() {
		f, ok := labelling.FiguresOf(a.Session, c.ID())
		score := a.Session.Verdict().Score(c.ID())
		if !ok || score == nil || f.AUC == "" || f.Nearest == "" || f.BestF1 == "" || f.At == "" || f.Part != "" || f.Lacks != "" {
			t.Errorf("%s: %+v", c.ID(), f)
		}
	}
	if name := labelling.ScoreName(a.Session, "AUC"); name != "AUC" {
		t.Errorf("over all that is labelled the name is %q", name)
	}
	if _, ok := labelling.FiguresOf(a.Session, "nobody/knows@4"); ok {
		t.Error("what was not tried has figures")
	}
}

// At the end of the pairs the box can be left, and the cursor stays on the last.
func TestTheBoxCanBeLeftAtItsEnd(t *testing.T) {
	a := onMatrices(t, several)
	uitest.Press(t, a, "N")
	drawn := uitest.Plain(a)
	if !strings.Contains(drawn, "── A ") || !strings.Contains(drawn, "── B ") {
		t.Errorf("the box is\n%s", drawn)
	}
	var last []string
	for range 30 {
		if lines := boxLines(t, a, ui.Size{W: 80, H: 20}); len(lines) > 2 {
			last = lines
		}
		uitest.Press(t, a, "down")
	}
	uitest.WantShown(t, a, "That was all: 0 marks.")
	uitest.Press(t, a, "esc")
	if x, y := several[a.Session.CursorA()].Text, several[a.Session.CursorB()].Text; last[2] != x || last[4] != y {
		t.Errorf("the cursor is on %q and %q, and the last pair was %q", x, y, last)
	}
}
