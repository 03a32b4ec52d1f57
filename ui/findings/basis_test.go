package findings_test

import (
	"testing"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
)

func TestWhatScoresRestOnIsSaid(t *testing.T) {
	labels, err := evaluate.NewGroups([]int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	for want, tried := range map[string]trial.Trial{
		"": {},
		"scores over 4 of 22 labelled texts · local/glove@100: no vector for 18 of 22 texts": {LeftOut: 18, Lacking: []trial.Lacking{{ID: "local/glove@100", Texts: 18, Of: 22}}},
		"scores over 2,000 of 12,345 labelled texts, drawn at random":                        {Drawn: 12345},
		"scores over 2,000 of 12,345 labelled texts, drawn at random · of which 4 labelled texts have a vector under every model · b: no vector for 1 of 12,345 texts": {
			Drawn: 12345, LeftOut: 1996, Lacking: []trial.Lacking{{ID: "b", Texts: 1, Of: 12345}}},
		"scores over 4 of 5 labelled texts · a@8: no vector for 1 of 5 texts and 1 query (the first 8 values of those of text 2 and query 3 are all 0) · b: no vector for 1 query": {
			LeftOut: 1, Lacking: []trial.Lacking{{ID: "a@8", Texts: 1, Queries: 1, Of: 5, Dimensions: 8, Zero: []int{1}, ZeroQueries: []int{2}}, {ID: "b", Queries: 1, Of: 5}}},
		"scores over 4 of 9 labelled texts · a@8, a@4: no vector for 3 of 9 texts · b: no vector for 1 of 9 texts": {
			LeftOut: 5, Lacking: []trial.Lacking{{ID: "a@8", Texts: 3, Of: 9}, {ID: "a@4", Texts: 3, Of: 9}, {ID: "b", Texts: 1, Of: 9}}},
	} {
		tried.Labels = labels
		if got := findings.Basis(&tried); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
