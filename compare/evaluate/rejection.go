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

// Of how many queries without an answer a floor can tell: with fewer than fewestRejected
// it says nothing, and with fewer than enoughRejected not even a perfect AUC, whose 95%
// interval then goes down by 3 in so many, lies over one half.
const (
	fewestRejected = 3
	enoughRejected = 7
)

// Separates tells by the 95% interval of the rejection AUC that the floor tells the two
// kinds of queries apart better than chance.
func (r *Rejection) Separates(auc Interval) bool {
	return r.Unanswerable >= fewestRejected && auc.Low > .5 && !math.IsInf(r.Floor, 0)
}

// TooFew tells that the floor does not separate because there are too few queries without
// an answer, whatever their scores are.
func (r *Rejection) TooFew(auc Interval) bool {
	return r.Unanswerable < enoughRejected && !r.Separates(auc)
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
	f := newFloors(best, answerable)
	r := &Rejection{AUC: newRanking(best, func(i int) bool { return answerable[i] }).split().AUC, Unanswerable: f.total[0], Answerable: f.total[1]}
	level := f.best([2]int{})(len(f.scores), true)
	r.Floor, r.Accuracy = f.floor(level, -1), f.accuracy(level, [2]int{}, [2]int{})
	r.LeftOut = f.leftOut()
	return r
}

// floors are the different best scores of queries, the highest first: where a floor can
// be.
type floors struct {
	scores []float64
	seen   [][2]int // how many queries without and with an answer have at least such a score
	total  [2]int   // how many there are
}

func newFloors(best []float64, answerable []bool) *floors {
	order := ascending(len(best))
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
	f := &floors{}
	for k, i := range order {
		if answerable[i] {
			f.total[1]++
		} else {
			f.total[0]++
		}
		if k > 0 && best[order[k-1]] == best[i] {
			f.seen[len(f.seen)-1] = f.total
			continue
		}
		f.scores, f.seen = append(f.scores, best[i]), append(f.seen, f.total)
	}
	return f
}

// here is how many queries have just the score of a level.
func (f *floors) here(level int) [2]int {
	if level == 0 {
		return f.seen[0]
	}
	return [2]int{f.seen[level][0] - f.seen[level-1][0], f.seen[level][1] - f.seen[level-1][1]}
}

// accuracy is that of a floor at a level, -1 being over all scores, when less queries
// are left out, of which over are not under it.
func (f *floors) accuracy(level int, less, over [2]int) float64 {
	var seen [2]int
	if level >= 0 {
		seen = [2]int{f.seen[level][0] - over[0], f.seen[level][1] - over[1]}
	}
	total := [2]int{f.total[0] - less[0], f.total[1] - less[1]}
	return balanced(seen[1], total[0]-seen[0], total[1], total[0])
}

// best returns the level of the best accuracy by that of the queries that are left out,
// or of those before it alone. Of equal ones it is the highest score.
func (f *floors) best(less [2]int) func(from int, before bool) int {
	n := len(f.scores)
	first, last := make([]int, n+1), make([]int, n+1) // the best of the levels before; the best from there on
	first[0], last[n] = -1, n
	for level := range n {
		if first[level+1] = first[level]; f.accuracy(level, less, [2]int{}) > f.accuracy(first[level], less, [2]int{}) {
			first[level+1] = level
		}
	}
	for level := n - 1; level >= 0; level-- {
		if last[level] = last[level+1]; last[level] == n || f.accuracy(level, less, less) >= f.accuracy(last[level], less, less) {
			last[level] = level
		}
	}
	return func(from int, before bool) int {
		if !before && f.accuracy(last[from], less, less) > f.accuracy(first[from], less, [2]int{}) {
			return last[from]
		}
		return first[from]
	}
}

// floor is midway from a level to the next lower score, of which one may be gone.
func (f *floors) floor(level, gone int) float64 {
	if level < 0 {
		return math.Inf(1)
	}
	next := level + 1
	if next == gone {
		next++
	}
	floor := f.scores[level]
	if next < len(f.scores) && !math.IsInf(f.scores[next], -1) {
		floor += (f.scores[next] - floor) / 2
	}
	return floor
}

// leftOut is the accuracy when every query is decided by the floor that is best for all
// others. Those of one kind and score are decided alike, and leaving one out takes one
// off the counts from its level on: all is done in one pass over the levels.
func (f *floors) leftOut() float64 {
	var right [2]int
	for kind, less := range [][2]int{{1, 0}, {0, 1}} {
		best := f.best(less)
		for level, score := range f.scores {
			here := f.here(level)
			if here[kind] == 0 {
				continue
			}
			gone := -1
			if here[0]+here[1] == 1 {
				gone = level
			}
			if over := score >= f.floor(best(level, false), gone); over == (kind == 1) {
				right[kind] += here[kind]
			}
		}
	}
	return balanced(right[1], right[0], f.total[1], f.total[0])
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
