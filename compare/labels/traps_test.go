package labels_test

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
)

func TestATrapIsATextWithOneThatIsTheSameAndOneThatIsNot(t *testing.T) {
	set, _ := corpus.FindSet("paraphrase-traps")
	of, err := labels.OfSet(set)
	if err != nil {
		t.Fatal(err)
	}
	traps := of.Tie(set.Texts).Traps()
	if len(traps) != 12 || traps[0] != (labels.Trap{Text: 0, Same: 1, Different: 2}) || traps[11] != (labels.Trap{Text: 33, Same: 34, Different: 35}) {
		t.Errorf("the traps are %v", traps)
	}
	if got := (labels.Labels{}).Tie(set.Texts).Traps(); !slices.Equal(got, nil) {
		t.Errorf("without pairs there are traps: %v", got)
	}
}

func TestAModelFallsForATrapThatIsAtLeastAsNear(t *testing.T) {
	known := map[[2]int]float64{
		{0, 1}: 0.9, {0, 2}: 0.8, // stands
		{3, 4}: 0.5, {3, 5}: 0.5, // as near
		{6, 7}: 0.2, {6, 8}: 0.7, // nearer
		{9, 11}: 0.7, {12, 13}: -0.5, // the other has no vector
	}
	traps := []labels.Trap{{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {9, 10, 11}, {12, 13, 14}}
	n := labels.Fallen(traps, func(a, b int) (float64, bool) {
		s, ok := known[[2]int{a, b}]
		return s, ok
	})
	if n != 2 {
		t.Errorf("a model falls for %d of the traps, want 2", n)
	}
}
