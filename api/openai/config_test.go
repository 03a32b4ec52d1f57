package openai

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestEveryFormOfABaseURLMeansTheSame(t *testing.T) {
	for text, want := range map[string]string{
		"https://nano-gpt.com/api/v1":                    "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/v1/":                   "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/v1///":                 "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api":                       "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/":                      "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/v1/embeddings":         "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/v1/embeddings/":        "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/embeddings":            "https://nano-gpt.com/api/v1",
		"https://nano-gpt.com/api/v1/embedding-models":   "https://nano-gpt.com/api/v1",
		"HTTPS://Nano-GPT.com/api/v1":                    "https://nano-gpt.com/api/v1",
		" nano-gpt.com/api ":                             "https://nano-gpt.com/api/v1",
		"localhost:11434":                                "http://localhost:11434/v1",
		"http://localhost:11434/api":                     "http://localhost:11434/v1",
		"http://localhost:11434/api/embed":               "http://localhost:11434/v1",
		"http://localhost:11434/api/embed/":              "http://localhost:11434/v1",
		"localhost:11434/api/embeddings":                 "http://localhost:11434/v1",
		"http://10.0.0.7:11434/api/tags":                 "http://10.0.0.7:11434/v1",
		"https://me.example.com/ollama/api/embed":        "https://me.example.com/ollama/v1",
		"http://localhost:3000/api/embeddings":           "http://localhost:3000/api/",
		"http://localhost:3000/api":                      "http://localhost:3000/api/v1",
		"127.0.0.1:8080/v1":                              "http://127.0.0.1:8080/v1",
		"[::1]:8080":                                     "http://[::1]:8080/v1",
		"http://localhost:1234/v1/chat/completions":      "http://localhost:1234/v1",
		"https://generativelanguage.example/v1beta/open": "https://generativelanguage.example/v1beta/open",
		"https://api.deepinfra.example/v1/openai":        "https://api.deepinfra.example/v1/openai",
	} {
		u, err := baseURL(text)
		if err != nil || u.String() != want {
			t.Errorf("%q is %v, %v; want %s", text, u, err, want)
		}
	}
}

func TestWhatStandsBesideTheVersionIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"https://nano-gpt.com/api/v1": "https://nano-gpt.com/api/tags", "localhost:11434": "http://localhost:11434/tags", "https://example.com/v1beta/openai": "https://example.com/v1beta/openai/tags",
	} {
		u, err := baseURL(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := root(u).JoinPath("tags"); got.String() != want || !strings.HasPrefix(got.Path, "/") {
			t.Errorf("beside %s is %s", text, got)
		}
	}
}

func TestAddressesThatAreNoneAreRefusedWithoutRepeatingThem(t *testing.T) {
	for _, text := range []string{"", "https://", "ftp://host/v1", "https://me:s3cret@host/v1", "https://me:s3cret@host:port/v1", "https://host/v1?key=s3cret", "https://host/v1#s3cret", "https://ho st/"} {
		_, err := New(Config{Name: "mine", BaseURL: text})
		if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "base_url") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestKeysCrossNoNetworkInTheClear(t *testing.T) {
	for address, safe := range map[string]bool{
		"http://localhost:1/v1": true, "http://127.0.0.2/v1": true, "http://[::1]/v1": true, "https://example.com": true,
		"http://api.localhost/": true, "http://example.com": false, "http://10.0.0.5:8080": false, "http://localhost.example.com": false,
	} {
		cfg := Config{Name: "mine", BaseURL: address, Key: api.NewSecret(testKey)}
		_, err := New(cfg)
		var insecure *api.InsecureKeyError
		if errors.As(err, &insecure) == safe {
			t.Errorf("%s with a key: %v", address, err)
		}
		cfg.AllowInsecureKey = true
		if _, err := New(cfg); err != nil {
			t.Errorf("%s allowed: %v", address, err)
		}
		if _, err := New(Config{Name: "mine", BaseURL: address}); err != nil {
			t.Errorf("%s without a key: %v", address, err)
		}
	}
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	good := Config{Name: "mine", BaseURL: "https://example.com"}
	for name, spoil := range map[string]func(*Config){
		"requests per second": func(c *Config) { c.RequestsPerSecond = -1 },
		"concurrency":         func(c *Config) { c.Concurrency = -1 },
		"inputs per request":  func(c *Config) { c.MaxInputs = -1 },
		"tokens per request":  func(c *Config) { c.MaxTokens = -1 },
		"timeout":             func(c *Config) { c.Timeout = -1 },
		"key":                 func(c *Config) { c.Key = api.NewSecret("sk-1\nX-Evil: 1") },
		"always verified": func(c *Config) {
			c.HTTP = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		},
	} {
		cfg := good
		spoil(&cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "Evil") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAKeyThatDoesNotStandAloneIsNotSent(t *testing.T) {
	for given, want := range map[string]string{
		`"sk-1234567"`: "is in quotes", "'sk-1234567": "is in quotes", "sk-1234567`": "is in quotes", "“sk-1234567”": "is in quotes",
		"Bearer sk-1234567": `begins with "Bearer"`, "bearer  sk-1234567": `begins with "Bearer"`, "Bearer:sk-1234567": `begins with "Bearer"`, "Authorization: Bearer sk-1234567": `begins with "Authorization:"`,
		"  sk-1234567\n": "", "bearer-1234567": "", "sk-\"1234567": "",
	} {
		_, err := New(Config{Profile: profile(t, "nanogpt"), Key: api.NewSecret(given), Settings: "config.toml"})
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", given, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "set NANOGPT_API_KEY or the key in config.toml again") || strings.Contains(err.Error(), "1234567")):
			t.Errorf("%q: %v", given, err)
		}
	}
}

func TestEveryProfileIsCompleteAndFound(t *testing.T) {
	want := []string{"nanogpt", "openai", "ollama", "llamacpp", "llamaswap", "lmstudio", "vllm", "tei", "openrouter", "mistral", "voyage", "jina", "generic"}
	if len(Profiles()) != len(want) {
		t.Errorf("%d profiles, want %d", len(Profiles()), len(want))
	}
	for _, name := range want {
		p, err := FindProfile(" " + strings.ToUpper(name))
		if err != nil || p.Name != name {
			t.Fatalf("%s: %v, %v", name, p.Name, err)
		}
		if p.MaxInputs < 1 || p.MaxTokens < 1 || p.Concurrency < 1 || p.RequestsPerSecond <= 0 || p.Timeout <= 0 {
			t.Errorf("%s lacks a cap: %+v", name, p)
		}
		if (p.Dimensioning == DimensionsNever) != (p.DimensionsName == "") {
			t.Errorf("%s asks for dimensions by the name %q", name, p.DimensionsName)
		}
		if (p.BaseURL == "") != (name == "generic") || p.NeedsKey != (p.KeyEnv != "") {
			t.Errorf("%s: base URL %q, key in %q", name, p.BaseURL, p.KeyEnv)
		}
		if p.BaseURL != "" {
			if c := newClient(t, Config{Profile: p}); c.Name() != name || c.BaseURL() != p.BaseURL {
				t.Errorf("%s alone is %s at %s", name, c.Name(), c.BaseURL())
			}
		}
	}
	var unknown *UnknownProfileError
	if _, err := FindProfile("olama"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "ollama") {
		t.Errorf("an unknown profile: %v", err)
	}
	if p, err := FindProfile(""); err != nil || p.Name != "generic" {
		t.Errorf("no profile is %s, %v", p.Name, err)
	}
}

// What each kind of server takes, as its documentation says; who asks for more is refused,
// or pays twice.
func TestEveryKindOfServerIsAskedAsItsDocumentationSays(t *testing.T) {
	const services, here = "services", "here"
	for _, c := range []struct {
		name, where    string
		key            string
		inputs, tokens int
		base64         bool
		dimensions     Dimensioning
		called         string
		roles, list    bool
	}{
		{"nanogpt", services, "NANOGPT_API_KEY", 2048, 300_000, true, DimensionsUnlessRefused, "dimensions", false, true},
		{"openai", services, "OPENAI_API_KEY", 2048, 300_000, true, DimensionsUnlessRefused, "dimensions", false, true},
		{"openrouter", services, "OPENROUTER_API_KEY", 256, 300_000, false, DimensionsUnlessRefused, "dimensions", true, true},
		{"mistral", services, "MISTRAL_API_KEY", 512, 16_000, true, DimensionsAlways, "output_dimension", false, true},
		{"voyage", services, "VOYAGE_API_KEY", 1000, 120_000, true, DimensionsAlways, "output_dimension", true, false},
		{"jina", services, "JINA_API_KEY", 512, 300_000, false, DimensionsAlways, "dimensions", true, false},
		{"ollama", here, "", 32, 300_000, true, DimensionsAlways, "dimensions", false, true},
		{"llamacpp", here, "", 64, 300_000, true, DimensionsNever, "", false, true},
		{"llamaswap", here, "", 64, 300_000, false, DimensionsNever, "", false, true},
		{"lmstudio", here, "", 64, 300_000, false, DimensionsNever, "", false, true},
		{"vllm", here, "", 64, 300_000, true, DimensionsIfSupported, "dimensions", false, true},
		{"tei", here, "", 32, 300_000, true, DimensionsAlways, "dimensions", false, true},
		{"generic", services, "", 256, 300_000, false, DimensionsUnlessRefused, "dimensions", false, true},
	} {
		p, err := FindProfile(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if p.KeyEnv != c.key || p.MaxInputs != c.inputs || p.MaxTokens != c.tokens || p.Base64 != c.base64 || p.Dimensioning != c.dimensions || p.DimensionsName != c.called || p.RoleFields != c.roles || p.HasList() != c.list {
			t.Errorf("%s: %+v, want %+v", c.name, p, c)
		}
		atOnce, each, wait := 4, 20.0, 2*time.Minute
		if c.where == here {
			atOnce, each, wait = 2, 100, 10*time.Minute
		}
		if p.Local != (c.where == here) || p.Concurrency != atOnce || p.RequestsPerSecond != each || p.Timeout != wait {
			t.Errorf("%s: %d at once, %g a second, %v for an answer, want %d, %g, %v", c.name, p.Concurrency, p.RequestsPerSecond, p.Timeout, atOnce, each, wait)
		}
		if p.openList != (c.name == "nanogpt" || c.name == "openrouter") || p.balance != (c.name == "nanogpt") {
			t.Errorf("%s: an open list %t, a balance %t", c.name, p.openList, p.balance)
		}
	}
}

func TestSecretsPrintAsNothing(t *testing.T) {
	s := api.NewSecret("  " + testKey + "\n")
	inner := struct {
		key  api.Secret
		Cfg  Config
		list []api.Secret
	}{s, Config{Key: s}, []api.Secret{s}}
	client := newClient(t, Config{Profile: profile(t, "nanogpt"), Key: s})
	coded, err := json.Marshal(map[string]any{"key": s})
	if err != nil {
		t.Fatal(err)
	}
	printed := string(coded)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		printed += fmt.Sprintf(verb+verb+verb+verb, s, inner, &inner, client)
	}
	forms := keyForms(testKey)
	forms["start"] = "sk-nano"
	for name, form := range forms {
		if strings.Contains(printed, form) {
			t.Errorf("printing gives away the key (%s)", name)
		}
	}
	if s.Reveal() != testKey || s.Empty() || !api.NewSecret(" \n").Empty() {
		t.Error("a key's white space matters")
	}
	if fmt.Sprint(s) != "[key]" || string(coded) != `{"key":"[key]"}` {
		t.Errorf("a secret prints as %v and %s", s, coded)
	}
}

func TestTheKeyGoesInOneHeaderOnly(t *testing.T) {
	seen := http.Header{}
	c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Clone()
		fmt.Fprint(w, answerTo(readAsked(t, r)))
	})
	if _, err := embed(c, "a"); err != nil {
		t.Fatal(err)
	}
	if seen.Get("Authorization") != "Bearer "+testKey || seen.Get("X-Api-Key") != "" || seen.Get("Content-Encoding") != "" {
		t.Errorf("headers %v", seen)
	}
}

func TestWithoutAKeyNothingIsAsked(t *testing.T) {
	c := serveConfig(t, Config{Profile: profile(t, "nanogpt")}, func(http.ResponseWriter, *http.Request) { t.Error("it was asked") })
	_, err := embed(c, "a")
	var key *api.KeyError
	if !errors.As(err, &key) || key.Env != "NANOGPT_API_KEY" {
		t.Errorf("embedding without a key: %v", err)
	}
	if _, err := c.Balance(context.Background()); !errors.As(err, &key) {
		t.Errorf("a balance without a key: %v", err)
	}
}

func TestRedirectsStayOnTheServer(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another server was asked, with the key %q", r.Header.Get("Authorization"))
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		requests := 0
		c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
			requests++
			http.Redirect(w, r, other.URL+"/v1/embeddings?token=s3cret", status)
		})
		_, err := embed(c, "a")
		var e *api.ServerError
		if !errors.As(err, &e) || !e.Permanent || requests != 1 || strings.Contains(err.Error(), "s3cret") ||
			!strings.Contains(err.Error(), "another server") || !strings.Contains(err.Error(), "base_url") {
			t.Errorf("%d after %d requests: %v", status, requests, err)
		}
	}
}

func TestARedirectFromHTTPSNeverGoesOnInTheClear(t *testing.T) {
	for _, status := range []int{301, 307, 308} {
		c := inside(t, Config{BaseURL: "https://example.com"}, func(r *http.Request) (*http.Response, error) {
			if r.URL.Scheme != "https" {
				t.Errorf("%d: %s was asked, with the key %q", status, r.URL, r.Header.Get("Authorization"))
			}
			return response(status, "", "Location", "http://example.com/v1/embeddings"), nil
		})
		if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), "another server") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestRedirectsOnTheServerAreFollowedAsTheyAre(t *testing.T) {
	redirect := func(status int, target string) *Client {
		return serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/there" {
				fmt.Fprint(w, answerTo(readAsked(t, r)))
				return
			}
			http.Redirect(w, r, target, status)
		})
	}
	if _, err := embed(redirect(308, "/there"), "a"); err != nil {
		t.Errorf("308 within the server: %v", err)
	}
	for steps := 1; steps <= 4; steps++ { // three are followed, and no more
		c := serve(t, "nanogpt", func(w http.ResponseWriter, r *http.Request) {
			done, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/step"))
			if done == steps {
				fmt.Fprint(w, answerTo(readAsked(t, r)))
				return
			}
			http.Redirect(w, r, fmt.Sprintf("/step%d", done+1), http.StatusPermanentRedirect)
		})
		if _, err := embed(c, "a"); err == nil != (steps <= 3) {
			t.Errorf("sent on %d times: %v", steps, err)
		}
	}
	if _, err := embed(redirect(301, "/there"), "a"); err == nil || !strings.Contains(err.Error(), "has moved to") {
		t.Errorf("301, which would lose the texts: %v", err)
	}
	if _, err := embed(redirect(307, "/api/v1/embeddings"), "a"); err == nil || !strings.Contains(err.Error(), "more than 3 times") {
		t.Errorf("a circle: %v", err)
	}
}

func TestUntrustedCertificatesAreRefusedAtOnce(t *testing.T) {
	requests := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests++ }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	c := newClient(t, Config{Profile: profile(t, "nanogpt"), BaseURL: server.URL, Key: api.NewSecret(testKey)})
	_, err := embed(c, "a")
	var e *api.ServerError
	if !errors.As(err, &e) || !e.Permanent || !strings.Contains(err.Error(), "certificate cannot be trusted") || requests != 0 {
		t.Errorf("a certificate of nobody: %v", err)
	}
}

func TestHTTPSToAPlainServerSaysSo(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c := newClient(t, Config{Profile: profile(t, "nanogpt"), BaseURL: "https" + strings.TrimPrefix(server.URL, "http"), Key: api.NewSecret(testKey)})
	if _, err := embed(c, "a"); err == nil || !strings.Contains(err.Error(), "does not speak https") {
		t.Errorf("https to a plain server: %v", err)
	}
}

func TestWellKnownAddressesTellTheKindOfServer(t *testing.T) {
	for address, want := range map[string]string{
		"https://nano-gpt.com/api/v1":       "nanogpt",
		"https://api.nano-gpt.com/api/v1/":  "nanogpt",
		"https://API.openai.com":            "openai",
		"api.mistral.ai/v1/embeddings":      "mistral",
		"http://127.0.0.1:11434/v1":         "ollama",
		"localhost:1234":                    "lmstudio",
		"http://localhost:8080/v1":          "", // llama.cpp's and text-embeddings-inference's
		"https://embeddings.example.com/v1": "",
		"http://10.0.0.7:11434/v1":          "",
		"":                                  "",
		"ftp://nano-gpt.com":                "",
	} {
		p, ok := ProfileAt(address)
		if p.Name != want || ok != (want != "") {
			t.Errorf("%q is %q, %t; want %q", address, p.Name, ok, want)
		}
	}
}
