package texts

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A page of a long text leaves one of its lines in sight, and neither end is passed.
func TestALongTextIsReadByPages(t *testing.T) {
	var words []string
	for i := range 60 {
		words = append(words, fmt.Sprintf("line-%02d %s", i, strings.Repeat("x", 60)))
	}
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts(strings.Join(words, "\n"), "short"), "local/ngrams@64"))
	s := a.Screen(ID).(*Screen)
	uitest.Press(t, a, "g", "tab")
	h := s.textLines()
	last := len(s.wrapped.lines) - h
	for _, step := range []struct {
		key  string
		want int
	}{{"pgdown", h - 1}, {"pgdown", 2 * (h - 1)}, {"pgup", h - 1}, {"up", h - 2}, {"end", last}, {"pgdown", last}, {"down", last}, {"home", 0}, {"pgup", 0}} {
		if uitest.Press(t, a, step.key); s.firstRow != step.want {
			t.Errorf("%s leads to line %d, want %d", step.key, s.firstRow+1, step.want+1)
		}
		uitest.WantShown(t, a, fmt.Sprintf("lines %d–%d of %d", s.firstRow+1, s.firstRow+h, len(s.wrapped.lines)))
	}
	if a.Session.CursorA() != 0 {
		t.Error("reading moves the cursor through the list")
	}
	uitest.Press(t, a, "esc", "down")
	if a.Session.CursorA() != 1 {
		t.Error("after esc the list does not move")
	}
	uitest.Press(t, a, "tab")
	uitest.WantNotice(t, a, "all of the text is in sight")
}

// The nearest text is led to once: whoever goes elsewhere stays there.
func TestAQueryTakesTheCursorToTheNearestTextOnce(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	ask(t, a, "hhhh")
	if a.Session.CursorA() != 2 {
		t.Fatalf("the cursor is on text %d", a.Session.CursorA()+1)
	}
	a.Session.PointAt(0) // on another screen
	uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 128}))
	if a.Session.CursorA() != 0 {
		t.Errorf("the cursor is led to text %d again", a.Session.CursorA()+1)
	}
}

func TestAQueryOutlivesTheLastModel(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "local/ngrams@64"))
	ask(t, a, "hhhh")
	uitest.Settle(t, a, a.Session.Toggle(a.Session.Candidates()[0]))
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		uitest.Send(t, a, uitest.WindowSize(z))
		uitest.CheckFrame(t, a.Draw(), z)
		uitest.WantShown(t, a, "Query “hhhh”")
		uitest.Press(t, a, "down", "up")
	}
	if drawn := uitest.Plain(a); strings.Contains(drawn, "cosine") {
		t.Errorf("without a model there is a ranking:\n%s", drawn)
	}
}

func TestTheGroupThatIsAskedForIsThatOfTheTextUnderTheCursor(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, []corpus.Text{{Text: "one", Group: "a"}, {Text: "two", Group: "b"}}, "local/ngrams@64"))
	uitest.Press(t, a, "down", "L")
	uitest.WantShown(t, a, "Group of text 2")
	uitest.Press(t, a, "c", "enter")
	if got := a.Session.Corpus().At(1).Group; got != "bc" || a.Session.Corpus().At(0).Group != "a" {
		t.Errorf("the group became %q", got)
	}
}

// What is pasted must not be added behind a filter that hides it.
func TestAPasteEndsTheFilter(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), "local/ngrams@64"))
	uitest.Press(t, a, "/", "o", "n", "enter")
	uitest.Send(t, a, tea.PasteMsg{Content: "three"})
	uitest.WantShown(t, a, "3 texts", "three")
	if words := a.Screen(ID).(*Screen).filter.Words(); words != "" {
		t.Errorf("the filter still has %q", words)
	}
}
