package registry_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

// inside is a provider inside the binary with a model that has vectors and two that have
// none.
type inside struct {
	api.Uncached
	wrong error
}

func (inside) Name() string { return "inside" }

func (i inside) Models(context.Context) ([]api.Model, error) {
	if i.wrong != nil {
		return nil, i.wrong
	}
	return []api.Model{{Provider: "inside", ID: "a", Kind: api.KindEmbedding}, {Provider: "inside", ID: "b", Kind: api.KindReranker}, {Provider: "inside", ID: "c", Kind: api.KindReranker}}, nil
}

func TestACheckTellsOfEveryProvider(t *testing.T) {
	server, gone := apitest.New(t, apitest.Options{Quick: true}), speaking(t, apitest.Ollama)
	gone.Close()
	near := at(server)
	near.Name, near.Profile, near.KeyEnv = "near", "nanogpt", "NEAR_KEY"
	r := openWith(t, registry.Options{
		Inside: []api.Backend{inside{}}, Places: []registry.Place{{Name: "ollama", BaseURLs: []string{gone.URL}}},
		Settings: defaults(near, config.Provider{Name: "listless", Profile: "voyage", BaseURL: "http://127.0.0.1:1/v1", Key: api.NewSecret("k"), Models: []config.ProviderModel{{ID: "x"}, {ID: "y"}}},
			config.Provider{Name: "keyless", Profile: "openai", BaseURL: "http://127.0.0.1:1/v1"}, config.Provider{Name: "own", Profile: "ollama", BaseURL: speaking(t, apitest.Ollama).URL}),
	})
	var names []string
	all := map[string]registry.Status{}
	for _, s := range r.Check(t.Context()) {
		names, all[s.Provider] = append(names, s.Provider), s
	}
	if want := []string{"inside", "nanogpt", "near", "listless", "keyless", "own"}; !slices.Equal(names, want) {
		t.Fatalf("checked are %v, want %v: what was not found is no provider", names, want)
	}
	if s := all["inside"]; s.Models != 1 || !s.Reachable || !s.Authorised || s.Err != nil || s.From != "built in" || s.BaseURL != "" || s.KeyEnv != "" {
		t.Errorf("%+v", s)
	}
	if s := all["near"]; !s.Reachable || !s.Authorised || s.Err != nil || s.Models == 0 || s.KeyEnv != "NEAR_KEY" || !s.HasKey || s.Profile != "nanogpt" || s.From != "settings file" || s.BaseURL != server.URL {
		t.Errorf("%+v", s)
	}
	if s := all["listless"]; s.Models != 2 || s.Reachable || s.Err == nil || !s.HasKey {
		t.Errorf("%+v", s)
	}
	if s := all["own"]; s.Err != nil || s.HasKey || s.KeyEnv != "" || s.Models == 0 {
		t.Errorf("what needs no key: %+v", s)
	}
	for name, env := range map[string]string{"nanogpt": "NANOGPT_API_KEY", "keyless": "OPENAI_API_KEY"} {
		var missing *api.KeyError
		if s := all[name]; !errors.As(s.Err, &missing) || missing.Env != env || missing.Provider != name || s.HasKey || s.KeyEnv != env {
			t.Errorf("%s: %+v", name, s)
		}
	}
	// What Check has read stands in the catalog.
	if m := row(t, r, "near/BAAI/bge-m3"); m.Source != api.SourceLive {
		t.Errorf("%+v", m)
	}
	if m := row(t, r, "inside/a"); m.Kind != api.KindEmbedding {
		t.Errorf("%+v", m)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	before := len(server.Requests())
	if s := r.Check(ended)[2]; s.Reachable || len(server.Requests()) != before {
		t.Errorf("stopped: %+v", s)
	}
	wrong := errors.New("its weights are damaged")
	if _, err := registry.New(t.Context(), registry.Options{Inside: []api.Backend{inside{wrong: wrong}}, Getenv: func(string) string { return "" }}); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
}

// A model that no list has is asked for all the same, and no list makes it vanish.
func TestAModelThatAPersonNamesStays(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server), config.Provider{Name: "bare", BaseURL: "http://127.0.0.1:1/v1"})
	var unknown *registry.UnknownError
	if err := r.Adopt("nobody/m"); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
	if err := r.Adopt("nanogpt"); err == nil {
		t.Error("a provider is no model")
	}
	if err := r.Adopt("nanogpt/my/own@64"); err != nil {
		t.Fatal(err)
	}
	_, changes, err := r.Refresh(t.Context(), "nanogpt")
	if err != nil || slices.Contains(changes.Vanished, "my/own") {
		t.Errorf("%+v, %v", changes, err)
	}
	if m := row(t, r, "nanogpt/my/own"); m.Source != api.SourceAsked || m.Mark != "" || m.KeyEnv == "" || m.Kind != api.KindEmbedding || m.Name != "my/own" {
		t.Errorf("%+v", m)
	}
	if r.HasList("nobody") || !r.HasList("nanogpt") || !r.NeverListed("bare") || r.NeverListed("nobody") {
		t.Error("who has a list is not known")
	}
	if r.Blocked("nobody") != nil || r.Blocked("nanogpt") != nil {
		t.Error("who may be asked is blocked")
	}
}

// A list of models of all kinds says nothing new of those that embed nothing.
func TestOnlyWhatEmbedsIsNews(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	r := open(t, home(t), config.Provider{Name: "own", Profile: "ollama", BaseURL: server.URL})
	if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
		t.Fatal(err)
	}
	server.SetModels(append(server.Models(), api.Model{ID: "chat", Kind: api.KindEmbedding, Unlikely: true}, api.Model{ID: "new-embed", Kind: api.KindEmbedding, Dimensions: 8}))
	_, changes, err := r.Refresh(t.Context(), "own")
	if err != nil || !slices.Contains(changes.New, "new-embed") {
		t.Errorf("%+v, %v", changes, err)
	}
}

func TestWhatIsKeptOfAServerThatMayNotBeAskedCanBeForgotten(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	paths := home(t)
	far := config.Provider{Name: "far", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key), Profile: "nanogpt"}
	req := api.Request{Model: "BAAI/bge-m3", Texts: []string{"one", "two"}}
	allowed := open(t, paths, far)
	if err := allowed.AllowInsecure("far"); err != nil {
		t.Fatal(err)
	}
	if _, err := allowed.Providers()["far"].Embed(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	r := open(t, paths, far)
	removed, err := r.Forget(t.Context(), "far/BAAI/bge-m3")
	if err != nil || removed.Entries != 2 {
		t.Errorf("%+v, %v", removed, err)
	}
	var insecure *api.InsecureKeyError
	if !errors.As(r.Blocked("far"), &insecure) {
		t.Errorf("to forget is no leave to ask: %v", r.Blocked("far"))
	}
	if err := r.SetKey("far", api.NewSecret("another-key")); err != nil || !errors.As(r.Blocked("far"), &insecure) {
		t.Errorf("nor is another key: %v, %v", err, r.Blocked("far"))
	}
}

// Who answers may depend on a header; a key changes nothing in what comes.
func TestVectorsAreKeptApartByHeadersThatAreNoSecrets(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	paths := home(t)
	req := api.Request{Model: "BAAI/bge-m3", Texts: []string{"one"}}
	under := func(team, token string) *registry.Registry {
		provider := at(server)
		provider.Headers = []config.Header{{Name: "x-team", Value: api.NewSecret(team)}, {Name: "x-token", Value: api.NewSecret(token)}}
		return open(t, paths, provider)
	}
	if _, err := under("search", "a").Providers()["nanogpt"].Embed(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		team, token string
		known       bool
	}{{"search", "a", true}, {"search", "b", true}, {"shop", "a", false}} {
		if known, err := under(c.team, c.token).Providers()["nanogpt"].Known(t.Context(), req); err != nil || known[0] != c.known {
			t.Errorf("%+v: %v, %v", c, known, err)
		}
	}
}

func TestWhoHasAKeyAndWhatIsUnpaid(t *testing.T) {
	r := openWith(t, registry.Options{Settings: defaults(
		config.Provider{Name: "file", Profile: "voyage", Key: api.NewSecret("key-of-file")}, config.Provider{Name: "free", BaseURL: "https://example.com/v1", Free: true},
		config.Provider{Name: "env", BaseURL: "https://example.org/v1", KeyEnv: "OUR_KEY"})}, "OUR_KEY=held", "JINA_API_KEY=held")
	for env, want := range map[string]bool{"VOYAGE_API_KEY": true, "OUR_KEY": true, "NANOGPT_API_KEY": false, "JINA_API_KEY": false, "NOBODYS_KEY": false} {
		if got := r.HasKey(env); got != want {
			t.Errorf("%s has a key: %t", env, got)
		}
	}
	for name, want := range map[string]bool{"free": true, "env": false, "file": false, "nanogpt": false, "nobody": false} {
		if got := r.Unpaid(name); got != want {
			t.Errorf("%s costs nothing: %t", name, got)
		}
	}
	unusable := errors.New("mend it")
	blocked := openWith(t, registry.Options{Settings: defaults(), Unusable: unusable})
	if err := blocked.SetKey("nanogpt", api.NewSecret("k")); !errors.Is(err, unusable) || len(blocked.Notices()) != 0 {
		t.Errorf("a key is taken while the settings cannot be used: %v", err)
	}
	if err := r.SetKey("env", api.NewSecret("with a space")); err == nil || !strings.Contains(err.Error(), "OUR_KEY") || r.Blocked("env") != nil {
		t.Errorf("%v, and then %v", err, r.Blocked("env"))
	}
}
