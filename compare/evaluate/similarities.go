package evaluate

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
)

// similarities are those of some rows with each other.
type similarities struct {
	n     int
	upper []float32 // strict upper triangle, row by row: a product has no more digits
}

func newSimilarities(ctx context.Context, rows [][]float32) (*similarities, error) {
	x, err := kernel.Of(rows)
	if err != nil {
		return nil, err
	}
	n := len(rows)
	s := &similarities{n: n, upper: make([]float32, n*(n-1)/2)}
	err = products(ctx, x, x, func(i int, values []float32) {
		row := s.upper[i*(2*n-i-1)/2:]
		for k, v := range values[i+1:] {
			row[k] = min(1, max(-1, v))
		}
	})
	return s, err
}

// at returns the similarity of two different rows.
func (s *similarities) at(i, j int) float64 {
	if i > j {
		i, j = j, i
	}
	return float64(s.upper[i*(2*s.n-i-1)/2+j-i-1])
}

// values are the similarities of all pairs, in the order of upper.
func (s *similarities) values() []float64 {
	values := make([]float64, len(s.upper))
	for k, x := range s.upper {
		values[k] = float64(x)
	}
	return values
}

// products calls visit with the products of every row of x with all of y, on all
// cores, each row once. The values are lent, and may be changed.
func products(ctx context.Context, x, y kernel.Matrix, visit func(i int, values []float32)) error {
	step := max(1, min(kernel.TileRows, blockValues/max(1, y.Rows())))
	return inBlocks(ctx, x.Rows(), step, func(memory *kernel.Buffer, from, to int) error {
		out, err := memory.Matrix(to-from, y.Rows())
		if err != nil {
			return err
		}
		packed, err := memory.Packed(x, kernel.Span{From: from, To: to})
		if err != nil {
			return err
		}
		if err := packed.AddProducts(out, y); err != nil {
			return err
		}
		for i := from; i < to; i++ {
			visit(i, out.Row(i-from))
		}
		return nil
	})
}

// blockValues is how many products are made at a time.
const blockValues = 1 << 20

// inBlocks calls work for all rows, so many at a time, each block in a turn of its own,
// on all cores, until they are done or ctx ends.
func inBlocks(ctx context.Context, rows, step int, work func(memory *kernel.Buffer, from, to int) error) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(kernel.Cores(), (rows+step-1)/step) {
		group.Go(func() error {
			kernel.GiveWay(ctx)
			var memory kernel.Buffer
			for {
				from := int(next.Add(int64(step))) - step
				if from >= rows {
					return nil
				}
				end, err := kernel.Turn(ctx)
				if err != nil {
					return err
				}
				memory.Reset()
				err = work(&memory, from, min(rows, from+step))
				end()
				if err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}
