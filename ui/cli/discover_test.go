package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
)

// speaking is a server of that kind.
func speaking(t *testing.T, d apitest.Dialect) *apitest.Server {
	t.Helper()
	return apitest.New(t, apitest.Options{Quick: true, Dialect: d})
}

// whereOllamaIs lets Ollama be looked for at a server.
func whereOllamaIs(server *apitest.Server) func(*program) {
	return func(p *program) { p.places = []registry.Place{{Name: "ollama", BaseURLs: []string{server.URL}}} }
}

const three = "text\neast wind\nnorth-east wind\nnorth wind\n"

func TestWhatRunsHereNeedsNoSettings(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	texts := file(t, "texts.csv", three)
	out := newSession(t).expect(t, ExitDone, "compare --models ollama/nomic-embed-text:latest,local/compass "+texts, whereOllamaIs(server))
	if !strings.Contains(out, "Similarity under ollama/nomic-embed-text:latest@768") {
		t.Errorf("%s", out)
	}
	if out := newSession(t).expect(t, ExitDone, "models --provider ollama", whereOllamaIs(server)); !strings.Contains(out, "ollama/nomic-embed-text:latest") {
		t.Errorf("%s", out)
	}
	var rows []struct{ Name, From string }
	if err := json.Unmarshal([]byte(newSession(t).expect(t, ExitDone, "providers --json", whereOllamaIs(server))), &rows); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(rows, struct{ Name, From string }{"ollama", "found on this machine"}) || !slices.Contains(rows, struct{ Name, From string }{"nanogpt", "built in"}) {
		t.Errorf("%+v", rows)
	}
	off := newSession(t)
	off.settings(t, "discover = false\n")
	asked := len(server.Requests())
	off.expect(t, ExitUsage, "compare --models ollama/nomic-embed-text:latest "+texts, whereOllamaIs(server))
	if n := len(server.Requests()); n != asked {
		t.Errorf("%d requests although nothing may be looked for", n-asked)
	}
}

func TestWhatIsLookedForAndNotThereSaysSo(t *testing.T) {
	gone := speaking(t, apitest.Ollama)
	gone.Close()
	texts := file(t, "texts.csv", three)
	for _, command := range []string{
		"embed --model ollama/nomic-embed-text " + texts, "compare --models ollama/nomic-embed-text " + texts, "search --models ollama/nomic-embed-text --query x " + texts,
		"duplicates --models ollama/nomic-embed-text " + texts, "models --provider ollama", "models --provider ollama --json", "models --refresh --provider ollama",
	} {
		s := newSession(t)
		s.expect(t, ExitFailed, command, whereOllamaIs(gone))
		if said := s.err.String(); !strings.Contains(said, "no ollama answers at "+gone.URL+"; start it, or name its server in the settings file") {
			t.Errorf("%s: %q", command, said)
		}
	}
	if out := newSession(t).expect(t, ExitDone, "providers", whereOllamaIs(gone)); strings.Contains(out, "ollama") {
		t.Errorf("%s", out)
	}
}

func TestAModelPulledJustNowIsAskedFor(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'ollama'\nbase_url = '"+server.URL+"'\n")
	texts := file(t, "texts.csv", three)
	s.expect(t, ExitDone, "models --refresh")
	pulled := server.Models()[0]
	pulled.ID = "newpull:latest"
	server.SetModels(append(server.Models(), pulled))
	s.again(t).expect(t, ExitDone, "embed --model ollama/newpull:latest "+texts)

	gone := s.again(t)
	server.Close()
	gone.expect(t, ExitUsage, "embed --model ollama/newerpull "+texts)
	if said := gone.err.String(); !strings.Contains(said, "there is no model ollama/newerpull") || !strings.Contains(said, "(its list could not be read again: ollama: nothing answers") {
		t.Errorf("%q", said)
	}
}

func TestCheckingServersKeepsTheirLists(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'ollama'\nbase_url = '"+server.URL+"'\n")
	s.expect(t, ExitDone, "providers")
	server.Close()
	if out := s.again(t).expect(t, ExitDone, "models --provider ollama"); !strings.Contains(out, "ollama/nomic-embed-text:latest") {
		t.Errorf("%s", out)
	}
}

func TestAModelThatNoListHasCanBeAskedFor(t *testing.T) {
	hidden := api.Model{ID: "secret-one", Name: "secret-one", Kind: api.KindEmbedding, Dimensions: 8}
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.LlamaCPP, Models: []api.Model{hidden}})
	server.FailWhen(apitest.To("/models"), apitest.NullData())
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'own'\nbase_url = '"+server.URL+"'\nfree = true\n[[provider.models]]\nid = 'known'\n")
	texts := file(t, "texts.csv", three)
	server.Recover()
	server.FailWhen(apitest.To("/models"), apitest.WrongList())
	s.expect(t, ExitUsage, "embed --model own/secret-two "+texts)
	if said := s.err.String(); !strings.Contains(said, "there is no model own/secret-two") || !strings.Contains(said, "--unlisted asks own for it all the same") {
		t.Errorf("%q", said)
	}
	s.again(t).expect(t, ExitDone, "embed --unlisted --model own/secret-one "+texts)

	paid := s.again(t)
	paid.settings(t, "[[provider]]\nname = 'own'\nbase_url = '"+server.URL+"'\nprofile = 'generic'\n")
	paid.expect(t, ExitUsage, "embed --unlisted --model own/secret-one "+file(t, "others.csv", "text\nsouth wind\n"))
	if said := paid.err.String(); !strings.Contains(said, "price is unknown") || !strings.Contains(said, "price for the model, or free = true for its server") {
		t.Errorf("%q", said)
	}
}

func TestAServerWithoutAListIsAskedForAnyName(t *testing.T) {
	server := speaking(t, apitest.Voyage)
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'voyage'\nbase_url = '"+server.URL+"'\nkey = '"+server.Key+"'\n")
	texts := file(t, "texts.csv", three)
	for _, line := range []string{"models --provider voyage", "models --refresh --provider voyage"} {
		none := s.again(t)
		if none.expect(t, ExitDone, line); !strings.Contains(none.err.String(), "voyage has no list of models: write voyage/NAME for any it has") {
			t.Errorf("%s: %q", line, none.err.String())
		}
	}
	s.expect(t, ExitDone, "embed --yes --model voyage/voyage-3.5 "+texts)
	wrong := s.again(t)
	wrong.expect(t, ExitFailed, "embed --yes --model voyage/voyage-99 "+texts)
	if said := wrong.err.String(); !strings.Contains(said, "voyage answered") {
		t.Errorf("%q", said)
	}
}

func TestAKeyInTheEnvironmentIsEnoughForOpenAI(t *testing.T) {
	server := speaking(t, apitest.OpenAI)
	s := newSession(t)
	s.Environ = append(s.Environ, "OPENAI_API_KEY="+server.Key, "OPENAI_BASE_URL="+server.URL)
	texts := file(t, "texts.csv", three)
	s.expect(t, ExitUsage, "embed --model openai/text-embedding-3-small "+texts)
	if len(server.Embeddings()) != 0 {
		t.Error("it was asked unasked")
	}
	paid := s.again(t)
	paid.expect(t, ExitDone, "embed --yes --model openai/text-embedding-3-small "+texts)
	if out := s.again(t).expect(t, ExitDone, "providers"); !strings.Contains(out, "OPENAI_API_KEY in the environment") {
		t.Errorf("%s", out)
	}
	paid.keepsSecret(t, server.Key)
}

func TestWithoutAKeyTheExplorerAsksNothingOfNanoGPT(t *testing.T) {
	s := newSession(t)
	s.onTerminal(s.In, s.Out, s.Err)
	s.expect(t, ExitDone, "")
	if o := s.explored[0]; !slices.Equal(o.Unasked(), []string{"nanogpt"}) || !slices.Equal(o.Servers, []string{"nanogpt"}) {
		t.Errorf("unasked are %v of %v", o.Unasked(), o.Servers)
	}
	with := s.again(t)
	with.Environ = append(with.Environ, "NANOGPT_API_KEY=k")
	with.onTerminal(with.In, with.Out, with.Err)
	with.expect(t, ExitDone, "")
	if o := with.explored[0]; len(o.Unasked()) != 0 {
		t.Errorf("with a key %v", o.Unasked())
	}
}

func TestAListedModelIsNeverRefusedForItsName(t *testing.T) {
	server := speaking(t, apitest.Generic)
	odd := server.Models()[0]
	odd.ID = "house-special"
	reranker := server.Models()[0]
	reranker.ID = "embedding-reranker" // which has no vectors
	server.SetModels(append(server.Models(), odd, reranker))
	s := newSession(t)
	s.settings(t, "[[provider]]\nname = 'own'\nbase_url = '"+server.URL+"'\nfree = true\n")
	s.expect(t, ExitDone, "embed --model own/house-special "+file(t, "texts.csv", three))
	if out := s.again(t).expect(t, ExitDone, "models --provider own"); strings.Contains(out, "house-special") || !strings.HasSuffix(out, "3 models more that do not look like embedding models: --all lists them too\n") {
		t.Errorf("%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "models --json --provider own"); strings.Contains(out, "house-special") || !strings.HasSuffix(out, "}\n]\n") {
		t.Errorf("as JSON:\n%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "__complete embed --model own/"); strings.Contains(out, "house-special") || strings.Contains(out, "reranker") || !strings.Contains(out, "own/"+server.Models()[0].ID) {
		t.Errorf("completed are\n%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "models --all --provider own"); !strings.Contains(out, "house-special") {
		t.Errorf("%s", out)
	}
}
