package uselite

import "math"

// together is how many pieces are encoded at once, when sentences are shorter:
// enough to fetch every weight once for several of them, and little memory.
const together = 64

// Encode gives the vectors of sentences of pieces as Tokenize gives them: unit
// length, Dimensions values each; nil for a sentence without pieces. A few
// sentences together cost less than one by one; their vectors are the same.
func (m *Model) Encode(sentences ...[]int) [][]float32 {
	s := m.borrow()
	defer m.scratches.Put(s)
	vectors := make([][]float32, 0, len(sentences))
	for len(sentences) > 0 {
		n := 1
		for n < len(sentences) && count(sentences[:n+1]) <= together {
			n++
		}
		vectors = append(vectors, m.encode(sentences[:n], s)...)
		sentences = sentences[n:]
	}
	return vectors
}

// encode encodes sentences all at once.
func (m *Model) encode(sentences [][]int, s *scratch) [][]float32 {
	s.reset()
	x := m.input(sentences, s)
	for i := range m.w.Layers {
		x = m.w.Layers[i].apply(x, sentences, s)
	}
	y := m.w.Head.apply(means(x, sentences, m.w.Head.In, s), s)
	vectors := make([][]float32, len(sentences))
	for i, ids := range sentences {
		if len(ids) > 0 {
			vectors[i] = direction(y[i*m.w.Head.Out : (i+1)*m.w.Head.Out])
		}
	}
	return vectors
}

// input is twice the embedding of every piece plus the timing signal: sines of
// position × frequency in the first half of a row, cosines in the second.
func (m *Model) input(sentences [][]int, s *scratch) []float32 {
	half := len(m.w.Frequencies)
	x := s.floats(count(sentences) * 2 * half)
	rest := x
	for _, ids := range sentences {
		for p, id := range ids {
			row := rest[:2*half]
			rest = rest[2*half:]
			m.w.Embedding.Row(id, row)
			for i, f := range m.w.Frequencies {
				sin, cos := math.Sincos(float64(float32(p) * f))
				row[i] = 2*row[i] + float32(sin)
				row[half+i] = 2*row[half+i] + float32(cos)
			}
		}
	}
	return x
}

// count is the number of positions in all sentences.
func count(sentences [][]int) int {
	n := 0
	for _, s := range sentences {
		n += len(s)
	}
	return n
}

// apply applies the layer to every position.
func (l *Layer) apply(x []float32, sentences [][]int, s *scratch) []float32 {
	qkv := l.QKV.apply(l.AttentionNorm.apply(x, s), s)
	mixed := s.floats(len(qkv) / 3)
	start := 0
	for _, ids := range sentences {
		end := start + len(ids)*l.Output.In
		attend(qkv[3*start:3*end], mixed[start:end], len(ids), l.Scale, s)
		start = end
	}
	y := l.Output.apply(mixed, s)
	if l.Residual != nil {
		x = l.Residual.apply(x, s)
	}
	add(y, x)
	inner := l.Inner.apply(l.FeedForwardNorm.apply(y, s), s)
	for i, v := range inner {
		inner[i] = max(0, v)
	}
	add(y, l.Outer.apply(inner, s))
	return y
}

// attend mixes into out the values of a sentence's n positions by the likeness
// of queries and keys, head by head; qkv holds query, key and value of every
// position.
func attend(qkv, out []float32, n int, scale float32, s *scratch) {
	if n == 0 {
		return
	}
	width := len(out) / n
	size := width / heads
	weights, values := s.floats(n), s.floats(size*n)
	for h := range heads {
		part := func(position, which int) []float32 {
			start := (3*position+which)*width + h*size
			return qkv[start : start+size]
		}
		// Values are laid out by place, so that mixing is a dot product too.
		for p := range n {
			for k, v := range part(p, 2) {
				values[k*n+p] = v
			}
		}
		for p := range n {
			query := part(p, 0)
			for other := range weights {
				weights[other] = s.dot(query, part(other, 1)) * scale
			}
			softmax(weights)
			for k := range size {
				out[p*width+h*size+k] = s.dot(weights, values[k*n:(k+1)*n])
			}
		}
	}
}

// softmax turns scores into weights that sum to 1.
func softmax(w []float32) {
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

// apply gives the layer norm of every position.
func (n Norm) apply(x []float32, s *scratch) []float32 {
	const epsilon = 1e-6
	width := len(n.Scale)
	y := s.floats(len(x))
	for start := 0; start < len(x); start += width {
		row := x[start : start+width]
		var sum, square float64
		for _, v := range row {
			sum += float64(v)
		}
		centre := sum / float64(width)
		for _, v := range row {
			square += (float64(v) - centre) * (float64(v) - centre)
		}
		factor := 1 / math.Sqrt(square/float64(width)+epsilon)
		for i, v := range row {
			y[start+i] = float32((float64(v)-centre)*factor)*n.Scale[i] + n.Bias[i]
		}
	}
	return y
}

// means averages the positions of every sentence.
func means(x []float32, sentences [][]int, width int, s *scratch) []float32 {
	out := s.floats(len(sentences) * width)
	for i, ids := range sentences {
		y := out[i*width : (i+1)*width]
		for range ids {
			add(y, x[:width])
			x = x[width:]
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
