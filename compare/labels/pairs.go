package labels

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
)

// MaxPairs is the most labelled pairs of a file.
const MaxPairs = 20_000

// Pair is two texts and how similar a person calls them. Scores that are all 0 or 1
// mean different and same; any others are grades.
type Pair struct {
	Place
	// A and B name the texts, each by its id or by its words.
	A, B  string
	Score float64
}

// The names that the columns of pairs go by, the first as it is documented.
var (
	columnsA     = []string{"a", "text1", "text_a", "sentence1", "question1"}
	columnsB     = []string{"b", "text2", "text_b", "sentence2", "question2"}
	columnsScore = []string{"score", "label", "similarity", "is_duplicate"}
)

// OpenPairs reads a .csv, .tsv or .jsonl file with the columns a, b and score. The
// error is an *Error.
func OpenPairs(path string) ([]Pair, error) {
	t, err := openTable(path)
	if err != nil {
		return nil, err
	}
	return t.pairs()
}

// ReadPairs reads the same from a stream, which errors call name.
func ReadPairs(r io.Reader, name string, format corpus.Format) ([]Pair, error) {
	t, err := readTable(r, name, format)
	if err != nil {
		return nil, err
	}
	return t.pairs()
}

func (t *table) pairs() ([]Pair, error) {
	var pairs []Pair
	err := t.eachPair(func(r row, a, b, score string) error {
		number, known := verdictScores[Verdict(strings.ToLower(score))]
		switch x, err := strconv.ParseFloat(score, 64); {
		case Verdict(strings.ToLower(score)) == Unsure:
			return nil
		case !known && (err != nil || math.IsNaN(x) || math.IsInf(x, 0)):
			return r.fail(NotANumber, "score", fmt.Sprintf("%.40q is not a number", score), "write 1 for same, 0 for different, or a grade")
		case !known:
			number = x
		}
		if len(pairs) == MaxPairs {
			return r.fail(TooMany, "", fmt.Sprintf("there are more than %d pairs", MaxPairs), "take a part of them")
		}
		pairs = append(pairs, Pair{r.Place, a, b, number})
		return nil
	})
	if err == nil && len(pairs) == 0 {
		err = t.fail(NoLabels, "", "no pair in it is called same or different", "give a score to some")
	}
	return pairs, err
}

// eachPair hands out the fields of every pair.
func (t *table) eachPair(take func(r row, a, b, score string) error) error {
	var names [3]string
	for i, known := range [][]string{columnsA, columnsB, columnsScore} {
		name, err := t.need(known...)
		if err != nil {
			return err
		}
		names[i] = name
	}
	for _, r := range t.rows {
		a, b := r.words(names[0]), r.words(names[1])
		for i, text := range []string{a, b} {
			if strings.TrimSpace(text) == "" {
				return r.fail(NoWords, names[i], "it names no text", "write the id or the words of one")
			}
		}
		if err := take(r, a, b, r.get(names[2])); err != nil {
			return err
		}
	}
	return nil
}

// TextsOf lists the texts of pairs that name them by their words, each once, in the
// order in which they are named: what there is to embed when no other texts are given.
func TextsOf(pairs []Pair) []corpus.Text {
	seen := map[string]bool{}
	var texts []corpus.Text
	for _, p := range pairs {
		for _, words := range []string{p.A, p.B} {
			if !seen[words] {
				seen[words] = true
				texts = append(texts, corpus.Text{Text: words})
			}
		}
	}
	return texts
}
