package trial_test

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestAResultStandsFusedWithWordsBesideOrInPlaceOfItself(t *testing.T) {
	texts := []string{"a red fox", "a blue bird", "a green frog", "a grey wolf", "no vector"}
	vectors := [][]float32{{1, 0}, {0, 1}, {0.7, 0.7}, {0.9, 0.1}, nil}
	v, err := compare.NewVectors(vectors)
	if err != nil {
		t.Fatal(err)
	}
	m := api.Model{Provider: "local", ID: "m", Dimensions: 2}
	r := &pipeline.Result{Candidate: api.Candidate{Model: m.Ref(), Dimensions: 2}, Model: m, From: 2, Vectors: v}
	beaten := &pipeline.Result{Candidate: api.Candidate{Model: "local/beaten", Dimensions: 2}, Model: api.Model{Provider: "local", ID: "beaten", Dimensions: 2}, From: 2, Vectors: v}
	asked := []string{"the bird", "of a wolf", "which has none"}
	queries, err := compare.NewVectors([][]float32{{1, 0}, {0, 1}, {1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	labels, err := evaluate.NewQueries(len(texts), []evaluate.Query{
		{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 1, Grade: 1}}},
		{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 3, Grade: 1}}},
		{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: 4, Grade: 1}}},
	}, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := lexical.NewIndex(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []bool{true, false} {
		made, err := trial.New(t.Context(), labels, []*pipeline.Result{r}, trial.Options{
			Seed: 1, Paid: func(api.Model) bool { return false }, Cuts: true,
			Queries:   func(*pipeline.Result) (compare.Vectors, error) { return queries, nil },
			Baselines: []*pipeline.Result{beaten},
			Fusion:    &trial.Fusion{Index: index, Asked: asked, Weight: 100, Rows: func(*pipeline.Result) (bool, bool) { return own, true }},
		})
		if err != nil {
			t.Fatal(err)
		}
		if base := made.Rows[len(made.Rows)-1]; base.ID != "local/beaten@2" || !base.Baseline || base.Fused() {
			t.Errorf("what is there to be beaten is %+v", base)
		}
		last := made.Rows[len(made.Rows)-2]
		if want := map[bool]int{true: 3, false: 2}[own]; len(made.Rows) != want || last.ID != "local/m@2+bm25" || !last.Fused() || last.OwnID() != "local/m@2" {
			t.Fatalf("with its own row %v: %+v", own, made.Rows)
		}
		if len(made.Lacking) != 2 {
			t.Errorf("of two models that lack a vector is told %+v", made.Lacking)
		}
		if hit, _ := last.Score.Value(evaluate.HitAt1); hit != 1 {
			t.Errorf("words that outweigh the model find the answer first in %v of queries", hit)
		}
		if hit, _ := made.Rows[0].Score.Value(evaluate.HitAt1); own && hit == 1 {
			t.Error("the model alone finds what it cannot")
		}
	}
}
