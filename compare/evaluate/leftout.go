package evaluate

import "math"

// leftOut returns F1 when every item is decided by the threshold that is best for all
// others. Items of one cell are decided by the same threshold, and leaving one out
// changes the counts by one from its level on, so that the best threshold is either
// that of the levels before it or that of the changed ones after it: all is done in
// one pass over the levels.
func (r ranking) leftOut(counts []float64) float64 {
	negatives, positives := counts[:r.size], counts[r.size:]
	total := confusion{positive: sum(positives), negative: sum(negatives)}
	if total.positive < 2 {
		return math.NaN()
	}
	at := r.confusions(counts, total)
	noNegative := bestLevels(at, confusion{fp: 1, negative: 1}, confusion{negative: 1})
	noPositive := bestLevels(at, confusion{tp: 1, positive: 1}, confusion{positive: 1})
	var tp, fp float64
	for cell := range negatives {
		if negatives[cell] == 0 {
			continue
		}
		switch best := noNegative(cell / 2); {
		case cell/2 <= best:
			fp += negatives[cell]
		case cell == 2*(best+1) && r.negativeOver(best):
			fp++ // the highest of the cell alone
		}
	}
	for level := range r.levels {
		here := positives[2*level+1]
		switch best := noPositive(level); {
		case level <= best:
			tp += here
		case level == best+1 && here == 1 && negatives[2*level] == 0 && negatives[2*level+1] == 0 && r.positiveOver(best):
			tp++
		}
	}
	return confusion{tp: tp, fp: fp, positive: total.positive}.f1()
}

// negativeOver reports whether the highest negative item under a level lies over the
// threshold that the level has without it.
func (r ranking) negativeOver(level int) bool {
	first, second := r.lower[level+1][0], r.lower[level+1][1]
	if math.IsInf(second, -1) && level+1 < len(r.levels) {
		second = r.levels[level+1]
	}
	return first >= r.threshold(level, second)
}

// positiveOver is the same for the only item at the next level.
func (r ranking) positiveOver(level int) bool {
	return r.levels[level+1] >= r.threshold(level, r.next(level+1))
}

// confusions returns what a threshold at every level gets right.
func (r ranking) confusions(counts []float64, c confusion) []confusion {
	negatives, positives := counts[:r.size], counts[r.size:]
	at := make([]confusion, len(r.levels))
	for level := range at {
		c.fp += negatives[2*level] + negatives[2*level+1]
		c.tp += positives[2*level+1]
		at[level] = c
	}
	return at
}

// bestLevels returns the level of the best F1, by the level from which on an item
// that is left out was counted: from is taken off the counts there, before off those
// of the levels over it. Of equal ones it is the highest level.
func bestLevels(at []confusion, from, before confusion) func(level int) int {
	n := len(at)
	first, last := make([]int, n+1), make([]int, n+1) // best of the levels before; best from there on
	first[0], last[n] = -1, -1
	score := func(level int, less confusion) float64 {
		if level < 0 {
			return -1
		}
		c := at[level]
		c.tp, c.fp, c.positive = c.tp-less.tp, c.fp-less.fp, c.positive-less.positive
		return c.f1()
	}
	for level := range n {
		first[level+1] = first[level]
		if score(level, before) > score(first[level], before) {
			first[level+1] = level
		}
	}
	for level := n - 1; level >= 0; level-- {
		last[level] = last[level+1]
		if score(level, from) >= score(last[level+1], from) {
			last[level] = level
		}
	}
	return func(level int) int {
		if score(last[level], from) > score(first[level], before) {
			return last[level]
		}
		return first[level]
	}
}
