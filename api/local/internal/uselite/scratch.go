package uselite

import "github.com/vecscope/vecscope/compare/kernel"

// scratch is the working memory of one call of Encode, kept for the next one:
// making it anew would have the garbage collector double the memory in use. It
// keeps the first error too; what is computed after it means nothing.
type scratch struct {
	buffer kernel.Buffer
	err    error
}

// borrow gives a scratch that nobody else uses; give it back.
func (m *Model) borrow() *scratch {
	select {
	case s := <-m.scratches:
		return s
	default:
		return &scratch{}
	}
}

// giveBack keeps a scratch for the next call, where not enough are kept. A sync.Pool
// would let go of them at every collection, and these are most of what there is to collect.
func (m *Model) giveBack(s *scratch) {
	s.reset()
	select {
	case m.scratches <- s:
	default:
	}
}

// matrix gives a matrix of zeros, valid until reset. After an error it has no rows.
func (s *scratch) matrix(rows, columns int) kernel.Matrix {
	if s.err != nil {
		return kernel.Matrix{}
	}
	m, err := s.buffer.Matrix(rows, columns)
	s.err = err
	return m
}

// filled is matrix with rows that are all as the one given.
func (s *scratch) filled(rows int, row []float32) kernel.Matrix {
	if s.err != nil {
		return kernel.Matrix{}
	}
	m, err := s.buffer.Filled(rows, row)
	s.err = err
	return m
}

// copied gives a matrix like another.
func (s *scratch) copied(m kernel.Matrix) kernel.Matrix {
	y := s.matrix(m.Rows(), m.Columns())
	for p := range y.Rows() {
		copy(y.Row(p), m.Row(p))
	}
	return y
}

// cut gives some columns of some rows of m.
func (s *scratch) cut(m kernel.Matrix, rows, columns kernel.Span) kernel.Matrix {
	return s.cutBy(s.buffer.Cut, m, rows, columns)
}

// cutColumns is cut with the columns as rows.
func (s *scratch) cutColumns(m kernel.Matrix, rows, columns kernel.Span) kernel.Matrix {
	return s.cutBy(s.buffer.CutColumns, m, rows, columns)
}

func (s *scratch) cutBy(cut func(m kernel.Matrix, rows, columns kernel.Span) (kernel.Matrix, error), m kernel.Matrix, rows, columns kernel.Span) kernel.Matrix {
	if s.err != nil {
		return kernel.Matrix{}
	}
	part, err := cut(m, rows, columns)
	s.err = err
	return part
}

// addProducts adds X·Yᵀ to out.
func (s *scratch) addProducts(out, x, y kernel.Matrix) {
	if s.err == nil {
		s.err = kernel.AddProducts(out, x, y)
	}
}

// addProductsOf adds X·Wᵀ to out. Rows of 8 bits are a quarter of those to be fetched from
// memory, which takes longer than to make float32 or 16 bits of them.
func (s *scratch) addProductsOf(out, x kernel.Matrix, w *Dense) {
	if s.err == nil {
		s.err = s.buffer.AddRoundedProductsOf(out, x, w.Rows, w.rounded)
	}
}

// addSparseProducts adds X·Yᵀ to out, where x is mostly zeros.
func (s *scratch) addSparseProducts(out, x kernel.Matrix, y *kernel.Columns) {
	if s.err == nil {
		s.err = s.buffer.AddSparseProducts(out, x, y)
	}
}

// reset takes back everything that was given out.
func (s *scratch) reset() {
	s.buffer.Reset()
	s.err = nil
}
