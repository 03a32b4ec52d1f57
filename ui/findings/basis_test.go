package findings_test

import (
	"math"
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

// What is labelled is counted as what it is, and queries that have no answer apart.
func TestWhatIsLabelledIsCounted(t *testing.T) {
	groups, err := evaluate.NewGroups([]int{0, 0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := evaluate.NewPairs(4, []evaluate.Pair{{A: 0, B: 1, Score: 1}, {A: 2, B: 3}})
	if err != nil {
		t.Fatal(err)
	}
	asked := func(judged ...[]evaluate.Judgment) *evaluate.Labels {
		var queries []evaluate.Query
		for _, j := range judged {
			queries = append(queries, evaluate.Query{Source: evaluate.NoText, Judged: j})
		}
		l, err := evaluate.NewQueries(4, queries, evaluate.QueryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	answer := []evaluate.Judgment{{Text: 1, Grade: 1}}
	for want, l := range map[string]*evaluate.Labels{
		"4 labelled texts": groups, "2 labelled pairs": pairs, "1 query": asked(answer), "2 queries": asked(answer, answer), "3 queries, 1 with an answer": asked(nil, answer, nil),
	} {
		if got := findings.Items(l); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A threshold that is copied finds the pairs that it was found with: it is never rounded up.
func TestThresholdsAreRoundedDownAndScoresToTheNearest(t *testing.T) {
	for v, want := range map[float64][2]string{
		.95: {"0.950", "0.950"}, .9506: {"0.950", "0.951"}, .9999: {"0.999", "1.000"}, 1: {"1.000", "1.000"}, -.2501: {"-0.251", "-0.250"}, math.NaN(): {"-", "-"},
	} {
		if threshold, score := findings.Threshold(v), findings.Score(v); threshold != want[0] || score != want[1] {
			t.Errorf("%v is %q as a threshold and %q as a score, want %q", v, threshold, score, want)
		}
	}
}
