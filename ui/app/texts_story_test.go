package app

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// emptyOptions are the explorer of a person who has taken out all texts.
func emptyOptions(t *testing.T) shell.Options {
	o := uitest.LocalOptions(t)
	o.State = config.State{Version: 1, Screen: texts.ID, Threshold: 0.95, Candidates: []string{"local/use-lite@512", "local/ngrams@64"}}
	return o
}

func TestStoryTypingTwoTextsFromNothingShowsTheirSimilarity(t *testing.T) {
	term := start(t, 100, 30, emptyOptions(t))
	term.WaitFor("No texts yet: a adds one, o opens a file, x loads an example.")
	term.Press("a", "q1? A cat sat on the mat.", "enter")
	term.WaitFor("q1? A cat sat on the mat.", "New text 2")
	term.Press("A cat sat on a mat.")
	// Nothing but the typing starts the computing.
	term.Until(func(screen string) bool { return strings.Contains(screen, "nearest  use-lite@512 → 1 0.") }, "to show how near the first text is")
	term.Press("enter")
	term.WaitFor("New text 3")
	term.Press("enter", "3")
	term.WaitFor("local/use-lite@512", "local/ngrams@64", "background: mean 0.")
	term.Quit()
	var saved []string
	for _, x := range term.Saved.Last().Texts {
		saved = append(saved, x.Text)
	}
	if got := strings.Join(saved, "|"); got != "q1? A cat sat on the mat.|A cat sat on a mat." {
		t.Errorf("remembered are %q", got)
	}
}

func TestStoryWhatIsBeingTypedIsSavedWhenTheProgramEnds(t *testing.T) {
	o := emptyOptions(t)
	o.State.Candidates = nil // nothing runs, so that ctrl+c ends the program at once
	term := start(t, 80, 24, o)
	term.WaitFor("No texts yet")
	term.Press("a", "half a sent")
	term.WaitFor("half a sent")
	term.Press("ctrl+c")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if st := term.Saved.Last(); len(st.Texts) != 1 || st.Texts[0].Text != "half a sent" {
		t.Errorf("remembered are %+v", st.Texts)
	}
}

func TestStoryAPasteOfManyLinesAsks(t *testing.T) {
	term := start(t, 80, 24, emptyOptions(t))
	term.WaitFor("No texts yet")
	term.Paste("first line\nsecond line\nthird line")
	term.WaitFor("3 lines were pasted: one text or 3?", "n 3 texts, one a line")
	term.Press("n")
	term.WaitFor("Added 3 texts", "your texts · 3 texts")
	x, y := term.Find("second line")
	term.Click(x, y)
	term.WaitFor("─ Text 2 ─")
	term.Press("d")
	term.WaitFor("Deleted text 2, “second line”: u undo.", "your texts · 2 texts")
	term.Press("u")
	term.WaitFor("Undone: delete text 2", "your texts · 3 texts")
	term.Press("C")
	term.WaitFor("Delete all texts?")
	term.Press("d")
	term.WaitFor("No texts yet")
	term.Quit()
}

func TestStoryABadFileIsNamedWithRowAndColumn(t *testing.T) {
	t.Chdir(filepath.Dir(uitest.File(t, "bad.csv", "id,text\n\n2,\n")))
	term := start(t, 200, 30, emptyOptions(t))
	term.WaitFor("No texts yet")
	term.Press("o")
	term.WaitFor("Open a file")
	term.Paste("bad.csv")
	term.WaitFor("› bad.csv")
	term.Press("enter")
	term.WaitFor(`bad.csv, line 3, column "text": the text is empty`)
	term.Press("esc")
	term.WaitGone("Open a file")
	term.Quit()
}
