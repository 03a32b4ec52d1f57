package evaluate

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/vecscope/vecscope/compare"
)

// mostAgreeing is how many texts two candidates are compared on; of more, these are
// spread evenly over all.
const mostAgreeing = 2000

// mostResampled is over how many texts nothing is resampled or permuted: chance then
// moves no figure that anybody reads.
const mostResampled = 500

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

	a, b *similarities
}

// Change is one text and the share of its nearest neighbours that both candidates find.
type Change struct {
	Text    int
	Overlap float64
}

// Agree compares two candidates over the same texts, each with its k nearest
// neighbours. Changes has every text, those whose neighbours change most first. For
// vectors and their own truncation the overlap is called retention. The errors are
// *[Error] WrongCount when there are not as many texts, and ctx's.
func Agree(ctx context.Context, a, b compare.Vectors, k int) (*Agreement, error) {
	if a.Len() != b.Len() {
		return nil, &Error{Problem: WrongCount, Item: b.Len(), Text: NoText}
	}
	texts := common(a, b)
	nan := math.NaN()
	g := &Agreement{Texts: len(texts), Pearson: nan, Spearman: nan, CKA: nan, Overlap: nan, Jaccard: nan, Chance: nan}
	if len(texts) < 2 {
		return g, ctx.Err()
	}
	var err error
	if g.a, err = similaritiesAmong(ctx, a, texts); err != nil {
		return nil, err
	}
	if g.b, err = similaritiesAmong(ctx, b, texts); err != nil {
		return nil, err
	}
	g.correlate()
	if len(texts) >= 4 {
		g.CKA = g.a.hsic(g.b) / math.Sqrt(g.a.hsic(g.a)*g.b.hsic(g.b))
	}
	g.neighbours(texts, k)
	return g, ctx.Err()
}

// common are the texts for which both have a vector, evenly thinned out.
func common(a, b compare.Vectors) []int {
	var texts []int
	for i := range a.Len() {
		if a.Has(i) && b.Has(i) {
			texts = append(texts, i)
		}
	}
	if n := len(texts); n > mostAgreeing {
		for k := range mostAgreeing {
			texts[k] = texts[k*n/mostAgreeing]
		}
		texts = texts[:mostAgreeing]
	}
	return texts
}

func similaritiesAmong(ctx context.Context, v compare.Vectors, texts []int) (*similarities, error) {
	rows := make([][]float32, len(texts))
	for i, text := range texts {
		rows[i] = v.Row(text)
	}
	return newSimilarities(ctx, rows)
}

func (g *Agreement) correlate() {
	w := ones(len(g.a.upper))
	x, y := slices.Clone(w), slices.Clone(w)
	newOrdering(g.a.upper).ranks(w, x)
	newOrdering(g.b.upper).ranks(w, y)
	g.Pearson, g.Spearman = pearson(g.a.upper, g.b.upper, w), pearson(x, y, w)
}

// hsic is the debiased Hilbert-Schmidt independence criterion of two matrices of
// similarities with zeros on the diagonal (Song 2012).
func (s *similarities) hsic(o *similarities) float64 {
	n := float64(s.n)
	sums, others := s.rowSums(), o.rowSums()
	var trace, all, allOther, crossed float64
	for k, x := range s.upper {
		trace += 2 * x * o.upper[k]
	}
	for i, x := range sums {
		all += x
		allOther += others[i]
		crossed += x * others[i]
	}
	return (trace + all*allOther/((n-1)*(n-2)) - 2/(n-2)*crossed) / (n * (n - 3))
}

func (s *similarities) rowSums() []float64 {
	sums := make([]float64, s.n)
	k := 0
	for i := range s.n {
		for j := i + 1; j < s.n; j++ {
			sums[i] += s.upper[k]
			sums[j] += s.upper[k]
			k++
		}
	}
	return sums
}

// nearest puts the k nearest neighbours of a row into out, which is lent; equal ones go
// to the lower index.
func (s *similarities) nearest(i, k int, out []int) []int {
	out = out[:0]
	for j := range s.n {
		if j == i {
			continue
		}
		x := s.at(i, j)
		if len(out) == k && x <= s.at(i, out[k-1]) {
			continue
		}
		if len(out) < k {
			out = append(out, j)
		}
		at := len(out) - 1
		for ; at > 0 && x > s.at(i, out[at-1]); at-- {
			out[at] = out[at-1]
		}
		out[at] = j
	}
	return out
}

func (g *Agreement) neighbours(texts []int, k int) {
	n := len(texts)
	if k = min(k, n-1); k < 1 {
		return
	}
	g.K, g.Chance, g.Overlap, g.Jaccard = k, float64(k)/float64(n-1), 0, 0
	in := make([]int, n) // in[j] is i+1 when the first finds j near i
	var memory []int
	for i, text := range texts {
		memory = g.a.nearest(i, k, memory)
		for _, j := range memory {
			in[j] = i + 1
		}
		both := 0
		memory = g.b.nearest(i, k, memory)
		for _, j := range memory {
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

// Intervals returns the 95% intervals of Pearson and Spearman over resamples of the
// texts, never of pairs, which are not independent; pairs of a text drawn twice are
// left out. They are NaN over 500 texts.
func (g *Agreement) Intervals(ctx context.Context, resamples int, seed uint64) (pearsons, spearmans Interval, err error) {
	nan := Interval{math.NaN(), math.NaN()}
	if g.Texts < 4 || g.Texts > mostResampled {
		return nan, nan, ctx.Err()
	}
	byA, byB := newOrdering(g.a.upper), newOrdering(g.b.upper)
	m := len(g.a.upper)
	w, x, y := make([]float64, m), make([]float64, m), make([]float64, m)
	var values [2][]float64
	for number := range resamples {
		if err := ctx.Err(); err != nil {
			return nan, nan, err
		}
		random := rand.New(rand.NewPCG(seed, scramble(uint64(number))))
		counts := make([]float64, g.Texts)
		for range counts {
			counts[random.IntN(len(counts))]++
		}
		k := 0
		for i, c := range counts {
			for _, d := range counts[i+1:] {
				w[k] = c * d
				k++
			}
		}
		byA.ranks(w, x)
		byB.ranks(w, y)
		values[0] = append(values[0], pearson(g.a.upper, g.b.upper, w))
		values[1] = append(values[1], pearson(x, y, w))
	}
	n := float64(g.Texts)
	return newSpread(values[0], n, n).interval(), newSpread(values[1], n, n).interval(), nil
}

// Mantel returns how often the rank correlation is as high when the texts of one
// candidate are permuted, rows and columns together: (1+hits)/(1+permutations). NaN
// over 500 texts.
func (g *Agreement) Mantel(ctx context.Context, permutations int, seed uint64) (float64, error) {
	if g.Texts < 4 || g.Texts > mostResampled {
		return math.NaN(), ctx.Err()
	}
	w := ones(len(g.a.upper))
	x := &similarities{n: g.Texts, upper: slices.Clone(w)}
	y, moved := &similarities{n: g.Texts, upper: slices.Clone(w)}, slices.Clone(w)
	newOrdering(g.a.upper).ranks(w, x.upper)
	newOrdering(g.b.upper).ranks(w, y.upper)
	random := rand.New(rand.NewPCG(seed, uint64(g.Texts)))
	hits := 0
	for range permutations {
		if err := ctx.Err(); err != nil {
			return math.NaN(), err
		}
		places, k := random.Perm(g.Texts), 0
		for i, a := range places {
			for _, b := range places[i+1:] {
				moved[k] = y.at(a, b)
				k++
			}
		}
		if pearson(x.upper, moved, w) >= g.Spearman-1e-12 {
			hits++
		}
	}
	return float64(1+hits) / float64(1+permutations), nil
}
