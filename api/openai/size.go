package openai

import (
	"net/http"
	"strings"

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
		"must have less than", "request entity too large", "payload too large", "context size", "exceed_context_size",
	}
	// tooLargeForLlama is what llama.cpp says of an over-long text, and of its batch
	// in the same sentence.
	tooLargeForLlama = []string{"too large to process"}
)

// futileWords are of a status of 500 after which the same request fails again: a vector
// of which JSON knows no form.
var futileWords = []string{"unsupported value: nan", "unsupported value: +inf", "unsupported value: -inf"}

// sizeOf tells from a complaint, text being its words, whether the request was too
// large.
func sizeOf(status int, text string, said answer.Complaint) sizeKind {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity, http.StatusInternalServerError:
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
	return containsAny(strings.ToLower(said.Code), otherCodes) || containsAny(text, otherWords) ||
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
