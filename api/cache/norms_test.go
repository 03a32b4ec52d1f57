package cache

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/vecscope/vecscope/api"
)

func TestTheCacheRemembersHowLongVectorsWere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache.db")
	c := openAt(t, path)
	s := &server{length: 8, batch: 10, norms: api.Norms{Low: .9, High: 1.1}}
	p := NewProvider(s, c, scopeA.BaseURL, false)
	if got := embed(t, p, api.Request{Model: "m", Texts: []string{"a"}}).Norms; got != s.norms {
		t.Errorf("%+v", got)
	}
	s.norms = api.Norms{Low: .95, High: 1.2}
	all := api.Norms{Low: .9, High: 1.2}
	if got := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}}).Norms; got != all {
		t.Errorf("%+v, those of the cache among them", got)
	}
	s.err = errors.New("gone")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	p = NewProvider(s, openAt(t, path), scopeA.BaseURL, false)
	if got := embed(t, p, api.Request{Model: "m", Texts: []string{"a", "b"}}).Norms; got != all {
		t.Errorf("%+v from the cache alone", got)
	}
	if got := p.Norms(t.Context(), api.Request{Model: "m"}); got != all {
		t.Errorf("%+v without asking", got)
	}
	if got := p.Norms(t.Context(), api.Request{Model: "m", Prefix: "query: "}); got.Known() {
		t.Errorf("%+v of texts in another role", got)
	}
}

func TestNormsOfVectorsKeptBeforeAreUnknown(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "cache.db"))
	keep(t, c, scopeA, []string{"a"}, 8)
	if n := c.Norms(t.Context(), scopeA); n.Known() {
		t.Errorf("%+v", n)
	}
	c.keepNorms(t.Context(), scopeA, api.Norms{Low: 2, High: 3})
	c.keepNorms(t.Context(), scopeA, api.Norms{})
	if n := c.Norms(t.Context(), scopeA); n != (api.Norms{Low: 2, High: 3}) {
		t.Errorf("%+v", n)
	}
	keep(t, c, scopeA, []string{"b"}, 16) // another model by now
	if n := c.Norms(t.Context(), scopeA); n.Known() {
		t.Errorf("%+v are those of vectors that are gone", n)
	}
	var none *Cache
	none.keepNorms(t.Context(), scopeA, api.Norms{Low: 1, High: 1})
	ended, stop := context.WithCancel(t.Context())
	stop()
	if none.Norms(t.Context(), scopeA).Known() || c.Norms(ended, scopeA).Known() {
		t.Error("what cannot be read is known")
	}
}
