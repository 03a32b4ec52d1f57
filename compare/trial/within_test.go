package trial_test

import (
	"errors"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// A search by words needs no candidates; where there are some, they say what they lack.
func TestWordsAloneCanBeTried(t *testing.T) {
	queries, err := evaluate.NewQueries(len(groups), []evaluate.Query{{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}}}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	o := trial.Options{Paid: func(api.Model) bool { return true }, Queries: func(*pipeline.Result) (compare.Vectors, error) { return compare.Vectors{}, trial.ErrUnpaid }}
	o.Lexical = []trial.Lexical{{ID: trial.BM25, Score: func(_ int, scores []float64) error { scores[1] = 1; return nil }}}
	made, err := trial.New(t.Context(), queries, nil, o)
	if err != nil || len(made.Rows) != 1 || made.Rows[0].ID != trial.BM25 || made.Rows[0].Baseline || made.Rows[0].Score == nil {
		t.Errorf("%+v, %v", made, err)
	}
	if _, err := trial.New(t.Context(), queries, []*pipeline.Result{result(t, "dear", 1, 0.1)}, o); !errors.Is(err, trial.ErrUnpaid) || err.Error() != "shop/dear@256: its queries: not embedded yet" {
		t.Errorf("%v", err)
	}
	o.Lexical = nil
	if _, err := trial.New(t.Context(), queries, nil, o); !errors.Is(err, trial.ErrNoCandidates) {
		t.Errorf("nothing at all: %v", err)
	}
	// Texts that are compared with each other are not searched.
	o.Lexical = []trial.Lexical{{ID: trial.BM25, Score: func(int, []float64) error { return nil }}}
	if made := tried(t, o, result(t, "good", 1, 0.1)); len(made.Rows) != 1 {
		t.Errorf("groups are told by %d rows", len(made.Rows))
	}
}

func TestACandidateIsWithinLimitsWholeOrCut(t *testing.T) {
	price := 1.0
	m := api.Model{Provider: "shop", ID: "m", Kind: api.KindEmbedding, Dimensions: 256, Price: &price}
	c := api.Candidate{Model: m.Ref(), Dimensions: 256}
	small := m
	small.Dimensions = 32 // nothing is cut from it
	for name, x := range map[string]struct {
		limits     evaluate.Limits
		model      api.Model
		paid, cuts bool
		want       bool
	}{
		"no limits": {evaluate.Limits{}, m, true, true, true}, "no cuts": {evaluate.Limits{}, small, true, true, true},
		"too long": {evaluate.Limits{Dimensions: 128}, m, true, false, false}, "cut it fits": {evaluate.Limits{Dimensions: 128}, m, true, true, true},
		"as long as may be": {evaluate.Limits{Dimensions: 256, Bytes: 1024}, m, true, false, true}, "too large": {evaluate.Limits{Bytes: 1023}, m, true, false, false},
		"cut it is small enough": {evaluate.Limits{Bytes: 512}, m, true, true, true}, "no cut is so short": {evaluate.Limits{Dimensions: 2}, m, true, true, false},
		"too dear": {evaluate.Limits{Price: .5}, m, true, true, false}, "it costs nothing": {evaluate.Limits{Price: .5}, m, false, true, true}, "at its price": {evaluate.Limits{Price: 1}, m, true, true, true},
		"not here": {evaluate.Limits{LocalOnly: true}, m, false, true, false}, "how fast it is nobody knows": {evaluate.Limits{Milliseconds: 1}, m, true, true, true},
	} {
		c.Dimensions = x.model.Dimensions
		if got := trial.Within(x.limits, c, x.model, x.paid, x.cuts); got != x.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
