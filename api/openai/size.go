package openai

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// sizeKind tells how a request was too large.
type sizeKind int

const (
	sizeFits    sizeKind = iota
	sizeTooLong          // too many tokens or bytes, in one text or in all
	sizeTooMany          // too many texts
	sizeUnknown          // nobody knows: smaller requests show whether it is a text, and which
)

// Words by which servers say that a request is too large, in lower case. The list is
// never complete; what it knows saves requests.
var (
	tooManyWords = []string{
		"batch size", "batch_size", "in one batch", "too many inputs", "too many texts", "too many items",
		"number of inputs", "number of texts", "array too long", "array_above_max_length", "list should have at most",
	}
	tooLongWords = []string{
		"context_length_exceeded", "maximum context length", "context length", "context window", "too many tokens",
		"max_tokens_per_request", "tokens per request", "tokens per submitted batch", "too long", "maximum input length", "input length exceeds",
		"must have less than", "request entity too large", "payload too large", "length limit exceeded", "context size", "exceed_context_size",
		"maximum model length",
	}
	// tooLargeForLlama is what llama.cpp says of an over-long text, and of its batch
	// in the same sentence.
	tooLargeForLlama = []string{"too large to process"}
)

// futileWords are of a status of 500 after which the same request fails again: a vector
// of which JSON knows no form.
var futileWords = []string{"unsupported value: nan", "unsupported value: +inf", "unsupported value: -inf"}

// loadingWords are of a status of 503 that passes once a model is loaded.
var loadingWords = []string{"loading", "not ready", "starting"}

// sizeOf tells from a complaint, text being its words, whether the request was too
// large.
func sizeOf(status int, text string, said answer.Complaint) sizeKind {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity, http.StatusFailedDependency, http.StatusInternalServerError:
	default:
		return sizeFits
	}
	switch {
	case containsAny(text, tooLargeForLlama):
		return sizeTooLong
	case containsAny(text, tooManyWords):
		return sizeTooMany
	case status == http.StatusRequestEntityTooLarge || containsAny(text, tooLongWords):
		return sizeTooLong
	case aboutNoText(text, said):
		return sizeFits
	}
	return sizeUnknown
}

// Words of complaints that are about no text, in lower case: what they name is the same
// in every request.
var (
	otherCodes = []string{"model_not_found", "model_not_available", "model_not_allowed", "api_key", "quota", "billing", "limit_exceeded"}
	otherWords = []string{
		"api key", "model not found", "model not exist", "model does not exist", "unknown model", "no such model",
		"dimension", "matryoshka", "encoding_format", "encoding format",
	}
	textParams = []string{"input", "text", "content", "prompt", "query", "message"}
)

// aboutNoText tells whether a complaint says that it is about something else than the
// texts.
func aboutNoText(text string, said answer.Complaint) bool {
	return containsAny(strings.ToLower(said.Code), otherCodes) || containsAny(text, otherWords) || incapableAdvice(text) != "" ||
		said.Param != "" && !containsAny(strings.ToLower(said.Param), textParams)
}

func containsAny(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// Words, in lower case, in which servers tell the most tokens that they read in a text,
// and how many it has.
var (
	limitWords = patterns(
		`current batch size: (\d+)`,
		`max(?:imum)? context (?:size|length|window)[^0-9]{0,20}(\d+)`,
		`(?:available )?context (?:size|length|window)(?: of| is|:| \()+ ?(\d+)`,
		`max(?:imum)? (?:input|sequence|model) length[^0-9]{0,20}(\d+)`,
		`max(?:imum)?[ _](?:input[ _])?tokens?(?: of| is|:| \()+ ?(\d+)`,
	)
	belowWords = patterns(`must have less than (\d+) tokens`) // which is one less
	givenWords = patterns(
		`(?:input|request|prompt|text) \((?:length )?(\d+)(?: tokens)?\)`,
		`given: (\d+)`,
		`(?:requested|resulted in|has|got|contains) (\d+) (?:input )?tokens`,
		`(\d+) tokens in (?:your|the) (?:input|prompt|request)`,
	)
)

// patterns compiles expressions when they are first needed: together they take a
// millisecond, which every start would wait for.
func patterns(expressions ...string) func() []*regexp.Regexp {
	return sync.OnceValue(func() []*regexp.Regexp {
		all := make([]*regexp.Regexp, len(expressions))
		for i, e := range expressions {
			all[i] = regexp.MustCompile(e)
		}
		return all
	})
}

// mostTokens is more than any model reads.
const mostTokens = 100_000_000

// number is the first number that one of the patterns finds; 0 for none.
func number(text string, words func() []*regexp.Regexp) int {
	for _, p := range words() {
		if found := p.FindStringSubmatch(text); found != nil {
			if n, err := strconv.Atoi(found[1]); err == nil && n <= mostTokens {
				return n
			}
		}
	}
	return 0
}

// limitIn finds in a complaint about one text the most tokens that are read of it, and
// how many it has; 0 where that is not told.
func limitIn(text string) (limit, given int) {
	limit, given = number(text, limitWords), number(text, givenWords)
	if below := number(text, belowWords); below > 0 {
		limit = below - 1
	}
	if given > 0 && given <= limit { // then it is not the text that is too long
		return 0, 0
	}
	return limit, given
}
