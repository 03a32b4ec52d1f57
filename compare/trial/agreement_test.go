package trial_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// alone is how two candidates agree that are compared with no other.
func alone(ctx context.Context, a, b compare.Vectors) (*evaluate.Agreement, error) {
	texts, err := evaluate.Common(a, b)
	if err != nil {
		return nil, err
	}
	x, err := evaluate.NewSpace(ctx, a, texts, 2)
	if err != nil {
		return nil, err
	}
	y, err := evaluate.NewSpace(ctx, b, texts, 2)
	if err != nil {
		return nil, err
	}
	return x.Agree(y)
}

// Whatever of a candidate is computed once, two candidates agree as if they were
// compared by themselves, on the texts that both have.
func TestEveryTwoCandidatesAgreeAsIfAlone(t *testing.T) {
	results := []*pipeline.Result{result(t, "a", 1.5, 0), result(t, "b", 0.6, 0, 3), result(t, "c", 0.1, 0), result(t, "d", 2, 0, 3, 8)}
	all, err := trial.Agreements(t.Context(), results)
	if err != nil || len(all) != 6 {
		t.Fatalf("%d agreements: %v", len(all), err)
	}
	for _, g := range all {
		want, err := alone(t.Context(), g.A.Vectors, g.B.Vectors)
		if err != nil || !reflect.DeepEqual(g.Agreement, want) {
			t.Errorf("%s and %s: %+v, want %+v", g.A.Model.ID, g.B.Model.ID, g.Agreement, want)
		}
	}
	with, err := trial.AgreementsWith(t.Context(), results[0], results[1:])
	if err != nil || !reflect.DeepEqual(with, all[:3]) {
		t.Errorf("with the first: %+v, %v", with, err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	_, both := trial.Agreements(ended, results)
	_, one := trial.AgreementsWith(ended, results[0], results[1:])
	if !errors.Is(both, context.Canceled) || !errors.Is(one, context.Canceled) {
		t.Errorf("stopped: %v, %v", both, one)
	}
	v, err := compare.NewVectors([][]float32{{1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	var problem *evaluate.Error
	if _, err := trial.Agreements(t.Context(), append(results, &pipeline.Result{Vectors: v})); !errors.As(err, &problem) {
		t.Errorf("of other texts: %v", err)
	}
}

// Of few texts fewer neighbours are compared, or chance alone would find nearly all.
func TestHowManyNeighboursAreComparedFollowsTheTexts(t *testing.T) {
	for n, want := range map[int]int{3: 1, 8: 1, 9: 2, 13: 3, 40: 9, 41: 10, 60: 10} {
		rows := make([][]float32, n)
		for i := range rows {
			rows[i] = []float32{float32(i), 1, float32(i * i % 7)}
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		made, err := trial.Agreements(t.Context(), []*pipeline.Result{{Vectors: v}, {Vectors: v}})
		if err != nil || len(made) != 1 || made[0].K != want || math.Abs(made[0].Overlap-1) > 1e-9 {
			t.Errorf("of %d texts %d neighbours are compared, %v alike; want %d, %v", n, made[0].K, made[0].Overlap, want, err)
		}
	}
}

// Groups that tell nothing are no error: there is no trial.
func TestCandidatesAreTriedAtTheGroupsOfTheTextsWhereTheseTellThemApart(t *testing.T) {
	texts := func(groups ...string) []corpus.Text {
		list := make([]corpus.Text, len(groups))
		for i, group := range groups {
			list[i] = corpus.Text{Text: string(rune('a' + i)), Group: group}
		}
		return list
	}
	v, err := compare.NewVectors([][]float32{{1, 0}, {1, 0.1}, {0, 1}, {0.1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	price := 1.0
	results := []*pipeline.Result{{Candidate: api.Candidate{Model: "shop/a", Dimensions: 2}, Model: api.Model{Provider: "shop", ID: "a", Dimensions: 2, Price: &price}, From: 2, Vectors: v}}
	for name, c := range map[string]struct {
		texts   []corpus.Text
		results []*pipeline.Result
		rows    int
	}{
		"two groups":       {texts("x", "x", "y", "y"), results, 1},
		"one group":        {texts("x", "x", "x", "x"), results, 0},
		"no groups":        {texts("", "", "", ""), results, 0},
		"a group for each": {texts("x", "y", "z", "w"), results, 0},
		"no candidates":    {texts("x", "x", "y", "y"), nil, 0},
	} {
		made, err := trial.AtGroups(t.Context(), c.texts, c.results)
		if err != nil || (made == nil) != (c.rows == 0) {
			t.Errorf("%s: %+v, %v", name, made, err)
		} else if made != nil && (len(made.Rows) != c.rows || made.Rows[0].Price != &price || made.Rows[0].Score.Metrics[0].Value != 1) {
			t.Errorf("%s: %+v", name, made.Rows)
		}
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	for _, list := range [][]corpus.Text{texts("x", "x", "y", "y"), texts("x", "x", "x", "x")} {
		if made, err := trial.AtGroups(ended, list, results); made != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("stopped: %+v, %v", made, err)
		}
	}
}
