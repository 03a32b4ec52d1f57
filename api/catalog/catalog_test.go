package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

var inside = []api.Model{
	{Provider: "local", ID: "use-lite", Kind: api.KindEmbedding, Dimensions: 512},
	{Provider: "local", ID: "ngrams", Kind: api.KindEmbedding, Dimensions: 4096},
}

func all(t *testing.T) *catalog.Catalog {
	t.Helper()
	return catalog.New(inside, snapshot(t))
}

func TestFindNeedsTheFullReference(t *testing.T) {
	c := all(t)
	m, err := c.Find("nanogpt/BAAI/bge-m3")
	if err != nil || m.ID != "BAAI/bge-m3" {
		t.Fatalf("%v, %v", m.ID, err)
	}
	for _, tt := range []struct{ wrong, guess string }{
		{"BAAI/bge-m3", "nanogpt/BAAI/bge-m3"},
		{"bge-m3", "nanogpt/BAAI/bge-m3"},
		{"nanogpt/bge-m3", "nanogpt/BAAI/bge-m3"},
		{"openai/text-embedding-3-small", "nanogpt/text-embedding-3-small"},
		{"nanogpt/baai/BGE-M3", "nanogpt/BAAI/bge-m3"},
		{"local/use-light", "local/use-lite"},
		{"nanogpt/text-embeding-3-large", "nanogpt/text-embedding-3-large"},
		{"te3large", "nanogpt/text-embedding-3-large"},
		{"gemini", "nanogpt/gemini-embedding-001"},
	} {
		t.Run(tt.wrong, func(t *testing.T) {
			_, err := c.Find(tt.wrong)
			var unknown *api.UnknownModelError
			if !errors.As(err, &unknown) {
				t.Fatalf("error %v, want an unknown model", err)
			}
			if unknown.Ref != tt.wrong || len(unknown.Known) == 0 || unknown.Known[0] != tt.guess {
				t.Errorf("guessed %v, want %s first", unknown.Known, tt.guess)
			}
			if known := slices.Sorted(slices.Values(unknown.Known)); len(known) > 5 || len(slices.Compact(known)) != len(unknown.Known) {
				t.Errorf("guessed %v: too many, or one twice", unknown.Known)
			}
		})
	}
}

func TestFindDoesNotGuessWildly(t *testing.T) {
	for _, wrong := range []string{"", "nanogpt/zzzz", strings.Repeat("e", 1<<20)} {
		_, err := all(t).Find(wrong)
		var unknown *api.UnknownModelError
		if !errors.As(err, &unknown) || len(unknown.Known) > 0 {
			t.Errorf("%.20q: %.200v", wrong, err)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"local/use-lite", "local/use-lite@512"},
		{" local/use-lite@64 ", "local/use-lite@64"},
		{"nanogpt/text-embedding-3-large@256", "nanogpt/text-embedding-3-large@256"},
		{"nanogpt/Qwen/Qwen3-Embedding-8B", "nanogpt/Qwen/Qwen3-Embedding-8B@1536"},
		{"nanogpt/Qwen/Qwen3-Embedding-8B@4096", "nanogpt/Qwen/Qwen3-Embedding-8B@4096"},
	} {
		cand, m, err := all(t).Resolve(tt.in)
		if err != nil || cand.ID() != tt.want || m.Ref() != cand.Model {
			t.Errorf("%q: %s of %s, %v; want %s", tt.in, cand.ID(), m.Ref(), err, tt.want)
		}
	}
}

func TestResolveSaysInOneLineWhatToDo(t *testing.T) {
	c := all(t)
	c.Replace("own", []api.Model{{ID: "mystery", Kind: api.KindEmbedding}})
	for _, tt := range []struct{ in, want string }{
		{"", "a model is written provider/model"},
		{"local/use-lite@513", "ask for 1 to 512"},
		{"local/use-lite@many", "local/use-lite@256"},
		{"local/use-lite@0", "local/use-lite@256"},
		{"nanogpt/BAAI/bge-reranker-large", "choose an embedding model"},
		{"nanogpt/BAAI/bge-reranker-large@64", "choose an embedding model"},
		{"text-embedding-3-small@256", "did you mean nanogpt/text-embedding-3-small?"},
		{"local/uselite", "did you mean local/use-lite?"},
		{"nowhere/xyzzy", "vecscope models"},
		{"own/mystery@99999999999", "ask for 1 to 65536"},
	} {
		_, _, err := c.Resolve(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: error %q, want one line with %q", tt.in, err, tt.want)
		}
	}
	if cand, _, err := c.Resolve("own/mystery"); err != nil || cand.Dimensions != 0 || cand.ID() != "own/mystery" {
		t.Errorf("unknown dimensions left out: %v, %v", cand, err)
	}
	if cand, _, err := c.Resolve("own/mystery@300"); err != nil || cand.Dimensions != 300 {
		t.Errorf("unknown dimensions written out: %v, %v", cand, err)
	}
}

func TestResolveErrorsCanBeToldApart(t *testing.T) {
	_, _, err := all(t).Resolve("local/use-lite@9999")
	var dims *api.DimensionsError
	if !errors.As(err, &dims) || dims.Limit != 512 {
		t.Errorf("dimensions: %v", err)
	}
	_, _, err = all(t).Resolve("nanogpt/BAAI/bge-reranker-large")
	var unselectable *catalog.UnselectableError
	if !errors.As(err, &unselectable) {
		t.Errorf("reranker: %v", err)
	}
	_, _, err = all(t).Resolve("nowhere/xyzzy")
	var unknown *api.UnknownModelError
	if !errors.As(err, &unknown) || unknown.Ref != "nowhere/xyzzy" {
		t.Errorf("unknown: %v", err)
	}
}

func TestANameMayHoldAnAt(t *testing.T) {
	c := catalog.New([]api.Model{{Provider: "own", ID: "@cf/model@7", Kind: api.KindEmbedding, Dimensions: 384}})
	for in, want := range map[string]int{"own/@cf/model@7": 384, "own/@cf/model@7@64": 64} {
		if cand, _, err := c.Resolve(in); err != nil || cand.Dimensions != want {
			t.Errorf("%s: %v, %v", in, cand, err)
		}
	}
}

func refs(models []api.Model) []string {
	out := make([]string, len(models))
	for i, m := range models {
		out[i] = m.Ref()
	}
	return out
}

func TestReplaceKeepsThePlaceOfTheProvider(t *testing.T) {
	c := catalog.New(
		[]api.Model{{Provider: "a", ID: "1"}, {Provider: "a", ID: "1"}},
		[]api.Model{{Provider: "b", ID: "1"}, {Provider: "b", ID: "2"}},
		[]api.Model{{Provider: "c", ID: "1"}},
	)
	before := c.Models()
	c.Replace("b", []api.Model{{Provider: "stranger", ID: "3"}, {ID: "2"}, {ID: "3"}})
	if got, want := refs(c.Models()), []string{"a/1", "b/3", "b/2", "c/1"}; !slices.Equal(got, want) {
		t.Errorf("in the middle: %v, want %v", got, want)
	}
	c.Replace("d", []api.Model{{ID: "1"}})
	c.Replace("c", nil)
	if got, want := refs(c.Models()), []string{"a/1", "b/3", "b/2", "d/1"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := refs(before), []string{"a/1", "b/1", "b/2", "c/1"}; !slices.Equal(got, want) {
		t.Errorf("an earlier list became %v, want %v", got, want)
	}
}

func TestPresets(t *testing.T) {
	for _, tt := range []struct {
		name  string
		model api.Model
		want  []int
	}{
		{"full is last and there once", api.Model{Dimensions: 1024}, []int{64, 128, 256, 512, 768, 1024}},
		{"only what it can do", api.Model{Dimensions: 100}, []int{64, 100}},
		{"smaller than every preset", api.Model{Dimensions: 32}, []int{32}},
		{"the number given unasked is offered too", api.Model{Dimensions: 1536, MaxDimensions: 4096}, []int{64, 128, 256, 512, 768, 1024, 1536, 4096}},
		{"not under the least", api.Model{Dimensions: 2048, MinDimensions: 128}, []int{128, 256, 512, 768, 1024, 2048}},
		{"unknown dimensions", api.Model{}, nil},
		{"only the most is known", api.Model{MaxDimensions: 128}, []int{64, 128}},
		{"no vectors", api.Model{Kind: api.KindReranker, Dimensions: 1024}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := catalog.Presets(tt.model); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
	for _, m := range snapshot(t) {
		for _, n := range catalog.Presets(m) {
			if err := m.CheckDimensions(n); err != nil {
				t.Errorf("offers what it refuses: %v", err)
			}
		}
	}
}

func TestTheCatalogCanBeReadWhileAListArrives(t *testing.T) {
	c := all(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 100 {
			c.Replace("local", inside)
		}
	}()
	for range 100 {
		if _, err := c.Find("local/use-lite"); err != nil {
			t.Error(err)
		}
	}
	<-done
}

func TestANameWithoutATagMeansTheLatest(t *testing.T) {
	c := catalog.New([]api.Model{{Provider: "ollama", ID: "nomic:latest", Dimensions: 8}, {Provider: "ollama", ID: "plain", Dimensions: 4}, {Provider: "ollama", ID: "plain:latest", Dimensions: 2}})
	for asked, want := range map[string]string{"ollama/nomic": "nomic:latest", "ollama/nomic@4": "nomic:latest", "ollama/nomic:latest": "nomic:latest", "ollama/plain": "plain"} {
		if cand, m, err := c.Resolve(asked); err != nil || m.ID != want || cand.Model != m.Ref() {
			t.Errorf("%s is %q, %v", asked, m.ID, err)
		}
	}
	if _, err := c.Find("ollama/nomi"); err == nil {
		t.Error("part of a name is taken for it")
	}
}
