package registry_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vecscope/vecscope/api/registry"
	"github.com/vecscope/vecscope/config"
)

// FuzzKeptList reads lists of models that an earlier run kept: whatever stands there,
// every row can be shown and asked for, and none is free that was not so by its server.
func FuzzKeptList(f *testing.F) {
	const head = `{"version":2,"base_url":"http://127.0.0.1:1/v1","profile":"generic","models":[`
	for _, seed := range []string{
		head + `{"ID":"a","Dimensions":3,"Price":0.1}]}`, head + `{"ID":"a","Price":-1},{"ID":""},{"ID":"a","Kind":"reranker"}]}`, `{"version":2,"base_url":"http://127.0.0.1:1/v1","profile":"ollama","models":[{"ID":"a","Price":0}]}`,
		head + `null]}`, `{"models":3}`, `[`, head + `{"ID":"a\u001b[2J","Notes":["x"],"Listed":"2020-01-01T00:00:00Z"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		paths := config.Paths{Cache: t.TempDir()}
		if err := config.WriteAtomic(filepath.Join(paths.Cache, "lists", "own.json"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := registry.New(t.Context(), registry.Options{
			Settings: config.Settings{Providers: []config.Provider{{Name: "own", BaseURL: "http://127.0.0.1:1/v1"}}}, Paths: paths, Getenv: func(string) string { return "" },
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Catalog().Models() {
			if m.Provider != "own" {
				continue
			}
			if m.ID == "" || m.Dimensions < 0 || m.Limit() < 0 || m.MaxTokens < 0 || m.Price != nil && !(*m.Price >= 0) {
				t.Errorf("%+v", m)
			}
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if kept, err := os.ReadFile(filepath.Join(paths.Cache, "lists", "own.json")); err != nil || string(kept) != string(data) {
			t.Errorf("reading changed the file: %v", err)
		}
	})
}
