package registry_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

func TestWhatANewListChangesIsMarkedAndSaid(t *testing.T) {
	cheap, dear := 0.01, 0.02
	server := apitest.New(t, apitest.Options{Quick: true, Models: []api.Model{
		{ID: "a/same", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &cheap},
		{ID: "a/dearer", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &cheap},
		{ID: "a/shorter", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &cheap},
		{ID: "a/gone", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &cheap},
	}})
	r := open(t, home(t), at(server))
	mustSee := func(when string, want registry.Changes) {
		t.Helper()
		rows, got, err := r.Refresh(t.Context(), "nanogpt")
		if err != nil || !slices.Equal(got.New, want.New) || !slices.Equal(got.Changed, want.Changed) || !slices.Equal(got.Vanished, want.Vanished) || got.Any() != want.Any() {
			t.Errorf("%s: %+v, want %+v (%v)", when, got, want, err)
		}
		for mark, ids := range map[api.Mark][]string{api.MarkNew: want.New, api.MarkChanged: want.Changed} {
			for _, m := range rows {
				if (m.Mark == mark) != slices.Contains(ids, m.ID) {
					t.Errorf("%s: %s is marked %q", when, m.ID, m.Mark)
				}
			}
		}
	}
	if _, _, err := r.Refresh(t.Context(), "nanogpt"); err != nil { // after what the binary knows
		t.Fatal(err)
	}
	mustSee("the same list", registry.Changes{})
	server.SetModels([]api.Model{
		{ID: "a/same", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &cheap},
		{ID: "a/dearer", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 512, Price: &dear},
		{ID: "a/shorter", Kind: api.KindEmbedding, Dimensions: 4, MaxTokens: 256, Price: &cheap},
		{ID: "a/come", Kind: api.KindEmbedding, Dimensions: 8},
	})
	want := registry.Changes{New: []string{"a/come"}, Changed: []string{"a/dearer", "a/shorter"}, Vanished: []string{"a/gone"}}
	mustSee("another list", want)
	if got := want.String(); got != "1 new, 2 changed, 1 vanished" {
		t.Errorf("it says %q", got)
	}
	for ref, said := range map[string]string{
		"nanogpt/a/dearer":  "Changed on the server's list: price $0.01 → $0.02 per million tokens.",
		"nanogpt/a/shorter": "Changed on the server's list: dimensions 8 → 4, max tokens 512 → 256.",
	} {
		if got := row(t, r, ref).Notes; len(got) == 0 || got[len(got)-1] != said {
			t.Errorf("of %s it says %q, want %q", ref, got, said)
		}
	}
	if got := row(t, r, "nanogpt/a/gone").Mark; got != api.MarkVanished {
		t.Errorf("what is gone is marked %q", got)
	}
	mustSee("the same list once more", registry.Changes{})
	server.SetModels(append(server.Models(), api.Model{ID: "a/gone", Kind: api.KindEmbedding, Dimensions: 8}))
	mustSee("one that is back", registry.Changes{New: []string{"a/gone"}})
}

// A price in the settings is one, also where nothing else costs anything.
func TestAPriceOfTheSettingsStaysOnAFreeServer(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	price := 0.05
	r := open(t, home(t), config.Provider{Name: "own", Profile: "ollama", BaseURL: server.URL, Models: []config.ProviderModel{{ID: "x", Price: &price}, {ID: "y"}}})
	if got := row(t, r, "own/x").Price; got == nil || *got != price {
		t.Errorf("it costs %v", got)
	}
	if !row(t, r, "own/y").Free() {
		t.Error("what has no price is not free there")
	}
}

// rememberList writes what a program before has kept of a server's list.
func rememberList(t *testing.T, paths config.Paths, name, content string) {
	t.Helper()
	if err := config.WriteAtomic(filepath.Join(paths.Cache, "lists", name+".json"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheBuiltInServersListIsKeptUnderItsAddress(t *testing.T) {
	for address, known := range map[string]bool{"https://nano-gpt.com/api/v1": true, "https://nano-gpt.com/v1": false, "": false} {
		paths := home(t)
		rememberList(t, paths, "nanogpt", `{"version":2,"base_url":"`+address+`","profile":"nanogpt","models":[{"ID":"kept"}]}`)
		_, err := open(t, paths).Catalog().Find("nanogpt/kept")
		if (err == nil) != known {
			t.Errorf("the list of %q: %v", address, err)
		}
	}
}

// What is kept outlives the program that wrote it.
func TestAKeptListIsReadUnderItsNames(t *testing.T) {
	paths := home(t)
	rememberList(t, paths, "mine", `{"version":2,"base_url":"https://example.com/v1","profile":"generic","read":"2026-01-02T03:04:05Z","models":[{"ID":"m","Name":"N","Owner":"O","Kind":"embedding",`+
		`"Description":"D","Dimensions":8,"MaxDimensions":16,"MinDimensions":2,"NativeDimensions":4,"ListedDimensions":9,"SupportsDimensions":true,"Matryoshka":"any","MaxTokens":512,"Price":0.5,`+
		`"Languages":"L","Use":"U","Notes":["n"],"Tokenizer":"cl100k_base","Unlikely":true,"Elsewhere":true,"Identity":"digest:ab","Source":"live"}]}`)
	price := 0.5
	want := api.Model{
		Provider: "mine", ID: "m", Name: "N", Owner: "O", Kind: api.KindEmbedding, Description: "D", Dimensions: 8, MaxDimensions: 16, MinDimensions: 2, NativeDimensions: 4,
		ListedDimensions: 9, SupportsDimensions: true, Matryoshka: "any", MaxTokens: 512, Price: &price, Languages: "L", Use: "U", Notes: []string{"n"}, Tokenizer: "cl100k_base",
		Unlikely: true, Elsewhere: true, Identity: "digest:ab", Source: api.SourceCached,
	}
	got := row(t, open(t, paths, config.Provider{Name: "mine", BaseURL: "https://example.com/v1"}), "mine/m")
	if got.Listed.Format("2006-01-02T15:04:05Z") != "2026-01-02T03:04:05Z" {
		t.Errorf("read at %v", got.Listed)
	}
	got.Listed = want.Listed
	a, _ := json.Marshal(got)
	if b, _ := json.Marshal(want); string(a) != string(b) {
		t.Errorf("%s\nwant %s", a, b)
	}
}

func TestOnlyWhatWasFoundHasAnOrigin(t *testing.T) {
	r := openWith(t, registry.Options{Settings: defaults(config.Provider{Name: "mine", BaseURL: "https://example.com/v1"})}, "OPENAI_API_KEY=k")
	for name, want := range map[string]string{"openai": "OPENAI_API_KEY in the environment", "nanogpt": "", "mine": "", "none": ""} {
		if got := r.Origin(name); got != want {
			t.Errorf("%s is from %q, want %q", name, got, want)
		}
	}
}

func TestWhoCanBeAsked(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), config.Provider{Name: "nanogpt"}, config.Provider{Name: "keyless", BaseURL: "https://example.com/v1"},
		config.Provider{Name: "far", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)}, config.Provider{Name: "near", Profile: "nanogpt", BaseURL: server.URL, Key: api.NewSecret(server.Key)})
	for name, want := range map[string]bool{"nanogpt": false, "keyless": true, "far": false, "near": true, "none": false} {
		if got := r.Askable(name); got != want {
			t.Errorf("%s can be asked: %t", name, got)
		}
	}
}

// Of a server that cannot be asked everything says why, and whatever was stopped says so.
func TestEveryCallSaysWhyItFailed(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	insecure := config.Provider{Name: "far", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)}
	r := open(t, home(t), at(server), insecure)
	calls := func(r *registry.Registry, ctx context.Context, name string) map[string]error {
		p := r.Providers()[name]
		req := api.Request{Model: "BAAI/bge-m3", Texts: []string{"one"}}
		_, known := p.Known(ctx, req)
		_, held := p.Held(ctx, req)
		_, embedded := p.Embed(ctx, req)
		_, balance := p.Balance(ctx)
		_, _, refreshed := r.Refresh(ctx, name)
		return map[string]error{"known": known, "held": held, "embed": embedded, "balance": balance, "refresh": refreshed}
	}
	for what, err := range calls(r, t.Context(), "far") {
		var why *api.InsecureKeyError
		if !errors.As(err, &why) {
			t.Errorf("%s of a server that cannot be asked: %v", what, err)
		}
	}
	for _, opened := range []bool{false, true} {
		if opened {
			if _, err := r.Cache(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		all := calls(r, ended, "nanogpt")
		_, all["forget"] = r.Forget(ended, "nanogpt/BAAI/bge-m3")
		_, all["usage"] = r.Usage().Totals(ended)
		for what, err := range all {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s that was stopped, the cache open %t: %v", what, opened, err)
			}
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	all := calls(r, t.Context(), "nanogpt")
	delete(all, "balance")
	delete(all, "refresh")
	_, all["forget"] = r.Forget(t.Context(), "nanogpt/BAAI/bge-m3")
	_, all["usage"] = r.Usage().Totals(t.Context())
	for what, err := range all {
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s after the end: %v", what, err)
		}
	}
	var unknown *registry.UnknownError
	if _, err := r.Forget(t.Context(), "none/m"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "there are nanogpt, far") {
		t.Errorf("an unknown provider: %v", err)
	}
	if _, err := r.Forget(t.Context(), "nanogpt/"); err == nil || !strings.Contains(err.Error(), "names no model") {
		t.Errorf("no model: %v", err)
	}
}
