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
	var p prefixes
	p.vectors = v
	matrices := make(map[int]*Matrix)
	for _, d := range slices.Sorted(slices.Values(dims)) {
		if matrices[d] != nil {
			continue
		}
		truncated, err := v.Truncate(d)
		if err != nil {
			return nil, err
		}
		m := newMatrix(truncated)
		if scales := prefixScales(v, d); m.upper != nil && slices.Max(append(scales, 0)) <= steepest {
			p.add(d, m, scales)
		} else if m, err = Similarities(ctx, truncated, nil); err != nil {
			return nil, err
		}
		matrices[d] = m
	}
	if err := p.fill(ctx); err != nil {
		return nil, err
	}
	asked := make([]*Matrix, len(dims))
	for i, d := range dims {
		asked[i] = matrices[d]
	}
	return asked, nil
}

// steepest is the most that the beginning of a row may be scaled up: products
// of smaller values would lose digits in float32.
const steepest = 1e6

// prefixes are the matrices of several truncations while they are filled.
type prefixes struct {
	vectors  Vectors
	dims     []int // ascending, each once
	matrices []*Matrix
	scales   [][]float32 // for each of dims and each row
}

func (p *prefixes) add(d int, m *Matrix, scales []float32) {
	p.dims = append(p.dims, d)
	p.matrices = append(p.matrices, m)
	p.scales = append(p.scales, scales)
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

// fill computes all cells.
func (p *prefixes) fill(ctx context.Context) error {
	if err := ctx.Err(); err != nil || len(p.dims) == 0 {
		return err
	}
	longest := p.dims[len(p.dims)-1]
	walk := newPass(p.vectors.Present(), longest, nil)
	err := walk.run(ctx, func(ctx context.Context, _, block int) error {
		return walk.tiles(ctx, block, func(i, from, to int) {
			for j := from; j < to; j++ {
				p.fillPair(i, j)
			}
		})
	})
	for _, m := range p.matrices {
		m.findRange()
	}
	return err
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
