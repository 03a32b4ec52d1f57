package compare

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/kernel"
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

// candidate is a pair of rows and their similarity in float32, from which the exact
// one differs by at most the slack of the scan.
type candidate struct {
	a, b       int32
	similarity float32
}

func compareCandidates(p, q candidate) int { return cmp.Compare(q.similarity, p.similarity) }

// best collects the best pairs at or over a floor, at most so many. Their exact
// similarity is computed at the end, when most others have been given up. It holds
// up to twice as many and then raises its floor.
type best struct {
	exact   func(candidate) Pair
	most    int
	slack   float64
	floor   float64     // the least exact similarity that has a place
	least   float32     // the least float32 similarity that can belong to one
	near    []candidate // not under least
	pairs   []Pair      // exact, not under the floor, at most so many
	dropped float64     // no less than the highest similarity given up, -Inf when none was
}

func newBest(v *Vectors, options ScanOptions) *best {
	b := &best{exact: v.exactPair, most: options.MaxPairs, slack: roundingSlack(v.dim), dropped: math.Inf(-1)}
	b.setFloor(options.Floor)
	return b
}

func (b *best) setFloor(floor float64) {
	b.floor = floor
	b.least = math.Nextafter32(float32(floor-b.slack), -2)
}

// addRow takes in the similarities of row i with rows from, from+1, ….
func (b *best) addRow(i, from int, similarities []float32) {
	for k, s := range similarities {
		if s >= b.least {
			b.add(int32(i), int32(from+k), s)
		}
	}
}

// add takes in the similarity of two rows.
func (b *best) add(i, j int32, similarity float32) {
	if similarity < b.least {
		return
	}
	b.near = append(b.near, candidate{i, j, similarity})
	if len(b.near) >= 2*b.most {
		b.cut()
	}
}

// cut gives up the candidates that cannot be among the best, and when that leaves
// too many, computes the others.
func (b *best) cut() {
	b.cutNear()
	if len(b.near) <= b.most+b.most/2 {
		return
	}
	for _, c := range b.near {
		if p := b.exact(c); p.Similarity >= b.floor {
			b.pairs = append(b.pairs, p)
		}
	}
	b.near = b.near[:0]
	b.cutPairs()
}

// cutNear gives up candidates that are more than twice the slack under the last of
// the best: exactly, they are under it too.
func (b *best) cutNear() {
	if len(b.near) <= b.most {
		return
	}
	selectBest(b.near, b.most, compareCandidates)
	last := b.near[0].similarity
	for _, c := range b.near[:b.most] {
		last = min(last, c.similarity)
	}
	b.setFloor(max(b.floor, float64(last)-b.slack))
	kept := b.near[:b.most]
	for _, c := range b.near[b.most:] {
		if c.similarity >= b.least {
			kept = append(kept, c)
		} else {
			b.dropped = max(b.dropped, float64(c.similarity)+b.slack)
		}
	}
	b.near = kept
}

// cutPairs keeps the best. What comes later and is under them has no place.
func (b *best) cutPairs() {
	if len(b.pairs) <= b.most {
		return
	}
	selectBest(b.pairs, b.most, comparePairs)
	for _, p := range b.pairs[b.most:] {
		b.dropped = max(b.dropped, p.Similarity)
	}
	b.pairs = b.pairs[:b.most]
	last := b.pairs[0].Similarity
	for _, p := range b.pairs {
		last = min(last, p.Similarity)
	}
	b.setFloor(max(b.floor, last))
}

// exactPair returns the pair of a candidate of two rows.
func (v *Vectors) exactPair(c candidate) Pair {
	return Pair{A: v.texts[c.a], B: v.texts[c.b], Similarity: v.similarity(int(c.a), int(c.b))}
}

// mergeBest returns the best pairs of all workers in order, and the similarity
// from which on they are all there: the floor asked for, unless some had to be given
// up.
func mergeBest(ctx context.Context, parts []*best, options ScanOptions) ([]Pair, float64, error) {
	all := &best{exact: parts[0].exact, most: options.MaxPairs, slack: parts[0].slack, dropped: math.Inf(-1)}
	all.setFloor(options.Floor)
	near, exact := 0, 0
	for _, part := range parts {
		near, exact = near+len(part.near), exact+len(part.pairs)
	}
	all.near, all.pairs = make([]candidate, 0, near), make([]Pair, 0, exact)
	for _, part := range parts {
		all.near = append(all.near, part.near...)
		all.pairs = append(all.pairs, part.pairs...)
		all.dropped = max(all.dropped, part.dropped)
		part.near, part.pairs = nil, nil
	}
	all.cutNear()
	if err := all.computeNear(ctx); err != nil {
		return nil, 0, err
	}
	all.cutPairs()
	pairs := slices.Clone(all.pairs) // the room that was needed on the way is let go
	slices.SortFunc(pairs, comparePairs)
	if math.IsInf(all.dropped, -1) {
		return pairs, options.Floor, nil
	}
	return pairs, floorWithout(all.dropped, pairs[len(pairs)-1].Similarity), nil
}

// computeNear makes pairs of the candidates that are not under the floor.
func (b *best) computeNear(ctx context.Context) error {
	computed := make([]Pair, len(b.near))
	err := inParts(ctx, len(computed), func(_ int, part kernel.Span) error {
		for k := part.From; k < part.To; k++ {
			computed[k] = b.exact(b.near[k])
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.near = nil
	b.pairs = slices.Grow(b.pairs, len(computed))
	for _, p := range computed {
		if p.Similarity >= b.floor {
			b.pairs = append(b.pairs, p)
		}
	}
	return nil
}

// selectBest moves the k best to the front, in any order (Hoare's quickselect, median
// of three).
func selectBest[T any](all []T, k int, compare func(a, b T) int) {
	low, high := 0, len(all)-1
	for low < high {
		pivot := medianOfThree(all[low], all[(low+high)/2], all[high], compare)
		i, j := low, high
		for i <= j {
			for compare(all[i], pivot) < 0 {
				i++
			}
			for compare(all[j], pivot) > 0 {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
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

func medianOfThree[T any](a, b, c T, compare func(a, b T) int) T {
	if compare(b, a) < 0 {
		a, b = b, a
	}
	if compare(c, b) < 0 {
		b = c
	}
	if compare(b, a) < 0 {
		return a
	}
	return b
}
