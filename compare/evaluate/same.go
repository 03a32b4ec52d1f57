package evaluate

import (
	"math"
	"slices"
)

// same reports whether two candidates say the same of every item, as a candidate and
// its copy do: then there is no difference, rather than none that was seen.
func same(x, y *Result) bool {
	for i, p := range x.Pairs {
		if !alike(p.Similarity, y.Pairs[i].Similarity) {
			return false
		}
	}
	for i, t := range x.Texts {
		if o := y.Texts[i]; t.Nearest != o.Nearest || !alike(t.Similarity, o.Similarity) || !alike(t.Silhouette, o.Silhouette) {
			return false
		}
	}
	for i, q := range x.Queries {
		hit := func(h, o Hit) bool { return h.Text == o.Text && alike(h.Score, o.Score) }
		if !slices.EqualFunc(q.Hits, y.Queries[i].Hits, hit) { // one may find less than the other
			return false
		}
	}
	return true
}

// alike reports whether two numbers differ by no more than float32 vectors round.
func alike(a, b float64) bool { return math.Abs(a-b) <= 1e-6 }
