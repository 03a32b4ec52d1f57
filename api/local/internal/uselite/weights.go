package uselite

import (
	"fmt"

	"github.com/vecscope/vecscope/api/local/internal/pack"
	"github.com/vecscope/vecscope/compare/kernel"
)

// Weights are the numbers of a trained model.
type Weights struct {
	// Pieces is the vocabulary.
	Pieces []Piece
	// Embedding holds a row for every piece, as wide as the first layer's input.
	Embedding kernel.RowReader
	// Frequencies are those of the timing signal, half as many as a row is wide.
	Frequencies []float32
	// Layers are applied in order.
	Layers []Layer
	// Head turns the mean over the positions into the vector, before the tanh.
	Head Dense
}

// Layer is one pre-norm transformer layer.
type Layer struct {
	// AttentionNorm and FeedForwardNorm are the layer norms before the two halves.
	AttentionNorm, FeedForwardNorm Norm
	// QKV makes queries, keys and values, one after the other, of every position.
	QKV Dense
	// Scale multiplies the attention's dot products.
	Scale float32
	// Output mixes the heads.
	Output Dense
	// Residual widens the layer's input before it is added to the attention's
	// output; nil when the two are equally wide.
	Residual *Dense
	// Inner and Outer are the two halves of the feed-forward network.
	Inner, Outer Dense
}

// Norm is a layer norm's scale and bias.
type Norm struct{ Scale, Bias []float32 }

// Dense is y = Wx + b.
type Dense struct {
	// Rows is W: a row for each value of y, as long as x.
	Rows kernel.RowReader
	// Bias is b.
	Bias []float32
	// rounded is of how many values of y, the first, x may be rounded to 16 bits.
	rounded int
}

// Pack writes the weights with 8 bits a value in matrices.
func (w *Weights) Pack() ([]byte, error) {
	out := pack.NewWriter()
	texts, scores := make([]string, len(w.Pieces)), make([]float32, len(w.Pieces))
	for i, p := range w.Pieces {
		texts[i], scores[i] = p.Text, p.Score
	}
	out.Strings("pieces", texts)
	out.Vector("scores", scores)
	out.Table("embedding", w.Embedding)
	out.Vector("frequencies", w.Frequencies)
	for i, l := range w.Layers {
		packLayer(out, layerName(i), l)
	}
	packDense(out, "head", w.Head)
	return out.Bytes()
}

func packLayer(out *pack.Writer, name string, l Layer) {
	packNorm(out, name+"attention norm", l.AttentionNorm)
	packNorm(out, name+"feed-forward norm", l.FeedForwardNorm)
	out.Vector(name+"scale", []float32{l.Scale})
	packDense(out, name+"qkv", l.QKV)
	packDense(out, name+"output", l.Output)
	if l.Residual != nil {
		packDense(out, name+"residual", *l.Residual)
	}
	packDense(out, name+"inner", l.Inner)
	packDense(out, name+"outer", l.Outer)
}

func packNorm(out *pack.Writer, name string, n Norm) {
	out.Vector(name+" scale", n.Scale)
	out.Vector(name+" bias", n.Bias)
}

func packDense(out *pack.Writer, name string, d Dense) {
	out.Table(name, d.Rows)
	out.Vector(name+" bias", d.Bias)
}

// layers is how many transformer layers the model has.
const layers = 2

// Unpack reads what Pack wrote. Matrices stay in 8 bits in the memory of data.
func Unpack(data string) (*Weights, error) {
	in, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	w := &Weights{
		Embedding:   in.Table("embedding"),
		Frequencies: in.Vector("frequencies"),
		Head:        unpackDense(in, "head"),
	}
	// Only the first layer changes the width.
	for i := range layers {
		w.Layers = append(w.Layers, unpackLayer(in, layerName(i), i == 0))
	}
	texts, scores := in.Strings("pieces"), in.Vector("scores")
	if err := in.Err(); err != nil {
		return nil, err
	}
	if len(texts) != len(scores) {
		return nil, fmt.Errorf("%d pieces have %d scores", len(texts), len(scores))
	}
	w.Pieces = make([]Piece, len(texts))
	for i, text := range texts {
		w.Pieces[i] = Piece{Text: text, Score: scores[i]}
	}
	return w, nil
}

func unpackLayer(in *pack.File, name string, widens bool) Layer {
	l := Layer{
		AttentionNorm:   unpackNorm(in, name+"attention norm"),
		FeedForwardNorm: unpackNorm(in, name+"feed-forward norm"),
		QKV:             unpackDense(in, name+"qkv"),
		Output:          unpackDense(in, name+"output"),
		Inner:           unpackDense(in, name+"inner"),
		Outer:           unpackDense(in, name+"outer"),
	}
	if scale := in.Vector(name + "scale"); len(scale) == 1 {
		l.Scale = scale[0]
	}
	if widens {
		d := unpackDense(in, name+"residual")
		l.Residual = &d
	}
	return l
}

func unpackNorm(in *pack.File, name string) Norm {
	return Norm{Scale: in.Vector(name + " scale"), Bias: in.Vector(name + " bias")}
}

func unpackDense(in *pack.File, name string) Dense {
	return Dense{Rows: in.Table(name), Bias: in.Vector(name + " bias")}
}

func layerName(i int) string { return fmt.Sprintf("layer %d ", i) }
