package evaluate

import (
	"context"
	"math"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/kernel"
)

// mostAgreeing is how many texts candidates are compared on; of more, these are spread
// evenly over all.
const mostAgreeing = 2000

// Common returns the texts for which two candidates have a vector, evenly thinned out
// where they are many: those on which their spaces can be compared. The error is *[Error]
// WrongCount when there are not as many texts.
func Common(a, b compare.Vectors) ([]int, error) {
	if a.Len() != b.Len() {
		return nil, &Error{Problem: WrongCount, Item: b.Len(), Text: NoText}
	}
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
	return texts, nil
}

// Space is how one candidate sees some of the texts: what is the same whatever it is
// compared with. It takes 8 bytes for every pair of texts, and is never changed after it
// was made.
type Space struct {
	texts []int
	k     int // how many neighbours of a text are looked at
	*similarities
	ranks      []float32 // of upper; exact, as they are halves of less than 2²⁴
	similar    variation // of upper
	ranked     variation // of ranks
	sums       []float64 // of every row of the similarities, without the diagonal
	itself     float64   // hsic with itself
	neighbours [][]int   // of every text its k nearest, the nearest first
}

// NewSpace returns how a candidate sees texts for all of which it has a vector, of each
// its k nearest neighbours among them. The error is ctx's.
func NewSpace(ctx context.Context, v compare.Vectors, texts []int, k int) (*Space, error) {
	rows := make([][]float32, len(texts))
	for i, text := range texts {
		rows[i] = v.Row(text)
	}
	s := &Space{texts: texts, k: max(0, min(k, len(texts)-1))}
	if len(texts) < 2 {
		return s, ctx.Err()
	}
	var err error
	if s.similarities, err = newSimilarities(ctx, rows); err != nil {
		return nil, err
	}
	end, err := kernel.Turn(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	s.ranks = ranksOf(s.values())
	s.similar, s.ranked = variationOf(s.upper), variationOf(s.ranks)
	s.sums = s.rowSums()
	s.itself = s.hsic(s)
	if s.k > 0 {
		for i := range texts {
			s.neighbours = append(s.neighbours, s.nearest(i, s.k, nil))
		}
	}
	return s, ctx.Err()
}

// Texts returns the texts, by their indices.
func (s *Space) Texts() []int { return s.texts }

// ranksOf are the average ranks of values.
func ranksOf(values []float64) []float32 {
	weights, out := ones(len(values)), make([]float64, len(values))
	newOrdering(values).ranks(weights, out)
	ranks := make([]float32, len(out))
	for k, rank := range out {
		ranks[k] = float32(rank)
	}
	return ranks
}

// variation is the mean of values and the sum of their squares about it, 0 where they
// are all equal.
type variation struct{ mean, squares float64 }

func variationOf(values []float32) variation {
	var v variation
	for _, x := range values {
		v.mean += float64(x)
	}
	n := float64(len(values))
	v.mean /= n
	for _, x := range values {
		d := float64(x) - v.mean
		v.squares += d * d
	}
	if v.squares <= tiny*n*(1+v.mean*v.mean) {
		v.squares = 0
	}
	return v
}

// correlated is the correlation of values whose variation is known; NaN when either
// does not vary.
func correlated(x, y []float32, ofX, ofY variation) float64 {
	if ofX.squares == 0 || ofY.squares == 0 {
		return math.NaN()
	}
	var both float64
	for k, value := range x {
		both += (float64(value) - ofX.mean) * (float64(y[k]) - ofY.mean)
	}
	return min(1, max(-1, both/math.Sqrt(ofX.squares*ofY.squares)))
}

// hsic is the debiased Hilbert-Schmidt independence criterion of the similarities in
// two spaces, with zeros on the diagonal (Song 2012).
func (s *Space) hsic(o *Space) float64 {
	n := float64(s.n)
	var trace, all, allOther, crossed float64
	for k, x := range s.upper {
		trace += 2 * float64(x) * float64(o.upper[k])
	}
	for i, x := range s.sums {
		all += x
		allOther += o.sums[i]
		crossed += x * o.sums[i]
	}
	return (trace + all*allOther/((n-1)*(n-2)) - 2/(n-2)*crossed) / (n * (n - 3))
}

func (s *similarities) rowSums() []float64 {
	sums := make([]float64, s.n)
	k := 0
	for i := range s.n {
		for j := i + 1; j < s.n; j++ {
			sums[i] += float64(s.upper[k])
			sums[j] += float64(s.upper[k])
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
