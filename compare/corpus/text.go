// Package corpus is what a person brings to a comparison: texts read from files
// and streams, the built-in sets to begin with, the editable list of them with
// undo, and the count of their tokens. It imports no other package of ours.
package corpus

import "strconv"

// Limits on what is taken in. They are far above what can be looked at, and far
// below what would exhaust memory.
const (
	// MaxFileSize is the largest file or stream read, in bytes.
	MaxFileSize = 256 << 20
	// MaxTexts is the largest number of texts compared at once.
	MaxTexts = 100_000
	// MaxTextLength is the length of the longest text, in characters.
	MaxTextLength = 100_000
)

// Text is one thing to embed.
type Text struct {
	// ID names the text in files and results; empty when it was given none.
	ID string
	// Text is what is embedded, as it was written.
	Text string
	// Group tells which texts belong together; empty when it was given none.
	Group string
	// Lang is the language that it is written in, such as "en"; empty when it was
	// given none.
	Lang string
}

// Label is the text's ID or, when it has none, its number in the corpus: i is
// its index, from 0.
func (t Text) Label(i int) string {
	if t.ID != "" {
		return t.ID
	}
	return strconv.Itoa(i + 1)
}
