package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// Match is a text that a filter lets through: which one, how well its letters fit,
// and the bytes at which they stand.
type Match struct {
	Index, Score int
	Hits         []int
}

// Gathered finds the texts that have the letters of a word in their order, where
// these belong together: each begins a word or stands next to the one before, as in
// "tes" for text-embedding-3-small, or all lie near each other. Letters from all over
// a long name match by chance.
func Gathered(word string, texts []string) []Match {
	var out []Match
	for _, found := range fuzzy.FindNoSort(word, texts) {
		if gathered(found.Str, found.MatchedIndexes) {
			out = append(out, Match{found.Index, found.Score, found.MatchedIndexes})
		}
	}
	return out
}

func gathered(text string, hits []int) bool {
	together := true
	for i, h := range hits {
		begins := h == 0 || strings.IndexByte("/-_ .,", text[h-1]) >= 0
		next := i > 0 && utf8.RuneCountInString(text[hits[i-1]:h]) == 1
		together = together && (begins || next)
	}
	return together || hits[len(hits)-1]-hits[0] < 2*len(hits)
}

// ranked finds the texts that match a query, the best first: what holds the words as
// they are stands before what merely has their letters.
func ranked(query string, texts []string) []Match {
	found := fuzzy.Find(query, texts)
	slices.SortStableFunc(found, func(a, b fuzzy.Match) int {
		return literally(query, b.Str) - literally(query, a.Str)
	})
	var out []Match
	for _, m := range found {
		if literally(query, m.Str) > 0 || gathered(m.Str, m.MatchedIndexes) {
			out = append(out, Match{m.Index, m.Score, m.MatchedIndexes})
		}
	}
	return out
}

// literally is 2 when the text begins with the query, 1 when it holds it
// somewhere, whatever the case, and 0 otherwise.
func literally(query, text string) int {
	switch at := strings.Index(strings.ToLower(text), strings.ToLower(query)); {
	case at == 0:
		return 2
	case at > 0:
		return 1
	default:
		return 0
	}
}

// IndexFold is the byte at which a word first stands in the text, whatever the case
// of the letters a to z; -1 when it does not.
func IndexFold(text, word string) int { return strings.Index(lowerASCII(text), lowerASCII(word)) }

// lowerASCII leaves all other letters as they are, so that byte positions stay.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// InOrder tells whether the text has the letters in their order, however far apart.
func InOrder(text string, letters []rune) bool {
	for _, r := range letters {
		at := strings.IndexRune(text, r)
		if at < 0 {
			return false
		}
		text = text[at+utf8.RuneLen(r):]
	}
	return true
}

// LetterHits are the bytes at which the letters of a query stand in their order; none
// when they do not.
func LetterHits(text, query string) []int {
	found := fuzzy.Find(strings.Join(strings.Fields(query), ""), []string{text})
	if len(found) == 0 {
		return nil
	}
	return found[0].MatchedIndexes
}

// WordHits are the bytes at which the characters of the words of a query stand,
// wherever these occur, whatever the case; ascending.
func WordHits(text, query string) []int {
	var hits []int
	for _, word := range strings.Fields(query) {
		hits = append(hits, wordHits(text, word)...)
	}
	slices.Sort(hits)
	return slices.Compact(hits)
}

func wordHits(s, word string) []int {
	lower := make([]rune, 0, len(s))
	places := make([]int, 0, len(s))
	for i, r := range s {
		lower, places = append(lower, unicode.ToLower(r)), append(places, i)
	}
	letters := []rune(strings.ToLower(word))
	var hits []int
	for i := 0; i+len(letters) <= len(lower); {
		if !slices.Equal(lower[i:i+len(letters)], letters) {
			i++
			continue
		}
		hits = append(hits, places[i:i+len(letters)]...)
		i += len(letters)
	}
	return hits
}
