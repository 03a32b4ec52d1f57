package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Agreement is how alike two candidates see the same texts, without any labels. A
// figure that the texts do not allow is NaN.
type Agreement struct {
	Texts    int     // how many were compared, of those for which both have a vector
	Pearson  float64 // RSA: correlation of the similarities of all pairs of texts
	Spearman float64 // and of their ranks
	CKA      float64 // debiased; slightly negative where there is nothing in common
	K        int     // how many neighbours are looked at: as asked for, or all others
	Overlap  float64 // mean share of a text's K nearest neighbours that both find
	Jaccard  float64 // mean of those that both find over those that either finds
	Chance   float64 // the overlap that chance gives: K over the number of other texts
	Changes  []Change
}

// Change is one text and the share of its nearest neighbours that both candidates find.
type Change struct {
	Text    int
	Overlap float64
}

// Agree compares two spaces of the same texts and as many neighbours. Changes has every
// text, those whose neighbours change most first. For vectors and their own truncation the
// overlap is called retention. The error is *[Error] WrongCount when texts or neighbours
// are others.
func (s *Space) Agree(o *Space) (*Agreement, error) {
	if !slices.Equal(s.texts, o.texts) || s.k != o.k {
		return nil, &Error{Problem: WrongCount, Item: len(o.texts), Text: NoText}
	}
	nan := math.NaN()
	g := &Agreement{Texts: len(s.texts), Pearson: nan, Spearman: nan, CKA: nan, Overlap: nan, Jaccard: nan, Chance: nan}
	if len(s.texts) < 2 {
		return g, nil
	}
	g.Pearson = correlated(s.upper, o.upper, s.similar, o.similar)
	g.Spearman = correlated(s.ranks, o.ranks, s.ranked, o.ranked)
	if len(s.texts) >= 4 {
		g.CKA = s.hsic(o) / math.Sqrt(s.itself*o.itself)
	}
	if s.k > 0 {
		g.neighbours(s, o)
	}
	return g, nil
}

func (g *Agreement) neighbours(a, b *Space) {
	n, k := len(a.texts), a.k
	g.K, g.Chance, g.Overlap, g.Jaccard = k, float64(k)/float64(n-1), 0, 0
	in := make([]int, n) // in[j] is i+1 when the first finds j near i
	for i, text := range a.texts {
		for _, j := range a.neighbours[i] {
			in[j] = i + 1
		}
		both := 0
		for _, j := range b.neighbours[i] {
			if in[j] == i+1 {
				both++
			}
		}
		share := float64(both) / float64(k)
		g.Overlap += share / float64(n)
		g.Jaccard += float64(both) / float64(2*k-both) / float64(n)
		g.Changes = append(g.Changes, Change{text, share})
	}
	slices.SortStableFunc(g.Changes, func(x, y Change) int { return cmp.Compare(x.Overlap, y.Overlap) })
}
