package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// drawn gives each text a vector drawn at random for it.
type drawn struct {
	api.Uncached
	length int
}

func (d drawn) Embed(_ context.Context, req api.Request) (api.Result, error) {
	result := api.Result{Dimensions: d.length}
	for _, text := range req.Texts {
		var seed uint64
		for _, b := range []byte(text) {
			seed = 31*seed + uint64(b)
		}
		r, v := rand.New(rand.NewPCG(seed, 3)), make([]float32, d.length)
		for k := range v {
			v[k] = float32(r.NormFloat64())
		}
		result.Vectors = append(result.Vectors, v)
	}
	return result, nil
}

func TestAnEditOfOneOfManyTextsComparesThePairsOfThatTextAlone(t *testing.T) {
	const n = compare.DenseLimit + 100
	d := drawn{length: 40}
	e, m := engine(d)
	m.Dimensions = d.length
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprint("text ", i)
	}
	candidates := []api.Candidate{{Model: m.Ref(), Dimensions: 40}, {Model: m.Ref(), Dimensions: 20}}
	emb, err := e.Embed(t.Context(), Source{Model: m}, texts, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	had, _ := AnalyseAll(t.Context(), m, candidates, nil, emb, nil)
	before := func(c api.Candidate) *Result { return had[slices.Index(candidates, c)] }
	for name, change := range map[string]func(texts []string) []string{
		"edited":   func(texts []string) []string { texts[700] = "another"; return texts },
		"deleted":  func(texts []string) []string { return slices.Delete(texts, 5, 6) },
		"inserted": func(texts []string) []string { return slices.Insert(texts, n-3, "one more") },
	} {
		now, err := e.Embed(t.Context(), Source{Model: m}, change(slices.Clone(texts)), EmbedOptions{Before: emb})
		if err != nil {
			t.Fatal(err)
		}
		results, _ := AnalyseAll(t.Context(), m, candidates, before, now, func(done, total int) {
			if total > 4*(n+1) {
				t.Errorf("%s: %d pairs are compared of %d texts", name, total, n)
			}
		})
		afresh, err := e.Embed(t.Context(), Source{Model: m}, now.Texts, EmbedOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range candidates {
			want, err := Analyse(t.Context(), m, c, afresh, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := results[i].Scan
			if !slices.Equal(got.Pairs(), want.Scan.Pairs()) || got.CountAt(-1) != want.Scan.CountAt(-1) {
				t.Errorf("%s: %s has %d pairs of %d, want %d of %d", name, c.ID(), len(got.Pairs()), got.CountAt(-1), len(want.Scan.Pairs()), want.Scan.CountAt(-1))
			}
		}
	}
}
