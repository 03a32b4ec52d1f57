package uselite

import (
	"math"

	"github.com/vecscope/vecscope/compare/kernel"
)

// attend mixes into out the values of a sentence's n positions, which begin at
// start, by the likeness of queries and keys, head by head; qkv holds query, key and
// value of every position.
func attend(qkv, out kernel.Matrix, start, n int, scale float32, s *scratch) {
	if n == 0 || s.err != nil {
		return
	}
	width := out.Columns()
	size := width / heads
	for h := range heads {
		part := func(position, which int) []float32 {
			from := which*width + h*size
			return qkv.Row(start + position)[from : from+size]
		}
		query, key, values := s.matrix(n, size), s.matrix(n, size), s.matrix(size, n)
		weights, mixed := s.matrix(n, n), s.matrix(n, size)
		if s.err != nil {
			return
		}
		for p := range n {
			copy(query.Row(p), part(p, 0))
			copy(key.Row(p), part(p, 1))
			// Values are laid out by place, so that mixing is a product too.
			for k, v := range part(p, 2) {
				values.Row(k)[p] = v
			}
		}
		s.addProducts(weights, query, key)
		for p := range n {
			softmax(weights.Row(p), scale)
		}
		s.addProducts(mixed, weights, values)
		for p := range n {
			copy(out.Row(start + p)[h*size:(h+1)*size], mixed.Row(p))
		}
	}
}

// softmax turns scores, still to be scaled, into weights that sum to 1.
func softmax(w []float32, scale float32) {
	for i := range w {
		w[i] *= scale
	}
	top := w[0]
	for _, v := range w {
		top = max(top, v)
	}
	var sum float32
	for i, v := range w {
		w[i] = float32(math.Exp(float64(v - top)))
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
}
