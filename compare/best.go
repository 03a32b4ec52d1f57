package compare

import (
	"cmp"
	"math"
	"slices"
)

// Pair is two texts A < B, by index from 0, and their similarity as
// [Vectors.Similarity] gives it.
type Pair struct {
	A, B       int32
	Similarity float64
}

// comparePairs orders pairs best first; equal ones by their texts. No two
// pairs of one scan are equal in it.
func comparePairs(p, q Pair) int {
	return cmp.Or(cmp.Compare(q.Similarity, p.Similarity), cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
}

// best collects the best pairs at or over a floor, at most so many. It holds
// up to twice as many and then raises its floor.
type best struct {
	floor   float64
	most    int
	pairs   []Pair
	dropped float64 // the highest similarity given up, -Inf when none was
}

func newBest(floor float64, most int) *best {
	return &best{floor: floor, most: most, dropped: math.Inf(-1)}
}

func (b *best) add(p Pair) {
	if p.Similarity < b.floor {
		return
	}
	b.pairs = append(b.pairs, p)
	if len(b.pairs) >= 2*b.most {
		b.cut()
	}
}

// cut keeps the best. What comes later and is under them has no place.
func (b *best) cut() {
	if len(b.pairs) <= b.most {
		return
	}
	selectBest(b.pairs, b.most)
	for _, p := range b.pairs[b.most:] {
		b.dropped = max(b.dropped, p.Similarity)
	}
	b.pairs = b.pairs[:b.most]
	for i, p := range b.pairs {
		if i == 0 || p.Similarity < b.floor {
			b.floor = p.Similarity
		}
	}
}

// mergeBest returns the best pairs of all workers in order, and the similarity
// from which on they are all there: floor, unless some had to be given up.
func mergeBest(parts []*best, floor float64, most int) ([]Pair, float64) {
	all := newBest(floor, most)
	for _, part := range parts {
		all.pairs = append(all.pairs, part.pairs...)
		all.dropped = max(all.dropped, part.dropped)
	}
	all.cut()
	pairs := slices.Clip(all.pairs)
	slices.SortFunc(pairs, comparePairs)
	if math.IsInf(all.dropped, -1) {
		return pairs, floor
	}
	last := pairs[len(pairs)-1].Similarity
	if all.dropped >= last {
		// Pairs exactly as similar as the last one are missing.
		last = math.Nextafter(last, 2)
	}
	return pairs, last
}

// selectBest moves the k best pairs to the front, in any order (Hoare's
// quickselect, median of three).
func selectBest(pairs []Pair, k int) {
	low, high := 0, len(pairs)-1
	for low < high {
		pivot := medianOfThree(pairs[low], pairs[(low+high)/2], pairs[high])
		i, j := low, high
		for i <= j {
			for comparePairs(pairs[i], pivot) < 0 {
				i++
			}
			for comparePairs(pairs[j], pivot) > 0 {
				j--
			}
			if i <= j {
				pairs[i], pairs[j] = pairs[j], pairs[i]
				i++
				j--
			}
		}
		switch {
		case k-1 <= j:
			high = j
		case k-1 >= i:
			low = i
		default:
			return
		}
	}
}

func medianOfThree(a, b, c Pair) Pair {
	if comparePairs(b, a) < 0 {
		a, b = b, a
	}
	if comparePairs(c, b) < 0 {
		b = c
	}
	if comparePairs(b, a) < 0 {
		return a
	}
	return b
}
