package compare

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Tiles are a matrix seen from afar: runs of its texts, in some order, against each other.
// It is never changed after it was made.
type Tiles struct {
	n         int
	means     []float64 // n×n; NaN where there is no pair
	strongest []Pair    // n×n; of the same text twice where none is known
	lo, hi    float64
}

// Tiles divides the texts of an order into runs, which begin at the ascending places in
// starts, the first of them 0. Means are exact for any number of texts. The strongest pair of
// a tile is so up to [DenseLimit] texts; above it is the first of the given pairs, best first,
// that lies in the tile. The error is that of ctx when that ends first, or tells that the
// runs are not within the order.
func (m *Matrix) Tiles(ctx context.Context, order, starts []int, pairs []Pair) (*Tiles, error) {
	n := len(starts)
	if n > 0 && (starts[0] != 0 || starts[n-1] >= len(order) || !slices.IsSorted(starts)) {
		return nil, fmt.Errorf("dividing %d texts into runs from %d on: these do not ascend from 0, or lie outside", len(order), starts)
	}
	t := &Tiles{n: n, means: make([]float64, n*n), strongest: make([]Pair, n*n), lo: math.Inf(1), hi: math.Inf(-1)}
	runs := make([]int32, m.Len())
	for i := range runs {
		runs[i] = -1
	}
	for run, start := range starts {
		end := len(order)
		if run+1 < n {
			end = starts[run+1]
		}
		for _, text := range order[start:end] {
			runs[text] = int32(run)
		}
	}
	if err := t.average(ctx, m.vectors, runs); err != nil {
		return nil, err
	}
	if m.upper == nil {
		for _, p := range pairs {
			t.offer(p, runs)
		}
		return t, ctx.Err()
	}
	for i, a := range m.vectors.texts {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for k, s := range m.upperRow(i) {
			t.offer(Pair{A: a, B: m.vectors.texts[i+1+k], Similarity: float64(s)}, runs)
		}
	}
	return t, nil
}

// average computes the means from the sums of the runs' vectors: the mean of all products of
// two runs is the product of their sums, divided by how many there are.
func (t *Tiles) average(ctx context.Context, v Vectors, runs []int32) error {
	sums, count, squares := make([][]float64, t.n), make([]int, t.n), make([]float64, t.n)
	for i := range sums {
		sums[i] = make([]float64, v.dim)
	}
	for slot, text := range v.texts {
		if slot%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		run := runs[text]
		if run < 0 {
			continue
		}
		for k, x := range v.row(slot) {
			sums[run][k] += float64(x)
		}
		count[run]++
		squares[run] += v.in().norms[slot]
	}
	for a := range t.n {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for b := a; b < t.n; b++ {
			product := 0.0
			for k, x := range sums[a] {
				product += x * sums[b][k]
			}
			all := float64(count[a] * count[b])
			if a == b { // a text and itself are no pair
				product -= squares[a]
				all -= float64(count[a])
			}
			mean := math.NaN()
			if all > 0 {
				mean = product / all
				t.lo, t.hi = min(t.lo, mean), max(t.hi, mean)
			}
			t.means[a*t.n+b], t.means[b*t.n+a] = mean, mean
		}
	}
	return nil
}

// offer keeps a pair where it is the strongest of its tile.
func (t *Tiles) offer(p Pair, runs []int32) {
	a, b := runs[p.A], runs[p.B]
	if a < 0 || b < 0 {
		return
	}
	at := &t.strongest[int(a)*t.n+int(b)]
	if at.A != at.B && at.Similarity >= p.Similarity {
		return
	}
	*at = p
	if a != b {
		t.strongest[int(b)*t.n+int(a)] = Pair{A: p.B, B: p.A, Similarity: p.Similarity}
	}
}

// Len is how many runs there are.
func (t *Tiles) Len() int { return t.n }

// At is the mean similarity of the texts of two runs, of a text and itself none; ok is false
// where there is no pair.
func (t *Tiles) At(a, b int) (mean float64, ok bool) {
	mean = t.means[a*t.n+b]
	return mean, !math.IsNaN(mean)
}

// Strongest is the most similar pair of two runs, its first text of a and its second of b; ok
// is false where none is known.
func (t *Tiles) Strongest(a, b int) (p Pair, ok bool) {
	p = t.strongest[a*t.n+b]
	return p, p.A != p.B
}

// Range is the least and the greatest mean; ok is false without pairs.
func (t *Tiles) Range() (least, greatest float64, ok bool) { return t.lo, t.hi, t.lo <= t.hi }
