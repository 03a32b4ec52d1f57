package compare

import (
	"context"
	"math"
	"slices"
)

// TruncatedSimilarities returns the matrix of v truncated to each of dims, in
// their order, in one pass over the vectors: the dot product of truncated
// vectors is the beginning of the full one. Errors are those of
// [Vectors.Truncate] and of ctx.
func TruncatedSimilarities(ctx context.Context, v Vectors, dims []int) ([]*Matrix, error) {
	targets, err := truncate(v, dims)
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
func truncate(v Vectors, dims []int) ([]*target, error) {
	var targets []*target
	for _, d := range slices.Compact(slices.Sorted(slices.Values(dims))) {
		truncated, err := v.Truncate(d)
		if err != nil {
			return nil, err
		}
		t := &target{matrix: newMatrix(truncated)}
		if d < v.dim {
			t.scales = prefixScales(v, d)
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// prefixScales returns for each row what scales its first d values to unit
// length.
func prefixScales(v Vectors, d int) []float32 {
	scales := make([]float32, v.Present())
	for slot := range scales {
		start := v.row(slot)[:d]
		scales[slot] = float32(1 / math.Sqrt(dot64(start, start)))
	}
	return scales
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
		t.matrix.sampleRange()
	}
	return ctx.Err()
}
