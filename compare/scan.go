package compare

import (
	"context"
	"errors"
	"math"
	"sort"
)

const (
	// DefaultMaxPairs is how many pairs a scan keeps when not told (3 MiB).
	DefaultMaxPairs = 200_000
	// fewPairs is how many similarities are kept sorted instead of counted in
	// a histogram (all pairs of 362 texts).
	fewPairs = 1 << 16
)

// ScanOptions say which pairs a scan keeps.
type ScanOptions struct {
	Floor    float64 // the least similarity of a kept pair; -1 keeps all
	MaxPairs int     // the most pairs to keep, the best of them; 0 means DefaultMaxPairs
}

// Scan is what one pass over all pairs of texts finds: the background, the
// pairs at or over a floor, best first, and how many pairs lie over any
// threshold. It is never changed after it was made.
type Scan struct {
	Background
	pairs        []Pair
	floor        float64
	similarities distribution
}

// ScanPairs scans all pairs of v. Nothing N×N is held above [DenseLimit]
// texts. It returns the error of ctx when that ends first. Progress counts
// pairs; it may be nil.
func ScanPairs(ctx context.Context, v Vectors, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	m, err := Similarities(ctx, v, progress)
	if err != nil {
		return nil, err
	}
	if m.upper != nil {
		progress = nil // reported while the similarities were computed
	}
	return m.Scan(ctx, options, progress)
}

// Scan is [ScanPairs] for a matrix that has been made already: up to
// [DenseLimit] texts no similarity is computed again.
func (m *Matrix) Scan(ctx context.Context, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	if math.IsNaN(options.Floor) {
		return nil, errors.New("scanning pairs: the floor is not a number; choose one from -1 to 1")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if options.MaxPairs <= 0 {
		options.MaxPairs = DefaultMaxPairs
	}
	s := newScanner(m, options, progress)
	var err error
	if m.upper != nil {
		err = s.held(ctx)
	} else {
		err = s.each(ctx, m.vectors, s.receive)
	}
	if err != nil {
		return nil, err
	}
	return s.result(), nil
}

// scanner is a scan under way. Blocks keep their own moments and workers their
// own tallies and pairs, so that the result does not depend on who did what.
type scanner struct {
	pass
	matrix  *Matrix
	options ScanOptions
	slack   float64
	moments []moments // of each block
	tallies []tally   // of each worker; nil when the values are few
	best    []*best   // of each worker
}

func newScanner(m *Matrix, options ScanOptions, progress func(done, total int)) *scanner {
	v := m.vectors
	s := &scanner{
		pass:    newPass(v.Present(), v.dim, progress),
		matrix:  m,
		options: options,
		slack:   roundingSlack(v.dim),
	}
	s.moments = make([]moments, s.blocks)
	for range s.workers {
		s.best = append(s.best, newBest(options.Floor, options.MaxPairs))
		if !s.few() {
			s.tallies = append(s.tallies, newTally())
		}
	}
	return s
}

// few reports whether all similarities can be sorted at once.
func (s *scanner) few() bool { return triangle(s.n) <= fewPairs }

// held walks over the similarities of a matrix in memory.
func (s *scanner) held(ctx context.Context) error {
	return s.run(ctx, func(ctx context.Context, worker, block int) error {
		first, end := s.bounds(block)
		for i := first; i < end; i++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			s.receive(worker, block, i, i+1, s.matrix.upperRow(i))
		}
		return nil
	})
}

// receive takes in the similarities of row i with rows from, from+1, ….
func (s *scanner) receive(worker, block, i, from int, similarities []float32) {
	s.moments[block].add(similarities)
	if s.tallies != nil {
		s.tallies[worker].add(similarities)
	}
	v, kept := &s.matrix.vectors, s.best[worker]
	for k, similarity := range similarities {
		// The exact similarity decides where rounding could have.
		if float64(similarity) >= kept.floor-s.slack {
			kept.add(Pair{A: v.texts[i], B: v.texts[from+k], Similarity: v.similarity(i, from+k)})
		}
	}
}

func (s *scanner) result() *Scan {
	var all moments
	for _, m := range s.moments {
		all.merge(m)
	}
	scan := &Scan{Background: all.background()}
	switch {
	case s.few():
		scan.similarities = newSortedValues(s.matrix.upper)
	case s.matrix.upper != nil:
		scan.similarities = heldHistogram{newHistogram(s.tallies), s.matrix.upper}
	default:
		scan.similarities = newHistogram(s.tallies)
	}
	scan.fillPercentiles(scan.similarities)
	scan.pairs, scan.floor = mergeBest(s.best, s.options.Floor, s.options.MaxPairs)
	return scan
}

// Pairs returns the kept pairs, most similar first, equally similar ones in
// the order of their texts. The caller must not change them.
func (s *Scan) Pairs() []Pair { return s.pairs }

// Floor returns the similarity from which on Pairs holds every pair. It is the
// floor asked for, or more when there were more than MaxPairs.
func (s *Scan) Floor() float64 { return s.floor }

// Complete reports whether Pairs holds every pair at or over the threshold.
func (s *Scan) Complete(threshold float64) bool { return threshold >= s.floor }

// CountAt returns the number of pairs at or over the threshold. From Floor on
// it is exact. Under it, similarities are counted as float32 rounded them, and
// above 362 texts to the bin: pairs less than 1e-5 under the threshold may be
// counted too.
func (s *Scan) CountAt(threshold float64) int {
	if math.IsNaN(threshold) {
		return 0
	}
	kept := s.keptAt(threshold)
	if s.Complete(threshold) {
		return kept
	}
	return max(kept, s.similarities.atLeast(threshold))
}

// equalWithin is how far apart two similarities may lie and still count as equal:
// the rounding of float32 vectors keeps those of identical texts that close.
const equalWithin = 1e-6

// Place returns the place of a pair of that similarity among all pairs, the most
// similar being the first. Equal similarities share the best place. It is as
// exact as [Scan.CountAt].
func (s *Scan) Place(similarity float64) int {
	return min(s.CountAt(similarity+equalWithin)+1, max(s.Background.Pairs, 1))
}

// keptAt returns the number of kept pairs at or over the threshold.
func (s *Scan) keptAt(threshold float64) int {
	return sort.Search(len(s.pairs), func(k int) bool { return s.pairs[k].Similarity < threshold })
}

// Over returns the kept pairs at or over the threshold, best first. They are
// all there are if the scan is [Scan.Complete] at it. The caller must not
// change them.
func (s *Scan) Over(threshold float64) []Pair {
	if math.IsNaN(threshold) {
		return nil
	}
	n := s.keptAt(threshold)
	return s.pairs[:n:n]
}

// Curve returns the number of pairs at n thresholds evenly spaced from from to
// to, both included.
func (s *Scan) Curve(from, to float64, n int) []int {
	counts := make([]int, max(0, n))
	for k := range counts {
		threshold := from
		if n > 1 {
			threshold += (to - from) * float64(k) / float64(n-1)
		}
		counts[k] = s.CountAt(threshold)
	}
	return counts
}
