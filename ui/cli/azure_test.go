package cli

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
)

// azureSettings name a deployment of Azure's as its portal shows it.
func azureSettings(address string) string {
	return "[[provider]]\nname = 'azure'\nbase_url = '" + address + "'\nkey_env = 'AZURE_OPENAI_API_KEY'\n" +
		"[[provider.models]]\nid = 'text-embedding-3-small'\ndimensions = 1536\nprice = 0.02\n"
}

func TestAzureByTheAddressThatItsPortalShows(t *testing.T) {
	server := speaking(t, apitest.Azure)
	texts := file(t, "texts.csv", three)
	s := newSession(t)
	s.Environ = append(s.Environ, "AZURE_OPENAI_API_KEY="+server.Key)
	s.settings(t, azureSettings(server.URL+"/embeddings"+apitest.AzureVersion))
	s.expect(t, ExitUsage, "embed --model azure/text-embedding-3-small "+texts)
	if len(server.Embeddings()) != 0 || !strings.Contains(s.err.String(), "--yes") {
		t.Errorf("%d requests were sent unasked: %s", len(server.Embeddings()), s.err.String())
	}
	next := s.again(t)
	next.expect(t, ExitDone, "compare --yes --models azure/text-embedding-3-small,local/compass "+texts)
	if sent := server.Embeddings(); len(sent) != 1 || sent[0].Header.Get("Api-Key") != server.Key || sent[0].Header.Get("Authorization") != "" {
		t.Errorf("%+v", sent)
	}
	s.again(t).expect(t, ExitDone, "compare --models azure/text-embedding-3-small@256,local/compass "+texts) // from the cache
	next.keepsSecret(t, server.Key)

	s.again(t).expect(t, ExitDone, "models --refresh") // there is no list to read
	providers := s.again(t).expect(t, ExitDone, "providers")
	if !strings.Contains(providers, "azure") || strings.Contains(providers, server.Key) {
		t.Errorf("%s", providers)
	}
}

func TestWhatAzureRefusesIsSaidWithWhatToDo(t *testing.T) {
	server := speaking(t, apitest.Azure)
	texts := file(t, "texts.csv", three)
	for name, c := range map[string]struct {
		key, address string
		want         []string
	}{
		"a wrong key":        {"sk-wrong", server.URL + "/embeddings" + apitest.AzureVersion, []string{"Access denied due to invalid subscription key", "AZURE_OPENAI_API_KEY"}},
		"no such deployment": {server.Key, strings.Replace(server.URL, "small", "large", 1) + "/embeddings" + apitest.AzureVersion, []string{"deployment for this resource does not exist"}},
		"a wrong version":    {server.Key, server.URL + "/embeddings?api-version=1999-01-01", []string{"Resource not found", "base_url"}},
	} {
		s := newSession(t)
		s.Environ = append(s.Environ, "AZURE_OPENAI_API_KEY="+c.key)
		s.settings(t, azureSettings(c.address))
		s.expect(t, ExitFailed, "embed --yes --model azure/text-embedding-3-small "+texts)
		for _, want := range c.want {
			if !strings.Contains(s.err.String(), want) {
				t.Errorf("%s: %s", name, s.err.String())
			}
		}
		s.keepsSecret(t, c.key)
	}
}

func TestLMStudioNeedsNoSettings(t *testing.T) {
	server := speaking(t, apitest.LMStudio)
	here := func(p *program) { p.places = []registry.Place{{Name: "lmstudio", BaseURLs: []string{server.URL}}} }
	texts := file(t, "texts.csv", three)
	s := newSession(t)
	out := s.expect(t, ExitDone, "compare --models lmstudio/text-embedding-nomic-embed-text-v1.5,local/compass "+texts, here)
	if !strings.Contains(out, "Similarity under lmstudio/text-embedding-nomic-embed-text-v1.5@768") {
		t.Errorf("%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "models --all --provider lmstudio", here); !strings.Contains(out, "text-embedding-nomic") || strings.Contains(out, "llama-3.3") {
		t.Errorf("%s", out)
	}
	if out := s.again(t).expect(t, ExitDone, "providers", here); !strings.Contains(out, "found on this machine") {
		t.Errorf("%s", out)
	}
}
