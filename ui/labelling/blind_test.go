package labelling

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/ui/term"
)

// What is left out of a text in the box is marked within its width.
func TestTheBeginningOfATextFillsItsLines(t *testing.T) {
	for _, c := range []struct {
		text    string
		w, most int
		want    []string
	}{
		{"", 9, 2, []string{""}},
		{"aaaa bbbb", 9, 1, []string{"aaaa bbbb"}},
		{"aaaa bbbb cccc", 9, 2, []string{"aaaa bbbb", "cccc"}},
		{"aaaa bbbb cccc dddd eeee", 9, 2, []string{"aaaa bbbb", "cccc ddd…"}},
		{"aaaa bb ccccccc", 9, 1, []string{"aaaa bb …"}},
		{"one\ntwo\nthree", 9, 2, []string{"one", "two …"}},
	} {
		got := excerpt(c.text, c.w, c.most)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %d lines of %d columns: %q, want %q", c.text, c.most, c.w, got, c.want)
		}
		for _, l := range got {
			if term.Width(l) > c.w {
				t.Errorf("%q is wider than %d", l, c.w)
			}
		}
	}
}
