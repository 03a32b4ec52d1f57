package ui_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// explorer is one with so many texts and those models.
func explorer(t *testing.T, texts int, candidates ...string) *shell.App {
	t.Helper()
	return uitest.Settled(t, 80, 24, uitest.OptionsWith(t, uitest.Numbered(texts), candidates...), []func(*ui.Context) ui.Screen{matrices.New, usage.New})
}

// A selection says how many of all texts are shown, and stays when all are shown again.
func TestASelectionSaysWhatIsShown(t *testing.T) {
	a := explorer(t, 5, "local/ngrams@64")
	if got := ui.SelectionText(a.Session); got != "" || ui.LeaveSelection(a.Session) {
		t.Errorf("without a selection it says %q, or can be left", got)
	}
	a.Session.Select(true, 0, 2, 3)
	if got := ui.SelectionText(a.Session); got != "3 of 5 texts · esc shows all" {
		t.Errorf("it says %q", got)
	}
	if !ui.LeaveSelection(a.Session) || ui.SelectionText(a.Session) != "" || len(a.Session.Selection()) != 3 {
		t.Errorf("after all are shown it says %q, and selected are %v", ui.SelectionText(a.Session), a.Session.Selection())
	}
	if ui.LeaveSelection(a.Session) {
		t.Error("it is left twice")
	}
}

// What needs two texts or results says so while there are fewer, those counted that are shown.
func TestWhatNeedsTwoSaysSo(t *testing.T) {
	const texts, results = "needs two texts: add some on Texts", "needs two models with a result: select some on Models"
	for name, c := range map[string]struct {
		texts      int
		candidates []string
		deleted    bool
		two, both  string
	}{
		"nothing": {0, nil, false, texts, results}, "one text": {1, []string{"local/ngrams@64", "local/ngrams@128"}, false, texts, ""}, "two": {2, []string{"local/ngrams@64", "local/ngrams@128"}, false, "", ""},
		"one without a key": {2, []string{"local/ngrams@64", "nanogpt/BAAI/bge-m3@1024"}, false, "", results}, "one just gone": {2, []string{"local/ngrams@64"}, true, "", results},
	} {
		a := explorer(t, c.texts, c.candidates...)
		if c.deleted {
			a.Session.Edits().Delete(0) // what is shown is of both yet
		}
		if got := ui.HasTwoTexts(a.Session)(); got != c.two {
			t.Errorf("%s: %q, want %q", name, got, c.two)
		}
		if got := ui.HasTwoResults(a.Session)(); got != c.both {
			t.Errorf("%s: %q, want %q", name, got, c.both)
		}
	}
}

// What is copied is named, and what more is wanted of is looked for on the screen that searches.
func TestWhatIsCopiedOrLookedForIsPassedOn(t *testing.T) {
	a := explorer(t, 2, "local/ngrams@64")
	if cmd := a.CopyWord("BAAI/bge-m3"); cmd == nil || a.Notice().Text != "Copied BAAI/bge-m3." || a.Notice().Level != ui.NoticeGood {
		t.Errorf("it says %q", a.Notice().Text)
	}
	went := ""
	a.Context.Go = func(id string) { went = id }
	if a.SearchLike("a text"); went != "search" || a.Session.Asked().TakeWanted() != "a text" {
		t.Errorf("it leads to %q", went)
	}
}
