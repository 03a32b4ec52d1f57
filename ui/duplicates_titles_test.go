package ui

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/corpus"
)

func TestTheOnlyCandidatesTitleKeepsItsDimensions(t *testing.T) {
	twice := []corpus.Text{{Text: "a text of some words"}, {Text: "a text of some words"}}
	for candidate, want := range map[string]string{
		"local/glove@100": " glove@100▼", "local/use-lite@512": " use-lite@512▼", "local/ngrams@4096": " ngrams@4096▼",
	} {
		a := settled(t, 80, 24, optionsWith(t, twice, candidate))
		press(t, a, "4")
		if drawn := plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%q is missing in\n%s", want, drawn)
		}
	}
}
