package duplicates

import (
	"cmp"
	"math"
	"slices"
)

// sorting is how the rows are sorted.
type sorting struct {
	by       string
	reversed bool
	// selection is another number where other texts are shown because of it.
	selection uint64
}

func (d *Screen) sorting() sorting {
	return sorting{d.effectiveSort(), d.reversed, d.Session.SelectionChanges()}
}

// effectiveSort is the column sorted by; best first where that one is gone.
func (d *Screen) effectiveSort() string {
	if slices.Contains(d.sorts(), d.sortBy) {
		return d.sortBy
	}
	return sortBest
}

// sorts are the columns that can be sorted by, in the order of the key.
func (d *Screen) sorts() []string {
	all := []string{sortBest}
	sources := d.wanted.used()
	for _, s := range sources {
		all = append(all, s.id)
	}
	if len(sources) > 1 {
		all = append(all, sortSpread)
	}
	return append(all, sortPair)
}

// sortText says in words how the rows are sorted.
func (d *Screen) sortText() string {
	by := d.effectiveSort()
	switch {
	case by == sortBest && d.reversed:
		return "best last"
	case by == sortBest:
		return "best first"
	case by == sortPair && d.reversed:
		return "by number, last first"
	case by == sortPair:
		return "by number"
	case by == sortSpread && d.reversed:
		return "by spread, least first"
	case by == sortSpread:
		return "by spread"
	}
	for _, c := range d.Session.Candidates() {
		if c.ID() == by {
			by = d.Session.Short(c)
		}
	}
	if d.reversed {
		return "by " + by + ", least first"
	}
	return "by " + by
}

// arrange sorts the rows and keeps the selected pair selected.
func (d *Screen) arrange(how sorting) {
	d.sorted = how
	d.rows = slices.DeleteFunc(sortPairs(d.found, how), func(p [2]int32) bool {
		return !d.Session.Shows(int(p[0])) || !d.Session.Shows(int(p[1]))
	})
	d.list.Fit(len(d.rows), d.list.Shown)
	d.follow()
}

// sortPairs gives the pairs of a list in another order. Pairs without a value
// come last either way.
func sortPairs(list pairList, how sorting) [][2]int32 {
	sources := list.query.used()
	switch how.by {
	case sortPair:
		return sortedBy(list.pairs, how.reversed, func(a, b int) float64 { return -float64(a)*math.MaxInt32 - float64(b) })
	case sortSpread:
		return sortedBy(list.pairs, how.reversed, func(a, b int) float64 {
			_, spread := bestAndSpread(sources, a, b)
			return spread
		})
	}
	for _, s := range sources {
		if s.id == how.by {
			return sortedBy(list.pairs, how.reversed, func(a, b int) float64 {
				if v, ok := s.matrix.At(a, b); ok {
					return v
				}
				return math.NaN()
			})
		}
	}
	return sortedBy(list.pairs, how.reversed, func(a, b int) float64 {
		best, _ := bestAndSpread(sources, a, b)
		return best
	})
}

// sortedBy gives the pairs by a number, the largest first or, reversed, last.
func sortedBy(pairs [][2]int32, reversed bool, value func(a, b int) float64) [][2]int32 {
	type row struct {
		pair  [2]int32
		value float64
	}
	rows := make([]row, len(pairs))
	for i, p := range pairs {
		rows[i] = row{p, value(int(p[0]), int(p[1]))}
	}
	slices.SortStableFunc(rows, func(x, y row) int {
		switch {
		case math.IsNaN(x.value) || math.IsNaN(y.value), !reversed:
			return cmp.Compare(y.value, x.value) // not-a-numbers count as least
		default:
			return cmp.Compare(x.value, y.value)
		}
	})
	out := make([][2]int32, len(rows))
	for i, r := range rows {
		out[i] = r.pair
	}
	return out
}

// bestAndSpread are the highest strictness that any candidate gives the pair, in standard
// deviations above that candidate's average pair, and how far it is above the lowest; NaN
// when none, or only one, gives any. Similarities themselves cannot be compared: in some
// models the average pair is as similar as a duplicate in others.
func bestAndSpread(sources []pairSource, a, b int) (best, spread float64) {
	best, least := math.Inf(-1), math.Inf(1)
	values := 0
	for _, s := range sources {
		v, ok := s.matrix.At(a, b)
		if z := s.scan.Background.Strictness(v); ok && !math.IsNaN(z) {
			values++
			best, least = max(best, z), min(least, z)
		}
	}
	switch values {
	case 0:
		return math.NaN(), math.NaN()
	case 1:
		return best, math.NaN()
	}
	return best, best - least
}
