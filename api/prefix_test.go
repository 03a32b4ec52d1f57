package api

import (
	"strings"
	"testing"
)

func TestADocumentedPrefixBecomesWhatIsSent(t *testing.T) {
	cases := map[string]string{
		"":        "",
		"query: ": "query: ",
		"Represent this sentence for searching relevant passages: ":  "Represent this sentence for searching relevant passages: ",
		"Instruct: {task}\nQuery:{text}":                             "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
		"Instruct: {task}\nQuery:":                                   "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
		"search_query: {query}":                                      "search_query: ",
		"Instruct: Find questions with the same meaning.\nQuery: \t": "Instruct: Find questions with the same meaning.\nQuery: \t",
	}
	for documented, want := range cases {
		if got := QueryPrefix(documented); got != want {
			t.Errorf("%q becomes %q, want %q", documented, got, want)
		}
	}
}

func TestNothingComesAfterAQuery(t *testing.T) {
	for prefix, fine := range map[string]bool{
		"": true, "query: ": true, "query: {text}": true, "{task}: {query}": true,
		"query: {text}!": false, "{query} and so on": false,
		"\xff": false, strings.Repeat("x", 2001): false, strings.Repeat("x", 2000): true,
	} {
		if why := QueryPrefixProblem(prefix); (why == "") != fine {
			t.Errorf("%q: %q", prefix, why)
		}
	}
}
