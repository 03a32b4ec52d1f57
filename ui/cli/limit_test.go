package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
)

// A llama-server reads no more of a text than its batch holds, and its list says more.
func TestWhatAServerReallyReadsIsWhatIsSaid(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.LlamaCPP, Reads: 128})
	here := func(p *program) { p.places = []registry.Place{{Name: "llamacpp", BaseURLs: []string{server.URL}}} }
	texts := file(t, "texts.txt", "a\n"+strings.Repeat("one two ", 100)+"\nb\n")
	for _, command := range []string{"embed --model ", "compare --models "} {
		s := newSession(t)
		s.expect(t, ExitDone, command+"llamacpp/nomic-embed-text-v1.5.Q8_0.gguf "+texts, here)
		if said := s.err.String(); !strings.Contains(said, "read only the beginning of 1 text (its limit is 128 tokens): 2") {
			t.Errorf("%s%q", command, said)
		}
	}
}
