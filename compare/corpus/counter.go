package corpus

import (
	"strings"
	"sync"
	"unicode"

	// The codec alone, because the package above it would link the tables of all
	// encodings into the binary.
	"github.com/tiktoken-go/tokenizer/codec"
)

// maxBlank is the longest run of white space handed to the tokenizer in one
// piece, in characters: its time grows with the square of that length. Splitting
// a longer run may count a token more than the encoding would.
const maxBlank = 1024

// Counter counts tokens in the cl100k_base encoding: exact for OpenAI's embedding
// models, an estimate for others. Its table is loaded when it is first used,
// which takes about ten milliseconds. It is safe for concurrent use.
type Counter struct {
	once  sync.Once
	codec *codec.Codec
}

// NewCounter makes a counter, without loading anything yet.
func NewCounter() *Counter { return &Counter{} }

// deleted is the one character that the encoder passes over; servers count it.
const deleted = "\x7f"

// Count gives the number of tokens of a text. Its time is proportional to the
// length: under 0.1 s for 100,000 characters of any kind.
func (c *Counter) Count(text string) (tokens int) {
	c.once.Do(func() { c.codec = codec.NewCl100kBase() })
	for len(text) > 0 {
		end := blankEnd(text)
		// The only error would be a match that takes too long, for which no limit is set.
		n, _ := c.codec.Count(text[:end])
		tokens += n + strings.Count(text[:end], deleted)
		text = text[end:]
	}
	return tokens
}

// blankEnd tells where to cut before a run of white space gets too long; the end
// of the text when none does.
func blankEnd(text string) int {
	blank := 0
	for i, r := range text {
		if !unicode.IsSpace(r) {
			blank = 0
			continue
		}
		if blank == maxBlank {
			return i
		}
		blank++
	}
	return len(text)
}
