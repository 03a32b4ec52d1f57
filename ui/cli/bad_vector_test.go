package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

// The server sees a text at another place than the person: others are kept from
// before, and what comes twice is sent once.
func TestABadVectorIsNamedByItsNumberAmongThePersonsTexts(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.NullVector(), apitest.NotANumber(), apitest.EmptyVector(), apitest.ZeroVector()} {
		server := apitest.New(t, apitest.Options{Quick: true})
		s := withServer(t, server, "")
		const command = "compare --json --yes --models nanogpt/BAAI/bge-m3 "
		s.expect(t, ExitDone, command+file(t, "kept.txt", "east wind\nwest wind\n"))
		server.Fail(fault)
		var doc struct {
			Errors []struct {
				Message string
				Texts   []string
			}
			Texts []any
		}
		again := s.again(t)
		out := again.expect(t, ExitFailed, command+file(t, "all.txt", "east wind\nwest wind\neast wind\nnorth wind\nsouth wind\n"))
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Errors) != 1 || len(doc.Errors[0].Texts) != 1 || !strings.Contains(doc.Errors[0].Message, "text 4") || !strings.Contains(doc.Errors[0].Message, "has no vector") {
			t.Errorf("%s: %+v", fault, doc.Errors)
		}
		if said := again.err.String(); !strings.Contains(said, "text 4") {
			t.Errorf("%s: %q", fault, said)
		}
		// The good ones were kept: only the bad one is asked for again.
		s.again(t).expect(t, ExitDone, command+file(t, "all.txt", "east wind\nwest wind\neast wind\nnorth wind\nsouth wind\n"))
		asked := server.Embeddings()
		if last := asked[len(asked)-1]; len(last.Inputs) != 1 || last.Inputs[0] != "north wind" {
			t.Errorf("%s: asked again for %q", fault, last.Inputs)
		}
	}
}
