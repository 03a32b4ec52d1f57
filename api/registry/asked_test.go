package registry_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

func TestWhoCanBeAsked(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), config.Provider{Name: "nanogpt"}, config.Provider{Name: "keyless", BaseURL: "https://example.com/v1"},
		config.Provider{Name: "far", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)}, config.Provider{Name: "near", Profile: "nanogpt", BaseURL: server.URL, Key: api.NewSecret(server.Key)})
	for name, want := range map[string]bool{"nanogpt": false, "keyless": true, "far": false, "near": true, "none": false} {
		if got := r.Askable(name); got != want {
			t.Errorf("%s can be asked: %t", name, got)
		}
	}
}

// Of a server that cannot be asked everything says why, and whatever was stopped says so.
func TestEveryCallSaysWhyItFailed(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	insecure := config.Provider{Name: "far", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)}
	r := open(t, home(t), at(server), insecure)
	calls := func(r *registry.Registry, ctx context.Context, name string) map[string]error {
		p := r.Providers()[name]
		req := api.Request{Model: "BAAI/bge-m3", Texts: []string{"one"}}
		_, known := p.Known(ctx, req)
		_, held := p.Held(ctx, req)
		_, embedded := p.Embed(ctx, req)
		_, balance := p.Balance(ctx)
		_, _, refreshed := r.Refresh(ctx, name)
		return map[string]error{"known": known, "held": held, "embed": embedded, "balance": balance, "refresh": refreshed}
	}
	for what, err := range calls(r, t.Context(), "far") {
		var why *api.InsecureKeyError
		if !errors.As(err, &why) {
			t.Errorf("%s of a server that cannot be asked: %v", what, err)
		}
	}
	for _, opened := range []bool{false, true} {
		if opened {
			if _, err := r.Cache(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		all := calls(r, ended, "nanogpt")
		_, all["forget"] = r.Forget(ended, "nanogpt/BAAI/bge-m3")
		_, all["usage"] = r.Usage().Totals(ended)
		for what, err := range all {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s that was stopped, the cache open %t: %v", what, opened, err)
			}
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	all := calls(r, t.Context(), "nanogpt")
	delete(all, "balance")
	delete(all, "refresh")
	_, all["forget"] = r.Forget(t.Context(), "nanogpt/BAAI/bge-m3")
	_, all["usage"] = r.Usage().Totals(t.Context())
	for what, err := range all {
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s after the end: %v", what, err)
		}
	}
	var unknown *registry.UnknownError
	if _, err := r.Forget(t.Context(), "none/m"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "there are nanogpt, far") {
		t.Errorf("an unknown provider: %v", err)
	}
	if _, err := r.Forget(t.Context(), "nanogpt/"); err == nil || !strings.Contains(err.Error(), "names no model") {
		t.Errorf("no model: %v", err)
	}
}
