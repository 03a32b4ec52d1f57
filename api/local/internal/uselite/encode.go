package uselite

import (
	"fmt"
	"math"

	"github.com/vecscope/vecscope/compare/kernel"
)

// together is how many pieces are encoded at once, when sentences are shorter:
// enough to fetch every weight once for several of them, and little memory.
const together = 160

// Encode gives the vectors of sentences of pieces as Tokenize gives them: unit
// length, Dimensions values each; nil for a sentence without pieces. A few
// sentences together cost less than one by one; their vectors are the same. There
// is no error but for more pieces than memory can hold.
func (m *Model) Encode(sentences ...[]int) ([][]float32, error) {
	s := m.borrow()
	defer m.giveBack(s)
	vectors := make([][]float32, len(sentences))
	for start := 0; start < len(sentences); {
		end := start + 1
		for end < len(sentences) && positions(sentences[start:end+1]) <= together {
			end++
		}
		if err := m.encode(sentences[start:end], vectors[start:end], s); err != nil {
			return nil, fmt.Errorf("encoding %d sentences: %w", end-start, err)
		}
		start = end
	}
	return vectors, nil
}

// encode encodes sentences all at once.
func (m *Model) encode(sentences [][]int, vectors [][]float32, s *scratch) error {
	if positions(sentences) == 0 {
		return nil
	}
	s.reset()
	y := m.head.apply(m.layersOf(m.input(sentences, s), sentences, s), s)
	if s.err != nil {
		return s.err
	}
	for i, ids := range sentences {
		if len(ids) > 0 {
			vectors[i] = direction(y.Row(i))
		}
	}
	return nil
}

// input is twice the embedding of every piece plus the timing signal.
func (m *Model) input(sentences [][]int, s *scratch) kernel.Matrix {
	x := s.matrix(positions(sentences), 2*len(m.frequencies))
	if s.err != nil {
		return x
	}
	at := 0
	for _, ids := range sentences {
		for p, id := range ids {
			row := x.Row(at)
			m.embedding.Row(id, row)
			for i, t := range m.timing(p) {
				row[i] = 2*row[i] + t
			}
			at++
		}
	}
	return x
}

// timing gives the timing signal of a position: sines of position × frequency in the
// first half of a row, cosines in the second.
func (m *Model) timing(position int) []float32 {
	width := 2 * len(m.frequencies)
	if from := position * width; from < len(m.timings) {
		return m.timings[from : from+width]
	}
	return timing(position, m.frequencies)
}

func timing(position int, frequencies []float32) []float32 {
	half := len(frequencies)
	signal := make([]float32, 2*half)
	for i, f := range frequencies {
		sin, cos := math.Sincos(float64(float32(position) * f))
		signal[i], signal[half+i] = float32(sin), float32(cos)
	}
	return signal
}

// positions is the number of positions in all sentences.
func positions(sentences [][]int) int {
	n := 0
	for _, s := range sentences {
		n += len(s)
	}
	return n
}

// layersOf applies the layers to every position and gives the mean of each sentence's. The
// last half of a layer is linear, so that of the last one is applied to the means alone.
func (m *Model) layersOf(x kernel.Matrix, sentences [][]int, s *scratch) kernel.Matrix {
	for i := range m.layers {
		l := &m.layers[i]
		y := l.attention(x, sentences, s)
		mark := s.buffer.Mark()
		inner := l.inner(y, s)
		if i+1 == len(m.layers) {
			y = means(y, sentences, s)
			l.addOuter(y, means(inner, sentences, s), m.outers[i], s)
			return y
		}
		l.addOuter(y, inner, m.outers[i], s)
		s.buffer.Release(mark)
		x = y
	}
	return means(x, sentences, s)
}

// attention applies the first half of the layer to every position.
func (l *Layer) attention(x kernel.Matrix, sentences [][]int, s *scratch) kernel.Matrix {
	var y kernel.Matrix
	if l.Residual != nil {
		y = l.Residual.apply(x, s)
	} else {
		y = s.copied(x)
	}
	mark := s.buffer.Mark()
	qkv := l.QKV.apply(l.AttentionNorm.apply(x, s), s)
	mixed := s.matrix(x.Rows(), x.Columns())
	start := 0
	for _, ids := range sentences {
		attend(qkv, mixed, start, len(ids), l.Scale, s)
		start += len(ids)
	}
	l.Output.addTo(y, mixed, s)
	s.buffer.Release(mark)
	return y
}

// inner gives the inner half of the feed-forward network of every position; most of it is
// zeros.
func (l *Layer) inner(x kernel.Matrix, s *scratch) kernel.Matrix {
	inner := l.Inner.apply(l.FeedForwardNorm.apply(x, s), s)
	for p := range inner.Rows() {
		kernel.Rectify(inner.Row(p))
	}
	return inner
}

// addOuter adds the outer half of the feed-forward network to y, of its inner half. The
// columns are those of its matrix, where it has them.
func (l *Layer) addOuter(y, inner kernel.Matrix, columns *kernel.Columns, s *scratch) {
	if columns == nil {
		l.Outer.addTo(y, inner, s)
		return
	}
	for p := range y.Rows() {
		kernel.Add(y.Row(p), l.Outer.Bias)
	}
	s.addSparseProducts(y, inner, columns)
}

// apply gives the layer norm of every position.
func (n Norm) apply(x kernel.Matrix, s *scratch) kernel.Matrix {
	const epsilon = 1e-6
	y := s.matrix(x.Rows(), x.Columns())
	for p := range y.Rows() {
		kernel.Norm(y.Row(p), x.Row(p), epsilon, n.Scale, n.Bias)
	}
	return y
}

// means averages the positions of every sentence.
func means(x kernel.Matrix, sentences [][]int, s *scratch) kernel.Matrix {
	out := s.matrix(len(sentences), x.Columns())
	if s.err != nil {
		return out
	}
	at := 0
	for i, ids := range sentences {
		y := out.Row(i)
		for range ids {
			kernel.Add(y, x.Row(at))
			at++
		}
		for k := range y {
			y[k] /= float32(max(1, len(ids)))
		}
	}
	return out
}

// direction gives tanh of every value, as a vector of unit length of its own.
func direction(y []float32) []float32 {
	v := make([]float32, len(y))
	var square float64
	for i, x := range y {
		t := math.Tanh(float64(x))
		v[i] = float32(t)
		square += t * t
	}
	factor := float32(1 / math.Sqrt(square))
	for i := range v {
		v[i] *= factor
	}
	return v
}
