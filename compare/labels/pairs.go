package labels

import (
	"fmt"
	"io"
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

// OpenPairs reads a table, or JSON objects, with the columns a, b and score, from every
// format that corpus.EachRowOf reads. The error is an *Error.
func OpenPairs(path string) ([]Pair, error) {
	return ofPairs().open(path)
}

// ReadPairs reads the same from a stream, which errors call name.
func ReadPairs(r io.Reader, name string, format corpus.Format) ([]Pair, error) {
	return ofPairs().read(r, name, format)
}

func ofPairs() reading[Pair] {
	p := &pairRows{}
	return reading[Pair]{most: MaxPairs, what: "pairs", label: p.pair, end: p.end}
}

// pairRows makes pairs of the rows of one file.
type pairRows struct {
	// graded tells that a score is neither 0 nor 1, and worded is the first that is a
	// word, which is no grade.
	graded bool
	worded *Error
}

func (s *pairRows) pair(r row) (p Pair, ok bool, err error) {
	a, b, score, err := r.sides()
	verdict := verdictIn(score)
	if err != nil || verdict == Unsure {
		return p, false, err
	}
	p = Pair{Place: r.Place, A: a, B: b}
	if verdict != "" {
		p.Score = verdictScores[verdict]
		if s.worded == nil {
			s.worded = r.fail(NotANumber, "score", fmt.Sprintf("%.40q stands among grades, of which it is none", score), "write a grade, or 1 and 0 in all rows")
		}
		return p, true, nil
	}
	if p.Score, ok = number(score); !ok {
		return p, false, r.fail(NotANumber, "score", fmt.Sprintf("%.40q is not a number", score), "write 1 for same, 0 for different, or a grade such as 0.8")
	}
	s.graded = s.graded || p.Score != 0 && p.Score != 1
	return p, true, nil
}

func (s *pairRows) end(name string, pairs []Pair) error {
	switch {
	case len(pairs) == 0:
		return Place{Name: name}.fail(NoLabels, "", "no pair in it is called same or different", "give a score to some")
	case s.graded && s.worded != nil:
		return s.worded
	}
	return nil
}

// sides gives the two texts of a pair and what is said of them.
func (r row) sides() (a, b, score string, err error) {
	var fields [3]string
	for i, known := range [][]string{columnsA, columnsB, columnsScore} {
		name, err := r.need(known...)
		if err != nil {
			return "", "", "", err
		}
		if fields[i] = r.words(name); i == 2 {
			break
		}
		if strings.TrimSpace(fields[i]) == "" {
			return "", "", "", r.fail(NoWords, name, "it names no text", "write the id or the words of one")
		}
		if err := r.short(name, fields[i]); err != nil {
			return "", "", "", err
		}
	}
	return fields[0], fields[1], strings.TrimSpace(fields[2]), nil
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
