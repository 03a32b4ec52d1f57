package registry_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
)

// elsewhere is the address of a server of a test as if it were on another machine:
// connections to 0.0.0.0 go to this one, but it is no loopback address.
func elsewhere(server *apitest.Server) string {
	return strings.Replace(server.URL, "127.0.0.1", "0.0.0.0", 1)
}

func TestAKeyCrossesANetworkInTheClearOnlyWithLeave(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), config.Provider{Name: "nanogpt", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)})
	m := row(t, r, "nanogpt/BAAI/bge-m3")
	ask := func() error {
		_, err := engine(r).Embed(t.Context(), pipeline.Source{Model: m}, []string{"one"}, pipeline.EmbedOptions{})
		return err
	}
	_, _, refreshing := r.Refresh(t.Context(), "nanogpt")
	for name, err := range map[string]error{"asking": engine(r).Available(m), "embedding": ask(), "refreshing": refreshing, "checking": r.Check(t.Context())[0].Err} {
		var insecure *api.InsecureKeyError
		if !errors.As(err, &insecure) || insecure.Provider != "nanogpt" || !strings.HasPrefix(insecure.Host, "0.0.0.0:") || !strings.Contains(err.Error(), "--allow-insecure-key") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Fatalf("%d requests were sent unasked", n)
	}
	if err := r.AllowInsecure("nanogpt"); err != nil {
		t.Fatal(err)
	}
	if err := engine(r).Available(m); err != nil {
		t.Error(err)
	}
	if err := ask(); err != nil || len(server.Embeddings()) != 1 {
		t.Errorf("%v after leave, %d requests", err, len(server.Embeddings()))
	}
	// The leave is for the server and not for the one key.
	if err := r.SetKey("nanogpt", api.NewSecret("sk-another-key-of-mine")); err != nil || engine(r).Available(m) != nil {
		t.Errorf("another key needs leave again: %v, %v", err, engine(r).Available(m))
	}
}

func TestLeaveRecallsWhatTheServerListed(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	server.SetModels(append(server.Models(), api.Model{ID: "new/one", Kind: api.KindEmbedding, Dimensions: 64}))
	paths := home(t)
	settings := config.Provider{Name: "nanogpt", BaseURL: elsewhere(server), Key: api.NewSecret(server.Key)}
	for range 2 {
		r := open(t, paths, settings)
		if err := r.AllowInsecure("nanogpt"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.Refresh(t.Context(), "nanogpt"); err != nil {
			t.Fatal(err)
		}
	}
	r := open(t, paths, settings)
	if _, err := r.Catalog().Find("nanogpt/new/one"); err == nil {
		t.Error("its list is shown before it may be asked")
	}
	if err := r.AllowInsecure("nanogpt"); err != nil || row(t, r, "nanogpt/new/one").Source != api.SourceCached {
		t.Errorf("%v", err)
	}
}

func TestLeaveThatIsNotNeededLeavesTheListAsItIs(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	r := open(t, home(t), at(server))
	if _, _, err := r.Refresh(t.Context(), "nanogpt"); err != nil {
		t.Fatal(err)
	}
	if err := r.AllowInsecure("nanogpt"); err != nil || row(t, r, "nanogpt/BAAI/bge-m3").Source != api.SourceLive {
		t.Errorf("%v, and its list is %s", err, row(t, r, "nanogpt/BAAI/bge-m3").Source)
	}
}

func TestLeaveMendsNothingElse(t *testing.T) {
	quoted := "'sk-quoted-do-not-print'"
	r := open(t, home(t), config.Provider{Name: "nanogpt", Key: api.NewSecret(quoted)}, config.Provider{Name: "box", BaseURL: "http://127.0.0.1:1"})
	if err := r.AllowInsecure("box"); err != nil {
		t.Errorf("a server that needs no leave: %v", err)
	}
	var unknown *registry.UnknownError
	if err := r.AllowInsecure("bocks"); !errors.As(err, &unknown) {
		t.Errorf("an unknown server: %v", err)
	}
	err := r.AllowInsecure("nanogpt")
	if err == nil || !strings.Contains(err.Error(), "in quotes") || strings.Contains(err.Error(), "sk-quoted") {
		t.Errorf("a key in quotes: %v", err)
	}
}
