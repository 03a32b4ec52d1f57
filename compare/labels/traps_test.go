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
