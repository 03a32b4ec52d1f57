package pair

import (
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text; Changed tells that the other text lacks it.
type Span struct {
	Text    string
	Changed bool
}

// diffSteps bounds the work of finding what two texts have in common: 2,000 words
// against 2,000 with nothing in common. What is left of longer ones is marked as a
// whole.
const diffSteps = 2000 * 2000

// compareWords marks what differs between two texts, word by word and
// case-sensitive; punctuation marks and the characters of scripts without
// spaces are words of their own. The spans of a, put together, are a; those of
// b are b. Where texts of many words differ in too many of them, only their common
// beginning and end stay unmarked: the work grows with their length, not its square.
// shared is the share of all words that stand in both.
func compareWords(a, b string) (as, bs []Span, shared float64) {
	wa, wb := splitWords(a), splitWords(b)
	keptA, keptB := commonWords(wa, wb)
	common := 0
	for _, partner := range keptA {
		if partner != unmatched {
			common++
		}
	}
	return spans(a, wa, keptA, wb, b), spans(b, wb, keptB, wa, a), 2 * float64(common) / max(float64(len(wa)+len(wb)), 1)
}

// leastShared is the share of words that two texts must have in common for the others to
// be marked: where most differ, marks on nearly every word say nothing.
const leastShared = 0.5

// markWords is compareWords, with nothing marked where two texts share too little.
func markWords(a, b string) (as, bs []Span) {
	as, bs, shared := compareWords(a, b)
	if shared <= leastShared {
		return unmarked(a), unmarked(b)
	}
	return as, bs
}

// unmarked is a text as one span; none of an empty one.
func unmarked(text string) []Span {
	if text == "" {
		return nil
	}
	return []Span{{Text: text}}
}

// word is a part of a text between from and to, in bytes.
type word struct {
	text     string
	from, to int
}

func splitWords(s string) []word {
	var words []word
	start := -1
	end := func(at int) {
		if start >= 0 {
			words = append(words, word{s[start:at], start, at})
			start = -1
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			end(i)
		case unicode.IsMark(r) && start < 0 && len(words) > 0 && words[len(words)-1].to == i:
			last := &words[len(words)-1]
			last.to += n
			last.text = s[last.from:last.to]
		case standsAlone(r):
			end(i)
			start = i
			end(i + n)
		case start < 0:
			start = i
		}
		i += n
	}
	end(len(s))
	return words
}

func standsAlone(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
		return !unicode.IsMark(r)
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// unmatched is the partner of a word that the other text lacks.
const unmatched = -1

// commonWords pairs the words of a longest common subsequence: for each word
// the index of its partner in the other text, or unmatched.
func commonWords(a, b []word) (inB, inA []int) {
	inB, inA = make([]int, len(a)), make([]int, len(b))
	for i := range inB {
		inB[i] = unmatched
	}
	for j := range inA {
		inA[j] = unmatched
	}
	match := func(i, j int) { inB[i], inA[j] = j, i }
	first := 0
	for first < len(a) && first < len(b) && a[first].text == b[first].text {
		match(first, first)
		first++
	}
	endA, endB := len(a), len(b)
	for endA > first && endB > first && a[endA-1].text == b[endB-1].text {
		endA--
		endB--
		match(endA, endB)
	}
	restA, restB := numbered(a[first:endA], b[first:endB])
	matched := func(i, j int) { match(first+i, first+j) }
	if len(restA)*len(restB) <= diffSteps {
		matchLongest(restA, restB, matched)
	} else {
		matchNearby(restA, restB, diffSteps, matched)
	}
	return inB, inA
}

// numbered are the words of two texts as numbers, the same for the same word, so that
// words are compared at one price however long they are.
func numbered(a, b []word) (as, bs []int32) {
	known := map[string]int32{}
	number := func(words []word) []int32 {
		numbers := make([]int32, len(words))
		for i, w := range words {
			n, ok := known[w.text]
			if !ok {
				n = int32(len(known))
				known[w.text] = n
			}
			numbers[i] = n
		}
		return numbers
	}
	return number(a), number(b)
}

// matchLongest calls match for the pairs of a longest common subsequence,
// preferring early words.
func matchLongest(a, b []int32, match func(i, j int)) {
	cols := len(b) + 1
	length := make([]uint16, (len(a)+1)*cols) // of the rests from i and from j
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*cols+j] = length[(i+1)*cols+j+1] + 1
			} else {
				length[i*cols+j] = max(length[(i+1)*cols+j], length[i*cols+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			match(i, j)
			i++
			j++
		case length[(i+1)*cols+j] > length[i*cols+j+1]:
			i++
		default:
			j++
		}
	}
}

// spans divides text into marked and unmarked parts. The space between two
// words is marked when both are, or when it alone differs.
func spans(text string, words []word, partner []int, others []word, other string) []Span {
	var out []Span
	begun := 0 // where the last span begins
	add := func(from, to int, changed bool) {
		switch {
		case from == to:
		case len(out) > 0 && out[len(out)-1].Changed == changed:
			out[len(out)-1].Text = text[begun:to]
		default:
			out, begun = append(out, Span{text[from:to], changed}), from
		}
	}
	at := 0
	for i, w := range words {
		if i > 0 {
			add(at, w.from, spaceChanged(text[at:w.from], partner[i-1], partner[i], others, other))
		} else {
			add(at, w.from, false)
		}
		add(w.from, w.to, partner[i] == unmatched)
		at = w.to
	}
	add(at, len(text), false)
	return out
}

// spaceChanged tells whether the space between two words is marked; left and
// right are their partners among the words of the other text.
func spaceChanged(space string, left, right int, others []word, other string) bool {
	switch {
	case left == unmatched || right == unmatched:
		return left == right
	case left+1 == right:
		return space != other[others[left].to:others[right].from]
	}
	return false
}
