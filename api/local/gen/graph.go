package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"path"
	"strings"

	"github.com/vecscope/vecscope/api/local/internal/pack"
	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

// graph holds the float32 tensors of a TensorFlow.js graph model by their short
// names. Its getters remember the first tensor that is missing, in err.
type graph struct {
	tensors map[string][]float32
	err     error
}

// manifest is what model.json says of the weights.
type manifest struct {
	WeightsManifest []struct {
		Paths   []string `json:"paths"`
		Weights []struct {
			Name  string `json:"name"`
			Shape []int  `json:"shape"`
			DType string `json:"dtype"`
		} `json:"weights"`
	} `json:"weightsManifest"`
}

// readGraph reads the model's tensors out of the shards beside it.
func readGraph(files map[string][]byte, model string) (*graph, error) {
	var m manifest
	if err := json.Unmarshal(files[model], &m); err != nil {
		return nil, fmt.Errorf("%s: %w", model, err)
	}
	g := &graph{tensors: map[string][]float32{}}
	for _, group := range m.WeightsManifest {
		var data []byte
		for _, p := range group.Paths {
			data = append(data, files[path.Join(path.Dir(model), p)]...)
		}
		for _, w := range group.Weights {
			count := 1
			for _, n := range w.Shape {
				count *= n
			}
			// Every type that the model uses has 4 bytes a value.
			if len(data) < 4*count {
				return nil, fmt.Errorf("the shards end before %s", w.Name)
			}
			if w.DType == "float32" {
				g.tensors[shortName(w.Name)] = floats(data[:4*count])
			}
			data = data[4*count:]
		}
	}
	return g, nil
}

// shortName cuts what the names of the tensors have in common.
func shortName(name string) string {
	name = strings.TrimPrefix(name, "module_apply_default/Encoder_en/KonaTransformer/Encode/")
	name = strings.TrimPrefix(name, "module/Encoder_en/KonaTransformer/Encode/")
	return strings.TrimSuffix(name, "/ConcatPartitions/concat")
}

func floats(data []byte) []float32 {
	out := make([]float32, len(data)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return out
}

// tensor gives the values of that name.
func (g *graph) tensor(name string) []float32 {
	t, ok := g.tensors[name]
	if !ok && g.err == nil {
		g.err = fmt.Errorf("the model has no tensor %s", name)
	}
	return t
}

// dense gives a matrix, stored in the graph as one row an input, and its bias.
func (g *graph) dense(weights, bias string, in int) uselite.Dense {
	w, b := g.tensor(weights), g.tensor(bias)
	out := len(b)
	if len(w) != in*out {
		if g.err == nil {
			g.err = fmt.Errorf("%s has %d values, want %d×%d", weights, len(w), in, out)
		}
		return uselite.Dense{}
	}
	rows := make([]float32, in*out)
	for i := range in {
		for o := range out {
			rows[o*in+i] = w[i*out+o]
		}
	}
	return uselite.Dense{Rows: pack.Floats{Cols: in, Values: rows}, Bias: b}
}
