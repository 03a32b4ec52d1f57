package compare

import (
	"context"
	"errors"
	"math"
	"sort"

	"github.com/vecscope/vecscope/compare/kernel"
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

	// What follows is for [Matrix.Rescan]: the options, the sums of all similarities and
	// whether they were computed in int8, and the pairs with some more in reserve, which are
	// all there are from keptFloor on.
	options   ScanOptions
	sums      kernel.Sums
	int8      bool
	kept      []Pair
	keptFloor float64
	// highest are, in int8, about the most similar pairs, whatever the floor: all from
	// highestFloor on.
	highest      []Pair
	highestFloor float64
}

// ScanPairs scans all pairs of v. Nothing N×N is held above [DenseLimit]
// texts. From 1,000 texts on, and a floor over the background, similarities are
// computed in int8 first, where that is faster: the pairs are the same, and so is the
// greatest similarity of any, unless more pairs are about as similar, and under the floor,
// than are looked at again. In the rest of the background, and the counts under the floor,
// each similarity may be a few thousandths off, one as often up as another down: the mean,
// the standard deviation and the percentiles are right to about 1e-4, those at the sparse
// ends and the least similarity to as much as one is. It returns the error of ctx when that
// ends first. Progress counts pairs; it may be nil.
func ScanPairs(ctx context.Context, v Vectors, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	if !v.prefilters(options.Floor) {
		return newMatrix(v).scanWhileComputed(ctx, options, progress)
	}
	s, err := newScanner(&Matrix{vectors: v}, options)
	if err != nil {
		return nil, err
	}
	if err := s.prefiltered(ctx, stripeOf(&v), progress); err != nil {
		return nil, err
	}
	return s.result(ctx, newHistogram(s.tallies).sums())
}

// Scan is [ScanPairs] for a matrix that has been made already: up to
// [DenseLimit] texts no similarity is computed again.
func (m *Matrix) Scan(ctx context.Context, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	if m.upper == nil {
		return ScanPairs(ctx, m.vectors, options, progress)
	}
	s, err := newScanner(m, options)
	if err != nil {
		return nil, err
	}
	if err := s.held(ctx, progress); err != nil {
		return nil, err
	}
	return s.result(ctx, m.sums)
}

// scanWhileComputed scans the similarities of a matrix that is still empty as they
// come.
func (m *Matrix) scanWhileComputed(ctx context.Context, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	s, err := newScanner(m, options)
	if err != nil {
		return nil, err
	}
	t := &target{matrix: m, scanner: s}
	if err := sweepLengths(ctx, m.vectors, []*target{t}, progress); err != nil {
		return nil, err
	}
	return s.result(ctx, t.sums)
}

// scanner is a scan under way. Workers keep their own tallies and pairs.
type scanner struct {
	matrix  *Matrix
	options ScanOptions
	workers int
	tallies []*tally   // of each worker; nil when the values are few
	best    []*best    // of each worker
	highest []*highest // of each worker, when similarities are computed in int8 first
}

// reserveShare is which part of the pairs of a scan are kept in reserve, for when others go.
const reserveShare = 20

// mostPairs is the most pairs that a scan keeps: twice as many, with those in reserve, can
// still be counted.
const mostPairs = math.MaxInt / 4

// withReserve says to keep some pairs more.
func (o ScanOptions) withReserve() ScanOptions {
	o.MaxPairs += o.MaxPairs / reserveShare
	return o
}

// newScanner checks options. The scanner has as many workers as a pass.
func newScanner(m *Matrix, options ScanOptions) (*scanner, error) {
	if math.IsNaN(options.Floor) {
		return nil, errors.New("scanning pairs: the floor is not a number; choose one from -1 to 1")
	}
	if options.MaxPairs <= 0 {
		options.MaxPairs = DefaultMaxPairs
	}
	options.MaxPairs = min(options.MaxPairs, mostPairs)
	s := &scanner{matrix: m, options: options, workers: newPass(m.vectors.Present(), nil).workers}
	for range s.workers {
		s.best = append(s.best, newBest(&m.vectors, options.withReserve()))
		if !s.few() {
			s.tallies = append(s.tallies, newTally(bins))
		}
	}
	return s, nil
}

// few reports whether all similarities can be sorted at once.
func (s *scanner) few() bool { return triangle(s.matrix.vectors.Present()) <= fewPairs }

// held walks over the similarities of a matrix in memory.
func (s *scanner) held(ctx context.Context, progress func(done, total int)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	walk := newPass(s.matrix.vectors.Present(), progress)
	return walk.run(ctx, func(ctx context.Context, worker, block int) error {
		first, end := walk.bounds(block)
		for i := first; i < end; i++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			s.receive(worker, i, i+1, s.matrix.upperRow(i))
		}
		return nil
	})
}

// receive takes in the similarities of row i with rows from, from+1, ….
func (s *scanner) receive(worker, i, from int, similarities []float32) {
	if s.tallies != nil {
		s.tallies[worker].add(similarities)
	}
	s.best[worker].addRow(i, from, similarities)
}

// result adds up what the workers found; sums are of all similarities.
func (s *scanner) result(ctx context.Context, sums kernel.Sums) (*Scan, error) {
	scan := &Scan{Background: backgroundOf(sums), options: s.options, sums: sums, int8: s.highest != nil}
	switch {
	case s.few():
		scan.similarities = newSortedValues(s.matrix.upper)
	case s.matrix.upper != nil:
		scan.similarities = heldHistogram{newHistogram(s.tallies), s.matrix.upper}
	default:
		scan.similarities = newHistogram(s.tallies)
	}
	pairs, floor, err := mergeBest(ctx, s.best, s.options.withReserve())
	if err != nil {
		return nil, err
	}
	scan.keep(pairs, floor)
	if scan.int8 {
		scan.keepHighest(mergeHighest(s.highest, s.matrix.vectors.exactPair), -1)
	}
	scan.fillPercentiles(scan.similarities)
	return scan, nil
}

// keep takes over pairs, best first, that are all there are from a floor on: as many as
// are wanted, the others in reserve.
func (s *Scan) keep(pairs []Pair, floor float64) {
	s.kept, s.keptFloor = pairs, floor
	s.pairs, s.floor = pairs, floor
	if most := s.options.MaxPairs; len(pairs) > most {
		s.pairs = pairs[:most:most]
		s.floor = floorWithout(pairs[most].Similarity, pairs[most-1].Similarity)
	}
}

// floorWithout is the floor of pairs of which the last is that similar, where one of
// another similarity was left out.
func floorWithout(left, last float64) float64 {
	if left >= last { // pairs exactly as similar as the last one are missing
		return math.Nextafter(last, 2)
	}
	return last
}

// Pairs returns the kept pairs, most similar first, equally similar ones in
// the order of their texts. The caller must not change them.
func (s *Scan) Pairs() []Pair { return s.pairs }

// Bytes returns about how much memory the scan takes beyond the matrix.
func (s *Scan) Bytes() int {
	const pair, count = 16, 8
	n := pair * (cap(s.kept) + cap(s.highest))
	switch d := s.similarities.(type) {
	case sortedValues:
		n += 4 * len(d)
	case histogram:
		n += count * len(d.before)
	case heldHistogram:
		n += count * len(d.before)
	}
	return n
}

// Floor returns the similarity from which on Pairs holds every pair. It is the
// floor asked for, or more when there were more than MaxPairs.
func (s *Scan) Floor() float64 { return s.floor }

// Complete reports whether Pairs holds every pair at or over the threshold.
func (s *Scan) Complete(threshold float64) bool { return threshold >= s.floor }

// CountAt returns the number of pairs at or over the threshold. From Floor on
// it is exact. Under it, similarities are counted as float32 rounded them, and
// above 362 texts to the bin: pairs less than 1e-5 under the threshold may be
// counted too, or those that [ScanPairs] rounded so far.
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
