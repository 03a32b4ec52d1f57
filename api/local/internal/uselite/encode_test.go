package uselite

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api/local/internal/pack"
	"github.com/vecscope/vecscope/compare/kernel"
)

// What is checked where: the float32 weights, too large for the repository, are
// checked against the reference vectors to 1e-5 by the generator (gen/prove.go)
// before it writes anything. Here the same code is checked with values worked
// out by hand, with small random weights, and with the committed 8-bit weights,
// against the plain float64 model of naive_test.go. The committed weights are
// checked against the reference vectors in package local.

// near tells whether two slices agree in every place.
func near(got []float32, want []float64, tolerance float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d values, want %d", len(got), len(want))
	}
	for i, v := range got {
		if d := math.Abs(float64(v) - want[i]); !(d <= tolerance) {
			return fmt.Errorf("value %d is %v, want %v", i, v, want[i])
		}
	}
	return nil
}

// matrixOf makes a matrix of rows.
func matrixOf(t *testing.T, rows [][]float32) kernel.Matrix {
	t.Helper()
	m, err := kernel.Of(rows)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// values are those of all rows of a matrix.
func values(m kernel.Matrix) []float32 {
	var all []float32
	for i := range m.Rows() {
		all = append(all, m.Row(i)...)
	}
	return all
}

// encode encodes sentences that must succeed.
func encode(tb testing.TB, m *Model, sentences ...[]int) [][]float32 {
	tb.Helper()
	vectors, err := m.Encode(sentences...)
	if err != nil {
		tb.Fatal(err)
	}
	return vectors
}

func TestLayerNormByHand(t *testing.T) {
	n := Norm{Scale: []float32{1, 2, 1, 1}, Bias: []float32{0, 10, 0, 0}}
	// Mean 4, variance 5; then a row without variance, which ε keeps finite.
	got := values(n.apply(matrixOf(t, [][]float32{{1, 3, 5, 7}, {2, 2, 2, 2}}), &scratch{}))
	root := math.Sqrt(5 + 1e-6)
	if err := near(got, []float64{-3 / root, 10 - 2/root, 1 / root, 3 / root, 0, 10, 0, 0}, 1e-6); err != nil {
		t.Error(err)
	}
}

func TestDenseByHand(t *testing.T) {
	d := Dense{Rows: pack.Floats{Cols: 2, Values: []float32{1, 2, 3, 4, 5, 6}}, Bias: []float32{0, 0, 100}}
	if got := values(d.apply(matrixOf(t, [][]float32{{1, 1}, {0, -1}}), &scratch{})); !slices.Equal(got, []float32{3, 7, 111, -2, -4, 94}) {
		t.Errorf("got %v", got)
	}
}

func TestAttentionByHand(t *testing.T) {
	// Four heads of one place, two positions; a row is query, key, value.
	ln3 := float32(math.Log(3))
	qkv := matrixOf(t, [][]float32{
		{2 * ln3, 0, 0, 0 /**/, 1, 1, 1, 1 /**/, 8, 8, 0, -6},
		{0, 0, 0, 0 /**/, 0, 5, 5, 5 /**/, 4, 4, 2, 2},
	})
	out := matrixOf(t, [][]float32{{0, 0, 0, 0}, {0, 0, 0, 0}})
	attend(qkv, out, 0, 2, 0.5, &scratch{})
	// Only the first head of the first position prefers anything: by e^ln3, so 3:1.
	if err := near(values(out), []float64{7, 6, 1, -2, 6, 6, 1, -2}, 1e-6); err != nil {
		t.Error(err)
	}
}

func TestSentenceByHand(t *testing.T) {
	embedding := make([]float32, 4*len(smallVocabulary))
	copy(embedding[4*7:], []float32{0.5, 1, 1.5, 2}) // ▁the
	copy(embedding[4*9:], []float32{1, 0, 0, 0})     // n
	identity := make([]float32, 16)
	for i := range 4 {
		identity[5*i] = 0.1
	}
	m, err := New(&Weights{
		Pieces:      smallVocabulary,
		Embedding:   pack.Floats{Cols: 4, Values: embedding},
		Frequencies: []float32{1, 0},
		Head:        Dense{Rows: pack.Floats{Cols: 4, Values: identity}, Bias: []float32{0, 0, 0, -1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	// Twice the embeddings plus (sin 0, sin 0, cos 0, cos 0) and (sin 1, 0, cos 1, 1).
	mean := []float64{(1 + 2 + math.Sin(1)) / 2, 1, (4 + math.Cos(1)) / 2, (5 + 1) / 2.0}
	want := []float64{math.Tanh(mean[0] / 10), math.Tanh(mean[1] / 10), math.Tanh(mean[2] / 10), math.Tanh(mean[3]/10 - 1)}
	length := math.Sqrt(want[0]*want[0] + want[1]*want[1] + want[2]*want[2] + want[3]*want[3])
	for i := range want {
		want[i] /= length
	}
	if err := near(encode(t, m, m.Tokenize("then"))[0], want, 1e-6); err != nil {
		t.Error(err)
	}
}

// smallWeights are a random model of the real one's architecture, 8 → 16 wide.
func smallWeights() *Weights {
	random := rand.New(rand.NewPCG(1, 2))
	values := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(random.NormFloat64()) * 0.3
		}
		return v
	}
	dense := func(in, out int) Dense {
		return Dense{Rows: pack.Floats{Cols: in, Values: values(in * out)}, Bias: values(out)}
	}
	layer := func(in, out int) Layer {
		return Layer{
			AttentionNorm: Norm{values(in), values(in)}, FeedForwardNorm: Norm{values(out), values(out)},
			QKV: dense(in, 3*in), Scale: 0.7, Output: dense(in, out), Inner: dense(out, 20), Outer: dense(20, out),
		}
	}
	w := &Weights{
		Pieces:      smallVocabulary,
		Embedding:   pack.Floats{Cols: 8, Values: values(8 * len(smallVocabulary))},
		Frequencies: []float32{1, 0.5, 0.1, 0.01},
		Layers:      []Layer{layer(8, 16), layer(16, 16)},
		Head:        dense(16, 12),
	}
	residual := dense(8, 16)
	w.Layers[0].Residual = &residual
	return w
}

func TestSmallModelAgreesWithThePlainOne(t *testing.T) {
	w := smallWeights()
	m, err := New(w)
	if err != nil {
		t.Fatal(err)
	}
	ids := []int{7, 9, 6, 0, 11, 7, 12}
	for n := 1; n <= len(ids); n++ {
		if err := near(encode(t, m, ids[:n])[0], naive(w, ids[:n]), 2e-6); err != nil {
			t.Errorf("%d pieces: %v", n, err)
		}
	}
}

func TestCommittedModelAgreesWithThePlainOne(t *testing.T) {
	m, w := committed(t), committedWeights(t)
	for _, text := range []string{"Rain!", "The doctor prescribed antibiotics"} {
		ids := m.Tokenize(text)
		if err := near(encode(t, m, ids)[0], naive(w, ids), 1e-5); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSentencesTogetherAreTheSameAsAlone(t *testing.T) {
	m := committed(t)
	sentences := [][]int{m.Tokenize("The dog bit the man"), {}, m.Tokenize("Hello"), m.Tokenize("It is raining heavily outside")}
	together := encode(t, m, sentences...)
	if together[1] != nil {
		t.Error("a sentence without pieces has a vector")
	}
	for _, i := range []int{0, 2, 3} {
		if !slices.Equal(together[i], encode(t, m, sentences[i])[0]) {
			t.Errorf("sentence %d has another vector in company", i)
		}
	}
	var many [][]int
	for range 40 {
		many = append(many, sentences[0], sentences[3])
	}
	for i, v := range encode(t, m, many...) {
		if !slices.Equal(v, together[i%2*3]) {
			t.Errorf("sentence %d of many has another vector", i)
		}
	}
	if got := encode(t, m, []int{})[0]; got != nil {
		t.Error("a sentence without pieces has a vector")
	}
}

func TestWorkingMemoryOutlivesACollection(t *testing.T) {
	m := committed(t)
	ids := m.Tokenize("some words of a sentence that is neither short nor long")
	encode := func() {
		if _, err := m.Encode(ids, ids, ids); err != nil {
			t.Fatal(err)
		}
	}
	encode()
	runtime.GC()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	encode()
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<10 {
		t.Errorf("encoding allocates %d bytes after a collection", n)
	}
}
