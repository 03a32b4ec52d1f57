package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// ordering is items in the order of a score, so that their average ranks can be had
// under any weights.
type ordering struct {
	items []int32 // ascending
	ends  []int32 // where each run of equal scores ends
}

func newOrdering(scores []float64) ordering {
	o := ordering{items: sortedItems(scores)}
	for k := 1; k <= len(scores); k++ {
		if k == len(scores) || scores[o.items[k]] != scores[o.items[k-1]] {
			o.ends = append(o.ends, int32(k))
		}
	}
	return o
}

// sortedItems are the indices of scores in ascending order, equal ones by index.
func sortedItems(scores []float64) []int32 {
	items := make([]int32, len(scores))
	keys := make([]uint64, len(scores))
	for i, x := range scores {
		if float64(float32(x)) != x {
			return sortedByScore(scores)
		}
		// Similarities have the precision of float32: with its index one is a number
		// that sorts alike, many times as fast.
		bits := math.Float32bits(float32(x) + 0) // 0 and -0 are equal
		if bits>>31 == 1 {
			bits = ^bits
		} else {
			bits |= 1 << 31
		}
		keys[i] = uint64(bits)<<32 | uint64(i)
	}
	slices.Sort(keys)
	for k, key := range keys {
		items[k] = int32(uint32(key))
	}
	return items
}

func sortedByScore(scores []float64) []int32 {
	items := make([]int32, len(scores))
	for i := range items {
		items[i] = int32(i)
	}
	slices.SortFunc(items, func(a, b int32) int {
		return cmp.Or(cmp.Compare(scores[a], scores[b]), cmp.Compare(a, b))
	})
	return items
}

// ranks puts the average ranks of all items into out: how much lies under an item,
// and half of what is equal to it.
func (o ordering) ranks(weights, out []float64) {
	var under float64
	start := int32(0)
	for _, end := range o.ends {
		var equal float64
		for _, item := range o.items[start:end] {
			equal += weights[item]
		}
		for _, item := range o.items[start:end] {
			out[item] = under + equal/2
		}
		under += equal
		start = end
	}
}

// tiny is, for each value, what rounding leaves of values that are all equal: it is no
// variation.
const tiny = 1e-24

// pearson returns the correlation of x and y, items counting by their weights; NaN
// when either does not vary.
func pearson(x, y, weights []float64) float64 {
	var total, meanX, meanY float64
	for i, w := range weights {
		total += w
		meanX += w * x[i]
		meanY += w * y[i]
	}
	meanX, meanY = meanX/total, meanY/total
	var xx, yy, xy float64
	for i, w := range weights {
		dx, dy := x[i]-meanX, y[i]-meanY
		xx += w * dx * dx
		yy += w * dy * dy
		xy += w * dx * dy
	}
	if xx <= tiny*total*(1+meanX*meanX) || yy <= tiny*total*(1+meanY*meanY) {
		return math.NaN()
	}
	return min(1, max(-1, xy/math.Sqrt(xx*yy)))
}

// ones returns n weights of 1.
func ones(n int) []float64 { return slices.Repeat([]float64{1}, n) }
