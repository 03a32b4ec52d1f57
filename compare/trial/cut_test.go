package trial_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// ending is a result whose first text has nothing in its first 128 values but zeros.
func ending(t *testing.T) *pipeline.Result {
	t.Helper()
	r := result(t, "a", 1, 1)
	rows := make([][]float32, len(groups))
	for i := range rows {
		rows[i] = slices.Clone(r.Vectors.Row(i))
	}
	rows[0] = make([]float32, 256)
	rows[0][200] = 1
	var err error
	if r.Vectors, err = compare.NewVectors(rows); err != nil {
		t.Fatal(err)
	}
	return r
}

// What a cut leaves nothing of takes no part in any row, is named, and costs nothing else.
func TestATextOfWhichACutLeavesNothingCostsNoRowItsScore(t *testing.T) {
	made := tried(t, trial.Options{Cuts: true}, ending(t), result(t, "b", 1, 1))
	want := []trial.Lacking{{ID: "shop/a@128", Texts: 1, Of: 12, Dimensions: 128, Zero: []int{0}}, {ID: "shop/a@64", Texts: 1, Of: 12, Dimensions: 64, Zero: []int{0}}}
	if !reflect.DeepEqual(made.Lacking, want) || made.LeftOut != 1 || made.Labels.Items() != 11 {
		t.Errorf("%+v, %d left out; want %+v", made.Lacking, made.LeftOut, want)
	}
	for i := range made.Rows {
		r := &made.Rows[i]
		if r.Err != nil || r.Score == nil {
			t.Errorf("%s: %v", r.ID, r.Err)
		}
		if l := made.Lacks(r); (l != nil) != (r.Cut && r.Model.ID == "a") || l != nil && l.ID != r.ID {
			t.Errorf("%s lacks %+v", r.ID, l)
		}
	}
}

func TestAQueryOfWhichACutLeavesNothingCostsNoRowItsScore(t *testing.T) {
	var asked []evaluate.Query
	for i := range groups {
		asked = append(asked, evaluate.Query{Source: evaluate.NoText, Judged: []evaluate.Judgment{{Text: i, Grade: 1}}})
	}
	labels, err := evaluate.NewQueries(len(groups), asked, evaluate.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	nothing, err := compare.NewVectors([][]float32{append(make([]float32, 255), 1)})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		queries compare.Vectors
		want    []trial.Lacking
		lost    bool // the cuts
	}{
		"one": {ending(t).Vectors, []trial.Lacking{
			{ID: "shop/b@128", Queries: 1, Of: 12, Dimensions: 128, ZeroQueries: []int{0}}, {ID: "shop/b@64", Queries: 1, Of: 12, Dimensions: 64, ZeroQueries: []int{0}}}, false},
		"all": {nothing, nil, true},
	} {
		of, o := labels, trial.Options{Cuts: true, Paid: func(api.Model) bool { return true }}
		o.Queries = func(*pipeline.Result) (compare.Vectors, error) { return c.queries, nil }
		if c.lost {
			if of, err = evaluate.NewQueries(len(groups), asked[:1], evaluate.QueryOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		made, err := trial.New(t.Context(), of, []*pipeline.Result{result(t, "b", 1, 1)}, o)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(made.Lacking, c.want) || made.LeftOut != len(c.want)/2 {
			t.Errorf("%s: %+v, %d left out; want %+v", name, made.Lacking, made.LeftOut, c.want)
		}
		for _, r := range made.Rows {
			if lost := r.Cut && c.lost; (r.Err != nil) != lost || (r.Score == nil) != lost {
				t.Errorf("%s, %s: %v", name, r.ID, r.Err)
			}
		}
	}
}
