package app

import (
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

func TestStoryFindingDuplicates(t *testing.T) {
	term := start(t, 110, 34, uitest.NearDuplicates(t))
	term.WaitFor("AUC")
	term.Press("4")
	term.WaitFor("glove@100", "background mean, p95", "AUC", "best F1 at", "pairs · best first", "● 1.000", "0.95 is strict for one model and loose for another")

	// The threshold moves the list and the counts while one looks.
	term.WaitFor("43 pairs")
	term.Press("]", "]", "]")
	term.WaitFor("0.980", "30 pairs")
	term.Press("[", "[", "[")
	term.WaitFor("0.950", "43 pairs")

	// A number takes it where nothing is found; the screen says what would be.
	term.Press("|", "tab", "t", "1", "enter")
	term.WaitFor("▸B glove@100", "1.000")
	term.Press("|", "t", "1", "0", "1", "%", "enter")
	term.WaitFor("A similarity lies from -1 to 1.")
	term.Press("esc")
	term.WaitGone("A similarity lies")
}

func TestStoryNothingFoundIsExplained(t *testing.T) {
	term := start(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "local/ngrams@4096"))
	term.Press("4")
	term.WaitFor("No pair reaches the threshold", "use-lite@512 0.", "[ lowers the threshold by 0.01")
	term.Press("t", ".", "4", "enter")
	term.WaitGone("No pair reaches")
	term.WaitFor("best first ▼", "0.400")
}

func TestStoryWhereCandidatesDisagree(t *testing.T) {
	term := start(t, 110, 34, uitest.NearDuplicates(t))
	term.Press("4")
	term.WaitFor("43 pairs")
	term.Press("f")
	term.WaitFor("41 pairs on which models disagree")
	term.Press("esc")
	term.WaitFor("43 pairs · best first")
}

func TestStoryAPairInFull(t *testing.T) {
	term := start(t, 110, 34, uitest.NearDuplicates(t))
	term.Press("4")
	term.WaitFor("43 pairs")
	x, y := term.Find(" 9 · 12")
	term.Click(x, y)
	term.Press("enter")
	term.WaitFor("Text 9 · dup-03-original", "leaves from platform 7 at 22:15.", "Text 12 · dup-03-number", "leaves from platform 7 at 21:15.",
		"rank", " of 630", "local/use-lite@512", "● 0.99")
	term.Press("y")
	term.WaitFor("Copied the pair of texts 9 and 12")
	term.Press("esc")
	term.WaitGone("Text 12 · dup-03-number")
	// The matrices have their cursor on the same pair.
	term.Press("3")
	term.WaitFor("use-lite@512 0.996")
}

func TestStoryDuplicatesAsTheyWereLeft(t *testing.T) {
	o := uitest.NearDuplicates(t)
	term := start(t, 110, 34, o)
	term.Press("4")
	term.WaitFor("43 pairs")
	term.Press("s", "[")
	term.WaitFor("by use-lite@512", "0.940")
	term.Press("q")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	o.State = term.Saved.Last()
	again := start(t, 110, 34, o)
	again.WaitFor("by use-lite@512", "0.940", "A▼")
}
