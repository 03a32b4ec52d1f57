package compare

import (
	"context"

	"github.com/vecscope/vecscope/compare/kernel"
)

// target is what becomes of the similarities at one length of the rows.
type target struct {
	matrix  *Matrix
	scales  []float32   // for each row, to unit length; nil when it has that already
	scanner *scanner    // nil when nothing is scanned
	sums    kernel.Sums // of all similarities
	blocks  []kernel.Sums
}

// sweepLengths computes the similarities of all pairs of v at the lengths of all
// targets, which ascend.
func sweepLengths(ctx context.Context, v Vectors, targets []*target, progress func(done, total int)) error {
	if err := ctx.Err(); err != nil || v.Present() < 2 {
		return err
	}
	lengths := make([]int, len(targets))
	for i, t := range targets {
		lengths[i] = t.matrix.vectors.dim
	}
	sweep, err := kernel.NewSweep(v.in().rows, lengths...)
	if err != nil {
		return err
	}
	walk := newPass(v.Present(), progress)
	for _, t := range targets {
		t.blocks = make([]kernel.Sums, walk.blocks)
	}
	err = walk.each(ctx, sweep, func(worker, block, length, i, from int, products []float32) {
		targets[length].receive(worker, block, i, from, products)
	})
	for _, t := range targets {
		t.addUp()
	}
	return err
}

// receive takes in the products of row i with rows from, from+1, …. Blocks have
// their own sums, so that these do not depend on who did what.
func (t *target) receive(worker, block, i, from int, products []float32) {
	similarities := products
	if t.matrix.upper != nil {
		similarities = t.matrix.upperRow(i)[from-i-1:][:len(products)]
	}
	var factor float32
	var factors []float32
	if t.scales != nil {
		factor, factors = t.scales[i], t.scales[from:]
	}
	t.blocks[block].MeasureInto(similarities, products, factor, factors)
	if t.scanner != nil {
		t.scanner.receive(worker, i, from, similarities)
	}
}

// addUp adds up the sums of all blocks.
func (t *target) addUp() {
	for _, s := range t.blocks {
		mergeSums(&t.sums, s)
	}
	if t.blocks = nil; t.matrix.upper != nil {
		t.matrix.sums = t.sums
	}
}
