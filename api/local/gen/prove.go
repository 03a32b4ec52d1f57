package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

const (
	// referenceVectors were made by another implementation of the same model.
	referenceVectors = "testdata/use-lite-vectors.json"
	// floatError is how far a value of the float32 model may be from the reference.
	floatError = 1e-5
	// packedCosine is what the 8-bit model must reach with it.
	packedCosine = 0.999
)

// proveUseLite compares the vectors of the float32 weights and of the packed
// ones with the reference; nothing is written when either is too far off.
func proveUseLite(float *uselite.Weights, packed string) error {
	data, err := os.ReadFile(referenceVectors)
	if err != nil {
		return fmt.Errorf("read the reference vectors: %w", err)
	}
	var reference struct {
		Sentences []struct {
			Text   string    `json:"text"`
			Vector []float32 `json:"vector"`
		} `json:"sentences"`
	}
	if err := json.Unmarshal(data, &reference); err != nil {
		return fmt.Errorf("read the reference vectors: %w", err)
	}
	exact, err := uselite.New(float)
	if err != nil {
		return fmt.Errorf("float32: %w", err)
	}
	small, err := uselite.Load(packed)
	if err != nil {
		return fmt.Errorf("packed: %w", err)
	}
	farthest, lowest := 0.0, 1.0
	for _, s := range reference.Sentences {
		ofExact, err := exact.Encode(exact.Tokenize(s.Text))
		if err != nil {
			return fmt.Errorf("float32: %w", err)
		}
		ofSmall, err := small.Encode(small.Tokenize(s.Text))
		if err != nil {
			return fmt.Errorf("packed: %w", err)
		}
		farthest = max(farthest, distance(ofExact[0], s.Vector))
		lowest = min(lowest, cosine(ofSmall[0], s.Vector))
	}
	fmt.Printf("use-lite: %d reference vectors; float32 within %.1e (at most %.0e), packed cosine at least %.6f (at least %.3f)\n",
		len(reference.Sentences), farthest, floatError, lowest, packedCosine)
	if len(reference.Sentences) == 0 || !(farthest <= floatError) || !(lowest >= packedCosine) {
		return errors.New("the vectors are not those of the reference; nothing is written")
	}
	return nil
}

// distance is the largest difference between two vectors in any place.
func distance(a, b []float32) float64 {
	var most float64
	for i, v := range a {
		d := float64(v) - float64(b[i])
		most = max(most, d, -d)
	}
	return most
}

// cosine of two vectors of any length.
func cosine(a, b []float32) float64 { return dot(a, b) / math.Sqrt(dot(a, a)*dot(b, b)) }

func dot(a, b []float32) float64 {
	var sum float64
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}
