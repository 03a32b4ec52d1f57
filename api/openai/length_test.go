package openai

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// inNumbers writes a vector as a JSON list.
func inNumbers(v []float32) string {
	b, _ := json.Marshal(v) // finite numbers always have a JSON form
	return string(b)
}

func TestWhatCannotBeAnEmbeddingIsRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	garbage := make([]float32, 256) // the digits of numbers, read as if they were float32
	for i := range garbage {
		garbage[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())}))
		if x := float64(garbage[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			garbage[i] = 1
		}
	}
	sparse := make([]float32, 256)
	sparse[3], sparse[40] = 0.5, 12
	usual := make([]float32, 256)
	for i := range usual {
		usual[i] = float32(r.NormFloat64()) / 40
	}
	tiny := make([]float32, 256)
	for i := range tiny {
		tiny[i] = 1e-20
	}
	for _, c := range []struct {
		name, value, want string
	}{
		{"one dimension", "[1]", "vectors of 1 dimension, which cannot be compared; the server's answer is faulty"},
		{"other data", inNumbers(garbage), "vectors of 256 dimensions that look like other data read as numbers; the server's answer is faulty"},
		{"two dimensions", "[1,2]", ""},
		{"mostly zeros", inNumbers(sparse), ""},
		{"small values", inNumbers(tiny), ""},
		{"usual values", inNumbers(usual), ""},
	} {
		client := serve(t, "nanogpt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answerOf(c.value)) })
		got, err := embed(client, "a")
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if u := got.Usage; u.Tokens != 8 || u.Lost != 0 || (u.Failed == 0) != (err == nil) {
			t.Errorf("%s: %+v", c.name, u)
		}
	}
}

func TestVectorsMustBeAsLongAsTheRequestSays(t *testing.T) {
	client := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, answerTo(readAsked(t, r))) })
	for length, fits := range map[int]bool{0: true, 3: true, 4: false} {
		got, err := client.Embed(t.Context(), api.Request{Model: "m", Texts: []string{"a"}, Length: length})
		var e *api.LengthError
		if errors.As(err, &e) == fits || !fits && (e.Had != 4 || e.Came != 3 || got.Vectors[0] != nil || got.Usage.Failed != 1) {
			t.Errorf("a length of %d: %+v, %v", length, got, err)
		}
	}
}
