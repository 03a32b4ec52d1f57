package pipeline

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// TestCandidatesOfOneEmbeddingAreAnalysedAsEachAlone compares at several dimensions in
// one pass and one by one; one candidate is longer than the vectors.
func TestCandidatesOfOneEmbeddingAreAnalysedAsEachAlone(t *testing.T) {
	e, m := engine(&letters{})
	emb, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two", "?", "three", "four", "one two", "eon"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(dims ...int) (all []api.Candidate) {
		for _, d := range dims {
			all = append(all, api.Candidate{Model: m.Ref(), Dimensions: d})
		}
		return all
	}
	for _, candidates := range [][]api.Candidate{at(4, 2, 3), at(0, 2), at(4), at(3, 9), nil} {
		results, errs := AnalyseAll(t.Context(), m, candidates, nil, emb, nil)
		for i, c := range candidates {
			want, wantErr := Analyse(t.Context(), m, c, emb, nil)
			if wantErr != nil {
				var short *ShortVectorsError
				if !errors.As(errs[i], &short) {
					t.Errorf("%s: %v, want %v", c.ID(), errs[i], wantErr)
				}
				continue
			}
			got := results[i]
			if errs[i] != nil || got.Candidate != want.Candidate || got.Derived != want.Derived || got.From != want.From || got.Vectors.Dim() != want.Vectors.Dim() {
				t.Fatalf("%s: %+v, %v", c.ID(), got, errs[i])
			}
			if len(got.Scan.Pairs()) != len(want.Scan.Pairs()) || math.Abs(got.Scan.Mean-want.Scan.Mean) > 1e-6 {
				t.Errorf("%s: %d pairs of mean %v, want %d of %v", c.ID(), len(got.Scan.Pairs()), got.Scan.Mean, len(want.Scan.Pairs()), want.Scan.Mean)
			}
			for k, p := range got.Scan.Pairs() {
				if w := want.Scan.Pairs()[k]; math.Abs(p.Similarity-w.Similarity) > 1e-12 {
					t.Errorf("%s: pair %d is %+v, want %+v", c.ID(), k, p, w)
				}
			}
		}
	}
}

// BenchmarkAnalyse compares 2,000 texts at four dimensions of one model.
func BenchmarkAnalyse(b *testing.B) {
	const length = 1024
	_, m := engine(&letters{})
	random := rand.New(rand.NewPCG(7, 8))
	rows := make([][]float32, 2000)
	for i := range rows {
		for range length {
			rows[i] = append(rows[i], float32(random.NormFloat64()))
		}
	}
	vectors, err := compare.NewVectors(rows)
	if err != nil {
		b.Fatal(err)
	}
	emb := &Embedding{Source: Source{Model: m}, Texts: make([]string, len(rows)), Vectors: vectors}
	var candidates []api.Candidate
	for _, d := range []int{1024, 512, 256, 64} {
		candidates = append(candidates, api.Candidate{Model: m.Ref(), Dimensions: d})
	}
	b.Run("in one pass", func(b *testing.B) {
		for b.Loop() {
			AnalyseAll(b.Context(), m, candidates, nil, emb, nil)
		}
	})
	b.Run("each alone", func(b *testing.B) {
		for b.Loop() {
			for _, c := range candidates {
				if _, err := Analyse(b.Context(), m, c, emb, nil); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
