package compare

import (
	"math"
	"slices"
)

// highestKept is how many pairs are looked at again to tell the greatest similarity of a
// scan in int8: rounding would have to put as many before the pair that has it.
const highestKept = 64

// highest are the pairs that are the most similar in int8.
type highest struct {
	pairs []candidate // up to twice as many as are kept
	least float32     // the least similarity that belongs to one
}

func newHighest() *highest { return &highest{least: -math.MaxFloat32} }

// add takes in a pair of at least the least similarity.
func (h *highest) add(c candidate) {
	if h.pairs = append(h.pairs, c); len(h.pairs) < 2*highestKept {
		return
	}
	selectBest(h.pairs, highestKept, compareCandidates)
	h.pairs = h.pairs[:highestKept]
	h.least = slices.MaxFunc(h.pairs, compareCandidates).similarity
}

// mergeHighest gives the pairs of all workers that are the most similar in int8, exactly,
// best first.
func mergeHighest(parts []*highest, exact func(candidate) Pair) []Pair {
	var all []candidate
	for _, part := range parts {
		all = append(all, part.pairs...)
	}
	slices.SortFunc(all, compareCandidates)
	pairs := make([]Pair, min(highestKept, len(all)))
	for k := range pairs {
		pairs[k] = exact(all[k])
	}
	slices.SortFunc(pairs, comparePairs)
	return pairs
}

// keepHighest takes over the most similar pairs, best first, which are all there are from a
// floor on, and sets the greatest similarity, which int8 gives about, to the exact one.
func (s *Scan) keepHighest(pairs []Pair, floor float64) {
	s.highest, s.highestFloor = pairs, floor
	if len(pairs) == highestKept {
		s.highestFloor = max(floor, pairs[highestKept-1].Similarity)
	}
	if len(s.kept) > 0 {
		pairs = s.kept
	}
	if len(pairs) > 0 {
		s.Max = pairs[0].Similarity
		s.Min = min(s.Min, s.Max)
	}
}

// pairsLeft gives the pairs of before that are still there.
func (r *rescan) pairsLeft(before []Pair) []Pair {
	left := make([]Pair, 0, len(before))
	was, is := &r.was.vectors, &r.is.vectors
	for _, p := range before {
		a, stays := r.change.place(int(was.slots[p.A]))
		b, too := r.change.place(int(was.slots[p.B]))
		if stays && too {
			left = append(left, Pair{A: is.texts[a], B: is.texts[b], Similarity: p.Similarity})
		}
	}
	return left
}

// joinHighest gives those of the most similar pairs of before that are still there, with
// those that have come and are as similar; ok is false when few are left, of which none may
// be the most similar any more.
func (r *rescan) joinHighest(come []*highest) (pairs []Pair, ok bool) {
	pairs = r.pairsLeft(r.highest)
	for _, p := range mergeHighest(come, r.is.vectors.exactPair) {
		if p.Similarity >= r.highestFloor {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, comparePairs)
	return pairs[:min(len(pairs), highestKept)], len(pairs) >= highestKept/2
}
