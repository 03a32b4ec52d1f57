package search

import "github.com/vecscope/vecscope/compare/lexical"

// Shared is what a text has of the words of a query, as BM25 counts them.
type Shared struct {
	// Words are the different words of the query that the text has, in the order of the
	// text.
	Words []string
	// Marks are where they stand in the text, in order, none within or next to another.
	Marks []Span
}

// Span is the bytes From up to, not including, To of a text.
type Span struct{ From, To int }

// Any reports whether the text has any word of the query.
func (s Shared) Any() bool { return len(s.Words) > 0 }

// InCommon gives the words that a query and a text have in common.
func InCommon(query, text string) Shared {
	asked := map[string]bool{}
	for _, word := range lexical.Words(query) {
		asked[word] = true
	}
	var s Shared
	for _, w := range lexical.Places(text) {
		waits, known := asked[w.Word]
		if !known {
			continue
		}
		if waits {
			asked[w.Word] = false
			s.Words = append(s.Words, w.Word)
		}
		if n := len(s.Marks); n > 0 && w.From <= s.Marks[n-1].To {
			s.Marks[n-1].To = w.To // pairs of characters overlap
		} else {
			s.Marks = append(s.Marks, Span{w.From, w.To})
		}
	}
	return s
}
