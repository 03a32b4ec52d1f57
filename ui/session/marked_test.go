package session

import (
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestOfTheSameWordsTheMarkStaysWhereItWas(t *testing.T) {
	s := &Session{corpus: corpus.New([]corpus.Text{{Text: "one"}, {Text: "same"}, {Text: "same"}})}
	for _, c := range []struct {
		text     string
		was, now int
	}{{"same", 2, 2}, {"same", 1, 1}, {"same", 0, 1}, {"same", 7, 1}, {"gone", 0, -1}} {
		if got := s.find(c.text, c.was); got != c.now {
			t.Errorf("%q, which was text %d, is text %d, want %d", c.text, c.was, got, c.now)
		}
	}
}

func TestAThresholdOfItsOwnCountsWhileEachHasOne(t *testing.T) {
	s := &Session{threshold: .5, overrides: map[string]float64{"a": .7}}
	for each, want := range map[bool]float64{true: .7, false: .5} {
		s.perCandidate = each
		if got := s.Thresholds().Of("a"); got != want {
			t.Errorf("each has its own: %t; it is %g, want %g", each, got, want)
		}
	}
}
