package registry_test

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// home is where the files of a test are kept.
func home(t *testing.T) config.Paths {
	t.Helper()
	dir := t.TempDir()
	return config.Paths{Settings: filepath.Join(dir, "config.toml"), Cache: filepath.Join(dir, "cache")}
}

// open makes a registry of those servers without anything in the environment.
func open(t *testing.T, paths config.Paths, servers ...config.Provider) *registry.Registry {
	t.Helper()
	return openWith(t, registry.Options{Settings: config.Settings{Providers: servers}, Paths: paths})
}

// at is the built-in provider at a server of a test.
func at(server *apitest.Server) config.Provider {
	return config.Provider{Name: "nanogpt", BaseURL: server.URL, Key: api.NewSecret(server.Key)}
}

// engine asks the providers of a registry.
func engine(r *registry.Registry) *pipeline.Engine {
	return &pipeline.Engine{Catalog: r.Catalog(), Providers: r.Providers(), HasKey: r.HasKey, Unpaid: r.Unpaid}
}

func row(t *testing.T, r *registry.Registry, ref string) api.Model {
	t.Helper()
	m, err := engine(r).Catalog.Find(ref)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNanoGPTNeedsNoSettings(t *testing.T) {
	r := open(t, home(t))
	m := row(t, r, "nanogpt/BAAI/bge-m3")
	var missing *api.KeyError
	if err := engine(r).Available(m); !errors.As(err, &missing) || missing.Env != "NANOGPT_API_KEY" || m.Source != api.SourceSnapshot {
		t.Errorf("%v from %s", err, m.Source)
	}
	if got := r.Servers(); !slices.Equal(got, []string{"nanogpt"}) || len(r.Notices()) != 0 {
		t.Errorf("servers %v", got)
	}
	if _, _, err := r.Refresh(t.Context(), "nanogtp"); err == nil || !strings.Contains(err.Error(), "there are nanogpt") {
		t.Errorf("an unknown provider: %v", err)
	}
}

func TestTheServersListIsCompletedFromWhatTheBinaryKnows(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server))
	before := row(t, r, "nanogpt/BAAI/bge-large-en-v1.5")
	if _, changes, err := r.Refresh(t.Context(), "nanogpt"); err != nil || changes.Any() {
		t.Fatalf("%v, %v", changes, err)
	}
	m := row(t, r, "nanogpt/BAAI/bge-large-en-v1.5")
	if m.Source != api.SourceLive || m.Listed.IsZero() || m.Mark != "" {
		t.Errorf("source %s, listed %v, mark %q", m.Source, m.Listed, m.Mark)
	}
	if m.Roles.Query.Plain() || m.Roles != before.Roles || m.NativeDimensions != before.NativeDimensions || m.Languages != before.Languages || !slices.Equal(m.Notes, before.Notes) {
		t.Errorf("%+v\nknown before: %+v", m, before)
	}
	reranker := row(t, r, "nanogpt/BAAI/bge-reranker-large")
	if reranker.Unselectable() == "" || reranker.Dimensions != 0 || reranker.Limit() != 0 || reranker.SupportsDimensions {
		t.Errorf("the reranker: %+v", reranker)
	}
}

func TestAModelIsCalledAsItsServerCallsItElseAsTheBinaryDoes(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Models: []api.Model{
		{ID: "BAAI/bge-m3", Kind: api.KindEmbedding}, {ID: "BAAI/bge-large-en-v1.5", Name: "Large, for English", Kind: api.KindEmbedding},
	}})
	generic := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.Generic, Models: []api.Model{{ID: "BAAI/bge-m3", Kind: api.KindEmbedding}, {ID: "unheard-of-embedding", Kind: api.KindEmbedding}, {ID: "BAAI/bge-large-en-v1.5", Kind: api.KindEmbedding}}})
	r := open(t, home(t), at(server), config.Provider{Name: "mine", BaseURL: generic.URL, Profile: "generic"})
	before := row(t, r, "nanogpt/BAAI/bge-m3")
	for _, name := range []string{"nanogpt", "mine"} {
		if _, _, err := r.Refresh(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	if m := row(t, r, "nanogpt/BAAI/bge-m3"); m.MaxTokens != before.MaxTokens || m.Dimensions != before.Dimensions || m.Limit() != before.Limit() || m.MinDimensions != before.MinDimensions || *m.Price != *before.Price || m.MaxTokens == 0 {
		t.Errorf("what the list leaves out is known no more: %+v, before %+v", m, before)
	}
	for _, id := range []string{"BAAI/bge-m3", "BAAI/bge-large-en-v1.5"} {
		if m := row(t, r, "mine/"+id); m.Languages == "" || m.Dimensions == 0 {
			t.Errorf("%s is not known where another serves it: %+v", id, m)
		}
	}
	for ref, want := range map[string]string{"nanogpt/BAAI/bge-m3": "BGE M3", "nanogpt/BAAI/bge-large-en-v1.5": "Large, for English"} {
		if got := row(t, r, ref).Name; got != want {
			t.Errorf("%s is called %q, want %q", ref, got, want)
		}
	}
}

func TestTheSettingsPrefixGoesBeforeTheLists(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	mine, none := "find: ", ""
	settings := at(server)
	settings.Models = []config.ProviderModel{{ID: "BAAI/bge-large-en-v1.5", Roles: api.RoleSettings{Query: &none}}, {ID: "BAAI/bge-m3", Roles: api.RoleSettings{Query: &mine}}, {ID: "own", Roles: api.RoleSettings{Query: &none}}}
	r := open(t, home(t), settings)
	for _, when := range []string{"from the snapshot", "from the live list"} {
		for ref, want := range map[string]string{
			"nanogpt/BAAI/bge-large-en-v1.5": none, "nanogpt/BAAI/bge-m3": mine, "nanogpt/own": none,
			"nanogpt/Qwen/Qwen3-Embedding-8B": "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
		} {
			if got := row(t, r, ref).Roles.Query.Prefix; got != want {
				t.Errorf("%s, %s: %q, want %q", ref, when, got, want)
			}
		}
		if _, _, err := r.Refresh(t.Context(), "nanogpt"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRolesAreKnownByNameAndFieldsGoWhereTheyAreTaken(t *testing.T) {
	models := []config.ProviderModel{{ID: "nomic-embed-text:latest"}, {ID: "voyage-3.5"}, {ID: "own"}, {ID: "mine", Roles: api.RoleSettings{Field: "kind", QueryValue: "q"}}}
	for _, c := range []struct {
		profile string
		want    map[string]string // what is said before or with a query
	}{
		{"voyage", map[string]string{"nomic-embed-text:latest": "search_query: ", "voyage-3.5": "input_type=query", "own": "", "mine": "kind=q"}},
		{"generic", map[string]string{"nomic-embed-text:latest": "search_query: ", "voyage-3.5": "", "own": "", "mine": "kind=q"}},
	} {
		r := open(t, home(t), config.Provider{Name: "server", Profile: c.profile, BaseURL: "http://127.0.0.1:9/v1", Models: models})
		for id, want := range c.want {
			how := row(t, r, "server/"+id).Roles.Query
			got := how.Prefix
			if how.Field != (api.Field{}) {
				got = how.Field.Name + "=" + how.Field.Value
			}
			if got != want {
				t.Errorf("%s under %s: queries are sent with %q, want %q", id, c.profile, got, want)
			}
		}
	}
}

func TestAServerSetUpWronglyIsListedAndSaysSo(t *testing.T) {
	r := open(t, home(t), config.Provider{
		Name: "box", BaseURL: "https://203.0.113.7/v1", Key: api.NewSecret("sk-box do-not-print"),
		Models: []config.ProviderModel{{ID: "m", Dimensions: 8}},
	})
	lines := strings.Join(r.Notices(), "\n")
	if !strings.Contains(lines, "the key holds a space") || strings.Contains(lines, "sk-box") {
		t.Errorf("notices %q", lines)
	}
	if again := r.Notices(); len(again) != 0 {
		t.Errorf("told twice: %q", again)
	}
	m := row(t, r, "box/m")
	_, err := engine(r).Embed(t.Context(), pipeline.Source{Model: m}, []string{"one"}, pipeline.EmbedOptions{})
	if err == nil || !strings.Contains(err.Error(), "the key holds a space") {
		t.Errorf("embedding: %v", err)
	}
}

func TestAServerOnThisMachineCostsNothing(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.Ollama})
	r := open(t, home(t), config.Provider{Name: "ollama", BaseURL: server.URL})
	if !r.NeverListed("ollama") || r.NeverListed("nanogpt") {
		t.Error("which lists were read is not known")
	}
	rows, changes, err := r.Refresh(t.Context(), "ollama")
	if err != nil || len(rows) == 0 || changes.Any() {
		t.Fatalf("%d rows, %v, %v", len(rows), changes, err)
	}
	for _, m := range rows {
		if engine(r).Paid(m) || engine(r).Available(m) != nil {
			t.Errorf("%s: paid %t, %v", m.Ref(), engine(r).Paid(m), engine(r).Available(m))
		}
	}
}

func TestUsageIsKeptOverSessions(t *testing.T) {
	paths := home(t)
	spent := api.Tally{
		Provider: "nanogpt", Model: "m",
		Texts: 30, Cached: 10, Tokens: 100, Estimated: 60, USD: 0.25, Unpriced: 5,
		Requests: 4, Uncounted: 1, Failed: 2, Lost: 1, LostTokens: 7, LostUSD: 0.125,
		Latencies: []time.Duration{100 * time.Millisecond, 300 * time.Millisecond},
	}
	for range 2 {
		r := open(t, paths)
		if err := r.Usage().Add(t.Context(), spent); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	totals, err := open(t, paths).Usage().Totals(t.Context())
	if err != nil || len(totals) != 1 {
		t.Fatalf("%+v, %v", totals, err)
	}
	got := totals[0]
	for share, want := range map[float64]time.Duration{0.5: 100 * time.Millisecond, 0.95: 300 * time.Millisecond} {
		if d, ok := got.Latency(share); !ok || math.Abs(float64(d)/float64(want)-1) > api.HistogramError {
			t.Errorf("the latency that %g do not exceed is %v, want %v", share, d, want)
		}
	}
	if got.Since.IsZero() || got.Histogram.Total() != 4 {
		t.Errorf("%+v", got)
	}
	got.Since, got.Last, got.Histogram = time.Time{}, time.Time{}, nil
	want := spent.Plus(spent)
	want.Histogram, want.Latencies = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestNothingIsOpenedOrAskedAtTheStart(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	paths := home(t)
	r := open(t, paths, at(server))
	if len(engine(r).Catalog.Models()) == 0 || len(server.Requests()) != 0 {
		t.Errorf("%d requests", len(server.Requests()))
	}
	if _, err := os.Stat(paths.Cache); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the cache was made: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Cache(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("opening after the end: %v", err)
	}
}

// What the binary knows of a model holds wherever it is served, but for what depends on who
// serves it: a price of NanoGPT's is no price of another.
func TestPricesAreOfTheirServerAlone(t *testing.T) {
	r := open(t, home(t), config.Provider{Name: "mine", BaseURL: "https://example.com/v1", Models: []config.ProviderModel{{ID: "BAAI/bge-m3"}, {ID: "baai/BGE-M3"}}})
	theirs, mine := row(t, r, "nanogpt/BAAI/bge-m3"), row(t, r, "mine/BAAI/bge-m3")
	if theirs.Price == nil || theirs.MaxTokens == 0 || theirs.Languages == "" {
		t.Fatalf("of NanoGPT's too little is known for this test: %+v", theirs)
	}
	if mine.Price != nil || mine.MaxTokens != 0 || mine.SupportsDimensions || !engine(r).Paid(mine) {
		t.Errorf("it costs %v and reads %d tokens, as NanoGPT says", mine.Price, mine.MaxTokens)
	}
	if mine.Languages != theirs.Languages || mine.Use != theirs.Use || mine.Dimensions != theirs.NativeDimensions {
		t.Errorf("what holds everywhere is not known: %+v", mine)
	}
	if spelled := row(t, r, "mine/baai/BGE-M3"); spelled.Languages != theirs.Languages {
		t.Errorf("nor under another spelling: %+v", spelled)
	}
}

// The key that a person has entered goes before that of the environment, and this before
// that of the settings file.
func TestWhichKeyIsSent(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	for name, c := range map[string]struct{ entered, env, settings, want string }{
		"entered":                   {"entered-key", "key-of-env", "key-of-file", "entered-key"},
		"over the environment":      {"entered-key", "key-of-env", "", "entered-key"},
		"over the settings":         {"entered-key", "", "key-of-file", "entered-key"},
		"environment":               {"", "key-of-env", "", "key-of-env"},
		"environment over settings": {"", "key-of-env", "key-of-file", "key-of-env"},
		"settings":                  {"", "", "key-of-file", "key-of-file"},
	} {
		t.Run(name, func(t *testing.T) {
			settings := at(server)
			settings.Key, settings.KeyEnv = api.NewSecret(c.settings), "OUR_KEY"
			r := openWith(t, registry.Options{Settings: config.Settings{Providers: []config.Provider{settings}}}, "OUR_KEY="+c.env)
			if c.entered != "" {
				if err := r.SetKey("nanogpt", api.NewSecret(c.entered)); err != nil {
					t.Fatal(err)
				}
			}
			if _, _, err := r.Refresh(t.Context(), "nanogpt"); err != nil {
				t.Fatal(err)
			}
			asked := server.Requests()
			if got := asked[len(asked)-1].Header.Get("Authorization"); got != "Bearer "+c.want {
				t.Errorf("sent is %q, want the key %q", got, c.want)
			}
		})
	}
}

func TestNothingIsAskedWhileTheSettingsCannotBeUsed(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	mistake := errors.New("no server is asked anything while the settings file cannot be used")
	r, err := registry.New(t.Context(), registry.Options{
		Settings: config.Settings{Providers: []config.Provider{at(server)}}, Paths: home(t),
		Getenv: func(string) string { return server.Key }, Unusable: mistake,
	})
	if err != nil {
		t.Fatal(err)
	}
	m := row(t, r, "nanogpt/BAAI/bge-m3")
	if _, err := engine(r).Embed(t.Context(), pipeline.Source{Model: m}, []string{"a text"}, pipeline.EmbedOptions{}); !errors.Is(err, mistake) {
		t.Errorf("embedding: %v", err)
	}
	if _, _, err := r.Refresh(t.Context(), "nanogpt"); !errors.Is(err, mistake) {
		t.Errorf("refreshing the list: %v", err)
	}
	if asked := server.Requests(); len(asked) != 0 {
		t.Errorf("the server was asked %d times", len(asked))
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestAPasswordInAnAddressIsNotShown(t *testing.T) {
	for address, want := range map[string]string{
		"https://me:sk-secret-in-url@127.0.0.1:1/v1": "",
		"me:sk-secret-in-url@example.com":            "",
		"https://me:sk-secret-in-url%@example.com":   "",
		"https://example.com/?key=sk-secret-in-url":  "",
		"http://example.com/v1/embeddings":           "http://example.com/v1",
	} {
		// A key in quotes is refused too, whatever the address.
		r := open(t, home(t), config.Provider{Name: "box", Profile: "generic", BaseURL: address, Key: api.NewSecret(`"key"`)})
		for _, s := range r.Check(t.Context()) {
			if s.Provider == "box" && (s.BaseURL != want || s.Err == nil || strings.Contains(s.Err.Error(), "sk-secret")) {
				t.Errorf("%s: shown as %q, %v", address, s.BaseURL, s.Err)
			}
		}
		for _, n := range r.Notices() {
			if strings.Contains(n, "sk-secret") {
				t.Errorf("%s: notice %s", address, n)
			}
		}
	}
}

func TestEveryAddressOfThisMachineCostsNothing(t *testing.T) {
	for address, unpaid := range map[string]bool{
		"http://localhost:11434": true, "http://LOCALHOST.:11434": true, "http://box.localhost:11434": true,
		"http://127.0.0.1:11434": true, "http://[::1]:11434": true, "http://[::ffff:127.0.0.1]:11434": true,
		"http://192.168.1.2:11434": false, "https://localhost.example.com": false,
	} {
		r := open(t, home(t), config.Provider{Name: "box", Profile: "ollama", BaseURL: address})
		if got := engine(r).Unpaid("box"); got != unpaid {
			t.Errorf("%s: costs nothing is %v", address, got)
		}
	}
}

func TestNothingOpensTheCacheAfterTheEnd(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server))
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Usage().Add(t.Context(), api.Tally{Provider: "nanogpt", Model: "x"}); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("what was spent is noted after the end: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}
