package uselite

import "github.com/vecscope/vecscope/compare/kernel"

// apply gives d of every position, a row of x each.
func (d *Dense) apply(x kernel.Matrix, s *scratch) kernel.Matrix {
	y := s.filled(x.Rows(), d.Bias)
	s.addProductsOf(y, x, d.Rows)
	return y
}

// add adds y to x, place by place.
func add(x, y []float32) {
	y = y[:len(x)]
	for i, v := range y {
		x[i] += v
	}
}

// addRows adds every row of y to that of x; none when either was not made.
func addRows(x, y kernel.Matrix) {
	for p := range min(x.Rows(), y.Rows()) {
		add(x.Row(p), y.Row(p))
	}
}
