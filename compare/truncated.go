package compare

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/compare/kernel"
)

// TruncatedSimilarities returns the matrix of v truncated to each of dims, in
// their order, in one pass over the vectors: the dot product of truncated
// vectors is the beginning of the full one. The error is a *[DimensionsError], a
// *[ZeroVectorError] for the first text of which nothing is left, or ctx's.
func TruncatedSimilarities(ctx context.Context, v Vectors, dims []int) ([]*Matrix, error) {
	targets, err := truncate(ctx, v, dims)
	if err != nil {
		return nil, err
	}
	if err := sweepTargets(ctx, v, targets); err != nil {
		return nil, err
	}
	return inOrder(dims, targets), nil
}

// inOrder returns the matrix at each of dims, which may repeat.
func inOrder(dims []int, targets []*target) []*Matrix {
	asked := make([]*Matrix, len(dims))
	for i, d := range dims {
		at := slices.IndexFunc(targets, func(t *target) bool { return t.matrix.vectors.dim == d })
		asked[i] = targets[at].matrix
	}
	return asked
}

// steepest is the most that the beginning of a row may be scaled up: products
// of smaller values would lose digits in float32.
const steepest = 1e6

// truncate returns a target for each of dims, ascending, each once.
func truncate(ctx context.Context, v Vectors, dims []int) ([]*target, error) {
	dims = slices.Compact(slices.Sorted(slices.Values(dims)))
	targets, errs := make([]*target, len(dims)), make([]error, len(dims))
	var group sync.WaitGroup
	for i, d := range dims {
		group.Go(func() { targets[i], errs[i] = newTarget(v, d) })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	err := inParts(ctx, v.Present(), func(_ int, rows kernel.Span) error {
		for _, t := range targets {
			if err := t.measure(v, rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil || ctx.Err() != nil {
		return targets, err
	}
	// Of several texts that cannot be cut the first is told, whichever came up first.
	for _, t := range targets {
		if err := t.measure(v, kernel.Span{To: v.Present()}); err != nil {
			return nil, err
		}
	}
	return nil, err
}

// newTarget makes room for the similarities of v truncated to d, which takes a while as
// memory is cleared. The vectors themselves are made when somebody asks for them.
func newTarget(v Vectors, d int) (*target, error) {
	if d == v.dim {
		return &target{matrix: newMatrix(v)}, nil
	}
	if d < 1 || d > v.dim {
		return nil, &DimensionsError{Asked: d, Have: v.dim}
	}
	lengths := make([]float64, v.Present())
	cut := Vectors{dim: d, slots: v.slots, texts: v.texts, cut: &cutRows{of: v, lengths: lengths}}
	return &target{matrix: newMatrix(cut), scales: make([]float32, len(lengths))}, nil
}

// measure finds the lengths that some rows of v have when they are cut, and what scales
// them to unit length.
func (t *target) measure(v Vectors, rows kernel.Span) error {
	if t.scales == nil {
		return nil
	}
	cut := t.matrix.vectors
	for slot := rows.From; slot < rows.To; slot++ {
		row := v.row(slot)[:cut.dim]
		sum := dot64(row, row)
		if sum == 0 {
			return &ZeroVectorError{Text: int(v.texts[slot]), Dimensions: cut.dim}
		}
		length := math.Sqrt(sum)
		cut.cut.lengths[slot], t.scales[slot] = length, float32(1/length)
	}
	return nil
}

// cutRows are rows that are made when they are first asked for, once for all copies of
// their vectors: the beginnings of those of other vectors, scaled to unit length.
type cutRows struct {
	once    sync.Once
	of      Vectors
	lengths []float64 // of the beginnings, none of them 0
	made    *held
}

// in returns the rows with so many values in memory.
func (c *cutRows) in(dim int) *held {
	c.once.Do(func() {
		// There is a matrix of as many longer rows, so that it cannot fail.
		rows, _ := kernel.New(len(c.lengths), dim)
		c.made = &held{rows: rows, norms: make([]float64, len(c.lengths)), coarse: new(coarse)}
		for slot, length := range c.lengths {
			c.made.scale(slot, c.of.row(slot)[:dim], length)
		}
		c.of, c.lengths = Vectors{}, nil
	})
	return c.made
}

// sweepTargets fills the targets in one pass over v, but for those that would lose
// digits in it or need none: they have a pass of their own or nothing to compute.
func sweepTargets(ctx context.Context, v Vectors, targets []*target) error {
	var together, alone []*target
	for _, t := range targets {
		switch {
		case t.matrix.upper == nil:
		case len(t.scales) > 0 && slices.Max(t.scales) > steepest:
			t.scales = nil
			alone = append(alone, t)
		default:
			together = append(together, t)
		}
	}
	if len(together) > 0 {
		if err := sweepLengths(ctx, v, together, nil); err != nil {
			return err
		}
	}
	for _, t := range alone {
		if err := sweepLengths(ctx, t.matrix.vectors, []*target{t}, nil); err != nil {
			return err
		}
	}
	for _, t := range targets {
		if err := t.matrix.sampleRange(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}
