package compare

import (
	"context"
	"slices"

	"github.com/vecscope/vecscope/compare/kernel"
)

// rescanShare is which part of all rows may be others than before for a scan to be carried
// on: the pairs of single rows are computed more slowly than those of many together.
const rescanShare = 32

// Rescan is [Matrix.Scan] with the same options as before, where texts were put in, taken
// out or changed in one place since: only the pairs of those are computed. The pairs, the
// floor and the counts from the floor on are the same; what is said of all similarities is
// too, but for rounding, and for the least and the greatest, known to about 1e-5, when they
// were of a text that is gone. Where there is nothing before to carry on, such as up to
// [DenseLimit] texts, or too much has changed, all pairs are scanned. Progress counts the
// pairs that are computed; it may be nil.
func (m *Matrix) Rescan(ctx context.Context, before *Matrix, had *Scan, options ScanOptions, progress func(done, total int)) (*Scan, error) {
	if before == nil || had == nil || m.upper != nil || before.upper != nil || m.vectors.dim != before.vectors.dim {
		return m.Scan(ctx, options, progress)
	}
	histogram, counted := had.similarities.(histogram)
	change := changeBetween(&before.vectors, &m.vectors)
	if !counted || !change.small(m.vectors.Present()) {
		return m.Scan(ctx, options, progress)
	}
	r := &rescan{Scan: had, was: before, is: m, change: change, progress: progress}
	scan, err := r.scan(ctx, options, histogram)
	if err == nil && scan == nil {
		return m.Scan(ctx, options, progress)
	}
	return scan, err
}

// change is what parts two lists of rows: from a row on, so many are gone and so many
// others have come in their place.
type change struct{ at, gone, come int }

// changeBetween compares rows value by value, from both ends.
func changeBetween(was, is *Vectors) change {
	n, now := was.Present(), is.Present()
	if n == now && n > 0 && &was.row(0)[0] == &is.row(0)[0] {
		return change{at: n} // they are the same vectors
	}
	same := func(a, b int) bool { return slices.Equal(was.row(a), is.row(b)) }
	at := 0
	for at < min(n, now) && same(at, at) {
		at++
	}
	end := 0
	for end < min(n, now)-at && same(n-1-end, now-1-end) {
		end++
	}
	return change{at, n - at - end, now - at - end}
}

// small tells that carrying a scan on over n rows is less work than another.
func (c change) small(n int) bool { return (c.gone+c.come)*rescanShare <= n }

// rows are those that are gone, and those that have come.
func (c change) rows() (gone, come kernel.Span) {
	return kernel.Span{From: c.at, To: c.at + c.gone}, kernel.Span{From: c.at, To: c.at + c.come}
}

// place is where a row is now; ok is false for one that is gone.
func (c change) place(row int) (now int, ok bool) {
	switch {
	case row < c.at:
		return row, true
	case row < c.at+c.gone:
		return 0, false
	}
	return row - c.gone + c.come, true
}

// rescan is a scan that is carried on.
type rescan struct {
	*Scan
	was, is     *Matrix
	change      change
	progress    func(done, total int)
	done, total int // pairs
}

// pairsOf is how many pairs some rows of n have.
func pairsOf(rows kernel.Span, n int) int { return triangle(n) - triangle(n-rows.To+rows.From) }

// scan gives the scan of what is there now; nil when more pairs are gone than there are in
// reserve, or most of the most similar.
func (r *rescan) scan(ctx context.Context, options ScanOptions, counts histogram) (*Scan, error) {
	into, err := newScanner(r.is, options)
	if err != nil {
		return nil, err
	}
	if into.options != r.options {
		return nil, nil
	}
	const none = 2 // no pair is as similar
	out, err := newScanner(r.was, ScanOptions{Floor: none})
	if err != nil {
		return nil, err
	}
	if r.int8 {
		into.countInInt8()
		out.countInInt8()
	}
	gone, come := r.change.rows()
	r.total = pairsOf(gone, r.was.vectors.Present()) + pairsOf(come, r.is.vectors.Present())
	into.best[0].setFloor(r.keptFloor)
	less, err := r.among(ctx, out, gone)
	if err != nil {
		return nil, err
	}
	more, err := r.among(ctx, into, come)
	if err != nil {
		return nil, err
	}
	options = into.options.withReserve()
	options.Floor = r.keptFloor
	found, floor, err := mergeBest(ctx, into.best, options)
	if err != nil {
		return nil, err
	}
	scan := &Scan{options: into.options, sums: r.sums, int8: r.int8}
	changed := counts.changed(out.tallies, into.tallies)
	scan.addUp(less, more, changed)
	scan.keep(r.join(found, max(floor, r.keptFloor)))
	if scan.keptFloor > into.options.Floor && len(scan.kept) <= into.options.MaxPairs {
		return nil, nil
	}
	if r.int8 {
		highest, enough := r.joinHighest(into.highest)
		if !enough {
			return nil, nil
		}
		scan.keepHighest(highest, r.highestFloor)
	}
	scan.similarities = changed
	scan.fillPercentiles(changed)
	return scan, nil
}

// addUp makes the background of the sums of before, of those that are gone and of those
// that have come; in int8 of how many similarities there are now in each bin.
func (s *Scan) addUp(gone, come kernel.Sums, now histogram) {
	if s.int8 {
		s.sums = now.sums()
		s.Background = backgroundOf(s.sums)
		return
	}
	was := s.sums
	withoutSums(&s.sums, gone)
	if gone.Count > 0 { // the ends may be gone too: then those of the bins are near enough
		least, greatest := now.ends()
		s.sums.Least, s.sums.Most = max(was.Least, least), min(was.Most, greatest)
	}
	mergeSums(&s.sums, come)
	s.Background = backgroundOf(s.sums)
}

// join gives the pairs of before that are still there and those that were found, best
// first, of which all are there from a floor on.
func (r *rescan) join(found []Pair, floor float64) (pairs []Pair, complete float64) {
	most := r.options.withReserve().MaxPairs
	for _, p := range r.pairsLeft(r.kept) {
		if p.Similarity >= floor {
			pairs = append(pairs, p)
		}
	}
	pairs = append(pairs, found...)
	slices.SortFunc(pairs, comparePairs)
	if len(pairs) <= most {
		return slices.Clip(pairs), floor
	}
	floor = max(floor, floorWithout(pairs[most].Similarity, pairs[most-1].Similarity))
	return slices.Clone(pairs[:most]), floor
}

// among has a scanner take in all pairs with some of the rows, and gives the sums of
// their similarities.
func (r *rescan) among(ctx context.Context, s *scanner, some kernel.Span) (kernel.Sums, error) {
	var sums kernel.Sums
	if some.From == some.To {
		return sums, nil
	}
	scan, err := r.scanTiles(s, &sums)
	if err != nil {
		return sums, err
	}
	n := s.matrix.vectors.Present()
	for from := 0; from < some.From; from += kernel.TileRows {
		rows := kernel.Span{From: from, To: min(from+kernel.TileRows, some.From)}
		if err := r.turn(ctx, (rows.To-rows.From)*(some.To-some.From), func() error { return scan(ctx, rows, some) }); err != nil {
			return sums, err
		}
	}
	for from := some.From; from < some.To; from += kernel.TileRows {
		rows := kernel.Span{From: from, To: min(from+kernel.TileRows, some.To)}
		pairs := pairsOf(kernel.Span{To: rows.To - rows.From}, n-rows.From)
		if err := r.turn(ctx, pairs, func() error { return scan(ctx, rows, kernel.Span{From: rows.From, To: n}) }); err != nil {
			return sums, err
		}
	}
	return sums, nil
}

// turn computes so many pairs when it is the goroutine's turn.
func (r *rescan) turn(ctx context.Context, pairs int, work func() error) error {
	end, err := kernel.Turn(ctx)
	if err != nil {
		return err
	}
	err = work()
	end()
	if r.done += pairs; r.progress != nil && pairs > 0 && err == nil {
		r.progress(r.done, r.total)
	}
	return err
}

// scanTiles gives what has a scanner take in the pairs of up to a tile of rows with later
// ones among columns, computed as before: in int8 first, or in float32.
func (r *rescan) scanTiles(s *scanner, sums *kernel.Sums) (func(ctx context.Context, rows, columns kernel.Span) error, error) {
	if r.int8 {
		return s.scanStripes()
	}
	sweep, err := kernel.NewSweep(s.matrix.vectors.in().rows)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, rows, columns kernel.Span) error {
		for from := columns.From; from < columns.To; from += kernel.TileColumns {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := s.takeTile(sweep, rows, kernel.Span{From: from, To: min(from+kernel.TileColumns, columns.To)}, sums); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// rescanStripe is how many rows are made int8 at a time.
const rescanStripe = 256

// scanStripes gives what takes in the pairs of a block of rows with later ones among
// columns, looked at in int8 first.
func (s *scanner) scanStripes() (func(ctx context.Context, block, columns kernel.Span) error, error) {
	p, err := s.newPrefilter(rescanStripe)
	if err != nil {
		return nil, err
	}
	w, err := newStripeWorker(p, 0)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, block, columns kernel.Span) error {
		for from := columns.From; from < columns.To; from += rescanStripe {
			stripe := kernel.Span{From: from, To: min(from+rescanStripe, columns.To)}
			if p.columns != stripe {
				p.columns = stripe
				if !p.stripe.Take(p.matrix.vectors.in().rows, stripe) {
					return errStripe
				}
			}
			if err := w.scanColumns(ctx, block, stripe); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// takeTile takes in the similarities of some rows with later columns.
func (s *scanner) takeTile(sweep *kernel.Sweep, rows, columns kernel.Span, sums *kernel.Sums) error {
	var tile kernel.Tile
	return sweep.Tile(&tile, rows, columns, func(int) {
		for r := range tile.Rows() {
			i := rows.From + r
			if from := max(columns.From, i+1); from < columns.To {
				products := tile.Row(r)[from-columns.From:]
				sums.Measure(products)
				s.receive(0, i, from, products)
			}
		}
	})
}
