package compare

import (
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
)

// blockStep is how many rows or columns of tiles are taken at a time where those of a
// whole tile are too many: the kernel's groups of them come out even.
const blockStep = 24

// pass is one walk over all pairs of n rows, cut into blocks of rows. A block
// is the unit of work: it covers the pairs of its rows with all later rows,
// and always belongs to one worker alone.
type pass struct {
	n        int
	step     int // divides the rows of a block, but for the last
	rows     int // rows in a block
	blocks   int
	workers  int
	progress func(done, total int)
}

// newPass cuts n rows into blocks for all cores.
func newPass(n int, progress func(done, total int)) pass {
	cores, step := kernel.Cores(), kernel.RowsTogether()
	rows := min(kernel.TileRows, n/(4*cores)) / step * step
	p := pass{n: n, step: step, rows: max(step, rows), progress: progress}
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
			kernel.GiveWay(groupCtx)
			for {
				block := int(next.Add(1)) - 1
				if block >= p.blocks {
					return nil
				}
				end, err := kernel.Turn(groupCtx)
				if err != nil {
					return err
				}
				err = work(groupCtx, worker, block)
				end()
				if err != nil {
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

// segment receives the products of row i with the rows from, from+1, …, all
// greater than i, in one block, at a length of the sweep. Segments of one block
// come in the same order every time. The products are only lent, and may be changed.
type segment func(worker, block, length, i, from int, products []float32)

// each computes the products of all pairs of rows of a sweep at all its lengths.
func (p pass) each(ctx context.Context, sweep *kernel.Sweep, receive segment) error {
	tiles := make([]kernel.Tile, p.workers)
	return p.run(ctx, func(ctx context.Context, worker, block int) error {
		tile := &tiles[worker]
		return p.tiles(ctx, block, func(rows, columns kernel.Span) error {
			return sweep.Tile(tile, rows, columns, func(length int) {
				for r := range tile.Rows() {
					i := rows.From + r
					if from := max(columns.From, i+1); from < columns.To {
						receive(worker, block, length, i, from, tile.Row(r)[from-columns.From:])
					}
				}
			})
		})
	})
}

// tiles cuts the pairs of a block into tiles. On the diagonal, where half of a tile
// is not wanted, they are flat, and come last: their rows are then among those that the
// kernel has copied for the tiles before.
func (p pass) tiles(ctx context.Context, block int, visit func(rows, columns kernel.Span) error) error {
	first, end := p.bounds(block)
	last := first + (p.n-1-first)/kernel.TileColumns*kernel.TileColumns
	for column := last; column >= first; column -= kernel.TileColumns {
		if err := ctx.Err(); err != nil {
			return err
		}
		columns := kernel.Span{From: column, To: min(p.n, column+kernel.TileColumns)}
		// The rows over the diagonal make one tile.
		flat := min(end, first+(column-first)/p.step*p.step)
		if flat > first {
			if err := visit(kernel.Span{From: first, To: flat}, columns); err != nil {
				return err
			}
		}
		for ; flat < min(end, columns.To); flat += p.step {
			rows := kernel.Span{From: flat, To: min(end, flat+p.step)}
			if err := visit(rows, kernel.Span{From: max(column, flat), To: columns.To}); err != nil {
				return err
			}
		}
	}
	return nil
}

// clip keeps a similarity that rounding pushed out of range within [-1, 1].
func clip(s float32) float32 { return min(1, max(-1, s)) }
