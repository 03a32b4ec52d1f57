package registry_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

func TestUsualPlacesFollowTheServersOwnVariables(t *testing.T) {
	for _, c := range []struct{ ollama, llama, first, second string }{
		{"", "", "http://127.0.0.1:11434/v1", "http://127.0.0.1:8080/v1"},
		{"0.0.0.0:5555", "9090", "http://127.0.0.1:5555/v1", "http://127.0.0.1:9090/v1"},
		{"http://localhost:5555/", "x", "http://127.0.0.1:5555/v1", "http://127.0.0.1:8080/v1"},
		{":5555", "80800000", "http://127.0.0.1:5555/v1", "http://127.0.0.1:8080/v1"},
		{"127.0.0.1", "-1", "http://127.0.0.1:11434/v1", "http://127.0.0.1:8080/v1"},
		{"127.0.0.1:0", "0", "http://127.0.0.1:11434/v1", "http://127.0.0.1:8080/v1"},
		{":65535", "65536", "http://127.0.0.1:65535/v1", "http://127.0.0.1:8080/v1"},
		{"a:b@c", " ", "http://127.0.0.1:11434/v1", "http://127.0.0.1:8080/v1"},
	} {
		got := registry.UsualPlaces(func(name string) string {
			return map[string]string{"OLLAMA_HOST": c.ollama, "LLAMA_ARG_PORT": c.llama}[name]
		})
		llama := []string{c.second}
		if c.second == "http://127.0.0.1:8080/v1" { // nobody said where it is
			llama = append(llama, "http://127.0.0.1:9931/v1")
		}
		want := []registry.Place{
			{Name: "ollama", BaseURLs: []string{c.first}}, {Name: "llamacpp", BaseURLs: llama},
			{Name: "llamaswap", BaseURLs: []string{"http://127.0.0.1:8080/v1"}}, {Name: "lmstudio", BaseURLs: []string{"http://127.0.0.1:1234/v1"}},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q, %q: %v, want %v", c.ollama, c.llama, got, want)
		}
	}
}

func TestLMStudioIsFoundAtItsPortAndFree(t *testing.T) {
	server := speaking(t, apitest.LMStudio)
	r := openWith(t, registry.Options{Settings: defaults(), Places: []registry.Place{{Name: "lmstudio", BaseURLs: []string{server.URL}}}})
	if found := r.Discover(t.Context()); !slices.Equal(found, []string{"lmstudio"}) {
		t.Fatalf("found %v", found)
	}
	if _, _, err := r.Refresh(t.Context(), "lmstudio"); err != nil {
		t.Fatal(err)
	}
	m := row(t, r, "lmstudio/text-embedding-nomic-embed-text-v1.5")
	if engine(r).Paid(m) || m.MaxTokens != 2048 {
		t.Errorf("%+v", m)
	}
	if result, err := r.Providers()["lmstudio"].Embed(t.Context(), api.Request{Model: m.ID, Texts: []string{"wind", "rain"}}); err != nil || len(result.Vectors) != 2 || len(result.Vectors[0]) != 768 {
		t.Errorf("%v", err)
	}
	if rows := r.Catalog().Models(); slices.ContainsFunc(rows, func(m api.Model) bool { return m.ID == "llama-3.3-70b-instruct" && !m.Unlikely }) {
		t.Error("a chat model stands among those that embed")
	}
}

func TestANewerLlamaCPPIsFoundAtItsNewPort(t *testing.T) {
	gone, server := speaking(t, apitest.LlamaCPP), speaking(t, apitest.LlamaCPP)
	gone.Close()
	place := registry.Place{Name: "llamacpp", BaseURLs: []string{gone.URL, server.URL}}
	paths := home(t)
	for range 2 { // with the list of the run before, too
		r := openWith(t, registry.Options{Settings: defaults(), Paths: paths, Places: []registry.Place{place}})
		if found := r.Discover(t.Context()); !slices.Equal(found, []string{"llamacpp"}) {
			t.Fatalf("found %v", found)
		}
		if _, _, err := r.Refresh(t.Context(), "llamacpp"); err != nil {
			t.Fatal(err)
		}
		m := row(t, r, "llamacpp/"+server.Models()[0].ID)
		if _, err := r.Providers()["llamacpp"].Embed(t.Context(), api.Request{Model: m.ID, Texts: []string{"wind"}}); err != nil || engine(r).Paid(m) {
			t.Errorf("paid %t, %v", engine(r).Paid(m), err)
		}
		if s := r.Check(t.Context()); s[len(s)-1].BaseURL != server.URL {
			t.Errorf("%+v", s[len(s)-1])
		}
	}
	// The settings name what is at one of the ports: the other is looked at all the same,
	// and nothing is found twice.
	older := speaking(t, apitest.LlamaCPP)
	for at, found := range map[[2]string]string{{older.URL, server.URL}: "llamacpp", {gone.URL, older.URL}: ""} {
		place := registry.Place{Name: "llamacpp", BaseURLs: at[:]}
		r := openWith(t, registry.Options{
			Settings: defaults(config.Provider{Name: "mine", BaseURL: older.URL, Profile: "llamacpp"}), Places: []registry.Place{place},
		})
		if got := strings.Join(r.Discover(t.Context()), " "); got != found {
			t.Errorf("at %q found %q, want %q", at, got, found)
		}
	}
	empty := openWith(t, registry.Options{Settings: defaults(), Places: []registry.Place{{Name: "llamacpp", BaseURLs: []string{gone.URL, gone.URL + "x"}}}})
	if _, _, err := empty.Refresh(t.Context(), "llamacpp"); err == nil || !strings.Contains(err.Error(), gone.URL+" or "+gone.URL+"x") {
		t.Errorf("%v", err)
	}
}

func TestLlamaSwapIsFoundAtThePortOfLlamaCPP(t *testing.T) {
	server := speaking(t, apitest.LlamaSwap)
	r := openWith(t, registry.Options{Settings: defaults(), Places: []registry.Place{
		{Name: "llamacpp", BaseURLs: []string{server.URL}}, {Name: "llamaswap", BaseURLs: []string{server.URL}},
	}}, "")
	if found := r.Discover(t.Context()); !slices.Equal(found, []string{"llamaswap"}) {
		t.Errorf("found %v", found)
	}
}
