package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestAModelWhoseLengthChangedIsForgottenAsTheErrorSays(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts := file(t, "texts.csv", winds)
	s.expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+texts)
	server.FailWhen(apitest.Always(), apitest.OfLength(7))
	more := file(t, "more.csv", winds+"T9,another text,calm\n")
	changed := s.again(t)
	changed.expect(t, ExitFailed, "embed --yes --model nanogpt/BAAI/bge-m3 "+more)
	_, rest, found := strings.Cut(changed.err.String(), "run: vecscope ")
	command, _, _ := strings.Cut(rest, "\n")
	if !found || len(server.Embeddings()) != 2 {
		t.Fatalf("%d requests, said %q", len(server.Embeddings()), changed.err.String())
	}
	if out := s.again(t).expect(t, ExitDone, command); !strings.Contains(out, "Removed 4 vectors") {
		t.Errorf("%s", out)
	}
	last := s.again(t)
	last.expect(t, ExitDone, "embed --yes --model nanogpt/BAAI/bge-m3 "+more)
	last.keepsSecret(t, server.Key)
	changed.keepsSecret(t, server.Key)
}

func TestForgettingNeedsAModel(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	for line, want := range map[string]string{
		"cache prune --model nobody/m":                "there is no provider \"nobody\"",
		"cache prune --model nanogpt/m --unused 24h":  "leave out --unused and --max-size",
		"cache prune --model nanogpt/m --max-size 10": "leave out --unused and --max-size",
	} {
		next := s.again(t)
		if next.expect(t, ExitUsage, line); !strings.Contains(next.err.String(), want) {
			t.Errorf("%s: %q", line, next.err.String())
		}
	}
	unknown := s.again(t)
	if unknown.expect(t, ExitDone, "cache prune --model nanogpt/nope"); !strings.Contains(unknown.err.String(), "nothing was kept of nanogpt/nope, which the catalog does not have") {
		t.Errorf("%q", unknown.err.String())
	}
	next := s.again(t)
	if next.expect(t, ExitFailed, "cache prune --model nanogpt"); !strings.Contains(next.err.String(), "names no model") {
		t.Errorf("%q", next.err.String())
	}
}
