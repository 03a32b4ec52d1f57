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
	p := prefixes{vectors: v, dims: slices.Compact(slices.Sorted(slices.Values(dims)))}
	for _, d := range p.dims {
		truncated, err := v.Truncate(d)
		if err != nil {
			return nil, err
		}
		m := &Matrix{vectors: truncated}
		if m.fits() {
			m.upper = make([]float32, triangle(v.Present()))
		}
		p.matrices = append(p.matrices, m)
		p.scales = append(p.scales, prefixScales(v, d))
	}
	if err := p.fill(ctx); err != nil {
		return nil, err
	}
	asked := make([]*Matrix, len(dims))
	for i, d := range dims {
		asked[i] = p.matrices[slices.Index(p.dims, d)]
	}
	return asked, nil
}

// prefixes are the matrices of several truncations while they are filled.
type prefixes struct {
	vectors  Vectors
	dims     []int // ascending, each once
	matrices []*Matrix
	scales   [][]float32 // for each of dims and each row
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

func (p *prefixes) fill(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(p.matrices) == 0 || p.matrices[0].upper == nil {
		return nil
	}
	longest := p.dims[len(p.dims)-1]
	walk := newPass(p.vectors.Present(), longest, nil)
	return walk.run(ctx, func(ctx context.Context, _, block int) error {
		return walk.tiles(ctx, block, func(i, from, to int) {
			for j := from; j < to; j++ {
				p.fillPair(i, j)
			}
		})
	})
}

// fillPair sums the dot product of rows i < j piece by piece, and notes it at
// every length asked for.
func (p *prefixes) fillPair(i, j int) {
	x, y := p.vectors.row(i), p.vectors.row(j)
	var sum float32
	start := 0
	for k, end := range p.dims {
		sum += dot(x[start:end], y[start:end])
		start = end
		p.matrices[k].upperRow(i)[j-i-1] = clip(sum * p.scales[k][i] * p.scales[k][j])
	}
}
