package trial_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

func TestAllAreMeasuredByTheTextsThatAllHaveAVectorFor(t *testing.T) {
	made := tried(t, trial.Options{}, result(t, "good", 1.5, 0.1, 2), result(t, "poor", 0.1, 0, 7))
	if made.Labels.Items() != 10 || made.LeftOut != 2 {
		t.Errorf("%d items, %d left out", made.Labels.Items(), made.LeftOut)
	}
	labels, _ := evaluate.NewGroups(groups)
	_, err := trial.New(t.Context(), labels, []*pipeline.Result{result(t, "one", 1, 0, 0, 1, 2, 3, 4, 5)}, trial.Options{Paid: func(api.Model) bool { return false }})
	var problem *evaluate.Error
	if !errors.As(err, &problem) || problem.Problem != evaluate.OneGroup {
		t.Errorf("with one group left: %v", err)
	}
	if _, err := trial.New(t.Context(), labels, nil, trial.Options{}); !errors.Is(err, trial.ErrNoCandidates) {
		t.Errorf("without candidates: %v", err)
	}
}

// A candidate without any vector takes nothing away from the others.
func TestACandidateWithoutVectorsLeavesTheOthersTheirTexts(t *testing.T) {
	none := result(t, "none", 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	made := tried(t, trial.Options{}, result(t, "good", 1.5, 0.1), none)
	if made.Labels.Items() != len(groups) || made.LeftOut != 0 || made.Rows[0].Score == nil || made.Rows[1].Score != nil {
		t.Errorf("%d items, %d left out: %v, %v", made.Labels.Items(), made.LeftOut, made.Rows[0].Err, made.Rows[1].Err)
	}
}

func TestWhoLacksMostIsToldFirst(t *testing.T) {
	made := tried(t, trial.Options{}, result(t, "a", 1, 1, 3), result(t, "b", 1, 1, 3, 9), result(t, "c", 1, 1), result(t, "d", 1, 1, 4))
	want := []trial.Lacking{{ID: "shop/b@256", Texts: 2, Of: 12}, {ID: "shop/a@256", Texts: 1, Of: 12}, {ID: "shop/d@256", Texts: 1, Of: 12}}
	for i := range want {
		want[i].Dimensions = 256
	}
	if !reflect.DeepEqual(made.Lacking, want) || made.LeftOut != 3 {
		t.Errorf("%+v, %d left out; want %+v", made.Lacking, made.LeftOut, want)
	}
}

// Texts that are still to be embedded are no failure of the model: they are counted apart, of
// what is cut from it too.
func TestTextsThatAreStillToBeEmbeddedAreCountedApart(t *testing.T) {
	some := result(t, "some", 1, 1, 3, 4, 9)
	delete(some.Failed, 4)
	delete(some.Failed, 9)
	made := tried(t, trial.Options{Cuts: true}, some, result(t, "all", 1, 1))
	want := trial.Lacking{ID: "shop/some@256", Texts: 3, Awaited: 2, Of: 12, Dimensions: 256}
	if !reflect.DeepEqual(made.Lacking, []trial.Lacking{want}) {
		t.Errorf("%+v, want %+v", made.Lacking, want)
	}
}

// What is cut from a candidate lacks what the candidate does, and that is told once.
func TestWhatACandidateLacksIsToldOfItAndItsCuts(t *testing.T) {
	made := tried(t, trial.Options{Cuts: true}, result(t, "some", 1, 1, 3), result(t, "all", 1, 1))
	some := trial.Lacking{ID: "shop/some@256", Texts: 1, Of: 12, Dimensions: 256}
	if !reflect.DeepEqual(made.Lacking, []trial.Lacking{some}) {
		t.Errorf("%+v", made.Lacking)
	}
	for i := range made.Rows {
		r, want := &made.Rows[i], (*trial.Lacking)(nil)
		if r.Model.ID == "some" {
			want = &some
		}
		if got := made.Lacks(r); (got == nil) != (want == nil) || got != nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s lacks %+v, want %+v", r.ID, got, want)
		}
	}
}

func TestATextThatIsNotLabelledIsNotLacked(t *testing.T) {
	of := slices.Clone(groups)
	of[3] = -1
	labels, err := evaluate.NewGroups(of)
	if err != nil {
		t.Fatal(err)
	}
	made, err := trial.New(t.Context(), labels, []*pipeline.Result{result(t, "a", 1, 1, 3)}, trial.Options{Paid: func(api.Model) bool { return true }})
	if err != nil || made.LeftOut != 0 || made.Lacking != nil || made.Labels.Items() != 11 {
		t.Errorf("%+v, %v", made, err)
	}
}

func TestOfVeryManyTextsSomeAreDrawn(t *testing.T) {
	for _, n := range []int{trial.MostLabelled, trial.MostLabelled + 1} {
		groups, rows := make([]int, 2*n), make([][]float32, 2*n)
		for i := range groups {
			groups[i] = i%4/2 - i%2*2                                          // every second text has no group
			if at := float64(groups[i]) + 0.5*math.Sin(float64(i)); i%50 < 4 { // few have a vector, to be quick
				rows[i] = []float32{float32(math.Cos(at)), float32(math.Sin(at))}
			}
		}
		labels, err := evaluate.NewGroups(groups)
		if err != nil {
			t.Fatal(err)
		}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		r := &pipeline.Result{Candidate: api.Candidate{Model: "shop/a", Dimensions: 2}, Model: api.Model{Provider: "shop", ID: "a", Dimensions: 2}, From: 2, Vectors: v}
		made, err := trial.New(t.Context(), labels, []*pipeline.Result{r}, trial.Options{Paid: func(api.Model) bool { return false }})
		if err != nil {
			t.Fatal(err)
		}
		drawn := 0
		if n > trial.MostLabelled {
			drawn = n
		}
		if made.Labels.Items()+made.LeftOut != trial.MostLabelled || made.Drawn != drawn {
			t.Errorf("of %d texts %d are compared and %d left out, drawn of %d", n, made.Labels.Items(), made.LeftOut, made.Drawn)
		}
	}
}
