package registry

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai"
	"github.com/vecscope/vecscope/config"
)

// What the built-in list says of how NanoGPT serves a model is not said of others, where
// it has the dimensions that it has by itself.
func TestWhatIsKnownOfAModelDependsOnWhoServesIt(t *testing.T) {
	price := 0.5
	facts := []api.Model{{
		ID: "m", Name: "Known", Dimensions: 1024, NativeDimensions: 512, MaxDimensions: 2048, MinDimensions: 64, MaxTokens: 8192, Price: &price, Languages: "many", Notes: []string{"known"},
	}}
	for kind, want := range map[string]api.Model{
		builtIn: {
			ID: "M", Name: "Known", Dimensions: 1024, NativeDimensions: 512, MaxDimensions: 2048, MinDimensions: 64, MaxTokens: 8192, Price: &price, Languages: "many", Notes: []string{"known", "listed"},
		},
		"generic": {ID: "M", Name: "Known", Dimensions: 512, NativeDimensions: 512, Languages: "many", Notes: []string{"listed"}},
	} {
		s := &server{registry: &Registry{facts: facts}, profile: openai.Profile{Name: kind}}
		got := s.withFacts([]api.Model{{ID: "M", Name: "M", Notes: []string{"listed"}}, {ID: "unknown"}})
		if !reflect.DeepEqual(got, []api.Model{want, {ID: "unknown"}}) {
			t.Errorf("of %s: %+v\nwant %+v", kind, got, want)
		}
	}
	if !slices.Equal(facts[0].Notes, []string{"known"}) {
		t.Errorf("what the binary knows has become %q", facts[0].Notes)
	}
}

func TestWhichRowsAreMarkedNew(t *testing.T) {
	before := []api.Model{{ID: "old", Source: api.SourceLive}, {ID: "back", Source: api.SourceLive, Mark: api.MarkVanished}}
	models := []api.Model{{ID: "old"}, {ID: "back"}, {ID: "come"}, {ID: "chat", Unlikely: true}}
	if got, want := mark(models, before), (Changes{New: []string{"back", "come"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	for i, want := range []api.Mark{"", api.MarkNew, api.MarkNew, ""} {
		if models[i].Mark != want {
			t.Errorf("%s is marked %q, want %q", models[i].ID, models[i].Mark, want)
		}
	}
	settings := []api.Model{{ID: "own", Source: api.SourceConfig}}
	if got := mark([]api.Model{{ID: "come"}}, settings); got.Any() {
		t.Errorf("on the first list of all: %+v", got)
	}
}

// Whatever a list has said before has vanished when it says it no more; what a person has
// named no list need have.
func TestWhatVanishesFromAList(t *testing.T) {
	for source, want := range map[api.Source]api.Mark{
		api.SourceLive: api.MarkVanished, api.SourceCached: api.MarkVanished, api.SourceSnapshot: api.MarkVanished, api.SourceAsked: "",
	} {
		got := new(server).withVanished([]api.Model{{ID: "kept"}}, []api.Model{{ID: "kept", Source: source}, {ID: "gone", Source: source}})
		if !reflect.DeepEqual(got, []api.Model{{ID: "kept"}, {ID: "gone", Source: source, Mark: want}}) {
			t.Errorf("%s: %+v", source, got)
		}
	}
}

func TestTheFirstOfTwoRowsCounts(t *testing.T) {
	if got := placesOf([]api.Model{{ID: "a"}, {ID: "b"}, {ID: "a"}}); !reflect.DeepEqual(got, map[string]int{"a": 0, "b": 1}) {
		t.Error(got)
	}
}

func TestRowsWithoutTheirPricesAreOthers(t *testing.T) {
	price := 0.5
	rows := []api.Model{{ID: "a", Price: &price}, {ID: "b"}}
	if got := unpriced(rows); !reflect.DeepEqual(got, []api.Model{{ID: "a"}, {ID: "b"}}) || rows[0].Price != &price {
		t.Errorf("%+v of %+v", got, rows)
	}
}

// registryAt keeps its lists in a folder and has nothing in the environment.
func registryAt(t *testing.T, cache string) *Registry {
	t.Helper()
	return &Registry{options: Options{Paths: config.Paths{Cache: cache}, Getenv: func(string) string { return "" }}}
}

// A list is kept under the one form of an address, whatever the form in which it is found.
func TestWhatWasLearntIsKnownWhereAServerIsFound(t *testing.T) {
	r := registryAt(t, t.TempDir())
	data, err := json.Marshal(rememberedList{Version: listVersion, BaseURL: "http://127.0.0.1:2/v1", Inputs: 3, Learnt: time.Now().Add(-time.Hour)})
	if err == nil {
		err = config.WriteAtomic(filepath.Join(r.options.Paths.Cache, "lists", "llamacpp.json"), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{"http://127.0.0.1:2/v1": 3, "HTTP://127.0.0.1:2/v1/embeddings": 3, "http://127.0.0.1:3/v1": 0} {
		s := r.newServer(config.Provider{Name: "llamacpp", Profile: "llamacpp", BaseURL: "http://127.0.0.1:1/v1"}, fromHere)
		s.hidden = true
		s.foundAt(address)
		if s.learnt.Inputs != want || s.client.Inputs() != want || s.isHidden() {
			t.Errorf("at %s it takes %d texts, want %d", address, s.client.Inputs(), want)
		}
	}
}

// When a limit was shown stays as it was while it is the same: it is to be forgotten after
// a week, however often the server is asked.
func TestALimitIsAsOldAsItWasFirstShown(t *testing.T) {
	r := registryAt(t, "")
	shown := time.Now().Add(-time.Hour)
	for _, had := range []int{3, 5} {
		s := r.newServer(config.Provider{Name: "own", BaseURL: "http://127.0.0.1:1/v1"}, fromSettings)
		s.learnt = rememberedList{Inputs: 3, Learnt: shown}
		s.client, s.wrong = s.connect(false)
		s.learnt.Inputs = had
		most, learnt := s.inputs()
		if most != 3 || learnt.Equal(shown) != (had == 3) || s.learnt.Inputs != 3 {
			t.Errorf("after %d it is %d, shown at %v", had, most, learnt)
		}
	}
}

func TestWhatAServerIsSetUpWith(t *testing.T) {
	r := registryAt(t, "")
	for _, c := range []struct {
		settings config.Provider
		keyEnv   string
		list     bool
	}{
		{config.Provider{Name: "voyage"}, "VOYAGE_API_KEY", false},
		{config.Provider{Name: "openai"}, "OPENAI_API_KEY", true},
		{config.Provider{Name: "openai", KeyEnv: "MINE"}, "MINE", true},
		{config.Provider{Name: "own", BaseURL: "https://example.com/v1"}, "", true},
		{config.Provider{Name: "own", BaseURL: "https://example.com/v1", KeyEnv: "MINE"}, "MINE", true},
		{config.Provider{Name: "azure", BaseURL: "https://mine.openai.azure.com/openai/v1"}, "", true},
		{config.Provider{Name: "azure", BaseURL: "https://mine.openai.azure.com/openai/deployments/small"}, "", false},
	} {
		s := r.newServer(c.settings, fromSettings)
		if s.wrong != nil || s.keyEnv != c.keyEnv || s.kind().HasList() != c.list {
			t.Errorf("%+v: key in %q, lists its models %t (%v)", c.settings, s.keyEnv, s.kind().HasList(), s.wrong)
		}
	}
}
