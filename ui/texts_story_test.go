package ui

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

// emptyOptions are the explorer of a person who has taken out all texts.
func emptyOptions(t *testing.T) Options {
	o := localOptions(t)
	o.State = config.State{Version: 1, Screen: screenTexts, Threshold: 0.95, Candidates: []string{"local/use-lite@512", "local/ngrams@64"}}
	return o
}

func TestStoryTypingTwoTextsFromNothingShowsTheirSimilarity(t *testing.T) {
	term := start(t, 100, 30, emptyOptions(t))
	term.waitFor("No texts yet: a adds one, o opens a file, x loads an example.")
	term.press("a", "q1? A cat sat on the mat.", "enter")
	term.waitFor("q1? A cat sat on the mat.", "New text 2")
	term.press("A cat sat on a mat.")
	// Nothing but the typing starts the computing.
	term.until(func(screen string) bool { return strings.Contains(screen, "nearest  use-lite@512 → 1 0.") }, "to show how near the first text is")
	term.press("enter")
	term.waitFor("New text 3")
	term.press("enter", "3")
	term.waitFor("local/use-lite@512", "local/ngrams@64", "background: mean 0.")
	term.quit()
	var saved []string
	for _, x := range term.saved.last().Texts {
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
	term.waitFor("No texts yet")
	term.press("a", "half a sent")
	term.waitFor("half a sent")
	term.press("ctrl+c")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	if st := term.saved.last(); len(st.Texts) != 1 || st.Texts[0].Text != "half a sent" {
		t.Errorf("remembered are %+v", st.Texts)
	}
}

func TestStoryAPasteOfManyLinesAsks(t *testing.T) {
	term := start(t, 80, 24, emptyOptions(t))
	term.waitFor("No texts yet")
	term.paste("first line\nsecond line\nthird line")
	term.waitFor("3 lines were pasted: one text or 3?", "n 3 texts, one a line")
	term.press("n")
	term.waitFor("Added 3 texts", "your texts · 3 texts")
	x, y := term.find("second line")
	term.click(x, y)
	term.waitFor("─ Text 2 ─")
	term.press("d")
	term.waitFor("Deleted text 2, “second line”: u brings it back.", "your texts · 2 texts")
	term.press("u")
	term.waitFor("Undone: delete text 2", "your texts · 3 texts")
	term.press("C")
	term.waitFor("Delete all texts?")
	term.press("y")
	term.waitFor("No texts yet")
	term.quit()
}

func TestStoryABadFileIsNamedWithRowAndColumn(t *testing.T) {
	path := file(t, "bad.csv", "id,text\n1,ok\n2,\n")
	term := start(t, 200, 30, emptyOptions(t))
	term.waitFor("No texts yet")
	term.press("o")
	term.waitFor("Open a file")
	term.paste(path)
	term.waitFor("bad.csv")
	term.press("enter")
	term.waitFor(`row 3, column "text"`, "the text is empty")
	term.press("esc")
	term.waitGone("Open a file")
	term.quit()
}

// quit ends the program as a person does.
func (v *terminal) quit() {
	v.t.Helper()
	v.press("q")
	if err := v.end(); err != nil {
		v.t.Fatal(err)
	}
}
