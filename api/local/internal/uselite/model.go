package uselite

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/compare/kernel"
)

// heads is the number of attention heads in every layer.
const heads = 4

// Model encodes sentences. It may be used by several goroutines at once.
type Model struct {
	tokens      *tokenizer
	embedding   kernel.RowReader
	frequencies []float32
	timings     []float32 // the timing signal of the first MaxPieces positions
	layers      []Layer
	// outers are the columns of the layers' outer matrices; nil where they are not in bytes.
	outers []*kernel.Columns
	head   Dense
	// scratches holds working memory between calls, for as many as compute at once.
	scratches chan *scratch
}

// New makes a model of weights, which must not change afterwards; the error says which
// shapes do not fit together.
func New(w *Weights) (*Model, error) {
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("the weights do not fit together: %w", err)
	}
	m := &Model{tokens: newTokenizer(w.Pieces), embedding: w.Embedding, frequencies: w.Frequencies, layers: slices.Clone(w.Layers), head: w.Head, scratches: make(chan *scratch, kernel.Cores())}
	for i := range m.layers {
		m.layers[i].round(i+1 == len(m.layers))
	}
	for _, l := range w.Layers {
		m.outers = append(m.outers, columnsOf(l.Outer.Rows))
	}
	m.timings = make([]float32, 0, MaxPieces*2*len(w.Frequencies))
	for p := range MaxPieces {
		m.timings = append(m.timings, timing(p, w.Frequencies)...)
	}
	return m, nil
}

// round lets the input of matrices be rounded where it does not matter: queries and keys
// only weigh positions, and what comes after the inner half of the last layer's feed-forward
// network is little.
func (l *Layer) round(last bool) {
	l.QKV.rounded = len(l.QKV.Bias) / 3 * 2
	if last {
		l.Inner.rounded = len(l.Inner.Bias)
	}
}

// columnsOf gives a matrix column by column if it is in bytes.
func columnsOf(rows kernel.RowReader) *kernel.Columns {
	if bytes, ok := rows.(kernel.ByteReader); ok {
		return kernel.ColumnsOf(bytes)
	}
	return nil
}

// Load makes a model of a packed file.
func Load(data string) (*Model, error) {
	w, err := Unpack(data)
	if err != nil {
		return nil, err
	}
	return New(w)
}

// Dimensions is the length of the vectors.
func (m *Model) Dimensions() int { return len(m.head.Bias) }

// Tokenize gives the ids of the text's pieces, at most MaxPieces; none when the
// text is only white space.
func (m *Model) Tokenize(text string) []int { return m.tokens.tokenize(text).IDs }

// Read is Tokenize that also tells how much of the text is not read. The error is an
// *UnknownTextError when the model knows next to nothing of it.
func (m *Model) Read(text string) (Sentence, error) {
	s := m.tokens.tokenize(text)
	if s.Share.TooLittle() {
		known, all := s.Share.Of()
		return s, &UnknownTextError{Known: known, All: all}
	}
	return s, nil
}

// UnknownTextError reports a text of which the model knows too little for a vector.
type UnknownTextError struct {
	// Known is how many of All its characters, or letters where it has any, the
	// model knows.
	Known, All int
}

func (e *UnknownTextError) Error() string {
	return e.says("its")
}

// OfSeveral is the same of several texts that have as many each.
func (e *UnknownTextError) OfSeveral() string { return e.says("their") + " each" }

func (e *UnknownTextError) says(whose string) string {
	known := "none"
	if e.Known > 0 {
		known = fmt.Sprintf("only %d", e.Known)
	}
	return fmt.Sprintf("the model reads English and knows %s of %s %d characters", known, whose, e.All)
}

// check tells whether every matrix has the shape that its neighbours expect, so
// that encoding cannot fail.
func (w *Weights) check() error {
	rows, width := w.Embedding.Shape()
	if len(w.Pieces) <= special || rows < len(w.Pieces) {
		return fmt.Errorf("%d pieces with %d embeddings", len(w.Pieces), rows)
	}
	if width == 0 || len(w.Frequencies)*2 != width {
		return fmt.Errorf("%d frequencies for embeddings of %d", len(w.Frequencies), width)
	}
	for i, l := range w.Layers {
		out, err := l.check(width)
		if err != nil {
			return fmt.Errorf("layer %d: %w", i, err)
		}
		width = out
	}
	if err := w.Head.check(width, len(w.Head.Bias)); err != nil {
		return fmt.Errorf("head: %w", err)
	}
	return nil
}

// check gives the width of the layer's output when its input has that width.
func (l Layer) check(width int) (out int, err error) {
	out = len(l.Output.Bias)
	if width%heads != 0 {
		return 0, fmt.Errorf("a width of %d is not a multiple of %d heads", width, heads)
	}
	if l.Residual == nil && out != width {
		return 0, fmt.Errorf("no residual from %d to %d", width, out)
	}
	err = errors.Join(
		l.AttentionNorm.check(width),
		l.QKV.check(width, 3*width),
		l.Output.check(width, out),
		l.FeedForwardNorm.check(out),
		l.Inner.check(out, len(l.Inner.Bias)),
		l.Outer.check(len(l.Inner.Bias), out),
	)
	if l.Residual != nil {
		err = errors.Join(err, l.Residual.check(width, out))
	}
	return out, err
}

func (n Norm) check(width int) error {
	if len(n.Scale) != width || len(n.Bias) != width {
		return fmt.Errorf("a norm of %d and %d values over %d", len(n.Scale), len(n.Bias), width)
	}
	return nil
}

func (d Dense) check(in, out int) error {
	rows, columns := 0, 0
	if d.Rows != nil {
		rows, columns = d.Rows.Shape()
	}
	if in == 0 || out == 0 || rows != out || columns != in || len(d.Bias) != out {
		return fmt.Errorf("a matrix of %d→%d with %d biases, want %d→%d", columns, rows, len(d.Bias), in, out)
	}
	return nil
}
