package duplicates

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
)

const (
	// maxListed is how many pairs the list holds at the most, the best ones.
	maxListed = 10_000
	// searchAside is the number of pairs over the thresholds from which on they
	// are joined outside the loop; fewer take a few milliseconds.
	searchAside = 20_000
)

// The ways to sort besides by a candidate, which goes by its id.
const (
	sortBest   = "best"   // by the highest strictness
	sortPair   = "pair"   // by the numbers of the texts
	sortSpread = "spread" // by how far the candidates lie apart
)

// pairQuery is everything that the list of pairs is derived from; equal queries
// have equal lists.
type pairQuery struct {
	shown    uint64                            // revision of the texts
	sources  [session.MaxCandidates]pairSource // those with a result, in their order
	disagree bool
	words    string // of the filter; empty lets all through
}

// pairSource is a candidate's result with the threshold in force.
type pairSource struct {
	id        string
	matrix    *compare.Matrix
	scan      *compare.Scan
	threshold float64
}

// used are the sources that there are.
func (q *pairQuery) used() []pairSource {
	for i, s := range q.sources {
		if s.scan == nil {
			return q.sources[:i]
		}
	}
	return q.sources[:]
}

// pairList is what a query finds: pairs of texts, best first, of total, which is all
// without a filter.
type pairList struct {
	query      pairQuery
	pairs      [][2]int32
	total, all int
}

// roundingRoom is more than a float32 similarity can be off: half a unit in the
// last place for each of up to 8,192 products.
const roundingRoom = 1e-3

// similarity is the value to show and whether it makes a duplicate pair, which
// the exact similarity decides where rounding could; ok is false when a text has
// no vector.
func (s pairSource) similarity(a, b int) (value float64, duplicate, ok bool) {
	value, ok = s.matrix.At(a, b)
	if !ok {
		return 0, false, false
	}
	if math.Abs(value-s.threshold) < roundingRoom {
		value = s.matrix.Vectors().Similarity(a, b)
	}
	return value, value >= s.threshold, true
}

// disagreement tells whether some candidates call the pair a duplicate and
// others do not.
func disagreement(sources []pairSource, a, b int) bool {
	yes, no := false, false
	for _, s := range sources {
		_, duplicate, ok := s.similarity(a, b)
		yes = yes || ok && duplicate
		no = no || ok && !duplicate
	}
	return yes && no
}

// query is what the list should show now.
func (d *Screen) query() pairQuery {
	q := pairQuery{shown: d.Session.ResultsRevision()}
	ready := d.Session.Ready()
	for i, c := range ready {
		q.sources[i] = pairSource{c.ID(), c.Result.Matrix, c.Result.Scan, d.Session.Thresholds().Of(c.ID())}
	}
	q.disagree = d.disagree && len(ready) > 1
	q.words = d.filter.Words()
	return q
}

// size is how many pairs the candidates find, counted once for each.
func (q *pairQuery) size() int {
	n := 0
	for _, s := range q.used() {
		n += len(s.scan.Over(s.threshold))
	}
	return n
}

// findPairs joins what the candidates find in texts, at most that many; 0 is all. Its
// errors are those of ctx.
func findPairs(ctx context.Context, q pairQuery, texts func() *corpus.Folded, most int) (pairList, error) {
	list := pairList{query: q}
	sources := q.used()
	scans, thresholds := make([]*compare.Scan, len(sources)), make([]float64, len(sources))
	for i, s := range sources {
		scans[i], thresholds[i] = s.scan, s.threshold
	}
	limit := most
	if q.disagree || q.words != "" {
		limit = 0
	}
	pairs, total, err := compare.Union(scans, thresholds, limit)
	if err != nil {
		return list, fmt.Errorf("listing the pairs: %w", err)
	}
	if !q.disagree && q.words == "" {
		list.pairs, list.total, list.all = pairs, total, total
		return list, nil
	}
	words := strings.Fields(strings.ToLower(q.words))
	has := func([2]int32) bool { return true }
	if len(words) > 0 {
		folded := texts()
		has = func(p [2]int32) bool { return folded.Hold(words, int(p[0]), int(p[1])) }
	}
	for i, p := range pairs {
		if i%1024 == 0 && ctx.Err() != nil {
			return list, ctx.Err()
		}
		if q.disagree && !disagreement(sources, int(p[0]), int(p[1])) {
			continue
		}
		if list.all++; !has(p) {
			continue
		}
		if list.total++; most == 0 || len(list.pairs) < most {
			list.pairs = append(list.pairs, p)
		}
	}
	return list, nil
}

// Refresh lets the list follow texts, results, thresholds and sorting. It is
// called after every message and does nothing when nothing has changed.
func (d *Screen) Refresh() tea.Cmd {
	var cmd tea.Cmd
	if q := d.query(); q != d.wanted {
		if q.shown != d.wanted.shown {
			d.take(pairList{query: pairQuery{shown: q.shown}})
		}
		d.wanted = q
	}
	if d.wanted != d.found.query {
		cmd = d.search()
	}
	if now := d.sorting(); now != d.sorted {
		d.arrange(now)
	}
	d.watchCursor()
	d.findUnder()
	d.findSelectedBest()
	d.countOver()
	cmd = tea.Batch(cmd, d.countSpreads(), d.clusters.refresh())
	place := d.layout(d.Body).list
	if d.clusters.on {
		d.clusters.list.Fit(len(d.clusters.rows), d.clusters.table(place.W, place.H).Fit(place.W, place.H).Rows)
	} else {
		d.list.Fit(len(d.rows), d.table(place.W, place.H).Fit(place.W, place.H).Rows)
	}
	return cmd
}

// watchCursor selects the pair that the cursor was moved to elsewhere. Where it
// stands over new texts nobody has chosen anything.
func (d *Screen) watchCursor() {
	now := [2]int{d.Session.CursorA(), d.Session.CursorB()}
	if now == d.seen {
		return
	}
	d.seen = now
	if now == [2]int{0, 1} {
		d.selected = noPair
		return
	}
	d.selected = [2]int32{int32(min(now[0], now[1])), int32(max(now[0], now[1]))}
	d.follow()
}

// searching tells that the list is behind what it should show.
func (d *Screen) searching() bool { return d.wanted != d.found.query }

// search finds the wanted pairs: at once, or aside when there are many. One
// search runs at a time; its end starts the next where one is due.
func (d *Screen) search() tea.Cmd {
	switch {
	case d.Session.Life().Err() != nil:
	case d.cancel != nil:
		if d.underWay != d.wanted {
			d.cancel()
		}
	case d.wanted.size() > searchAside || d.wanted.words != "" && !d.filter.ready():
		var ctx context.Context
		ctx, d.cancel = context.WithCancel(d.Session.Life())
		d.underWay = d.wanted
		q, texts := d.wanted, d.filter.folded()
		work := func(ctx context.Context) (pairList, error) { return findPairs(ctx, q, texts, maxListed) }
		return loop.Async(ctx, work, func(list pairList, err error) tea.Cmd {
			d.searched(list, err)
			return nil
		})
	default:
		if list, err := findPairs(d.Session.Life(), d.wanted, d.filter.folded(), maxListed); err == nil {
			d.take(list)
		}
	}
	return nil
}

// searched takes in what was found aside, if it is still wanted.
func (d *Screen) searched(list pairList, err error) {
	d.cancel()
	d.cancel = nil
	if err == nil && list.query == d.wanted {
		d.take(list)
	}
}

// take shows a list that was found.
func (d *Screen) take(list pairList) {
	d.found = list
	d.arrange(d.sorting())
}

// follow goes to the selected pair where it is listed; else the row stays.
func (d *Screen) follow() {
	if at := slices.Index(d.rows, d.selected); at >= 0 {
		d.list.Put(at)
	}
}
