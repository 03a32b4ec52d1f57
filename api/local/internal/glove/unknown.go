package glove

import (
	"fmt"
	"slices"
	"strings"
)

// UnknownWordsError reports a text in which there is no word that the model knows, or
// too little beside those that it does not.
type UnknownWordsError struct {
	// Words are the first few of its words that the model does not know; none when it
	// has only signs.
	Words []string
	// Known is how many of All its words the model knows.
	Known, All int
	// Vocabulary is the number of words that the model knows.
	Vocabulary int
}

func (e *UnknownWordsError) Error() string {
	if len(e.Words) == 0 {
		return "it has no words, only signs"
	}
	return e.says("its")
}

// OfSeveral is the same of several texts with these words.
func (e *UnknownWordsError) OfSeveral() string {
	if len(e.Words) == 0 {
		return "they have no words, only signs"
	}
	return e.says("their")
}

func (e *UnknownWordsError) says(whose string) string {
	quoted := make([]string, len(e.Words))
	for i, w := range e.Words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	if e.Known > 0 {
		return fmt.Sprintf("the model knows only %d of %s %d words (not %s)", e.Known, whose, e.All, strings.Join(quoted, ", "))
	}
	return fmt.Sprintf("none of %s words (%s) is among the %d that the model knows", whose, strings.Join(quoted, ", "), e.Vocabulary)
}

const (
	namedWords = 3  // how many words an error names
	namedRunes = 24 // how much of a long word it shows
)

// noteMissing adds a word that the model does not know, if there is room for it.
func noteMissing(missing []string, word string) []string {
	if len(missing) == namedWords {
		return missing
	}
	if runes := []rune(word[:min(len(word), 4*namedRunes+4)]); len(runes) > namedRunes {
		word = string(runes[:namedRunes]) + "…"
	}
	if slices.Contains(missing, word) {
		return missing
	}
	return append(missing, word)
}
