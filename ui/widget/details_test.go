package widget_test

import (
	"testing"

	"github.com/vecscope/vecscope/ui/widget"
)

func TestWordsBecomeASentence(t *testing.T) {
	for words, want := range map[string]string{"": "", "x": "X.", "über alles": "Über alles.", "1 text": "1 text.", "It is": "It is."} {
		if got := widget.Sentence(words); got != want {
			t.Errorf("%q becomes %q, want %q", words, got, want)
		}
	}
}
