package evaluate

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// slowLeftOut decides every query by the floor that is best for all others, found anew
// for each.
func slowLeftOut(best []float64, answerable []bool) float64 {
	order := ascending(len(best))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
	var right, total [2]int
	for i, a := range answerable {
		floor, _ := bestFloor(best, answerable, order, i)
		kind := map[bool]int{true: 1}[a]
		total[kind]++
		if (best[i] >= floor) == a {
			right[kind]++
		}
	}
	return balanced(right[1], right[0], total[1], total[0])
}

// bestFloor returns the floor of the best balanced accuracy without one query, midway
// to the next lower score, and that accuracy. Of equal ones it is the highest.
func bestFloor(best []float64, answerable []bool, order []int, without int) (floor, accuracy float64) {
	var total, seen [2]int // without and with an answer
	kind := func(i int) int {
		if answerable[i] {
			return 1
		}
		return 0
	}
	var scores []int
	for _, i := range order {
		if i != without {
			total[kind(i)]++
			scores = append(scores, i)
		}
	}
	floor, accuracy = math.Inf(1), balanced(0, total[0], total[1], total[0])
	for k, i := range scores {
		seen[kind(i)]++
		if k+1 < len(scores) && best[scores[k+1]] == best[i] {
			continue
		}
		if a := balanced(seen[1], total[0]-seen[0], total[1], total[0]); a > accuracy {
			if floor, accuracy = best[i], a; k+1 < len(scores) && !math.IsInf(best[scores[k+1]], -1) {
				floor += (best[scores[k+1]] - best[i]) / 2
			}
		}
	}
	return floor, accuracy
}

func TestRejectionLeavesOutEveryQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "queries")
		score := rapid.SampledFrom([]float64{math.Inf(-1), 0, .1, .25, .5, .5000001, .9})
		best, answerable := rapid.SliceOfN(score, n, n).Draw(t, "best"), rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "answerable")
		answerable[0], answerable[1] = true, false // else there is nothing to tell apart
		order := ascending(n)
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
		floor, accuracy := bestFloor(best, answerable, order, -1)
		got, want := newRejection(best, answerable), slowLeftOut(best, answerable)
		if got.Floor != floor || got.Accuracy != accuracy || got.LeftOut != want {
			t.Fatalf("%+v, want floor %g, accuracy %g, left out %g", got, floor, accuracy, want)
		}
	})
}

// BenchmarkRejection decides 20,000 queries, every one by the floor of all others.
func BenchmarkRejection(b *testing.B) {
	best, answerable := make([]float64, 20_000), make([]bool, 20_000)
	for i := range best {
		answerable[i] = i%4 > 0
		best[i] = math.Mod(float64(i)*.618034, 1)
		if answerable[i] {
			best[i] += .3
		}
	}
	for b.Loop() {
		newRejection(best, answerable)
	}
}

func TestAFloorIsToldOfEnoughQueriesWithoutAnAnswer(t *testing.T) {
	for _, c := range []struct {
		unanswerable      int
		low               float64
		separates, tooFew bool
	}{{1, math.NaN(), false, true}, {2, .9, false, true}, {3, .6, true, false}, {6, .4, false, true}, {7, .4, false, false}, {7, .5, false, false}, {7, .6, true, false}} {
		if r := (&Rejection{Unanswerable: c.unanswerable, Floor: math.Inf(1)}); r.Separates(Interval{c.low, 1}) {
			t.Errorf("%+v: a floor over all scores separates", c)
		}
		r := &Rejection{Unanswerable: c.unanswerable, Floor: .5}
		if auc := (Interval{c.low, 1}); r.Separates(auc) != c.separates || r.TooFew(auc) != c.tooFew {
			t.Errorf("%+v: separates %v, too few %v", c, r.Separates(auc), r.TooFew(auc))
		}
	}
}
