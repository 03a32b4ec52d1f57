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
	if err := sweepTargets(ctx, v, targets, nil); err != nil {
		return nil, err
	}
	return inOrder(dims, targets, func(t *target) *Matrix { return t.matrix }), nil
}

// TruncatedScans is [TruncatedSimilarities] that also scans each of the matrices
// while it is computed, also of more than [DenseLimit] texts, as [ScanPairs] does.
// Progress counts pairs of all passes that are needed, usually one; it may be nil.
func TruncatedScans(ctx context.Context, v Vectors, dims []int, options ScanOptions, progress func(done, total int)) ([]*Matrix, []*Scan, error) {
	targets, err := truncate(v, dims)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range targets {
		if t.scanner, err = newScanner(t.matrix, options); err != nil {
			return nil, nil, err
		}
	}
	if err := sweepTargets(ctx, v, targets, progress); err != nil {
		return nil, nil, err
	}
	for _, t := range targets {
		if t.scan, err = t.scanner.result(ctx, t.sums); err != nil {
			return nil, nil, err
		}
	}
	matrices := inOrder(dims, targets, func(t *target) *Matrix { return t.matrix })
	return matrices, inOrder(dims, targets, func(t *target) *Scan { return t.scan }), nil
}

// inOrder returns what was asked for at each of dims, which may repeat.
func inOrder[T any](dims []int, targets []*target, of func(*target) T) []T {
	asked := make([]T, len(dims))
	for i, d := range dims {
		at := slices.IndexFunc(targets, func(t *target) bool { return t.matrix.vectors.dim == d })
		asked[i] = of(targets[at])
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
func sweepTargets(ctx context.Context, v Vectors, targets []*target, progress func(done, total int)) error {
	var together, alone []*target
	for _, t := range targets {
		switch {
		case t.matrix.upper == nil && t.scanner == nil:
		case len(t.scales) > 0 && slices.Max(t.scales) > steepest:
			t.scales = nil
			alone = append(alone, t)
		default:
			together = append(together, t)
		}
	}
	stages := &stages{of: len(alone), progress: progress}
	if len(together) > 0 {
		stages.of++
		if err := sweepLengths(ctx, v, together, stages.next()); err != nil {
			return err
		}
	}
	for _, t := range alone {
		if err := sweepLengths(ctx, t.matrix.vectors, []*target{t}, stages.next()); err != nil {
			return err
		}
	}
	for _, t := range targets {
		t.matrix.sampleRange()
	}
	return ctx.Err()
}

// stages reports passes over as many pairs each as one.
type stages struct {
	of, begun int
	progress  func(done, total int)
}

// next returns the progress of the next pass.
func (s *stages) next() func(done, total int) {
	before := s.begun
	s.begun++
	if s.progress == nil {
		return nil
	}
	return func(done, total int) { s.progress(before*total+done, s.of*total) }
}
