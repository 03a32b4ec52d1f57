package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
)

func TestASearchSaysWhichTextsWereReadInPart(t *testing.T) {
	texts := file(t, "long.txt", "north\neast "+strings.Repeat("wind and rain ", 100)+"\n")
	s := newSession(t)
	s.expect(t, ExitDone, "search --query north --models local/use-lite "+texts, withLocal)
	if want := "vecscope: local/use-lite@512 read only the beginning of 1 text (its limit is 128 tokens): 2\n"; s.err.String() != want {
		t.Errorf("it says %q, want %q", s.err.String(), want)
	}
}

func TestAModelSearchesOnceHoweverOftenItIsNamed(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitFailed, "search --json --query east --models local/compass,local/bm25,local/compass@3,local/compass+bm25,local/bm25 "+file(t, "bearings.csv", bearings))
	for id, want := range map[string]int{`"id":"local/compass@3"`: 1, `"id":"local/bm25"`: 1, `"id":"local/compass@3+bm25"`: 1} {
		if n := strings.Count(out, id+`,"cosine"`); n != want {
			t.Errorf("%d rows have %s:\n%s", n, id, out)
		}
	}
}

// Beside what a program reads, standard error says how texts would be sent.
func TestADryRunOfASearchSaysHowTextsAreSent(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "[[provider.models]]\nid = \"BAAI/bge-m3\"\nquery_prefix = \"search_query: \"\n")
	const says = "nanogpt/BAAI/bge-m3: \"search_query: \" goes before every query"
	for flag, want := range map[string][2]int{"": {1, 0}, " --json": {0, 1}} {
		next := s.again(t)
		out := next.expect(t, ExitDone, "search --dry-run"+flag+" --query north --models nanogpt/BAAI/bge-m3 "+file(t, "q.txt", "north\n"))
		if got := [2]int{strings.Count(out, says), strings.Count(next.err.String(), says)}; got != want {
			t.Errorf("--dry-run%s says it %v times, want %v:\n%s%s", flag, got, want, out, next.err.String())
		}
	}
}

// What was said to be cut by what the list tells is not all that was, where the server
// reads less.
func TestWhatIsCutByAServerIsSaidBesideWhatIsCutForIt(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.LlamaCPP, Reads: 128})
	here := func(p *program) { p.places = []registry.Place{{Name: "llamacpp", BaseURLs: []string{server.URL}}} }
	texts := file(t, "texts.txt", "a\n"+strings.Repeat("one two ", 100)+"\n"+strings.Repeat("one two ", 3000)+"\nb\n")
	s := newSession(t)
	s.expect(t, ExitDone, "compare --models llamacpp/nomic-embed-text-v1.5.Q8_0.gguf "+texts, here)
	for _, want := range []string{"tokens, and 1 text is longer (3): only the beginning is sent", "read only the beginning of 2 texts (its limit is 128 tokens): 2, 3"} {
		if strings.Count(s.err.String(), want) != 1 {
			t.Errorf("%q is not said once in\n%s", want, s.err.String())
		}
	}
}
