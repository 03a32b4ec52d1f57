package registry_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

// openWith makes a registry that may find servers, with those variables.
func openWith(t *testing.T, o registry.Options, environment ...string) *registry.Registry {
	t.Helper()
	o.Getenv = func(name string) string {
		for _, e := range environment {
			if value, ok := strings.CutPrefix(e, name+"="); ok {
				return value
			}
		}
		return ""
	}
	if o.Paths == (config.Paths{}) {
		o.Paths = home(t)
	}
	r, err := registry.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// defaults are the settings of somebody without a settings file.
func defaults(servers ...config.Provider) config.Settings {
	s := config.Defaults()
	s.Providers = servers
	return s
}

// places are where those servers are looked for.
func places(ollama, llama *apitest.Server) []registry.Place {
	return []registry.Place{{Name: "ollama", BaseURLs: []string{ollama.URL}}, {Name: "llamacpp", BaseURLs: []string{llama.URL}}}
}

func speaking(t *testing.T, d apitest.Dialect) *apitest.Server {
	t.Helper()
	return apitest.New(t, apitest.Options{Quick: true, Dialect: d})
}

func TestWhatRunsHereIsFoundAndFree(t *testing.T) {
	r := openWith(t, registry.Options{Settings: defaults(), Places: places(speaking(t, apitest.Ollama), speaking(t, apitest.LlamaCPP))})
	if got := r.Servers(); !slices.Equal(got, []string{"nanogpt"}) {
		t.Errorf("before anybody looked there are %v", got)
	}
	e := engine(r)
	if found := r.Discover(t.Context()); !slices.Equal(found, []string{"ollama", "llamacpp"}) {
		t.Fatalf("found %v", found)
	}
	if again := r.Discover(t.Context()); len(again) != 0 {
		t.Errorf("found again: %v", again)
	}
	for _, name := range []string{"ollama", "llamacpp"} {
		if _, _, err := r.Refresh(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		if from := r.Origin(name); from != "found on this machine" {
			t.Errorf("%s is from %q", name, from)
		}
	}
	for _, ref := range []string{"ollama/nomic-embed-text:latest", "llamacpp/nomic-embed-text-v1.5.Q8_0.gguf"} {
		m := row(t, r, ref)
		if e.Paid(m) || e.Available(m) != nil || !m.Free() {
			t.Errorf("%s is paid %t, available %v", ref, e.Paid(m), e.Available(m))
		}
		result, err := engine(r).Providers[m.Provider].Embed(t.Context(), api.Request{Model: m.ID, Texts: []string{"wind"}})
		if err != nil || len(result.Vectors) != 1 {
			t.Errorf("%s: %v", ref, err)
		}
	}
	for _, s := range r.Check(t.Context()) {
		if s.Provider == "ollama" && (s.From != "found on this machine" || !s.Reachable) {
			t.Errorf("%+v", s)
		}
	}
}

func TestOtherServersAtThosePortsAreNotTakenForThem(t *testing.T) {
	openAI, generic := speaking(t, apitest.OpenAI), speaking(t, apitest.Generic)
	r := openWith(t, registry.Options{Settings: defaults(), Places: places(openAI, generic)})
	if found := r.Discover(t.Context()); len(found) != 0 {
		t.Errorf("found %v", found)
	}
	swapped := openWith(t, registry.Options{Settings: defaults(), Places: places(speaking(t, apitest.LlamaCPP), speaking(t, apitest.Ollama))})
	if found := swapped.Discover(t.Context()); len(found) != 0 {
		t.Errorf("found %v at each other's ports", found)
	}
	for _, asked := range openAI.Requests() {
		if asked.Header.Get("Authorization") != "" {
			t.Error("a key was sent")
		}
	}
}

func TestAServerStartedLaterIsFoundThen(t *testing.T) {
	gone := speaking(t, apitest.Ollama)
	gone.Close()
	r := openWith(t, registry.Options{Settings: defaults(), Places: []registry.Place{{Name: "ollama", BaseURLs: []string{gone.URL}}}})
	if found := r.Discover(t.Context()); len(found) != 0 {
		t.Errorf("found %v", found)
	}
	at, err := url.Parse(gone.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.Ollama, Port: port})
	if found := r.Discover(t.Context()); !slices.Equal(found, []string{"ollama"}) {
		t.Errorf("found %v", found)
	}
}

func TestTheSettingsTurnFindingOff(t *testing.T) {
	off := defaults()
	off.Discover = false
	unusable := registry.Options{Settings: defaults(), Unusable: errors.New("mend it")}
	for _, o := range []registry.Options{{Settings: off}, unusable} {
		server := speaking(t, apitest.Ollama)
		o.Places = []registry.Place{{Name: "ollama", BaseURLs: []string{server.URL}}}
		r := openWith(t, o, "OPENAI_API_KEY=sk-1")
		if found := r.Discover(t.Context()); len(found) != 0 || len(server.Requests()) != 0 || !slices.Equal(r.Servers(), []string{"nanogpt"}) {
			t.Errorf("found %v, %d requests, servers %v", found, len(server.Requests()), r.Servers())
		}
	}
}

func TestWhatTheSettingsNameIsNotFoundTwice(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	other := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	for _, named := range []config.Provider{{Name: "ollama", BaseURL: "http://192.0.2.1:11434/v1"}, {Name: "mine", BaseURL: other, Profile: "ollama"}} {
		r := openWith(t, registry.Options{Settings: defaults(named), Places: []registry.Place{{Name: "ollama", BaseURLs: []string{server.URL}}}})
		if found := r.Discover(t.Context()); len(found) != 0 {
			t.Errorf("beside %+v found %v", named, found)
		}
	}
}

func TestAKeyInTheEnvironmentSetsOpenAIUp(t *testing.T) {
	server := speaking(t, apitest.OpenAI)
	r := openWith(t, registry.Options{Settings: defaults()}, "OPENAI_API_KEY="+server.Key, "OPENAI_BASE_URL="+server.URL)
	if _, _, err := r.Refresh(t.Context(), "openai"); err != nil {
		t.Fatal(err)
	}
	if from := r.Origin("openai"); from != "OPENAI_API_KEY in the environment" {
		t.Errorf("from %q", from)
	}
	if m := row(t, r, "openai/text-embedding-3-small"); engine(r).Available(m) != nil || !engine(r).Paid(m) {
		t.Errorf("%v", engine(r).Available(m))
	}
	for _, named := range []config.Provider{
		{Name: "openai"}, {Name: "mine", BaseURL: server.URL}, {Name: "gateway", BaseURL: "https://example.com/v1", KeyEnv: "OPENAI_API_KEY"},
	} {
		r := openWith(t, registry.Options{Settings: defaults(named)}, "OPENAI_API_KEY="+server.Key, "OPENAI_BASE_URL="+server.URL)
		if got := r.Servers(); len(got) != 2 || got[1] != named.Name {
			t.Errorf("beside %+v there are %v", named, got)
		}
	}
	if got := openWith(t, registry.Options{Settings: defaults()}).Servers(); !slices.Equal(got, []string{"nanogpt"}) {
		t.Errorf("without a key there are %v", got)
	}
}

// Blanks around an address are no part of it, and an address of blanks is none.
func TestBlanksAroundTheAddressOfOpenAIAreNoPartOfIt(t *testing.T) {
	server := speaking(t, apitest.OpenAI)
	r := openWith(t, registry.Options{Settings: defaults()}, "OPENAI_API_KEY="+server.Key, "OPENAI_BASE_URL= "+server.URL+"\n")
	if _, _, err := r.Refresh(t.Context(), "openai"); err != nil {
		t.Error(err)
	}
	r = openWith(t, registry.Options{Settings: defaults()}, "OPENAI_API_KEY=k", "OPENAI_BASE_URL= ")
	if err := r.Blocked("openai"); err != nil {
		t.Errorf("of an address of blanks it is said: %v", err)
	}
}

func TestOnlyTheBuiltInServerWithoutAKeyIsNotAskedUnasked(t *testing.T) {
	for _, c := range []struct {
		named []config.Provider
		env   string
		want  []string
	}{
		{nil, "", []string{"nanogpt"}},
		{nil, "NANOGPT_API_KEY=k", nil},
		{[]config.Provider{{Name: "nanogpt"}}, "", nil},
		{[]config.Provider{{Name: "voyage"}}, "", []string{"nanogpt"}},
	} {
		r := openWith(t, registry.Options{Settings: defaults(c.named...)}, c.env)
		if got := r.Unasked(); !slices.Equal(got, c.want) {
			t.Errorf("%+v with %q: %v, want %v", c.named, c.env, got, c.want)
		}
	}
}

func TestAServerHereIsFreeWhenItSaysWhatItIs(t *testing.T) {
	price := 0.05
	for _, c := range []struct {
		dialect  apitest.Dialect
		settings config.Provider
		paid     bool
	}{
		{apitest.Ollama, config.Provider{}, false},
		{apitest.LlamaCPP, config.Provider{}, false},
		{apitest.VLLM, config.Provider{}, false},
		{apitest.LlamaSwap, config.Provider{}, false},
		{apitest.LMStudio, config.Provider{}, false},
		{apitest.Generic, config.Provider{}, true},
		{apitest.Generic, config.Provider{Free: true}, false},
		// What the settings say of it goes before what it says of itself.
		{apitest.Ollama, config.Provider{Profile: "generic"}, true},
		{apitest.Ollama, config.Provider{Models: []config.ProviderModel{{ID: "x", Price: &price}}}, true},
	} {
		server := speaking(t, c.dialect)
		c.settings.Name, c.settings.BaseURL = "own", server.URL
		r := open(t, home(t), c.settings)
		if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
			t.Fatal(err)
		}
		m := row(t, r, "own/"+server.Models()[0].ID)
		if got := engine(r).Paid(m); got != c.paid {
			t.Errorf("%s as %+v: paid is %t", c.dialect, c.settings, got)
		}
	}
}

func TestOnlyThisMachineIsAskedWhatItIs(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	r := open(t, home(t), config.Provider{Name: "own", BaseURL: elsewhere(server)})
	r.Recognise(t.Context(), "own")
	r.Discover(t.Context())
	if asked := server.Requests(); len(asked) != 0 {
		t.Errorf("a server elsewhere was asked %d times, first for %s", len(asked), asked[0].Path)
	}
}

func TestAKeptListPricesNothing(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	paths := home(t)
	named := config.Provider{Name: "own", BaseURL: server.URL, Profile: "ollama"}
	if _, _, err := open(t, paths, named).Refresh(t.Context(), "own"); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(paths.Cache, "lists", "own.json"))
	if err != nil || strings.Contains(string(kept), `"Price":0`) || !strings.Contains(string(kept), "nomic-embed-text:latest") {
		t.Errorf("the kept list, %v, is\n%s", err, kept)
	}
	const ref = "own/nomic-embed-text:latest"
	if m := row(t, open(t, paths, named), ref); !m.Free() || m.Source != api.SourceCached {
		t.Errorf("kept under the same profile: %+v", m)
	}
	for _, profile := range []string{"generic", "openai", ""} {
		named.Profile = profile
		r := open(t, paths, named)
		if m := row(t, r, ref); m.Price != nil || !engine(r).Paid(m) {
			t.Errorf("under %q the kept list says $%v", profile, m.Price)
		}
		if r.Recognise(t.Context(), "own"); engine(r).Paid(row(t, r, ref)) != (profile != "") {
			t.Errorf("under %q, asked what it is: paid %t", profile, engine(r).Paid(row(t, r, ref)))
		}
	}
}

func TestAKeyIsTakenForThisRunOnly(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	paths := home(t)
	named := config.Provider{Name: "nanogpt", BaseURL: server.URL}
	r := open(t, paths, named)
	m := row(t, r, "nanogpt/BAAI/bge-m3")
	var missing *api.KeyError
	if err := engine(r).Available(m); !errors.As(err, &missing) {
		t.Fatal(err)
	}
	if err := r.SetKey("nanogpt", api.NewSecret(`"quoted"`)); err == nil || engine(r).Available(m) == nil {
		t.Errorf("a key in quotes is taken: %v", err)
	}
	if err := r.SetKey("nanogpt", api.NewSecret(server.Key)); err != nil || engine(r).Available(m) != nil {
		t.Fatalf("%v, %v", err, engine(r).Available(m))
	}
	if _, err := engine(r).Providers["nanogpt"].Embed(t.Context(), api.Request{Model: m.ID, Texts: []string{"wind"}}); err != nil {
		t.Error(err)
	}
	var unknown *registry.UnknownError
	if err := r.SetKey("nobody", api.NewSecret("k")); !errors.As(err, &unknown) {
		t.Error(err)
	}
	if err := engine(open(t, paths, named)).Available(m); !errors.As(err, &missing) {
		t.Errorf("the next run: %v", err)
	}
}

func TestALookRoundEndsWithItsContext(t *testing.T) {
	server := speaking(t, apitest.Ollama)
	r := openWith(t, registry.Options{Settings: defaults(), Places: []registry.Place{{Name: "ollama", BaseURLs: []string{server.URL}}}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if found := r.Discover(ctx); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// A peer of llama-swap, or a model that Ollama passes on to its cloud, is asked on another
// machine: what is free of a server here is not free of those.
func TestWhatAServerHerePassesOnIsNotFree(t *testing.T) {
	server := speaking(t, apitest.LlamaSwap)
	for _, settings := range []config.Provider{{}, {Profile: "llamaswap"}, {Free: true}} {
		settings.Name, settings.BaseURL = "own", server.URL
		in := home(t)
		for _, again := range []bool{false, true} { // from the server, then from the list that was kept
			r := open(t, in, settings)
			if !again {
				if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
					t.Fatal(err)
				}
			} else {
				r.Recognise(t.Context(), "own")
			}
			for id, paid := range map[string]bool{"embed-nomic": false, "far/embed-large": !settings.Free} {
				if m := row(t, r, "own/"+id); engine(r).Paid(m) != paid {
					t.Errorf("%+v, again %t: %s is paid for: %t", settings, again, id, !paid)
				}
			}
		}
	}
}

// A list of before, or one that was read while the server did not say what it is, does not
// tell what is passed on.
func TestAListThatDoesNotTellWhatIsPassedOnMakesNothingFree(t *testing.T) {
	server := speaking(t, apitest.LlamaSwap)
	settings := config.Provider{Name: "own", BaseURL: server.URL}
	for _, list := range []string{`{"version":1,"profile":"llamaswap"`, `{"version":2,"profile":"generic"`} {
		in := home(t)
		path := filepath.Join(in.Cache, "lists", "own.json")
		content := list + `,"base_url":"` + server.URL + `","models":[{"ID":"far/embed-large","Name":"far","Kind":"embedding"}]}`
		if err := config.WriteAtomic(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		r := open(t, in, settings)
		r.Recognise(t.Context(), "own")
		if m, err := r.Catalog().Find("own/far/embed-large"); err == nil && !engine(r).Paid(m) {
			t.Errorf("%s: it is free", list)
		}
		if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
			t.Fatal(err)
		}
		if m := row(t, r, "own/far/embed-large"); !engine(r).Paid(m) {
			t.Errorf("%s: after reading the list it is free", list)
		}
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
