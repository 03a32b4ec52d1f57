package apitest

import (
	"sync"
	"unicode/utf8"

	// The codec alone, because the package above it would link the tables of all
	// encodings into the binary.
	"github.com/tiktoken-go/tokenizer/codec"

	"github.com/vecscope/vecscope/api"
)

// longestToken is at least as many bytes as any token of cl100k_base has.
const longestToken = 256

// tokenCounter counts the tokens that a server reports and takes money for. Its
// table is loaded when it is first used.
type tokenCounter struct {
	once  sync.Once
	codec *codec.Codec
}

// count is exact for models with the encoding cl100k_base. The others count four
// characters as a token and add the two that models like BERT put around a text,
// so that they differ from a client's estimate as real servers do.
func (c *tokenCounter) count(m api.Model, text string) int {
	if m.Tokenizer != "cl100k_base" {
		return (utf8.RuneCountInString(text)+3)/4 + 2
	}
	// A text that cannot but be too long is not worth counting.
	if m.MaxTokens > 0 && len(text) > longestToken*m.MaxTokens {
		return len(text) / longestToken
	}
	c.once.Do(func() { c.codec = codec.NewCl100kBase() })
	// The only error would be a match that takes too long, for which no limit is set.
	n, _ := c.codec.Count(text)
	return n
}
