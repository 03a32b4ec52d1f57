package registry_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/openai"
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
	for _, c := range []struct {
		changes registry.Changes
		want    string
	}{{want, "1 new, 2 changed, 1 vanished"}, {registry.Changes{}, ""}, {registry.Changes{Changed: []string{"a"}}, "1 changed"}, {registry.Changes{New: []string{"a", "b"}, Vanished: []string{"c"}}, "2 new, 1 vanished"}} {
		if got := c.changes.String(); got != c.want || c.changes.Any() != (c.want != "") {
			t.Errorf("it says %q, want %q", got, c.want)
		}
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

// A list tells which servers somebody has, and is nobody else's business.
func TestAListIsKeptForItsOwnerAlone(t *testing.T) {
	paths := home(t)
	server := speaking(t, apitest.OpenAI)
	r := openWith(t, registry.Options{Settings: defaults(), Paths: paths}, "OPENAI_API_KEY="+server.Key, "OPENAI_BASE_URL="+server.URL)
	if _, _, err := r.Refresh(t.Context(), "openai"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(paths.Cache, "lists", "openai.json"))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
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

func TestWrongListsBreakNothing(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.WrongList(), apitest.BareList(), apitest.InvalidJSON(), apitest.LoginPage(), apitest.EscapeSequences(), apitest.NullData()} {
		server := apitest.New(t, apitest.Options{Quick: true})
		server.FailWhen(apitest.To("/embedding-models"), fault)
		paths := home(t)
		for range 2 { // what was remembered breaks nothing either
			r := open(t, paths, at(server))
			_, _, err := r.Refresh(t.Context(), "nanogpt")
			if err != nil && strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%s: %q", fault, err)
			}
			for _, m := range engine(r).Catalog.Models() {
				if m.ID == "" || strings.ContainsAny(m.ID+m.Name+m.Description, "\x1b\x00") || m.Dimensions < 0 {
					t.Errorf("%s: %+v", fault, m)
				}
			}
			row(t, r, "nanogpt/text-embedding-3-small")
		}
	}
}

func TestADamagedListIsAsIfThereWereNone(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	paths := home(t)
	path := filepath.Join(paths.Cache, "lists", "nanogpt.json")
	here, err := openai.Address(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	head := `{"version":2,"base_url":"` + here + `","profile":"nanogpt","models":[{"ID":"text-embedding-3-small"},`
	for content, believed := range map[string]bool{
		"": false, "{": false, "null": false, `{"version":9,"base_url":"` + here + `","models":[{"ID":"a"}]}`: false,
		`{"version":1,"base_url":"https://other/v1","models":[{"ID":"a"}]}`: false,
		head + `{"ID":""},{"ID":"a","Dimensions":-4}]}`:                     false,
		head + `{"ID":"a","Price":-1}]}`:                                    false,
		head + `{"ID":"a","MaxDimensions":-1}]}`:                            false,
		head + `{"ID":"a","MaxTokens":-1}]}`:                                false,
		head + `{"ID":"a","Mark":"vanished"}]}`:                             false,
		head + `{"ID":"a"}]}`:                                               true,
	} {
		if err := config.WriteAtomic(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		r := open(t, paths, at(server))
		row(t, r, "nanogpt/text-embedding-3-small")
		if _, err := engine(r).Catalog.Find("nanogpt/a"); (err == nil) != believed {
			t.Errorf("%s was believed: %t", content, err == nil)
		}
	}
}
