package api

import (
	"strings"
	"unicode/utf8"
)

// webSearch is the task that Qwen3's model card names for a search.
const webSearch = "Given a web search query, retrieve relevant passages that answer the query"

// standsForQuery are the words that documentation puts where the query goes.
var standsForQuery = []string{"{text}", "{query}"}

// QueryPrefix makes of a query prefix as it is documented what really goes before
// a query: {task} becomes the task of a web search, and {text} or {query} at the
// end, where the query itself stands, goes away.
func QueryPrefix(documented string) string {
	for _, words := range standsForQuery {
		documented = strings.TrimSuffix(documented, words)
	}
	return strings.ReplaceAll(documented, "{task}", webSearch)
}

// longestPrefix is the most bytes of a query prefix: more than any model is told.
const longestPrefix = 2000

// QueryPrefixProblem says what is wrong with a query prefix as a person wrote it;
// empty when nothing is.
func QueryPrefixProblem(documented string) string {
	switch {
	case len(documented) > longestPrefix:
		return "a prefix has at most 2,000 bytes"
	case !utf8.ValidString(documented):
		return "a prefix must be UTF-8"
	}
	for _, words := range standsForQuery {
		if strings.Contains(strings.TrimSuffix(documented, words), words) {
			return "the text always comes last: leave " + words + " out, or put it at the end"
		}
	}
	return ""
}
