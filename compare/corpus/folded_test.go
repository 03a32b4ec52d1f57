package corpus_test

import (
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestFoldedTextsHoldWordsBetweenThem(t *testing.T) {
	f := corpus.Fold([]corpus.Text{{Text: "The Bank lends"}, {Text: "Money", ID: "A7", Group: "Loans"}, {Text: "a river"}})
	for _, c := range []struct {
		words  []string
		places []int
		want   bool
	}{
		{nil, []int{2}, true}, {[]string{"bank"}, []int{0}, true}, {[]string{"bank"}, []int{1, 2}, false},
		{[]string{"bank", "money"}, []int{0}, false}, {[]string{"bank", "money"}, []int{1, 0}, true},
		{[]string{"a7", "loans"}, []int{1}, true},
	} {
		if got := f.Hold(c.words, c.places...); got != c.want {
			t.Errorf("%q in %v: %v", c.words, c.places, got)
		}
	}
	if at := f.Find([]string{"a7", "lends"}, 0); at != 9 {
		t.Errorf("the first word stands at %d", at)
	}
	if at := f.Find([]string{"loans"}, 1); at != -1 {
		t.Errorf("a group's word stands in the text at %d", at)
	}
}
