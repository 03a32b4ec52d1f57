package uselite

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/local/internal/pack"
)

func TestPackedWeightsKeepTheVectors(t *testing.T) {
	w := smallWeights()
	data, err := w.Pack()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := Load(string(data))
	if err != nil {
		t.Fatal(err)
	}
	ids := packed.Tokenize("then the fi")
	var cosine float64
	for i, v := range naive(w, ids) {
		cosine += v * float64(encode(t, packed, ids)[0][i])
	}
	if cosine < 0.999 {
		t.Errorf("cosine %v with the vector before packing", cosine)
	}
}

func TestDamagedWeightsAreErrors(t *testing.T) {
	data, err := smallWeights().Pack()
	if err != nil {
		t.Fatal(err)
	}
	for end := range len(data) {
		if _, err := Load(string(data[:end])); err == nil {
			t.Errorf("a file cut at byte %d of %d loads", end, len(data))
		}
	}
}

func TestWeightsThatDoNotFitAreErrors(t *testing.T) {
	for _, c := range []struct {
		name, says string
		spoil      func(*Weights)
	}{
		{"no pieces", "pieces", func(w *Weights) { w.Pieces = nil }},
		{"more pieces than embeddings", "pieces", func(w *Weights) { w.Pieces = append(w.Pieces, w.Pieces...) }},
		{"no frequencies", "frequencies", func(w *Weights) { w.Frequencies = nil }},
		{"no residual", "layer 0: no residual", func(w *Weights) { w.Layers[0].Residual = nil }},
		{"narrow embedding", "heads", func(w *Weights) {
			w.Embedding, w.Frequencies = pack.Floats{Cols: 6, Values: make([]float32, 6*len(w.Pieces))}, make([]float32, 3)
		}},
		{"short norm", "layer 1: a norm", func(w *Weights) { w.Layers[1].FeedForwardNorm.Bias = nil }},
		{"short bias", "layer 1: a matrix", func(w *Weights) { w.Layers[1].QKV.Bias = nil }},
		{"another inner width", "layer 1: a matrix", func(w *Weights) {
			w.Layers[1].Inner.Rows, w.Layers[1].Inner.Bias = pack.Floats{Cols: 8, Values: make([]float32, 7*8)}, make([]float32, 7)
		}},
		{"no head", "head", func(w *Weights) { w.Head = Dense{} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := smallWeights()
			c.spoil(w)
			if _, err := New(w); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}
