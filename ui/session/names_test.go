package session_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Short names leave out provider and owner as long as no other chosen model is called the
// same; then the provider stands before them, and the whole id where that is not enough.
func TestShortNamesTellChosenModelsApart(t *testing.T) {
	for name, c := range map[string]struct{ candidates, want []string }{
		"different models":             {[]string{"dear/embed-multi@64", "dear/BAAI/bge-m3@64"}, []string{"embed-multi@64", "bge-m3@64"}},
		"dimensions of one model":      {[]string{"dear/embed-multi@64", "dear/embed-multi@32"}, []string{"embed-multi@64", "embed-multi@32"}},
		"one begins with the other":    {[]string{"dear/embed@64", "mine/embed-multi@64"}, []string{"embed@64", "embed-multi@64"}},
		"a model of two providers":     {[]string{"dear/embed-multi@64", "mine/embed-multi@64", "dear/bge-m3@4"}, []string{"dear/embed-multi@64", "mine/embed-multi@64", "bge-m3@4"}},
		"at other dimensions":          {[]string{"dear/embed-multi@64", "mine/embed-multi@32"}, []string{"dear/embed-multi@64", "mine/embed-multi@32"}},
		"one with an owner":            {[]string{"dear/BAAI/bge-m3@64", "mine/bge-m3@64"}, []string{"dear/bge-m3@64", "mine/bge-m3@64"}},
		"two owners at one provider":   {[]string{"dear/BAAI/bge-m3@64", "dear/me/bge-m3@64"}, []string{"dear/BAAI/bge-m3@64", "dear/me/bge-m3@64"}},
		"two owners and two providers": {[]string{"dear/BAAI/m@8", "dear/me/m@8", "mine/m@8"}, []string{"dear/BAAI/m@8", "dear/me/m@8", "mine/m@8"}},
	} {
		o := uitest.ShopOptions(t, uitest.NewShop(), c.candidates...)
		for _, id := range c.candidates {
			of, err := api.ParseCandidate(id)
			if err != nil {
				t.Fatal(err)
			}
			m := api.Model{Kind: api.KindEmbedding, Dimensions: 64, SupportsDimensions: true, KeyEnv: "SHOP_KEY", Source: api.SourceCached}
			m.Provider, m.ID, _ = strings.Cut(of.Model, "/")
			o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), []api.Model{m})
		}
		a := settled(t, 80, 24, o)
		var states, ids, rows []string
		for _, st := range a.Session.States() {
			states, ids = append(states, st.Short()), append(ids, a.Session.ShortOf(st.ID()))
			rows = append(rows, a.Session.RowName(&trial.Row{ID: st.ID(), Candidate: st.Candidate}))
		}
		if !slices.Equal(states, c.want) || !slices.Equal(ids, c.want) || !slices.Equal(rows, c.want) {
			t.Errorf("%s: %q, by id %q, rows %q, want %q", name, states, ids, rows, c.want)
		}
	}
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	for id, want := range map[string]string{"shop/good@4": "good@4", "shop/good": "good", "mine/good@4": "mine/good@4", "nanogpt/BAAI/bge-m3@4": "bge-m3@4", "mine/odd@name": "odd@name", "plain": "plain"} {
		if got := a.Session.ShortOf(id); got != want {
			t.Errorf("%q is called %q, want %q", id, got, want)
		}
	}
	if got := a.Session.RowName(&trial.Row{ID: trial.BM25, Lexical: true}); got != trial.BM25 {
		t.Errorf("the search by words is called %q", got)
	}
}
