package uselite

import "github.com/vecscope/vecscope/compare/kernel"

// scratch is the working memory of one call of Encode, kept for the next one:
// making it anew would have the garbage collector double the memory in use. It
// keeps the first error too; what is computed after it means nothing.
type scratch struct {
	buffer kernel.Buffer
	err    error
}

// borrow gives a scratch that nobody else uses; put it back into m.scratches.
func (m *Model) borrow() *scratch {
	if s, ok := m.scratches.Get().(*scratch); ok {
		return s
	}
	return &scratch{}
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

// addProducts adds X·Yᵀ to out.
func (s *scratch) addProducts(out, x, y kernel.Matrix) {
	if s.err == nil {
		s.err = kernel.AddProducts(out, x, y)
	}
}

// reset takes back everything that was given out.
func (s *scratch) reset() {
	s.buffer.Reset()
	s.err = nil
}
