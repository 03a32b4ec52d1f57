package compare

import (
	"context"
	"errors"
	"math"
	"sync"

	"github.com/vecscope/vecscope/compare/kernel"
)

const (
	// prefilterFrom is how many texts a corpus has at least whose pairs are looked at
	// in int8 first.
	prefilterFrom = 20_000
	// prefilterBound is about how far a similarity in int8 may be from the true one,
	// and prefilterShare the most of all pairs that may lie over the floor less that:
	// more of them would have to be computed again than is saved.
	prefilterBound = .03
	prefilterShare = .002
	// stripes is how many parts the texts are made int8 in: only one of them, a
	// quarter of its size, is in memory at a time.
	stripes = 8
	// crowded is how many pairs of a tile may have to be computed again before the
	// tile is as a whole.
	crowded = 512
)

// prefilters tells whether a scan should look at pairs in int8 first: the corpus is
// large, the processor has the instructions, and the floor does not lie in the
// background.
func (s *scanner) prefilters() bool {
	v := s.matrix.vectors
	if s.matrix.upper != nil || v.Present() < prefilterFrom || !kernel.PrefersInt8() {
		return false
	}
	sampled := s.matrix.sampled()
	over := 0
	for _, similarity := range sampled {
		if float64(similarity) >= s.options.Floor-prefilterBound {
			over++
		}
	}
	return float64(over) <= prefilterShare*float64(len(sampled))
}

// prefilter is a scan in int8 under way. The background and the counts are those of
// the similarities in int8; a pair that can be at or over the floor, by a bound that
// holds for every pair of rows, is computed exactly.
type prefilter struct {
	*scanner
	sweep    *kernel.Sweep
	stripe   *kernel.Quantized
	columns  kernel.Span   // the rows that are in the stripe
	blocks   []kernel.Sums // of each block of rows
	progress func(done, total int)
	mu       sync.Mutex // guards done, and progress
	done     int
}

// errStripe reports rows that were not made int8, which cannot be.
var errStripe = errors.New("rows of a corpus do not fit in the memory made for them")

// prefiltered scans all pairs in int8 first and returns the sums of these
// similarities.
func (s *scanner) prefiltered(ctx context.Context, progress func(done, total int)) (kernel.Sums, error) {
	s.int8 = true
	v := s.matrix.vectors
	n := v.Present()
	walk := newPass(n, nil)
	p := &prefilter{scanner: s, blocks: make([]kernel.Sums, walk.blocks), progress: progress}
	size := (n/stripes + kernel.TileColumns) / kernel.TileColumns * kernel.TileColumns
	var err error
	if p.sweep, err = kernel.NewSweep(v.rows); err != nil {
		return kernel.Sums{}, err
	}
	if p.stripe, err = kernel.NewQuantized(size, v.dim); err != nil {
		return kernel.Sums{}, err
	}
	workers := make([]*stripeWorker, walk.workers)
	for w := range workers {
		if workers[w], err = newStripeWorker(p, s.best[w], s.tallies[w]); err != nil {
			return kernel.Sums{}, err
		}
	}
	for from := 0; from < n; from += size {
		p.columns = kernel.Span{From: from, To: min(n, from+size)}
		if !p.stripe.Take(v.rows, p.columns) {
			return kernel.Sums{}, errStripe
		}
		part := walk
		part.n = p.columns.To
		part.blocks = (part.n + part.rows - 1) / part.rows
		err := part.run(ctx, func(ctx context.Context, worker, block int) error {
			first, end := part.bounds(block)
			return workers[worker].scan(ctx, kernel.Span{From: first, To: end}, &p.blocks[block])
		})
		if err != nil {
			return kernel.Sums{}, err
		}
	}
	var all kernel.Sums
	for _, b := range p.blocks {
		mergeSums(&all, b)
	}
	return all, nil
}

// report adds pairs to those that are done.
func (p *prefilter) report(pairs int) {
	if p.progress == nil || pairs == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += pairs
	p.progress(p.done, triangle(p.matrix.vectors.Present()))
}

// stripeWorker is what one goroutine needs to scan pairs with the rows of a stripe.
type stripeWorker struct {
	*prefilter
	best     *best
	tally    *tally
	rows     *kernel.Quantized
	products kernel.Products
	tile     kernel.Tile
	near     []candidate // of a tile
}

func newStripeWorker(p *prefilter, b *best, t *tally) (*stripeWorker, error) {
	rows, err := kernel.NewQuantized(kernel.TileRows, p.matrix.vectors.dim)
	if err != nil {
		return nil, err
	}
	return &stripeWorker{prefilter: p, best: b, tally: t, rows: rows}, nil
}

// scan scans the pairs of some rows with the later ones in the stripe.
func (w *stripeWorker) scan(ctx context.Context, rows kernel.Span, sums *kernel.Sums) error {
	if !w.rows.Take(w.matrix.vectors.rows, rows) {
		return errStripe
	}
	pairs := 0
	for i := rows.From; i < rows.To; i++ {
		pairs += max(0, w.columns.To-max(w.columns.From, i+1))
	}
	for from := max(w.columns.From, rows.From); from < w.columns.To; from += kernel.TileColumns {
		if err := ctx.Err(); err != nil {
			return err
		}
		columns := kernel.Span{From: from, To: min(w.columns.To, from+kernel.TileColumns)}
		if err := w.scanTile(rows, columns, sums); err != nil {
			return err
		}
	}
	w.report(pairs)
	return nil
}

// scanTile scans the pairs of some rows with some columns.
func (w *stripeWorker) scanTile(rows, columns kernel.Span, sums *kernel.Sums) error {
	inStripe := kernel.Span{From: columns.From - w.columns.From, To: columns.To - w.columns.From}
	tile, bound, ok := w.products.Multiply(w.rows, w.stripe, kernel.Span{To: rows.To - rows.From}, inStripe)
	if !ok {
		return errStripe
	}
	w.near = w.near[:0]
	for r := range tile.Rows() {
		i := rows.From + r
		from := max(columns.From, i+1)
		if from >= columns.To {
			continue
		}
		similarities := tile.Row(r)[from-columns.From:]
		sums.Measure(similarities)
		w.tally.add(similarities)
		least := math.Nextafter32(w.best.least-bound(r), -3)
		for k, s := range similarities {
			if s >= least {
				w.near = append(w.near, candidate{a: int32(i), b: int32(from + k)})
			}
		}
	}
	if len(w.near) > crowded {
		return w.scanAgain(rows, columns)
	}
	v := &w.matrix.vectors
	for _, c := range w.near {
		w.best.add(c.a, c.b, float32(v.similarity(int(c.a), int(c.b))))
	}
	return nil
}

// scanAgain looks for pairs of some rows with some columns in float32.
func (w *stripeWorker) scanAgain(rows, columns kernel.Span) error {
	return w.sweep.Tile(&w.tile, rows, columns, func(int) {
		for r := range w.tile.Rows() {
			i := rows.From + r
			if from := max(columns.From, i+1); from < columns.To {
				w.best.addRow(i, from, w.tile.Row(r)[from-columns.From:])
			}
		}
	})
}
