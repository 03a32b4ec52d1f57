package app

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// A person looks for a German model, compares it with a local one at two
// lengths, and is told what the German one still needs.
func TestStoryChoosingModels(t *testing.T) {
	term := start(t, 80, 24, uitest.LocalOptions(t))
	term.WaitFor("Sample texts")
	term.Press("1")
	term.WaitFor("27 models")
	term.Press("w")
	term.WaitFor("Which model for")
	term.Press("g", "e", "r", "m", "enter")
	term.WaitFor("for: German", "3 of 27")
	term.Press("space")
	term.WaitFor("Selected: nanogpt/jina-embeddings-v2-base-de@768", "needs key")
	term.Press("esc")
	term.WaitFor("27 models")
	term.Press("/")
	term.WaitFor("›")
	term.Paste("use-lite")
	term.WaitFor("1 of 27")
	term.Press("enter", "D")
	term.WaitFor("Dimensions of use-lite", "● 512")
	term.Press("1", "0", "0", "enter")
	term.WaitFor("Selected: local/use-lite@100")
	term.Press("esc")
	term.WaitGone("Dimensions of")
	term.Press("c")
	term.WaitFor("5 of 6", "local/use-lite@100", "needs key")
	term.Press("esc")
	term.WaitGone("5 of 6")
	term.Press("esc")
	term.WaitFor("27 models", "●2")
	x, y := term.Find("glove")
	term.Click(0, y)
	term.WaitFor("Removed: local/glove at 100 dimensions")
	term.Click(x, y)
	term.Wheel(x, y, 1)
	term.WaitFor("local/ngrams · enter: details")
	term.Wheel(x, y, -1)
	term.WaitFor("space selects it · local/glove")
	term.Press("enter")
	term.WaitFor("GloVe word vectors", "Not selected: space selects it")
	term.Resize(200, 60)
	term.WaitFor("GloVe word vectors", "use-lite  ")
	term.Press("q")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	want := []string{"local/use-lite@512", "local/ngrams@4096", "nanogpt/jina-embeddings-v2-base-de@768", "local/use-lite@100"}
	if got := term.Saved.Last().Candidates; !slices.Equal(got, want) {
		t.Errorf("remembered are %v, want %v", got, want)
	}
}
