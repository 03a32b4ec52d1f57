package local

import (
	_ "embed"
	"errors"
	"math"

	"github.com/vecscope/vecscope/api/local/internal/glove"
	"github.com/vecscope/vecscope/api/local/internal/ngrams"
	"github.com/vecscope/vecscope/api/local/internal/uselite"
)

// The packed weights; weights/README.md tells where they come from.
var (
	//go:embed weights/use-lite.pack
	useLiteWeights string
	//go:embed weights/glove.pack
	gloveWeights string
)

// errNoDirection reports a vector whose kept part is zero.
var errNoDirection = errors.New("nothing is left of it after cutting: ask for more dimensions")

func loadUseLite(weights string) (encoder, error) {
	m, err := uselite.Load(weights)
	if err != nil {
		return nil, err
	}
	return func(texts []string, dimensions int) []answer {
		sentences := make([][]int, len(texts))
		answers := make([]answer, len(texts))
		for i, text := range texts {
			s, err := m.Read(text)
			answers[i] = answer{tokens: len(s.IDs), clipped: s.Clipped, inPart: s.Share.InPart(), err: err}
			if err == nil { // those that it cannot read stay without pieces
				sentences[i] = s.IDs
			}
		}
		vectors, err := m.Encode(sentences...)
		for i := range answers {
			if a := &answers[i]; err != nil {
				a.err = err
			} else if a.err == nil {
				a.vector, a.err = shorten(vectors[i], dimensions)
			}
		}
		return answers
	}, nil
}

func loadGlove(weights string) (encoder, error) {
	m, err := glove.Load(weights)
	if err != nil {
		return nil, err
	}
	return oneByOne(func(text string, dimensions int) (a answer) {
		read, err := m.Embed(text)
		a.tokens, a.inPart, a.err = read.Words, read.Share.InPart(), err
		if err == nil {
			a.vector, a.err = shorten(read.Vector, dimensions)
		}
		return a
	}), nil
}

func loadNgrams() (encoder, error) {
	return oneByOne(func(text string, dimensions int) (a answer) {
		a.vector, a.tokens, a.err = ngrams.Embed(text, dimensions)
		return a
	}), nil
}

// oneByOne makes an encoder of a model that gains nothing from several texts.
func oneByOne(embed func(text string, dimensions int) answer) encoder {
	return func(texts []string, dimensions int) []answer {
		answers := make([]answer, len(texts))
		for i, text := range texts {
			answers[i] = embed(text, dimensions)
		}
		return answers
	}
}

// shorten cuts a vector and makes it unit length again.
func shorten(v []float32, dimensions int) ([]float32, error) {
	if dimensions == len(v) {
		return v, nil
	}
	// A copy, because a slice would keep the whole vector in memory.
	short := make([]float32, dimensions)
	copy(short, v)
	var square float64
	for _, x := range short {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return nil, errNoDirection
	}
	factor := 1 / math.Sqrt(square)
	for i, x := range short {
		short[i] = float32(float64(x) * factor)
	}
	return short, nil
}
