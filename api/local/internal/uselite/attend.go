package uselite

import "github.com/vecscope/vecscope/compare/kernel"

// attend mixes into out the values of a sentence's n positions, which begin at
// start, by the likeness of queries and keys, head by head; qkv holds query, key and
// value of every position.
func attend(qkv, out kernel.Matrix, start, n int, scale float32, s *scratch) {
	if n == 0 || s.err != nil {
		return
	}
	width := out.Columns()
	size := width / heads
	rows := kernel.Span{From: start, To: start + n}
	for h := range heads {
		mark := s.buffer.Mark()
		part := func(which int) kernel.Span {
			from := which*width + h*size
			return kernel.Span{From: from, To: from + size}
		}
		query, key := s.cut(qkv, rows, part(0)), s.cut(qkv, rows, part(1))
		// Values are laid out by place, so that mixing is a product too.
		values := s.cutColumns(qkv, rows, part(2))
		weights, mixed := s.matrix(n, n), s.matrix(n, size)
		s.addProducts(weights, query, key)
		if s.err != nil {
			return
		}
		kernel.Softmax(weights, scale)
		s.addProducts(mixed, weights, values)
		for p := range n {
			copy(out.Row(start + p)[h*size:(h+1)*size], mixed.Row(p))
		}
		s.buffer.Release(mark)
	}
}
