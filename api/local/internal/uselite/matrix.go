package uselite

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/kernel"
)

// dense is a [Dense] laid out for the kernel.
type dense struct {
	rows kernel.Matrix
	bias []float32
}

// layOut copies the matrix of d, whose shape has been checked.
func layOut(d Dense) (dense, error) {
	rows, err := kernel.New(d.Out, d.In)
	if err != nil {
		return dense{}, fmt.Errorf("laying out weights: %w", err)
	}
	for i := range d.Out {
		copy(rows.Row(i), d.Rows[i*d.In:(i+1)*d.In])
	}
	return dense{rows: rows, bias: d.Bias}, nil
}

// apply gives d of every position, a row of x each.
func (d *dense) apply(x kernel.Matrix, s *scratch) kernel.Matrix {
	y := s.filled(x.Rows(), d.bias)
	s.addProducts(y, x, d.rows)
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
