package ui

import "testing"

func TestFirstRunShowsMatricesOfSeveralModels(t *testing.T) {
	term := start(t, 120, 40, localOptions(t))
	term.waitFor("local/use-lite@512", "local/glove@100", "local/ngrams@4096", "background: mean")
	term.press("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	if got := len(term.saved.last().Texts); got != 36 {
		t.Errorf("the first run's %d texts were remembered, want 36", got)
	}
}
