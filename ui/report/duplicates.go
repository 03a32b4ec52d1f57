package report

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare"
)

// Duplicates is a comparison looked at for duplicate pairs.
type Duplicates struct {
	Comparison
	// Threshold is the similarity from which on a pair is a duplicate.
	Threshold float64
	// Own holds a threshold of its own for every result, in order, which then counts
	// instead; nil when all share Threshold.
	Own []float64
	// Only says which of them are listed, as a sentence; empty when all are.
	Only string
	// Pairs are those that at least one candidate calls a duplicate, the most similar first
	// unless they were put in another order.
	Pairs []Pair
}

// Pair is two texts, by index, and what each candidate makes of them.
type Pair struct {
	A, B int
	// Similarity holds one value for every result, in order; NaN when one of the
	// texts has no vector.
	Similarity []float64
}

// FindDuplicates looks for the pairs at or over the threshold, or over those of its own
// that every result has, in order. It returns an error when not every pair was kept by
// the results' scans; see compare.Scan.Complete.
func FindDuplicates(c Comparison, threshold float64, own ...float64) (Duplicates, error) {
	d := Duplicates{Comparison: c, Threshold: threshold, Own: own}
	scans := make([]*compare.Scan, len(c.Results))
	thresholds := make([]float64, len(c.Results))
	for k, r := range c.Results {
		scans[k], thresholds[k] = r.Scan, d.threshold(k)
	}
	found, _, err := compare.Union(scans, thresholds, 0)
	if err != nil {
		return d, fmt.Errorf("looking for duplicates: %w", err)
	}
	d.Pairs = make([]Pair, len(found))
	for i, ab := range found {
		d.Pairs[i] = PairOf(c, int(ab[0]), int(ab[1]))
	}
	slices.SortStableFunc(d.Pairs, func(p, q Pair) int {
		return cmp.Or(cmp.Compare(d.highest(q), d.highest(p)), cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
	})
	for k, scan := range scans {
		if !scan.Complete(thresholds[k]) {
			return d, ErrTooManyPairs
		}
	}
	return d, nil
}

// ErrTooManyPairs reports that not all duplicate pairs could be kept.
var ErrTooManyPairs = errors.New("too many pairs are that similar: only the most similar are listed; raise the threshold")

// highest is the highest similarity that makes the pair a duplicate.
func (d Duplicates) highest(p Pair) float64 {
	most := math.Inf(-1)
	for k, s := range p.Similarity {
		if s >= d.threshold(k) {
			most = max(most, s)
		}
	}
	return most
}

// PairOf gives the texts a and b with their exact similarities.
func PairOf(c Comparison, a, b int) Pair {
	p := Pair{A: a, B: b, Similarity: make([]float64, len(c.Results))}
	for k, r := range c.Results {
		p.Similarity[k] = math.NaN()
		if r.Vectors.Has(a) && r.Vectors.Has(b) {
			p.Similarity[k] = r.Vectors.Similarity(a, b)
		}
	}
	return p
}

// threshold is the one in force for the k-th result.
func (d Duplicates) threshold(k int) float64 {
	if d.Own != nil {
		return d.Own[k]
	}
	return d.Threshold
}

// candidates lists the ids of the results.
func (c Comparison) candidates() []string {
	ids := make([]string, len(c.Results))
	for k, r := range c.Results {
		ids[k] = r.Candidate.ID()
	}
	return ids
}

// duplicateIn lists the ids of the candidates that call the pair a duplicate.
func (d Duplicates) duplicateIn(p Pair) []string {
	ids := d.candidates()
	kept := ids[:0]
	for k, id := range ids {
		if p.Similarity[k] >= d.threshold(k) {
			kept = append(kept, id)
		}
	}
	return kept
}
