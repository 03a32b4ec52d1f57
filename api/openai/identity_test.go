package openai

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestListsSayWhatIdentifiesAModel(t *testing.T) {
	for _, c := range []struct {
		kind, path, body string
		want             api.Identity
	}{
		{"ollama", "/api/api/tags", `{"models":[{"name":"a","model":"a","digest":"0a10","capabilities":["embedding"]}]}`, "digest:0a10"},
		{"llamacpp", "/api/v1/models", `{"data":[{"id":"a","created":7,"owned_by":"llamacpp","meta":{"n_embd":768,"n_params":136727040,"size":145389056}}]}`, "meta:size=145389056 n_params=136727040 n_embd=768"},
		{"llamacpp", "/api/v1/models", `{"data":[{"id":"a","created":7,"owned_by":"llamacpp","meta":null}]}`, ""},
		{"tei", "/api/info", `{"model_id":"a","model_sha":"d4aa"}`, "digest:d4aa"},
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","created":1750000000,"owned_by":"library"}]}`, "created:1750000000"},
		{"generic", "/api/v1/models", `{"data":[{"id":"a-embed","created":1750000000,"owned_by":"somebody"}]}`, ""},
	} {
		if got := listed(t, c.kind, c.path, c.body); len(got) != 1 || got[0].Identity != c.want {
			t.Errorf("%s: %+v, want %q", c.kind, got, c.want)
		}
	}
}

func TestAServerUnderANameOfThisMachineIsAskedHere(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"id":"m","owned_by":"llamacpp"}]}`)
	}))
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost.", "no-such-name.localhost"} {
		if p, ok := Identify(t.Context(), "http://"+host+":"+at.Port()); !ok || p.Name != "llamacpp" {
			t.Errorf("%s is %q", host, p.Name)
		}
	}
}

func TestWhatIsNoListTellsByItsPropertiesWhatItIs(t *testing.T) {
	for props, want := range map[string]string{
		`{"default_generation_settings":{},"total_slots":1}`:          "llamacpp",
		`{"default_generation_settings":{},"build_info":"b1-abcdef"}`: "llamacpp",
		`{"default_generation_settings":{}}`:                          "",
		`{"total_slots":1,"build_info":"b1-abcdef"}`:                  "",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !r.Close {
				t.Errorf("%s: the connection is kept for nobody", r.URL.Path)
			}
			if r.URL.Path != "/props" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, props)
		}))
		if p, _ := Identify(t.Context(), server.URL); p.Name != want {
			t.Errorf("%s: %q, want %q", props, p.Name, want)
		}
		server.Close()
	}
}

// Ollama's own list stands beside the path with the version, not under it.
func TestOwnListsAreAskedForBesideTheVersion(t *testing.T) {
	for path, want := range map[string]string{"/api/tags": "ollama", "/v1/api/tags": ""} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case path:
				fmt.Fprint(w, `{"models":[{"name":"m:latest","details":{}}]}`)
			case "/v1/models":
				fmt.Fprint(w, `{"data":[{"id":"m:latest"}]}`)
			default:
				http.NotFound(w, r)
			}
		}))
		if p, _ := Identify(t.Context(), server.URL); p.Name != want {
			t.Errorf("with a list at %s it is %q, want %q", path, p.Name, want)
		}
		server.Close()
	}
}

// Who is asked what it is can send on to nobody else: it may be any program on that port.
func TestWhoIsAskedWhatItIsSendsNobodyElsewhere(t *testing.T) {
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		fmt.Fprint(w, `{"data":[{"id":"m","owned_by":"llamacpp"}]}`)
	}))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL+"/v1/models", http.StatusTemporaryRedirect))
	defer server.Close()
	if p, ok := Identify(t.Context(), server.URL); ok || asked > 0 {
		t.Errorf("it is %q; another server was asked %d times", p.Name, asked)
	}
}

func TestWhoAListBelongsToTellsWhatAServerIs(t *testing.T) {
	for owner, want := range map[string]string{
		"llamacpp": "llamacpp", "vllm": "vllm", "llama-swap": "llamaswap", "organization_owner": "lmstudio", "openai": "", "organization-owner": "",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1/models" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprintf(w, `{"data":[{"id":"m","owned_by":%q}]}`, owner)
		}))
		if p, _ := Identify(t.Context(), server.URL); p.Name != want {
			t.Errorf("%s: %q, want %q", owner, p.Name, want)
		}
		server.Close()
	}
}
