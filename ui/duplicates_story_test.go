package ui

import "testing"

func TestStoryFindingDuplicates(t *testing.T) {
	term := start(t, 110, 34, nearDuplicates(t))
	term.waitFor("p95")
	term.press("4")
	term.waitFor("local/glove@100", "background mean, p95", "pairs · best first", "● 1.000", "0.95 does not mean the same in two models")

	// The threshold moves the list and the counts while one looks.
	term.waitFor("43 pairs")
	term.press("]", "]", "]")
	term.waitFor("0.980", "30 pairs")
	term.press("[", "[", "[")
	term.waitFor("0.950", "43 pairs")

	// A number takes it where nothing is found; the screen says what would be.
	term.press("m", "tab", "t", "1", "enter")
	term.waitFor("▸ local/glove@100", "1.000")
	term.press("m", "t", "1", "0", "1", "%", "enter")
	term.waitFor("A similarity lies from -1 to 1.")
	term.press("esc")
	term.waitGone("A similarity lies")
}

func TestStoryNothingFoundIsExplained(t *testing.T) {
	term := start(t, 80, 24, optionsWith(t, hostile, "local/use-lite@512", "local/ngrams@4096"))
	term.press("4")
	term.waitFor("No pair reaches the threshold", "use-lite@512 0.", "[ lowers the threshold by 0.01")
	term.press("t", ".", "4", "enter")
	term.waitGone("No pair reaches")
	term.waitFor("best▼", "0.400")
}

func TestStoryWhereCandidatesDisagree(t *testing.T) {
	term := start(t, 110, 34, nearDuplicates(t))
	term.press("4")
	term.waitFor("43 pairs")
	term.press("f")
	term.waitFor("41 pairs on which candidates disagree")
	term.press("esc")
	term.waitFor("43 pairs · best first")
}

func TestStoryAPairInFull(t *testing.T) {
	term := start(t, 110, 34, nearDuplicates(t))
	term.press("4")
	term.waitFor("43 pairs")
	x, y := term.find(" 9 · 12")
	term.click(x, y)
	term.press("enter")
	term.waitFor("Text 9 · dup-03-original", "leaves from platform 7 at 22:15.", "Text 12 · dup-03-number", "leaves from platform 7 at 21:15.",
		"place", " of 630", "local/use-lite@512", "● 0.99")
	term.press("y")
	term.waitFor("Copied the pair of texts 9 and 12")
	term.press("esc")
	term.waitGone("Text 12 · dup-03-number")
	// The matrices have their cursor on the same pair.
	term.press("3")
	term.waitFor("use-lite@512 0.996")
}

func TestStoryDuplicatesAsTheyWereLeft(t *testing.T) {
	o := nearDuplicates(t)
	term := start(t, 110, 34, o)
	term.press("4")
	term.waitFor("43 pairs")
	term.press("s", "[")
	term.waitFor("by use-lite@512", "0.940")
	term.press("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	o.State = term.saved.last()
	again := start(t, 110, 34, o)
	again.waitFor("by use-lite@512", "0.940", "use-lite@512▼")
}
