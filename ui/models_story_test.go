package ui

import (
	"slices"
	"testing"
)

// A person looks for a German model, compares it with a local one at two
// lengths, and is told what the German one still needs.
func TestStoryChoosingModels(t *testing.T) {
	term := start(t, 80, 24, localOptions(t))
	term.waitFor("First run")
	term.press("1")
	term.waitFor("27 models")
	term.press("w")
	term.waitFor("Which model for")
	term.press("g", "e", "r", "m", "enter")
	term.waitFor("for: German", "3 of 27")
	term.press("space")
	term.waitFor("Chosen: nanogpt/jina-embeddings-v2-base-de@768", "needs key: set NANOGPT_API_KEY")
	term.press("esc")
	term.waitFor("27 models")
	term.press("/")
	term.waitFor("›")
	term.paste("use-lite")
	term.waitFor("1 of 27")
	term.press("enter", "d")
	term.waitFor("Dimensions of use-lite", "● 512")
	term.press("1", "0", "0", "enter")
	term.waitFor("Chosen: local/use-lite@100")
	term.press("esc")
	term.waitGone("Dimensions of")
	term.press("c")
	term.waitFor("5 of 6", "local/use-lite@100", "needs key: set NANOGPT_API_KEY")
	term.press("esc")
	term.waitGone("5 of 6")
	term.press("esc")
	term.waitFor("27 models", "●2")
	x, y := term.find("glove")
	term.click(0, y)
	term.waitFor("Taken out: local/glove at 100 dimensions")
	term.click(x, y)
	term.wheel(x, y, 1)
	term.waitFor("local/ngrams · enter: details")
	term.wheel(x, y, -1)
	term.waitFor("space chooses it · local/glove")
	term.press("enter")
	term.waitFor("GloVe word vectors", "Not chosen: space chooses it")
	term.resize(200, 60)
	term.waitFor("GloVe word vectors", "use-lite  ")
	term.press("q")
	if err := term.end(); err != nil {
		t.Fatal(err)
	}
	want := []string{"local/use-lite@512", "local/ngrams@4096", "nanogpt/jina-embeddings-v2-base-de@768", "local/use-lite@100"}
	if got := term.saved.last().Candidates; !slices.Equal(got, want) {
		t.Errorf("remembered are %v, want %v", got, want)
	}
}
