package pipeline

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

func TestSumsOfAllSessionsTakeWhatServersDid(t *testing.T) {
	e := &Engine{Catalog: catalog.New(nil), Unpaid: map[string]bool{"box": true}}
	price := 2.0
	paid := api.Model{Provider: "shop", ID: "m", Source: api.SourceLive, Price: &price}
	for name, c := range map[string]struct {
		emb *Embedding
		ok  bool
	}{
		"nothing was asked":               {nil, false},
		"nothing was answered":            {&Embedding{Source: Source{Model: paid}}, false},
		"a paid answer":                   {&Embedding{Source: Source{Model: paid}, Answered: 3, Spent: api.Usage{Tokens: 9, Requests: 1}}, true},
		"a refusal":                       {&Embedding{Source: Source{Model: paid}, Spent: api.Usage{Requests: 1, Failed: 1}}, true},
		"everything came from the cache":  {&Embedding{Source: Source{Model: paid}, Answered: 3, Spent: api.Usage{Cached: 3}}, true},
		"a server that costs nothing":     {&Embedding{Source: Source{Model: api.Model{Provider: "box", ID: "m", Source: api.SourceLive}}, Answered: 3, Spent: api.Usage{Tokens: 9, Requests: 1}}, true},
		"a model that is in the binary":   {&Embedding{Source: Source{Model: api.Model{Provider: "local", ID: "m", Source: api.SourceBinary}}, Answered: 3, Spent: api.Usage{Tokens: 9}}, false},
		"what an interrupted asking lost": {&Embedding{Source: Source{Model: paid}, Spent: api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: 5}}, true},
	} {
		if got, ok := e.Noted(c.emb); ok != c.ok || ok && got.Provider != c.emb.Source.Model.Provider {
			t.Errorf("%s: noted %t as %+v, want %t", name, ok, got, c.ok)
		}
	}
}
