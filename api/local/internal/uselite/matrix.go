package uselite

import (
	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"
)

// dotProduct is the sum of the products of two equally long slices.
type dotProduct func(a, b []float32) float32

// fastestDot is vek's kernel where it has one for this processor (AVX2 and FMA),
// and ours elsewhere, which is faster than vek's plain loop.
func fastestDot() dotProduct {
	if vek.Info().Acceleration {
		return vek32.Dot
	}
	return portableDot
}

// portableDot keeps four sums, so that an addition need not wait for the last.
func portableDot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i, v := range a {
		s0 += v * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// Blocks of a matrix product in float32 values: a block of positions stays in
// the first-level cache while a block of weight rows, which stays in the second,
// is applied to it.
const (
	positionBlock = 6 << 10
	rowBlock      = 64 << 10
)

// apply gives d of every position: x holds positions × d.In values, the result
// positions × d.Out.
func (d *Dense) apply(x []float32, s *scratch) []float32 {
	n := len(x) / d.In
	y := s.floats(n * d.Out)
	rows, positions := max(1, rowBlock/d.In), max(1, positionBlock/d.In)
	for r := 0; r < d.Out; r += rows {
		for p := 0; p < n; p += positions {
			d.applyBlock(x, y, r, min(r+rows, d.Out), p, min(p+positions, n), s.dot)
		}
	}
	return y
}

// applyBlock computes the results of the rows [r0, r1) at the positions [p0, p1).
func (d *Dense) applyBlock(x, y []float32, r0, r1, p0, p1 int, dot dotProduct) {
	for r := r0; r < r1; r++ {
		row, bias := d.Rows[r*d.In:(r+1)*d.In], d.Bias[r]
		for p := p0; p < p1; p++ {
			y[p*d.Out+r] = dot(row, x[p*d.In:(p+1)*d.In]) + bias
		}
	}
}

// add adds y to x, place by place.
func add(x, y []float32) {
	y = y[:len(x)]
	for i, v := range y {
		x[i] += v
	}
}
