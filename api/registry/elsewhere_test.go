package registry_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

// Asking a free model for a text more, to know it again, costs nothing; asking one that is
// passed on does.
func TestNothingMoreIsAskedOfWhatIsPassedOn(t *testing.T) {
	server := speaking(t, apitest.LlamaSwap)
	for _, c := range []struct {
		id   string
		free bool // the settings say that all is
		want []string
	}{
		{"embed-nomic", false, []string{"vecscope", "a text"}}, {"far/embed-large", false, []string{"a text"}}, {"far/embed-large", true, []string{"vecscope", "a text"}},
	} {
		r := open(t, home(t), config.Provider{Name: "own", BaseURL: server.URL, Free: c.free})
		if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
			t.Fatal(err)
		}
		before := len(server.Embeddings())
		if _, err := engine(r).Providers["own"].Embed(t.Context(), api.Request{Model: c.id, Texts: []string{"a text"}}); err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, request := range server.Embeddings()[before:] {
			asked = append(asked, request.Inputs...)
		}
		if !slices.Equal(asked, c.want) {
			t.Errorf("%s, free by the settings %t, is asked for %q, want %q", c.id, c.free, asked, c.want)
		}
	}
}

func TestTheNormsOfWhatIsKeptAreKnownAndOthersAreNot(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server), config.Provider{Name: "keyless", Profile: "openai", BaseURL: "http://127.0.0.1:1/v1"})
	request := api.Request{Model: "BAAI/bge-m3", Texts: []string{"a text"}}
	for name, known := range map[string]bool{"nanogpt": true, "keyless": false} {
		p := engine(r).Providers[name]
		if _, err := p.Embed(t.Context(), request); (err == nil) != known {
			t.Fatal(err)
		}
		if got := p.(api.Measured).Norms(t.Context(), request); got.Known() != known {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A model that only the settings name stands behind the list, whose rows stay as they are.
func TestModelsOfTheSettingsStandBesideTheList(t *testing.T) {
	listed := []api.Model{{ID: "first", Name: "First", Kind: api.KindEmbedding, Dimensions: 8}, {ID: "second", Kind: api.KindEmbedding, Dimensions: 16}}
	server := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.Generic, Models: listed})
	rows := func(models ...config.ProviderModel) []api.Model {
		r := open(t, home(t), config.Provider{Name: "own", Profile: "generic", BaseURL: server.URL, Models: models})
		if _, _, err := r.Refresh(t.Context(), "own"); err != nil {
			t.Fatal(err)
		}
		all := slices.DeleteFunc(r.Catalog().Models(), func(m api.Model) bool { return m.Provider != "own" })
		for i := range all {
			all[i].Listed = time.Time{}
		}
		return all
	}
	alone := rows()
	got := rows(config.ProviderModel{ID: "mine", Dimensions: 4}, config.ProviderModel{ID: "named", Name: "Named"})
	if len(got) != len(alone)+2 || !reflect.DeepEqual(got[:len(alone)], alone) {
		t.Fatalf("%+v\nwant first %+v", got, alone)
	}
	if mine, named := got[len(alone)], got[len(alone)+1]; mine.ID != "mine" || mine.Name != "mine" || mine.Dimensions != 4 || named.Name != "Named" || named.ID != "named" {
		t.Errorf("%+v and %+v", mine, named)
	}
}

func TestWhatNamesNoModelIsNotAdopted(t *testing.T) {
	r := open(t, home(t))
	var unknown *registry.UnknownError
	if err := r.Adopt("nanogpt/m@0"); err == nil || errors.As(err, &unknown) || !strings.Contains(err.Error(), "number of dimensions") {
		t.Error(err)
	}
}

// What costs something, or nothing, at one kind of server may not at another.
func TestAKeptListOfAnotherKindOfServerHasNoPrices(t *testing.T) {
	const address = "https://embeddings.example.com/v1"
	for _, price := range []string{"0", "0.5"} {
		in := home(t)
		content := `{"version":2,"profile":"generic","base_url":"` + address + `","read":"2026-01-02T03:04:05Z","models":[{"ID":"m","Kind":"embedding","Price":` + price + `}]}`
		if err := config.WriteAtomic(filepath.Join(in.Cache, "lists", "own.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for profile, kept := range map[string]bool{"generic": true, "openai": false} {
			r := open(t, in, config.Provider{Name: "own", Profile: profile, BaseURL: address, Key: api.NewSecret("k")})
			if m := row(t, r, "own/m"); (m.Price != nil) != kept || m.Source != api.SourceCached {
				t.Errorf("as %s with the price %s: %v, %s", profile, price, m.Price, m.Source)
			}
		}
	}
}
