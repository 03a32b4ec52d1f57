package trial_test

import (
	"math"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// intervals are all that findings have. The best, and what is outside, has no difference to
// the best.
func intervals(f *trial.Findings) []evaluate.Interval {
	var all []evaluate.Interval
	for _, row := range f.Estimates {
		for _, e := range row {
			all = append(all, e.Interval)
		}
	}
	for _, places := range [][]evaluate.Place{f.Verdict.Places, f.Cuts} {
		for _, p := range places {
			all = append(all, p.Interval)
			if p.ToBest.Metric != "" {
				all = append(all, p.ToBest.Interval)
			}
		}
	}
	for _, differences := range [][]evaluate.Difference{f.Differences, f.Verdict.Differences} {
		for _, d := range differences {
			all = append(all, d.Interval)
		}
	}
	return all
}

func TestFewItemsHaveNoIntervals(t *testing.T) {
	results := []*pipeline.Result{result(t, "good", 1.5, 0.1), result(t, "poor", 0.1, 0)}
	for n, want := range map[int]bool{trial.FewForIntervals - 1: false, trial.FewForIntervals: true} {
		pairs := make([]evaluate.Pair, n)
		for i := range pairs {
			pairs[i] = evaluate.Pair{A: i, B: (i + 1 + 5*(i%2)) % len(groups), Score: float64(i % 2)}
		}
		labels, err := evaluate.NewPairs(len(groups), pairs)
		if err != nil {
			t.Fatal(err)
		}
		made, err := trial.New(t.Context(), labels, results, trial.Options{Cuts: true, Seed: 1, Paid: func(api.Model) bool { return true }})
		if err != nil {
			t.Fatal(err)
		}
		f, err := made.Refine(t.Context(), 200, evaluate.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Cuts) != 2 || len(f.Verdict.Differences) != 1 {
			t.Fatalf("of %d pairs there are %d cuts of the choice and %d differences", n, len(f.Cuts), len(f.Verdict.Differences))
		}
		for _, i := range intervals(f) {
			if known := !math.IsNaN(i.Low) && !math.IsNaN(i.High); known != want {
				t.Errorf("of %d pairs an interval is %v", n, i)
			}
		}
		if f.Verdict.Reason != evaluate.Illustration || math.IsNaN(f.Estimates[0][0].Value) {
			t.Errorf("of %d pairs: %+v", n, f.Verdict)
		}
	}
}

// A row without a score has no place among those that are compared.
func TestCutsAreThoseOfTheChoiceWhateverHasNoScore(t *testing.T) {
	none := result(t, "none", 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	made := tried(t, trial.Options{Seed: 3, Cuts: true}, none, result(t, "good", 1.5, 0), result(t, "poor", 0.1, 0))
	f, err := made.Refine(t.Context(), 200, evaluate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var cuts []string
	for _, c := range f.Cuts {
		cuts = append(cuts, made.At(c.Candidate).ID)
	}
	if choice := made.At(f.Verdict.Choice).ID; choice != "shop/good@256" || !slices.Equal(cuts, []string{"shop/good@128", "shop/good@64"}) {
		t.Errorf("of %s there are %v", choice, cuts)
	}
	for i, row := range made.Rows {
		if place := made.PlaceOf(i); (place < 0) != (row.Score == nil) || place >= 0 && made.At(place).ID != row.ID {
			t.Errorf("%s has the place %d", row.ID, place)
		}
	}
}
