// Package reading measures how much of a text a model knows: what it does not know
// looks all alike to it, so that texts of such would be called the same. It imports
// nothing of ours.
package reading

import "unicode"

// Share is how many characters of a text a model knows. The zero Share is that of
// an empty text.
type Share struct {
	known, all         int // letters and pictures
	otherKnown, others int // what stands between them, such as full stops
}

// Add counts a character.
func (s *Share) Add(r rune, known bool) {
	all, of := &s.all, &s.known
	if !says(r, known) {
		all, of = &s.others, &s.otherKnown
	}
	*all++
	if known {
		*of++
	}
}

// says tells that a text is about such a character. Digits that are known say
// nothing of the language of the text, but those that are not are missed.
func says(r rune, known bool) bool {
	return unicode.In(r, unicode.Letter, unicode.Mark, unicode.So, unicode.Sk) || unicode.IsNumber(r) && !known
}

// Of gives how many characters are known, and of how many: letters and pictures or,
// where there are none of them, whatever there is.
func (s Share) Of() (known, all int) {
	if s.all > 0 {
		return s.known, s.all
	}
	return s.otherKnown, s.others
}

// TooLittle tells that less than a fifth of the text is known: a vector would tell
// nothing of it.
func (s Share) TooLittle() bool {
	known, all := s.Of()
	return 5*known < all
}

// InPart tells that a tenth of the text or more is not known: a word of ten.
func (s Share) InPart() bool {
	known, all := s.Of()
	return known < all && 10*(all-known) >= all
}
