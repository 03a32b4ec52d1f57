// Package glove averages GloVe word vectors (Pennington, Socher, Manning, 2014)
// with smooth inverse frequency weights (Arora, Liang, Ma, "A Simple but
// Tough-to-Beat Baseline for Sentence Embeddings", 2017). It knows words only:
// neither their order nor their sense in the sentence. It may import pack,
// reading, compare/kernel and golang.org/x/text.
package glove

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/vecscope/vecscope/api/local/internal/pack"
	"github.com/vecscope/vecscope/api/local/internal/reading"
	"github.com/vecscope/vecscope/compare/kernel"
)

// Model holds the vectors of the most frequent words. It is not changed by use
// and may be used by several goroutines at once.
type Model struct {
	ranks   map[string]int
	vectors pack.Table
	common  []float32 // what all words share, taken out of every text
}

// Pack writes words in the order of their frequency, and their vectors.
func Pack(words []string, vectors kernel.RowReader) ([]byte, error) {
	out := pack.NewWriter()
	out.Strings("words", words)
	out.Table("vectors", vectors)
	return out.Bytes()
}

// Load makes a model of a packed file, sharing its memory.
func Load(data string) (*Model, error) {
	in, err := pack.Open(data)
	if err != nil {
		return nil, err
	}
	words, vectors := in.Strings("words"), in.Table("vectors")
	if err := in.Err(); err != nil {
		return nil, err
	}
	if rows, cols := vectors.Shape(); rows == 0 || cols == 0 || rows != len(words) {
		return nil, fmt.Errorf("%d words have %d vectors of %d values", len(words), rows, cols)
	}
	m := &Model{ranks: make(map[string]int, len(words)), vectors: vectors}
	for rank, word := range words {
		m.ranks[word] = rank
	}
	m.common = m.weightedMean()
	return m, nil
}

// Dimensions is the length of the vectors.
func (m *Model) Dimensions() int {
	_, cols := m.vectors.Shape()
	return cols
}

// Answer is what the model makes of a text.
type Answer struct {
	// Vector has unit length; nil with an error.
	Vector []float32
	// Words is the number of words in the text, known or not.
	Words int
	// Share is how much of them the model knows.
	Share reading.Share
}

// Embed gives the text's vector. A text of whose words the model knows next to none
// is an *UnknownWordsError.
func (m *Model) Embed(text string) (Answer, error) {
	sum := make([]float32, m.Dimensions())
	var a Answer
	var total float32
	unknown := UnknownWordsError{Vocabulary: len(m.ranks)}
	for word := range wordsOf(text) {
		a.Words++
		rank, ok := m.ranks[word]
		for _, r := range word {
			a.Share.Add(r, ok)
		}
		if !ok {
			unknown.Words = noteMissing(unknown.Words, word)
			continue
		}
		unknown.Known++
		w := weight(rank)
		total += w
		m.vectors.AddRow(rank, w, sum)
	}
	if total == 0 || a.Share.TooLittle() {
		unknown.All = a.Words
		return a, &unknown
	}
	for i := range sum {
		sum[i] = sum[i]/total - m.common[i]
	}
	if !normalise(sum) {
		return a, errors.New("its words say no more than the average of all words")
	}
	a.Vector = sum
	return a, nil
}

// frequency estimates how often the word of that rank (from 0) occurs, up to a
// constant, by Zipf's law in Mandelbrot's form.
func frequency(rank int) float64 { return 1 / (float64(rank) + 2.7) }

// weight is a/(a+p) with the probability p of the word: rare words count more.
func weight(rank int) float32 {
	const a, scale = 1e-3, 0.08
	return float32(a / (a + scale*frequency(rank)))
}

// weightedMean is the vector expected of an average text.
func (m *Model) weightedMean() []float32 {
	mean := make([]float32, m.Dimensions())
	var total float64
	rows, _ := m.vectors.Shape()
	for rank := range rows {
		w := frequency(rank) * float64(weight(rank))
		total += w
		m.vectors.AddRow(rank, float32(w), mean)
	}
	for i := range mean {
		mean[i] /= float32(total)
	}
	return mean
}

// wordsOf gives the words of a text as the vocabulary spells them: lower case,
// cut at everything but letters, their marks, digits and apostrophes, without a
// possessive 's.
func wordsOf(text string) func(yield func(string) bool) {
	text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(text, betweenWords) {
			word = strings.TrimSuffix(strings.Trim(word, "'"), "'s")
			if word != "" && !yield(word) {
				return
			}
		}
	}
}

func betweenWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\''
}

func normalise(v []float32) bool {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return false
	}
	factor := float32(1 / math.Sqrt(square))
	for i := range v {
		v[i] *= factor
	}
	return true
}
