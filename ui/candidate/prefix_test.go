package candidate

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// A prefix is written so that all of it is seen, and read again as it was.
func TestPrefixesAreWrittenAndReadAgain(t *testing.T) {
	for _, c := range []struct{ prefix, written, shown string }{
		{"", "", "none"},
		{"query: ", "query: ", "“query:␣”"},
		{"  a b  ", "  a b  ", "“␣␣a b␣␣”"},
		{"é and 日本: ", "é and 日本: ", "“é and 日本:␣”"},
		{"a\n\tb\\", `a\n\tb\\`, `“a\n\tb\\”`},
		{`say "it": `, `say "it": `, `“say "it":␣”`},
		{"\x01\u202e", `\x01\u202e`, `“\x01\u202e”`},
	} {
		if got := EscapePrefix(c.prefix); got != c.written {
			t.Errorf("%q is written %s, want %s", c.prefix, got, c.written)
		}
		if got, problem := ReadPrefix(c.written); got != c.prefix || problem != "" {
			t.Errorf("%s is read as %q: %s", c.written, got, problem)
		}
		if got := PrefixWords(c.prefix); got != c.shown {
			t.Errorf("%q is shown as %s, want %s", c.prefix, got, c.shown)
		}
	}
}

func TestPrefixesAreReadAsTheyAreDocumented(t *testing.T) {
	for typed, want := range map[string]string{
		"query: {text}": "query: ", "query: {query}": "query: ", `\xc3\xa9`: "é", `\u00e9`: "é", `\x7f`: "\x7f",
		"Task: {task}": "Task: Given a web search query, retrieve relevant passages that answer the query",
	} {
		if got, problem := ReadPrefix(typed); got != want || problem != "" {
			t.Errorf("%s is read as %q, want %q: %s", typed, got, want, problem)
		}
	}
	for typed, want := range map[string]string{
		`a\`: "after a backslash only n", `\q`: "after a backslash only n", `\xe9`: "a prefix must be UTF-8", "{text} a": "the text always comes last",
		strings.Repeat("a", 2001): "at most 2,000 bytes",
	} {
		if got, problem := ReadPrefix(typed); got != "" || !strings.Contains(problem, want) {
			t.Errorf("%.20s is read as %q: %q, want %q", typed, got, problem, want)
		}
	}
}

func TestHowTextsAreSentIsSaidInEachRole(t *testing.T) {
	for want, m := range map[string]api.Manner{
		"none": {}, "“q:␣”": {Prefix: "q: "}, "input_type = query": {Field: api.Field{Name: "input_type", Value: "query"}},
		`task\n = a and “q:␣”`: {Field: api.Field{Name: "task\n", Value: "a"}, Prefix: "q: "},
	} {
		if got := MannerWords(m); got != want {
			t.Errorf("%+v: %s, want %s", m, got, want)
		}
	}
	if got := RolesWords(api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d:"}}); got != "query “q:␣”, document “d:”, symmetric none" {
		t.Error(got)
	}
}
