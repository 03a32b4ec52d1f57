package evaluate

import (
	"math"
	"slices"
)

// Split is how well a similarity parts items that belong together (positive) from
// those that do not (negative).
type Split struct {
	Positive, Negative int
	AUC                float64 // how often a positive item lies over a negative one; ties count ½
	AP                 float64 // average precision, tied scores taken together
	BestF1             float64 // the best F1 of any threshold, which is optimistic
	LeftOutF1          float64 // F1 when every item is decided by the threshold that is best without it; NaN with one positive
	Threshold          float64 // of the best F1: midway to the next lower score; items at or over it count as together
	Precision, Recall  float64 // at the threshold
	MCC                float64 // at the threshold: Matthews's correlation
}

// ranking is items in the cells between and at the distinct scores of the positive
// ones, so that any weights of the items can be measured without sorting again. Cell
// 2c+1 is at the c-th highest level, cell 2c between it and the level over it.
type ranking struct {
	levels []float64    // distinct scores of positive items, highest first
	lower  [][2]float64 // of every cell between levels the highest two negative scores, -Inf for none
	cells  []int32      // of every item its cell; positive ones after all cells of negative ones
	size   int          // how many cells there are of each kind
}

// newRanking ranks scores, of which some are of positive items.
func newRanking(scores []float64, positive func(int) bool) ranking {
	var levels []float64
	for i, s := range scores {
		if positive(i) {
			levels = append(levels, -s)
		}
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	r := ranking{levels: levels, cells: make([]int32, len(scores)), size: 2*len(levels) + 1}
	for i, s := range scores {
		c, tied := slices.BinarySearch(levels, -s)
		cell := 2 * c
		if tied {
			cell++
		}
		if positive(i) {
			cell += r.size
		}
		r.cells[i] = int32(cell)
	}
	for i := range levels {
		levels[i] = -levels[i]
	}
	r.lower = r.lowerScores(scores)
	return r
}

// sizeOfScratch is how many numbers measure needs to work with.
func (r ranking) sizeOfScratch() int { return 2 * r.size }

// confusion counts, with weights, what a threshold at a level gets right.
type confusion struct{ tp, fp, positive, negative float64 }

func (c confusion) f1() float64 {
	if c.tp == 0 {
		return 0
	}
	return 2 * c.tp / (c.tp + c.fp + c.positive)
}

func (c confusion) mcc() float64 {
	tn, fn := c.negative-c.fp, c.positive-c.tp
	below := (c.tp + c.fp) * (c.tp + fn) * (tn + c.fp) * (tn + fn)
	if below <= 0 {
		return 0
	}
	return (c.tp*tn - c.fp*fn) / math.Sqrt(below)
}

// parted is what measure finds.
type parted struct {
	auc, ap float64 // NaN without both kinds
	best    confusion
	level   int // of the best F1
}

// measure measures items of some weights. Scratch has room for sizeOfScratch numbers.
func (r ranking) measure(weights, scratch []float64) parted {
	counts := scratch[:2*r.size]
	clear(counts)
	for i, cell := range r.cells {
		counts[cell] += weights[i]
	}
	return r.sweep(counts)
}

// sweep lowers a threshold from level to level over the weights in the cells.
func (r ranking) sweep(counts []float64) parted {
	negatives, positives := counts[:r.size], counts[r.size:]
	c := confusion{positive: sum(positives), negative: sum(negatives)}
	p := parted{auc: math.NaN(), ap: math.NaN(), best: c}
	if c.positive == 0 || c.negative == 0 {
		return p
	}
	var above, precision, highest float64
	for level := range r.levels {
		here, tied := positives[2*level+1], negatives[2*level+1]
		before := c.fp + negatives[2*level]
		c.fp = before + tied
		if here == 0 {
			continue
		}
		above += here * (c.negative - before - tied/2)
		c.tp += here
		precision += here * c.tp / (c.tp + c.fp)
		if f := c.f1(); f > highest {
			highest, p.best, p.level = f, c, level
		}
	}
	p.auc, p.ap = above/(c.positive*c.negative), precision/c.positive
	return p
}

// split measures all items once, thresholds included.
func (r ranking) split() Split {
	counts := r.counts()
	p := r.sweep(counts)
	s := Split{
		Positive: int(p.best.positive), Negative: int(p.best.negative),
		AUC: p.auc, AP: p.ap, BestF1: p.best.f1(), MCC: p.best.mcc(),
		Precision: p.best.tp / (p.best.tp + p.best.fp), Recall: p.best.tp / p.best.positive,
	}
	s.Threshold = r.threshold(p.level, r.next(p.level))
	s.LeftOutF1 = r.leftOut(counts)
	return s
}

// counts are how many items every cell has.
func (r ranking) counts() []float64 {
	counts := make([]float64, 2*r.size)
	for _, cell := range r.cells {
		counts[cell]++
	}
	return counts
}

// atPrecision is the lowest threshold of so much precision; ok is false when there is
// none.
func (r ranking) atPrecision(precision float64) (threshold float64, at confusion, ok bool) {
	counts := r.counts()
	all := confusion{positive: sum(counts[r.size:]), negative: sum(counts[:r.size])}
	for level, c := range r.confusions(counts, all) {
		if c.tp/(c.tp+c.fp) >= precision {
			threshold, at, ok = r.threshold(level, r.next(level)), c, true
		}
	}
	return threshold, at, ok
}

// threshold lies midway between a level and the next lower score, or at the level
// when there is none.
func (r ranking) threshold(level int, next float64) float64 {
	if math.IsInf(next, -1) {
		return r.levels[level]
	}
	return r.levels[level] + (next-r.levels[level])/2
}

// lowerScores finds r.lower.
func (r ranking) lowerScores(scores []float64) [][2]float64 {
	lower := slices.Repeat([][2]float64{{math.Inf(-1), math.Inf(-1)}}, len(r.levels)+1)
	for i, cell := range r.cells {
		if int(cell) >= r.size || cell%2 == 1 {
			continue
		}
		l, s := &lower[cell/2], scores[i]
		if s > l[0] {
			l[0], l[1] = s, l[0]
		} else if s > l[1] {
			l[1] = s
		}
	}
	return lower
}

// next returns the next lower score under a level, -Inf when it is the last.
func (r ranking) next(level int) float64 {
	if s := r.lower[level+1][0]; !math.IsInf(s, -1) || level+1 == len(r.levels) {
		return s
	}
	return r.levels[level+1]
}

func sum(values []float64) float64 {
	var s float64
	for _, x := range values {
		s += x
	}
	return s
}
