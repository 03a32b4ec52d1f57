package widget

import (
	"strings"
	"unicode/utf8"
)

// Gathered tells whether the letters hit belong together: each begins a word or
// stands next to the one before, as in "tes" for text-embedding-3-small, or all
// lie near each other. Letters from all over a long name match by chance.
func Gathered(text string, hits []int) bool {
	together := true
	for i, h := range hits {
		begins := h == 0 || strings.IndexByte("/-_ .,", text[h-1]) >= 0
		next := i > 0 && utf8.RuneCountInString(text[hits[i-1]:h]) == 1
		together = together && (begins || next)
	}
	return together || hits[len(hits)-1]-hits[0] < 2*len(hits)
}

// LowerASCII leaves all other letters as they are, so that byte positions stay.
func LowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
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
