package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Rejection is how well the score of a query's first hit tells whether the query has an
// answer at all.
type Rejection struct {
	Answerable, Unanswerable int
	AUC                      float64 // how often an answerable query's best score is the higher
	Floor                    float64 // the score under which a query is best given no answer
	Accuracy                 float64 // at the floor: the mean of answerable queries at or over it and others under it
	LeftOut                  float64 // the same when every query is decided by the floor that is best without it
}

// bestScores are the best scores of all queries, and which have an answer.
func (r *retrieval) bestScores() (best []float64, answerable []bool) {
	for i, q := range r.queries {
		best = append(best, q.Best)
		answerable = append(answerable, r.labels.queries[i].answerable())
	}
	return best, answerable
}

// newRejection measures best scores.
func newRejection(best []float64, answerable []bool) *Rejection {
	order := ascending(len(best))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
	r := &Rejection{AUC: newRanking(best, func(i int) bool { return answerable[i] }).split().AUC}
	for _, a := range answerable {
		if a {
			r.Answerable++
		} else {
			r.Unanswerable++
		}
	}
	r.Floor, r.Accuracy = bestFloor(best, answerable, order, -1)
	var kept, rejected int
	for i, a := range answerable {
		floor, _ := bestFloor(best, answerable, order, i)
		switch over := best[i] >= floor; {
		case a && over:
			kept++
		case !a && !over:
			rejected++
		}
	}
	r.LeftOut = balanced(kept, rejected, r.Answerable, r.Unanswerable)
	return r
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

// balanced is the mean of the shares of answerable queries kept and of unanswerable
// ones rejected; a kind of which there are none does not count.
func balanced(kept, rejected, answerable, unanswerable int) float64 {
	switch {
	case answerable == 0:
		return float64(rejected) / float64(unanswerable)
	case unanswerable == 0:
		return float64(kept) / float64(answerable)
	default:
		return (float64(kept)/float64(answerable) + float64(rejected)/float64(unanswerable)) / 2
	}
}
