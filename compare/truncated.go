package compare

import (
	"context"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/compare/kernel"
)

// TruncatedSimilarities returns the matrix of v truncated to each of dims, in
// their order, in one pass over the vectors: the dot product of truncated
// vectors is the beginning of the full one. Errors are those of
// [Vectors.Truncate] and of ctx.
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
			if err := t.cut(v, rows); err != nil {
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
		if _, err := v.Truncate(t.matrix.vectors.dim); err != nil {
			return nil, err
		}
	}
	return nil, err
}

// newTarget makes room for v truncated to d and its similarities, which takes a while as
// memory is cleared.
func newTarget(v Vectors, d int) (*target, error) {
	room, err := v.roomFor(d)
	if err != nil {
		return nil, err
	}
	t := &target{matrix: newMatrix(room)}
	if d < v.dim {
		t.scales = make([]float32, v.Present())
	}
	return t, nil
}

// cut fills in some rows of the target's vectors, and what scales the first values of
// those of v to unit length.
func (t *target) cut(v Vectors, rows kernel.Span) error {
	if t.scales == nil {
		return nil
	}
	cut := &t.matrix.vectors
	for slot := rows.From; slot < rows.To; slot++ {
		length, err := cut.store(int(v.texts[slot]), v.row(slot)[:cut.dim])
		if err != nil {
			return err
		}
		t.scales[slot] = float32(1 / length)
	}
	return nil
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
