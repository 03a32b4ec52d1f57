package duplicates

import (
	"fmt"
	"math"

	"github.com/vecscope/vecscope/ui/format"
)

// selectedBest are the most similar pairs among the selected texts, one of each candidate
// with a result, in their order. They are found before anything is drawn.
type selectedBest struct {
	of    selectedOf
	pairs []bestPair
}

// selectedOf is what they were found for.
type selectedOf struct {
	query     pairQuery
	selection uint64
}

// bestPair is a candidate's most similar pair of some texts, by their index.
type bestPair struct {
	a, b       int
	similarity float64 // NaN where there is none, or it is only known to be under the floor
	floor      float64 // -Inf where no two of the texts have vectors
}

// mostSelected is how many selected texts are compared with each other where none of their
// pairs is among those kept.
const mostSelected = 200

// findSelectedBest finds them where a selection leaves no rows and they are other ones by now.
func (d *Screen) findSelectedBest() {
	of := selectedOf{d.wanted, d.Session.SelectionChanges()}
	if of == d.best.of || len(d.rows) > 0 || d.searching() || !d.Session.SelectionShown() {
		return
	}
	var texts []int
	for i := range d.Session.Texts() {
		if d.Session.Shows(i) {
			texts = append(texts, i)
		}
	}
	d.best = selectedBest{of: of}
	for _, s := range of.query.used() {
		d.best.pairs = append(d.best.pairs, s.bestOf(texts))
	}
}

// bestOf is the most similar pair of some texts, in ascending order: the first of those
// kept, which are the best of all, else of few texts the best there is.
func (s pairSource) bestOf(texts []int) bestPair {
	among := make(map[int32]bool, len(texts))
	for _, i := range texts {
		among[int32(i)] = s.matrix.Vectors().Has(i)
	}
	for _, p := range s.scan.Pairs() {
		if among[p.A] && among[p.B] {
			return bestPair{a: int(p.A), b: int(p.B), similarity: p.Similarity}
		}
	}
	best := bestPair{similarity: math.NaN(), floor: math.Inf(-1)}
	for k, a := range texts {
		for _, b := range texts[k+1:] {
			if !among[int32(a)] || !among[int32(b)] {
				continue
			}
			if best.floor = s.scan.Floor(); len(texts) > mostSelected {
				return best
			}
			if value, _, _ := s.similarity(a, b); !(value <= best.similarity) {
				best = bestPair{a, b, value, best.floor}
			}
		}
	}
	return best
}

// text says how similar it is beside the threshold.
func (p bestPair) text(threshold float64) string {
	switch {
	case !math.IsNaN(p.similarity):
		return fmt.Sprintf("%s, texts %d and %d", format.Near(p.similarity, threshold, 3, 6), p.a+1, p.b+1)
	case math.IsInf(p.floor, -1):
		return "has no two of them with a vector"
	}
	return "under " + format.Threshold(math.Ceil(p.floor*1e4)/1e4)
}

// anySelectedFound tells that a candidate finds a pair among the selected texts.
func (d *Screen) anySelectedFound() bool {
	for i, s := range d.best.of.query.used() {
		if d.best.pairs[i].similarity >= s.threshold {
			return true
		}
	}
	return false
}
