package cli

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/compare/corpus"
)

// Blanks around the name of a model are no part of it, and naming none is a mistake.
func TestModelsAreNamedWithBlanksOrNotAtAll(t *testing.T) {
	texts := file(t, "texts.csv", "text\neast\nnorth\n")
	for models, want := range map[string]struct {
		code int
		said string
	}{
		" dead/foo , local/compass ": {ExitFailed, "dead/foo: nothing answers"}, "": {ExitUsage, "--models names no model: write provider/model, such as local/use-lite; see vecscope compare --help\n"},
		" local/bm25": {ExitUsage, "local/bm25 searches by words and has no vectors: it takes part in search, and in evaluate where there are queries"}, " local/compass+bm25 ": {ExitUsage, "local/compass+bm25 searches by words"},
		"local/compass,local/mirror , local/compass@3": {ExitDone, "local/compass@3 is named twice: it is taken once\n"},
	} {
		s := withDeadServer(t)
		if code := s.run(t.Context(), []string{"compare", "--models", models, texts}); code != want.code || !strings.HasPrefix(s.err.String(), "vecscope: "+want.said) {
			t.Errorf("%q: exit code %d, %q", models, code, s.err.String())
		}
	}
}

// What was tried for a model that no list has is said, and what else can be.
func TestAModelThatNoListHasIsSaidNotToBeThere(t *testing.T) {
	server := speaking(t, apitest.Generic)
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'own'\nbase_url = '"+server.URL+"'\nfree = true\n")
	s.expect(t, ExitDone, "models --refresh --provider own")
	like := server.Models()[0].ID
	for ref, want := range map[string]string{
		"own/nothing-like-it": "; --unlisted asks own for it all the same", "own/" + like + "s": "? --unlisted asks own for it all the same", "nobody/m": "there is no model nobody/m",
	} {
		next := s.again(t)
		if next.expect(t, ExitUsage, "compare --models "+ref+" "+file(t, "texts.csv", three)); !strings.Contains(next.err.String(), want) || strings.Contains(next.err.String(), "read again") {
			t.Errorf("%s: %q", ref, next.err.String())
		}
	}
	server.Close()
	gone := s.again(t)
	if gone.expect(t, ExitUsage, "compare --models own/nothing-like-it "+file(t, "texts.csv", three)); !strings.Contains(gone.err.String(), " (its list could not be read again: own: nothing answers") {
		t.Errorf("%q", gone.err.String())
	}
}

func TestWhatIsKeptOfAModelThatNoListHasIsForgotten(t *testing.T) {
	hidden := api.Model{ID: "secret-one", Name: "secret-one", Kind: api.KindEmbedding, Dimensions: 8}
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.LlamaCPP, Models: []api.Model{hidden}})
	server.FailWhen(apitest.To("/models"), apitest.WrongList())
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'own'\nbase_url = '"+server.URL+"'\nfree = true\n")
	s.expect(t, ExitDone, "embed --unlisted --model own/secret-one "+file(t, "texts.csv", three))
	next := s.again(t)
	if out := next.expect(t, ExitDone, "cache prune --model own/secret-one"); !strings.HasPrefix(out, "Removed 3 vectors; the file is ") || next.err.Len() > 0 {
		t.Errorf("%s%q", out, next.err.String())
	}
}

// What a verdict says of costs is for the tokens of all texts.
func TestTheCostOfAnEvaluationIsThatOfAllTexts(t *testing.T) {
	s := withServer(t, apitest.New(t, apitest.Options{Quick: true}), "")
	var doc struct {
		Candidates []struct {
			ID    string
			Price *float64 `json:"price_per_million_tokens"`
			Cost  *float64 `json:"cost_usd"`
		}
	}
	if err := json.Unmarshal([]byte(s.expect(t, ExitDone, "evaluate --json --roles both --yes --no-cuts --resamples 20 --models nanogpt/BAAI/bge-m3,local/compass "+file(t, "gales.csv", gales))), &doc); err != nil {
		t.Fatal(err)
	}
	tokens, count := 0, corpus.NewCounter().Count
	for _, text := range []string{"east wind", "east gale", "north-east breeze", "north wind", "north gale", "up north"} {
		tokens += count(text)
	}
	c := doc.Candidates[0]
	if c.Price == nil || c.Cost == nil || math.Abs(*c.Cost-*c.Price*float64(tokens)/1e6) > 1e-15 {
		t.Errorf("%d tokens cost %+v", tokens, c)
	}
	if c.ID != "nanogpt/BAAI/bge-m3@1024" || doc.Candidates[1].ID != "local/compass@3" {
		t.Errorf("models that are sent the same in every role are called %q and %q", c.ID, doc.Candidates[1].ID)
	}
}

// What is kept is asked for anew where that is said, texts and queries alike.
func TestFreshVectorsAreAskedForByEveryCommand(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	texts, queries := file(t, "gales.csv", gales), file(t, "queries.csv", "query,relevant\neast or not,e1\n")
	for _, line := range []string{"evaluate --resamples 20 --corpus " + texts, "search " + texts} {
		for flag, want := range map[string]int{"": 0, " --fresh": 2} {
			s.again(t).expect(t, ExitDone, line+" --yes --models nanogpt/BAAI/bge-m3 --queries "+queries)
			before := len(server.Embeddings())
			s.again(t).expect(t, ExitDone, line+" --yes --models nanogpt/BAAI/bge-m3 --queries "+queries+flag)
			if n := len(server.Embeddings()) - before; n != want {
				t.Errorf("%s%s sends %d requests, want %d", line, flag, n, want)
			}
		}
	}
}
