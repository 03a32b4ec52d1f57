package registry_test

import (
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

func TestWhatTheSettingsSayOfAServerReachesIt(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	settings := at(server)
	settings.MaxTokens = 1
	settings.Models = []config.ProviderModel{{ID: "own", Name: "Own", Dimensions: 8, MaxDimensions: 16, SupportsDimensions: true, MaxTokens: 99}}
	r := open(t, home(t), settings)
	if m := row(t, r, "nanogpt/own"); m.Name != "Own" || m.Dimensions != 8 || m.MaxDimensions != 16 || !m.SupportsDimensions || m.MaxTokens != 99 || m.Source != api.SourceConfig {
		t.Errorf("%+v", m)
	}
	if _, err := engine(r).Providers["nanogpt"].Embed(t.Context(), api.Request{Model: "BAAI/bge-m3", Texts: []string{"one text", "another text"}}); err != nil {
		t.Fatal(err)
	}
	if n := len(server.Embeddings()); n != 2 {
		t.Errorf("two texts of more tokens than a request may have went in %d requests", n)
	}
}

// A server that cannot be reached has the models that the settings name.
func TestACheckCountsTheModelsOfTheSettingsWhereNoListComes(t *testing.T) {
	r := open(t, home(t), config.Provider{Name: "down", Profile: "generic", BaseURL: "http://127.0.0.1:1/v1", Models: []config.ProviderModel{{ID: "x"}, {ID: "y"}}})
	for _, s := range r.Check(t.Context()) {
		if s.Provider == "down" && (s.Models != 2 || s.Reachable || s.Err == nil) {
			t.Errorf("%+v", s)
		}
	}
}

func TestAProviderOfTheSettingsIsNotSetUpByTheEnvironmentToo(t *testing.T) {
	for _, named := range []config.Provider{
		{Name: "openai", BaseURL: "https://example.com/v1", KeyEnv: "MINE"},
		{Name: "mine", BaseURL: "https://example.com/v1", KeyEnv: "OPENAI_API_KEY"},
		{Name: "mine", BaseURL: "https://API.openai.com/v1/", KeyEnv: "MINE"},
	} {
		r := openWith(t, registry.Options{Settings: defaults(named)}, "OPENAI_API_KEY=k")
		if got := r.Servers(); !slices.Equal(got, []string{"nanogpt", named.Name}) {
			t.Errorf("%+v: there are %v", named, got)
		}
	}
}

// What no list has said was not listed at any time.
func TestOnlyRowsOfAListTellWhenItWasRead(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server), config.Provider{Name: "listless", Profile: "voyage", BaseURL: "http://127.0.0.1:1/v1", Key: api.NewSecret("k"), Models: []config.ProviderModel{{ID: "x"}}})
	for name, listed := range map[string]bool{"nanogpt": true, "listless": false} {
		rows, _, err := r.Refresh(t.Context(), name)
		if err != nil || len(rows) == 0 || rows[0].Listed.IsZero() == listed {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
}

// A server that says what it is takes away what its list of before said, and nothing that
// a person has named.
func TestWhatAPersonNamesStaysWhenAServerSaysWhatItIs(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	r := open(t, home(t), config.Provider{Name: "own", BaseURL: server.URL, Models: []config.ProviderModel{{ID: "set"}}})
	if err := r.Adopt("own/asked"); err != nil {
		t.Fatal(err)
	}
	r.Recognise(t.Context(), "own")
	for ref, source := range map[string]api.Source{"own/set": api.SourceConfig, "own/asked": api.SourceAsked} {
		if m := row(t, r, ref); m.Source != source || !m.Free() {
			t.Errorf("%+v", m)
		}
	}
}

// A price of nothing is no word against a server here being free; any other is.
func TestOnlyAPriceKeepsAServerHereFromBeingAskedWhatItIs(t *testing.T) {
	nothing, something := 0.0, 0.01
	for _, tt := range []struct {
		price *float64
		free  bool
	}{{nil, true}, {&nothing, true}, {&something, false}} {
		server := speaking(t, apitest.Ollama)
		r := open(t, home(t), config.Provider{Name: "own", BaseURL: server.URL, Models: []config.ProviderModel{{ID: "m", Price: tt.price}}})
		if r.Recognise(t.Context(), "own"); r.Unpaid("own") != tt.free {
			t.Errorf("with a price of %v it is free: %v", tt.price, !tt.free)
		}
	}
}

// What a list no longer tells of a model has not changed.
func TestWhatAListLeavesOutIsNoChange(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Models: []api.Model{{ID: "a/one", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512}}})
	r := open(t, home(t), at(server))
	for _, models := range [][]api.Model{server.Models(), {{ID: "a/one", Kind: api.KindEmbedding, Dimensions: 8}}} {
		server.SetModels(models)
		if _, changes, err := r.Refresh(t.Context(), "nanogpt"); err != nil || len(changes.Changed) != 0 {
			t.Errorf("%+v, %v", changes, err)
		}
	}
}
