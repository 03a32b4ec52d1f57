package lexical

import "unicode"

// Words returns the words of a text in lower case, as BM25 counts them: runs of
// letters and digits; of Chinese, Japanese and Korean every two characters that follow
// each other, or the one that stands alone. There is no stemming, and no word is left
// out.
func Words(text string) []string {
	var words []string
	eachWord(text, func(word []rune) { words = append(words, string(word)) })
	return words
}

// eachWord calls visit with every word, which is lent.
func eachWord(text string, visit func(word []rune)) {
	var word []rune
	var pairs bool
	end := func() {
		switch {
		case len(word) == 0:
			return
		case pairs && len(word) > 1:
			for i := range len(word) - 1 {
				visit(word[i : i+2])
			}
		default:
			visit(word)
		}
		word = word[:0]
	}
	for _, r := range text {
		switch {
		case unicode.IsMark(r) && len(word) > 0:
			// An accent or vowel sign belongs to its letter.
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		default:
			if p := paired(r); p != pairs {
				end()
				pairs = p
			}
		}
		word = append(word, unicode.ToLower(r))
	}
	end()
}

// prolonged lengthens a vowel in Katakana, and belongs to no script of its own.
const prolonged = 'ー'

// paired reports whether a letter is of a script that is written without spaces between
// words, or with few.
func paired(r rune) bool {
	return r >= 0x1100 && (r == prolonged || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}
