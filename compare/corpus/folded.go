package corpus

import (
	"slices"
	"strings"
)

// Folded are texts in lower case, in which words are found whatever their case.
type Folded struct{ texts, tags []string }

// Fold puts texts into lower case.
func Fold(texts []Text) *Folded {
	f := &Folded{make([]string, len(texts)), make([]string, len(texts))}
	for i, t := range texts {
		f.texts[i], f.tags[i] = strings.ToLower(t.Text), strings.ToLower(t.ID+" "+t.Group)
	}
	return f
}

// With are these texts with others, which are not in lower case yet, in the place of so
// many from index at on; f stays as it is.
func (f *Folded) With(at, gone int, come []Text) *Folded {
	more := Fold(come)
	return &Folded{slices.Concat(f.texts[:at], more.texts, f.texts[at+gone:]), slices.Concat(f.tags[:at], more.tags, f.tags[at+gone:])}
}

// Len is how many texts there are.
func (f *Folded) Len() int { return len(f.texts) }

// Text is text i.
func (f *Folded) Text(i int) string { return f.texts[i] }

// Hold tells whether every one of some words in lower case stands in one of the texts at
// those places, in its id or in its group.
func (f *Folded) Hold(words []string, places ...int) bool {
	for _, word := range words {
		held := false
		for _, i := range places {
			if held = strings.Contains(f.texts[i], word) || strings.Contains(f.tags[i], word); held {
				break
			}
		}
		if !held {
			return false
		}
	}
	return true
}

// Find is the byte of text i at which the first of some words in lower case that it has
// stands; -1 when it has none.
func (f *Folded) Find(words []string, i int) int {
	for _, word := range words {
		if at := strings.Index(f.texts[i], word); at >= 0 {
			return at
		}
	}
	return -1
}
