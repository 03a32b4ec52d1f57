package compare

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

const (
	// blockBytes is the room for one block of rows: two of them stay in a
	// core's second-level cache.
	blockBytes = 256 << 10
	// blockRowsMost keeps blocks of short rows small enough to share out.
	blockRowsMost  = 64
	blockRowsLeast = 8
)

// pass is one walk over all pairs of n rows, cut into blocks of rows. A block
// is the unit of work: it covers the pairs of its rows with all later rows,
// and always belongs to one worker alone.
type pass struct {
	n        int
	rows     int // rows in a block
	blocks   int
	workers  int
	progress func(done, total int)
}

// newPass cuts n rows of dim values into blocks for all cores.
func newPass(n, dim int, progress func(done, total int)) pass {
	cores := runtime.GOMAXPROCS(0)
	rows := min(blockRowsMost, blockBytes/(4*max(1, dim)), n/(4*cores))
	p := pass{n: n, rows: max(blockRowsLeast, rows), progress: progress}
	p.blocks = (n + p.rows - 1) / p.rows
	p.workers = min(cores, max(1, p.blocks))
	return p
}

// pairsIn returns how many pairs a block covers.
func (p pass) pairsIn(block int) int {
	first, end := p.bounds(block)
	return triangle(p.n-first) - triangle(p.n-end)
}

// bounds returns the first row of a block and the row after its last.
func (p pass) bounds(block int) (first, end int) {
	first = block * p.rows
	return first, min(p.n, first+p.rows)
}

// triangle returns the number of pairs of n things.
func triangle(n int) int { return n * (n - 1) / 2 }

// run hands every block to a worker, the widest first, and returns when all
// workers have ended. Progress counts pairs and is reported by one worker at a
// time.
func (p pass) run(ctx context.Context, work func(ctx context.Context, worker, block int) error) error {
	var (
		next  atomic.Int64
		mu    sync.Mutex
		done  int
		total = triangle(p.n)
	)
	group, groupCtx := errgroup.WithContext(ctx)
	for worker := range p.workers {
		group.Go(func() error {
			for {
				block := int(next.Add(1)) - 1
				if block >= p.blocks {
					return nil
				}
				if err := work(groupCtx, worker, block); err != nil {
					return err
				}
				if pairs := p.pairsIn(block); p.progress != nil && pairs > 0 {
					mu.Lock()
					done += pairs
					p.progress(done, total)
					mu.Unlock()
				}
			}
		})
	}
	return group.Wait()
}

// segment receives the similarities of row i with the rows from, from+1, …,
// all greater than i, in one block. Segments of one block come in the same
// order every time. The values are only lent.
type segment func(worker, block, i, from int, similarities []float32)

// tiles visits the pairs of a block tile by tile: row i with the rows from
// up to, not including, to.
func (p pass) tiles(ctx context.Context, block int, visit func(i, from, to int)) error {
	first, end := p.bounds(block)
	for column := first; column < p.n; column += p.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(p.n, column+p.rows)
		for i := first; i < end; i++ {
			if from := max(column, i+1); from < to {
				visit(i, from, to)
			}
		}
	}
	return nil
}

// each computes the similarities of all pairs of v.
func (p pass) each(ctx context.Context, v Vectors, receive segment) error {
	return p.run(ctx, func(ctx context.Context, worker, block int) error {
		var values [blockRowsMost]float32
		return p.tiles(ctx, block, func(i, from, to int) {
			similarities := values[:to-from]
			row := v.row(i)
			for k := range similarities {
				similarities[k] = clip(dot(row, v.row(from+k)))
			}
			receive(worker, block, i, from, similarities)
		})
	})
}

// clip keeps a similarity that rounding pushed out of range within [-1, 1].
func clip(s float32) float32 { return min(1, max(-1, s)) }
