package compare

import (
	"context"

	"github.com/vecscope/vecscope/compare/kernel"
)

// DenseLimit is the largest number of texts with a vector whose similarities a
// [Matrix] holds in memory (8 MiB). Above it cells are computed when asked for.
const DenseLimit = 2048

// Matrix is the N×N matrix of similarities of one candidate: symmetric, with 1
// on the diagonal. It is never changed after it was made.
type Matrix struct {
	vectors Vectors
	upper   []float32   // strict upper triangle over the present texts, row by row; nil when not held
	sums    kernel.Sums // of the similarities of different texts, or of a sample of them
}

// Similarities computes the matrix of v. Up to [DenseLimit] texts it is held as
// float32; above it nothing is computed now. It returns the error of ctx when
// that ends first. Progress counts pairs; it may be nil.
func Similarities(ctx context.Context, v Vectors, progress func(done, total int)) (*Matrix, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := newMatrix(v)
	if m.upper != nil {
		if err := sweepLengths(ctx, v, []*target{{matrix: m}}, progress); err != nil {
			return nil, err
		}
	}
	if err := m.sampleRange(ctx); err != nil {
		return nil, err
	}
	return m, nil
}

// newMatrix returns a matrix with its cells, if they are to be held, still to
// be filled in.
func newMatrix(v Vectors) *Matrix {
	m := &Matrix{vectors: v}
	if v.Present() <= DenseLimit {
		m.upper = kernel.Zeros(triangle(v.Present()))
	}
	return m
}

// upperRow returns the held similarities of row i with rows i+1, i+2, ….
func (m *Matrix) upperRow(i int) []float32 {
	n := m.vectors.Present()
	start := i * (2*n - i - 1) / 2
	return m.upper[start : start+n-i-1]
}

// similarity returns the float32 similarity of two rows.
func (m *Matrix) similarity(a, b int) float32 {
	switch {
	case a == b:
		return 1
	case m.upper == nil:
		return clip(dot(m.vectors.row(a), m.vectors.row(b)))
	case a > b:
		a, b = b, a
	}
	return m.upperRow(a)[b-a-1]
}

// Vectors returns the vectors the matrix was made of.
func (m *Matrix) Vectors() Vectors { return m.vectors }

// Len returns N, the number of texts, absent ones included.
func (m *Matrix) Len() int { return m.vectors.Len() }

// Bytes returns how much memory the cells take that are held.
func (m *Matrix) Bytes() int { return 4 * len(m.upper) }

// Dense reports whether the cells are held in memory.
func (m *Matrix) Dense() bool { return m.upper != nil }

// At returns the similarity of texts i and j; ok is false when either has no
// vector. It is for looking at: whether a pair is a duplicate is decided with
// [Vectors.Similarity].
func (m *Matrix) At(i, j int) (value float64, ok bool) {
	v := m.vectors
	if !v.Has(i) || !v.Has(j) {
		return 0, false
	}
	return float64(m.similarity(int(v.slots[i]), int(v.slots[j]))), true
}

// Range returns the least and greatest similarity of two different texts, for
// a scale that uses all its colours. Above [DenseLimit] texts it looks at
// pairs of a few hundred texts evenly spread over the corpus. ok is false when
// there is no pair.
func (m *Matrix) Range() (least, greatest float64, ok bool) {
	if m.vectors.Present() < 2 {
		return 0, 0, false
	}
	return float64(m.sums.Least), float64(m.sums.Most), true
}

// sampleRange looks for the least and greatest similarity of a matrix that is not
// held. It returns the error of ctx when that ends first.
func (m *Matrix) sampleRange(ctx context.Context) error {
	if m.upper != nil {
		return nil
	}
	var slots []int32
	for _, row := range m.sample() {
		slots = append(slots, int32(row))
	}
	part, err := m.vectors.only(slots)
	if err != nil {
		return err
	}
	t := &target{matrix: &Matrix{vectors: part}}
	err = sweepLengths(ctx, part, []*target{t}, nil)
	m.sums = t.sums
	return err
}

// sampleSize is the number of texts that stand for a corpus too large to look
// at all its pairs while drawing.
const sampleSize = 256

// sample returns all rows of a matrix that is held, else evenly spread ones.
func (m *Matrix) sample() []int {
	n := m.vectors.Present()
	size := n
	if m.upper == nil {
		size = min(n, sampleSize)
	}
	rows := make([]int, size)
	for k := range rows {
		rows[k] = k * n / size
	}
	return rows
}
