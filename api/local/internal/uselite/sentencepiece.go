package uselite

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/vecscope/vecscope/api/local/internal/reading"
)

// Piece is an entry of the vocabulary; its place in the list is its id.
type Piece struct {
	Text string
	// Score is the logarithm of the piece's probability.
	Score float32
}

const (
	// MaxPieces is the longest sentence that the model reads; the rest is cut off.
	MaxPieces = 128
	// special is the number of ids at the front that no text matches.
	special = 6
	// unknown is the id of everything that no piece covers.
	unknown = 0
	// unknownScore is what leaving one character to the unknown costs.
	unknownScore = -30
	// boundary marks the start of a word inside pieces.
	boundary = "\u2581"
	// maxBytes bounds the work on one text. 128 pieces are rarely more than a
	// kilobyte, so only long runs of unknown characters reach it.
	maxBytes = 64 << 10
)

// Sentence is a text as the model reads it.
type Sentence struct {
	// IDs are those of its pieces, at most MaxPieces; none when it is only white space.
	IDs []int
	// Clipped tells that it has more pieces than that, which are not read.
	Clipped bool
	// Share is how much of what is read the model knows.
	Share reading.Share
}

// tokenizer splits text into pieces by the unigram language model of
// SentencePiece (Kudo, "Subword Regularization", 2018).
type tokenizer struct {
	ids     map[string]int
	scores  []float32
	longest int // bytes of the longest piece
}

func newTokenizer(pieces []Piece) *tokenizer {
	t := &tokenizer{ids: make(map[string]int, len(pieces)), scores: make([]float32, len(pieces))}
	for i, p := range pieces {
		t.scores[i] = p.Score
		if i < special {
			continue
		}
		t.ids[p.Text] = i
		t.longest = max(t.longest, len(p.Text))
	}
	return t
}

// tokenize reads the first MaxPieces pieces of the text. Pieces never reach
// over a space, so the most probable split of the text is that of each of its
// words.
func (t *tokenizer) tokenize(text string) Sentence {
	text = strings.TrimSpace(text)
	begin := clip(text)
	s := Sentence{Clipped: len(begin) < len(text)}
	text = norm.NFKC.String(strings.ToValidUTF8(begin, "\uFFFD"))
	begin = clip(text)
	s.Clipped = s.Clipped || len(begin) < len(text)
	// Runs of white space count as one space, as they did in training.
	for word := range strings.FieldsSeq(begin) {
		if len(s.IDs) == MaxPieces {
			s.Clipped = true
			break
		}
		t.appendWord(&s, boundary+word)
		if len(s.IDs) > MaxPieces {
			s.IDs, s.Clipped = s.IDs[:MaxPieces], true
			break
		}
	}
	return s
}

// clip cuts the text at maxBytes, between characters.
func clip(text string) string {
	if len(text) <= maxBytes {
		return text
	}
	end := maxBytes
	for end > maxBytes-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// step is the best way to reach a byte of a word: the last piece, where it
// began, and the score of the whole way.
type step struct {
	score float64
	from  int
	id    int
}

// appendWord adds the most probable split of the word (Viterbi).
func (t *tokenizer) appendWord(s *Sentence, word string) {
	best := make([]step, len(word)+1)
	for i := range best[1:] {
		best[i+1].score = math.Inf(-1)
	}
	for i, r := range word {
		t.extend(best, word, i)
		// A character alone is always possible, so every way goes on.
		reach(best, i, i+utf8.RuneLen(r), unknown, unknownScore)
	}
	start := len(s.IDs)
	for end := len(word); end > 0; end = best[end].from {
		s.IDs = append(s.IDs, best[end].id)
		count(&s.Share, word[best[end].from:end], best[end].id)
	}
	slices.Reverse(s.IDs[start:])
	s.IDs = mergeUnknown(s.IDs, start)
}

// count adds the characters of a piece. Of scripts other than the Latin one the
// vocabulary has a few single letters, which say no more than an unknown one.
func count(s *reading.Share, piece string, id int) {
	for _, r := range strings.TrimPrefix(piece, boundary) {
		s.Add(r, id != unknown && unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited))
	}
}

// extend tries every piece that begins at byte i of the word.
func (t *tokenizer) extend(best []step, word string, i int) {
	for end := i + 1; end <= min(len(word), i+t.longest); end++ {
		if id, ok := t.ids[word[i:end]]; ok {
			reach(best, i, end, id, float64(t.scores[id]))
		}
	}
}

// reach keeps the way over [from, to) when it is better than the one known.
func reach(best []step, from, to, id int, score float64) {
	if total := best[from].score + score; total > best[to].score {
		best[to] = step{score: total, from: from, id: id}
	}
}

// mergeUnknown makes one id of consecutive unknown ones from start on.
func mergeUnknown(ids []int, start int) []int {
	kept := ids[:start]
	for _, id := range ids[start:] {
		if id == unknown && len(kept) > start && kept[len(kept)-1] == unknown {
			continue
		}
		kept = append(kept, id)
	}
	return kept
}
