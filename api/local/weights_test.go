package local

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

// The generator checks the float32 weights against the same vectors to 1e-5.
func TestUseLiteGivesTheReferenceVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/use-lite-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Sentences []struct {
			Text   string    `json:"text"`
			Vector []float32 `json:"vector"`
		} `json:"sentences"`
	}
	if err := json.Unmarshal(data, &reference); err != nil {
		t.Fatal(err)
	}
	if len(reference.Sentences) != 16 {
		t.Fatalf("%d reference vectors, want 16", len(reference.Sentences))
	}
	m, err := uselite.Load(useLiteWeights)
	if err != nil {
		t.Fatal(err)
	}
	p := New()
	for _, s := range reference.Sentences {
		// One of them is Chinese: the provider does not give away what that makes.
		vectors, err := m.Encode(m.Tokenize(s.Text))
		if err != nil {
			t.Fatal(err)
		}
		if cosine := dot(vectors[0], s.Vector); cosine < 0.999 {
			t.Errorf("%q: cosine %v, want 0.999 or more", s.Text, cosine)
		}
		if _, err := m.Read(s.Text); err == nil && !slices.Equal(embed(t, p, "use-lite", 0, s.Text).Vectors[0], vectors[0]) {
			t.Errorf("%q: the provider gives another vector", s.Text)
		}
	}
}

func TestUseLitePrefersTheParaphrase(t *testing.T) {
	p := New()
	for _, c := range []struct{ anchor, paraphrase, unrelated string }{
		{"How do I reset my password?", "I forgot my login and need a new one", "How do I bake my bread?"},
		{"The company reported record profits", "The firm announced its highest earnings ever", "Children are playing in the park"},
		{"It is raining heavily outside", "There is a downpour", "My laptop will not turn on"},
		{"The physician prescribed medicine", "The doctor gave him a drug", "The painter sold a picture"},
	} {
		v := embed(t, p, "use-lite", 0, c.anchor, c.paraphrase, c.unrelated).Vectors
		if near, far := dot(v[0], v[1]), dot(v[0], v[2]); near <= far {
			t.Errorf("%q is %v like its paraphrase and %v like %q", c.anchor, near, far, c.unrelated)
		}
	}
}

func TestWordOrderCountsForUseLiteOnly(t *testing.T) {
	p := New()
	for model, same := range map[string]bool{"use-lite": false, "glove": true} {
		v := embed(t, p, model, 0, "The dog bit the man", "The man bit the dog").Vectors
		if cosine := dot(v[0], v[1]); (cosine > 0.9999) != same {
			t.Errorf("%s: cosine %v between two orders of the same words", model, cosine)
		}
	}
}

// A weights file that the generator did not write would have another sum.
func TestWeightsAreThoseOfTheGenerator(t *testing.T) {
	sums, err := os.Open("weights/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	defer sums.Close()
	listed := map[string]bool{}
	for lines := bufio.NewScanner(sums); lines.Scan(); {
		want, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok {
			t.Fatalf("%q is not a sum and a name", lines.Text())
		}
		data, err := os.ReadFile("weights/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
			t.Errorf("%s: sha256 %s, want %s", name, got, want)
		}
		listed[name] = true
	}
	for _, name := range []string{"use-lite.pack", "use-lite.LICENSE", "glove.pack", "glove.LICENSE", "glove.ACKNOWLEDGEMENT.md"} {
		if !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
}

// TestWeightsAreUsedAsTheyArePacked holds what a first sentence waits for, and what is in
// memory afterwards.
func TestWeightsAreUsedAsTheyArePacked(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	encode, err := loadUseLite(useLiteWeights)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > uint64(len(useLiteWeights))/2 {
		t.Errorf("%d bytes are taken to read %d bytes of weights", took, len(useLiteWeights))
	}
	runtime.KeepAlive(encode)
}
