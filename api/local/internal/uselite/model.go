package uselite

import (
	"errors"
	"fmt"
	"sync"
)

// heads is the number of attention heads in every layer.
const heads = 4

// Model encodes sentences. It may be used by several goroutines at once.
type Model struct {
	tokens *tokenizer
	w      *Weights
	dot    dotProduct
	// scratches holds working memory between calls, a *scratch each.
	scratches sync.Pool
}

// New makes a model of weights; the error says which shapes do not fit together.
func New(w *Weights) (*Model, error) {
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("the weights do not fit together: %w", err)
	}
	return &Model{tokens: newTokenizer(w.Pieces), w: w, dot: fastestDot()}, nil
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
func (m *Model) Dimensions() int { return m.w.Head.Out }

// Tokenize gives the ids of the text's pieces, at most MaxPieces; none when the
// text is only white space.
func (m *Model) Tokenize(text string) []int {
	ids, _ := m.tokens.tokenize(text)
	return ids
}

// Read is Tokenize that also tells whether the text has more pieces than that,
// which are not read.
func (m *Model) Read(text string) (ids []int, clipped bool) { return m.tokens.tokenize(text) }

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
	if err := w.Head.check(width, w.Head.Out); err != nil {
		return fmt.Errorf("head: %w", err)
	}
	return nil
}

// check gives the width of the layer's output when its input has that width.
func (l Layer) check(width int) (out int, err error) {
	out = l.Output.Out
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
		l.Inner.check(out, l.Inner.Out),
		l.Outer.check(l.Inner.Out, out),
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
	if d.In != in || d.Out != out || in == 0 || out == 0 || len(d.Rows) != in*out || len(d.Bias) != out {
		return fmt.Errorf("a matrix of %d→%d with %d values and %d biases, want %d→%d", d.In, d.Out, len(d.Rows), len(d.Bias), in, out)
	}
	return nil
}
