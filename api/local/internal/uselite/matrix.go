package uselite

import "github.com/vecscope/vecscope/compare/kernel"

// apply gives d of every position, a row of x each.
func (d *Dense) apply(x kernel.Matrix, s *scratch) kernel.Matrix {
	y := s.filled(x.Rows(), d.Bias)
	s.addProductsOf(y, x, d)
	return y
}

// addTo adds d of every position, a row of x each, to y.
func (d *Dense) addTo(y, x kernel.Matrix, s *scratch) {
	for p := range y.Rows() {
		kernel.Add(y.Row(p), d.Bias)
	}
	s.addProductsOf(y, x, d)
}
