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
	// in int8 first, and prefilterValues how many values their vectors: of fewer, making
	// these int8 costs more than it saves, or rounds too coarsely.
	prefilterFrom, prefilterValues = 1_000, 64
	// prefilterShare is the most of all pairs that may have to be computed again, as they
	// lie over the floor less the bound: with more, less would be saved.
	prefilterShare = .002
	// prefilterSpread is how much more than by rounding similarities must spread at least,
	// so that it cannot be seen in their standard deviation.
	prefilterSpread = 10
	// stripeShare is which part of the texts is made int8 at a time, or as many as make
	// stripeBytes: the rest, of which all would be a quarter of the vectors, is not in memory.
	stripeShare, stripeBytes = 8, 4 << 20
	// tileInInt8 is how many columns a tile has: its products stay in a core's first-level
	// cache.
	tileInInt8 = 64
	// crowded is how many pairs of a tile may have to be computed again before the
	// tile is as a whole.
	crowded = 512
)

// prefilters tells whether a scan should look at pairs in int8 first: there are texts
// enough, the processor has the instructions, the floor does not lie in the background, and
// rounding does not show in that. It looks at some texts evenly spread over the corpus.
func (v Vectors) prefilters(floor float64) bool {
	n := v.Present()
	if n < prefilterFrom || v.dim < prefilterValues || !kernel.PrefersInt8() {
		return false
	}
	slots := make([]int32, kernel.TileRows)
	for k := range slots {
		slots[k] = int32(k * n / len(slots))
	}
	sample, err := v.only(slots)
	if err != nil {
		return false
	}
	return sample.suitInt8(floor)
}

// suitInt8 tells whether few pairs of vectors, up to a tile of them, could be over a floor
// by their similarities in int8, and whether these tell how all of them spread.
func (v *Vectors) suitInt8(floor float64) bool {
	rows := kernel.Span{To: v.Present()}
	long, err := kernel.NewQuantized(rows.To, v.dim)
	if err != nil {
		return false
	}
	block, err := kernel.NewQuantizedBlock(v.dim)
	var products kernel.Products
	if err != nil || !long.Take(v.in().rows, rows) || !block.Take(v.in().rows, rows) || !products.Multiply(long, block, rows, rows.To) {
		return false
	}
	over, sums, room, most := 0, kernel.Sums{}, make([]float32, rows.To), 0.
	for j := 1; j < rows.To; j++ {
		similarities, bound := room[:j], float64(products.Bound(j))
		products.Similarities(j, similarities)
		for _, similarity := range similarities {
			if float64(similarity) >= floor-bound {
				over++
			}
		}
		sums.Measure(similarities)
		most = max(most, bound)
	}
	// What rounding makes of a row lies in any direction: in that of another row it is a
	// root of the dimensions shorter, and the bound is for two rows.
	rounding := most / math.Sqrt(2*float64(v.dim))
	return float64(over) <= prefilterShare*float64(sums.Count) && backgroundOf(sums).SD >= prefilterSpread*rounding
}

// prefilter is a scan in int8 under way. The background and the counts are those of
// the similarities in int8; a pair that can be at or over the floor, by a bound that
// holds for every pair of rows, is computed exactly.
type prefilter struct {
	*scanner
	sweep    *kernel.Sweep
	stripe   *kernel.Quantized
	columns  kernel.Span // the rows that are in the stripe
	progress func(done, total int)
	mu       sync.Mutex // guards done, and progress
	done     int
}

// errStripe reports rows that were not made int8, which cannot be.
var errStripe = errors.New("rows of a corpus do not fit in the memory made for them")

// stripeOf is how many rows of v are made int8 at a time.
func stripeOf(v *Vectors) int {
	n := v.Present()
	return min(n, max(n/stripeShare+1, stripeBytes/v.dim))
}

// prefiltered scans all pairs in int8 first, with stripes of so many rows.
func (s *scanner) prefiltered(ctx context.Context, size int, progress func(done, total int)) error {
	s.countInInt8()
	n := s.matrix.vectors.Present()
	p, err := s.newPrefilter(size)
	if err != nil {
		return err
	}
	p.progress = progress
	walk := newPass(n, nil)
	workers := make([]*stripeWorker, walk.workers)
	for w := range workers {
		if workers[w], err = newStripeWorker(p, w); err != nil {
			return err
		}
	}
	for from := 0; from < n; from += size {
		if err := p.take(ctx, kernel.Span{From: from, To: min(n, from+size)}); err != nil {
			return err
		}
		part := walk
		part.n = p.columns.To
		part.blocks = (part.n + part.rows - 1) / part.rows
		err := part.run(ctx, func(ctx context.Context, worker, block int) error {
			first, end := part.bounds(block)
			return workers[worker].scan(ctx, kernel.Span{From: first, To: end})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// countInInt8 has the scanner count similarities in int8, before there are any.
func (s *scanner) countInInt8() {
	for w := range s.tallies {
		s.tallies[w] = newTally(coarseBins)
		s.highest = append(s.highest, newHighest())
	}
}

// newPrefilter has a scan look at pairs in int8 first, with room for stripes of so many
// rows.
func (s *scanner) newPrefilter(size int) (*prefilter, error) {
	v := s.matrix.vectors
	sweep, err := kernel.NewSweep(v.in().rows)
	if err != nil {
		return nil, err
	}
	stripe, err := kernel.NewQuantized(size, v.dim)
	return &prefilter{scanner: s, sweep: sweep, stripe: stripe}, err
}

// take makes rows the stripe.
func (p *prefilter) take(ctx context.Context, rows kernel.Span) error {
	p.columns = rows
	if !p.stripe.Begin(p.matrix.vectors.in().rows, rows) {
		return errStripe
	}
	return inParts(ctx, rows.To-rows.From, func(_ int, part kernel.Span) error {
		p.stripe.Fill(part)
		return nil
	})
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
	best         *best
	tally        *tally
	highest      *highest
	block        *kernel.QuantizedBlock
	products     kernel.Products
	similarities [kernel.TileRows]float32 // of a row
	tile         kernel.Tile
	near         []candidate // of a tile
}

// newStripeWorker makes what a worker of the scanner needs.
func newStripeWorker(p *prefilter, worker int) (*stripeWorker, error) {
	block, err := kernel.NewQuantizedBlock(p.matrix.vectors.dim)
	if err != nil {
		return nil, err
	}
	return &stripeWorker{
		prefilter: p, block: block,
		best: p.best[worker], tally: p.tallies[worker], highest: p.highest[worker],
	}, nil
}

// scan scans the pairs of a block of rows with the later ones in the stripe.
func (w *stripeWorker) scan(ctx context.Context, block kernel.Span) error {
	if err := w.scanColumns(ctx, block, w.columns); err != nil {
		return err
	}
	pairs := 0
	for i := block.From; i < block.To; i++ {
		pairs += max(0, w.columns.To-max(w.columns.From, i+1))
	}
	w.report(pairs)
	return nil
}

// scanColumns scans the pairs of a block of rows with the later ones of some that are in
// the stripe. On the diagonal, where half of a tile is not wanted, tiles are narrow.
func (w *stripeWorker) scanColumns(ctx context.Context, block, columns kernel.Span) error {
	if !w.block.Take(w.matrix.vectors.in().rows, block) {
		return errStripe
	}
	for from := max(columns.From, block.From); from < columns.To; {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(from+tileInInt8, columns.To)
		if from < block.To {
			to = min(from+blockStep, columns.To)
		}
		if err := w.scanTile(block, kernel.Span{From: from, To: to}); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// scanTile scans the pairs of a block of rows with some columns that are in the stripe.
func (w *stripeWorker) scanTile(block, columns kernel.Span) error {
	inStripe := kernel.Span{From: columns.From - w.columns.From, To: columns.To - w.columns.From}
	if !w.products.Multiply(w.stripe, w.block, inStripe, min(block.To, columns.To)-block.From) {
		return errStripe
	}
	w.near = w.near[:0]
	for j := columns.From; j < columns.To; j++ {
		n := min(block.To, j) - block.From
		if n == 0 {
			continue
		}
		at := j - columns.From
		most := w.products.Bins(at, w.tally.room(n))
		w.tally.count(n)
		least := math.Nextafter32(w.best.least-w.products.Bound(at), -3)
		if most < min(least, w.highest.least) {
			continue
		}
		w.products.Similarities(at, w.similarities[:n])
		for i, s := range w.similarities[:n] {
			c := candidate{int32(block.From + i), int32(j), s}
			if s >= least {
				w.near = append(w.near, c)
			}
			if s >= w.highest.least {
				w.highest.add(c)
			}
		}
	}
	if len(w.near) > crowded {
		return w.scanAgain(block, columns)
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
