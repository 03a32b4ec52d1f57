package lexical

import "unicode"

// Words returns the words of a text in lower case, as BM25 counts them: runs of
// letters and digits; of Chinese, Japanese and Korean every two characters that follow
// each other, or the one that stands alone. There is no stemming, and no word is left
// out.
func Words(text string) []string {
	var words []string
	eachWord(text, func(word []rune, _, _ int) { words = append(words, string(word)) })
	return words
}

// Place is a word of a text and where it stands: the bytes From up to, not including, To.
type Place struct {
	Word     string
	From, To int
}

// Places returns the words of [Words] with where they stand, in order. Pairs of
// characters that follow each other overlap.
func Places(text string) []Place {
	var places []Place
	eachWord(text, func(word []rune, from, to int) { places = append(places, Place{string(word), from, to}) })
	return places
}

// eachWord calls visit with every word, which is lent, and the bytes that it begins and
// ends at.
func eachWord(text string, visit func(word []rune, from, to int)) {
	var word []rune
	// Of every character of word, which is a letter or digit with its marks, the byte and
	// the rune of word that it begins at.
	var starts, runes []int
	var pairs bool
	end := func(at int) {
		n := len(starts)
		switch {
		case n == 0:
			return
		case pairs && n > 1:
			starts, runes = append(starts, at), append(runes, len(word))
			for i := range n - 1 {
				visit(word[runes[i]:runes[i+2]], starts[i], starts[i+2])
			}
		default:
			visit(word, starts[0], at)
		}
		word, starts, runes = word[:0], starts[:0], runes[:0]
	}
	for at, r := range text {
		switch {
		case unicode.IsMark(r) && len(word) > 0:
			// An accent or vowel sign belongs to its letter.
			word = append(word, unicode.ToLower(r))
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end(at)
			continue
		default:
			if p := paired(r); p != pairs {
				end(at)
				pairs = p
			}
		}
		starts, runes = append(starts, at), append(runes, len(word))
		word = append(word, unicode.ToLower(r))
	}
	end(len(text))
}

// prolonged lengthens a vowel in Katakana, and belongs to no script of its own.
const prolonged = 'ー'

// paired reports whether a letter is of a script that is written without spaces between
// words, or with few.
func paired(r rune) bool {
	return r >= 0x1100 && (r == prolonged || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}
