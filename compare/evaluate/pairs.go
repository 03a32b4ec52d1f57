package evaluate

import "github.com/vecscope/vecscope/compare"

// PairResult is what a candidate says of one pair.
type PairResult struct {
	Pair
	Similarity float64
	Over       bool // at or over the threshold of the best F1; false for grades
	Rank       int  // among all pairs, the most similar first; equal ones share the best
}

// ScorePairs measures similarities of any kind, one for each pair of labels for pairs.
// The errors are *[Error]: WrongTask, WrongCount, NotFinite.
func (l *Labels) ScorePairs(similarities []float64) (*Result, error) {
	if l.task != Pairs {
		return nil, &Error{Problem: WrongTask, Item: -1, Text: NoText}
	}
	if len(similarities) != len(l.pairs) {
		return nil, &Error{Problem: WrongCount, Item: len(similarities), Text: NoText}
	}
	for i, s := range similarities {
		if !finite(s) {
			return nil, &Error{Problem: NotFinite, Item: l.origin[i], Text: NoText}
		}
	}
	r := &Result{labels: l}
	if l.graded {
		r.statistic = newCorrelation(l.pairs, similarities)
	} else {
		ranked := newRanking(similarities, func(i int) bool { return l.pairs[i].Score == 1 })
		split := ranked.split()
		r.Split, r.statistic = &split, pairStatistic{ranked}
	}
	r.Metrics = r.named(r.measured(newWeights(l)))
	r.Pairs = l.pairResults(similarities, r.Split)
	return r, nil
}

func (l *Labels) pairResults(similarities []float64, split *Split) []PairResult {
	order := newOrdering(similarities)
	results := make([]PairResult, len(l.pairs))
	start := int32(0)
	for _, end := range order.ends {
		for _, i := range order.items[start:end] {
			s := similarities[i]
			results[i] = PairResult{Pair: l.pairs[i], Similarity: s, Rank: len(l.pairs) - int(end) + 1}
			results[i].Over = split != nil && s >= split.Threshold
		}
		start = end
	}
	return results
}

// similaritiesOf returns the similarity of every pair.
func (l *Labels) similaritiesOf(v compare.Vectors) ([]float64, error) {
	values := make([]float64, len(l.pairs))
	for i, p := range l.pairs {
		for _, text := range []int{p.A, p.B} {
			if !v.Has(text) {
				return nil, &Error{Problem: NoVector, Item: l.origin[i], Text: text}
			}
		}
		values[i] = v.Similarity(p.A, p.B)
	}
	return values, nil
}

// pairStatistic measures pairs that are same and different.
type pairStatistic struct{ ranking }

func (s pairStatistic) measure(w *weights, out, scratch []float64) {
	p := s.ranking.measure(w.items, scratch)
	out[0], out[1], out[2], out[3] = p.auc, p.ap, p.best.f1(), p.best.mcc()
	if p.auc != p.auc {
		out[2], out[3] = p.auc, p.auc
	}
}

// correlation measures graded pairs.
type correlation struct {
	grades, similarities  []float64
	byGrade, bySimilarity ordering
}

func newCorrelation(pairs []Pair, similarities []float64) correlation {
	grades := make([]float64, len(pairs))
	for i, p := range pairs {
		grades[i] = p.Score
	}
	return correlation{grades, similarities, newOrdering(grades), newOrdering(similarities)}
}

func (c correlation) sizeOfScratch() int { return 2 * len(c.grades) }

func (c correlation) measure(w *weights, out, scratch []float64) {
	n := len(c.grades)
	x, y := scratch[:n], scratch[n:2*n]
	c.byGrade.ranks(w.items, x)
	c.bySimilarity.ranks(w.items, y)
	out[0], out[1] = pearson(x, y, w.items), pearson(c.grades, c.similarities, w.items)
}
