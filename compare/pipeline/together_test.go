package pipeline

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
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

// A pass makes further steps of a ladder, which are then only scanned, and what has been is
// not done again; where a text has nothing left at some of them there are none.
func TestFurtherDimensionsAreMadeInTheSamePass(t *testing.T) {
	m := api.Model{Provider: "own", ID: "noise", Dimensions: 64}
	at := func(d int) []api.Candidate { return []api.Candidate{{Model: m.Ref(), Dimensions: d}} }
	emb := noise(t, m, 60, 64)
	first, further, errs := Ladder{Further: []int{16, 8}}.Analyse(t.Context(), m, at(32), nil, emb, nil)
	if errs[0] != nil || len(further) != 2 || further[0].Scan != nil {
		t.Fatalf("%d further, %v", len(further), errs)
	}
	compared := 0
	ladder := Ladder{Had: append(further, first...), Further: []int{4}}
	for _, d := range []int{16, 8, 32} {
		got, none, errs := ladder.Analyse(t.Context(), m, at(d), nil, emb, func(done, _ int) { compared = done })
		want, err := Analyse(t.Context(), m, at(d)[0], emb, nil)
		if errs[0] != nil || err != nil || none != nil {
			t.Fatalf("%d dimensions: %v, %v, further %d", d, errs, err, len(none))
		}
		if had := ladder.find(at(d)[0]); got[0].Matrix != had.Matrix || had.Scan != nil && got[0].Scan != had.Scan {
			t.Errorf("%d dimensions are computed again", d)
		}
		if !slices.Equal(got[0].Scan.Pairs(), want.Scan.Pairs()) || got[0].Candidate != want.Candidate || got[0].Derived != want.Derived {
			t.Errorf("%d dimensions: %+v", d, got[0])
		}
	}
	if compared != 60*59/2 {
		t.Errorf("%d pairs were looked at", compared)
	}
	spoilt := [][]float32{{0, 0, 1, 1}, {1, 0, 1, 0}, {1, 1, 0, 0}}
	if emb.Vectors, errs[0] = compare.NewVectors(spoilt); errs[0] != nil {
		t.Fatal(errs)
	}
	results, further, errs := Ladder{Further: []int{2}}.Analyse(t.Context(), m, at(3), nil, emb, nil)
	if errs[0] != nil || len(further) != 0 || len(results[0].Scan.Pairs()) != 3 {
		t.Errorf("with nothing left at further dimensions: %+v, %v", results, errs)
	}
}

// Of many texts no pair under the threshold is kept, and all over it are, as far as there
// is room; of few every pair is there.
func TestPairsOverAThresholdAreThoseOfAllPairs(t *testing.T) {
	m := api.Model{Provider: "own", ID: "noise", Dimensions: 8}
	c := api.Candidate{Model: m.Ref(), Dimensions: 8}
	for _, test := range []struct {
		texts, most int
		threshold   float64
	}{
		{keepAll, 0, .8}, {keepAll + 1, 200_000, .8}, {keepAll + 1, 200_000, -.2}, {keepAll + 1, 40, .8},
	} {
		emb := noise(t, m, test.texts, c.Dimensions)
		r, err := AnalyseOver(t.Context(), m, c, emb, test.threshold, test.most, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := r.Matrix.Scan(t.Context(), compare.ScanOptions{Floor: -1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := all.Over(test.threshold)
		if len(want) < 100 {
			t.Fatalf("%+v: only %d pairs", test, len(want))
		}
		complete := test.most == 0 || len(want) <= test.most
		if !complete {
			want = want[:test.most]
		}
		if got := r.Scan.Over(test.threshold); !slices.Equal(got, want) || r.Scan.Complete(test.threshold) != complete {
			t.Errorf("%+v: %d pairs, all there: %t, want %d", test, len(got), r.Scan.Complete(test.threshold), len(want))
		}
		if under := len(r.Scan.Pairs()) > len(want); under != (test.texts <= keepAll) {
			t.Errorf("%+v: pairs under the threshold are kept: %t", test, under)
		}
	}
}

// noise is the embedding of so many texts in any direction.
func noise(tb testing.TB, m api.Model, texts, length int) *Embedding {
	tb.Helper()
	random := rand.New(rand.NewPCG(7, 8))
	rows := make([][]float32, texts)
	for i := range rows {
		for range length {
			rows[i] = append(rows[i], float32(random.NormFloat64()))
		}
	}
	vectors, err := compare.NewVectors(rows)
	if err != nil {
		tb.Fatal(err)
	}
	return &Embedding{Source: Source{Model: m}, Texts: make([]string, texts), Vectors: vectors}
}

// BenchmarkAnalyse compares 2,000 texts at four dimensions of one model.
func BenchmarkAnalyse(b *testing.B) {
	const length = 1024
	_, m := engine(&letters{})
	emb := noise(b, m, 2000, length)
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

// Up to so many texts the threshold can go anywhere; of more, what lies in the background
// is only counted.
func TestOfHowManyTextsEveryPairIsKept(t *testing.T) {
	for texts, want := range map[int]float64{2: -1, keepAll: -1, keepAll + 1: floor} {
		rows := make([][]float32, texts)
		rows[0] = []float32{1, 0}
		v, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		if got := scanOptions(v).Floor; got != want {
			t.Errorf("of %d texts pairs are kept from %g on, want %g", texts, got, want)
		}
	}
}

// A vector that begins with zeros has nothing left when it is cut short: that text alone has
// none then, for one candidate and for several.
func TestATextOfWhichNothingIsLeftIsNamedAndTheOthersAreCompared(t *testing.T) {
	m := api.Model{Provider: "own", ID: "zeros", Dimensions: 4}
	vectors, err := compare.NewVectors([][]float32{{1, 0, 0, 1}, {0, 0, 1, 1}, {0, 1, 1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	emb := &Embedding{Source: Source{Model: m}, Texts: []string{"a", "b", "c"}, Vectors: vectors}
	short := api.Candidate{Model: m.Ref(), Dimensions: 2}
	for _, candidates := range [][]api.Candidate{{short}, {{Model: m.Ref(), Dimensions: 4}, short}} {
		results, errs := AnalyseAll(t.Context(), m, candidates, nil, emb, nil)
		last := len(candidates) - 1
		if errs[last] != nil {
			t.Fatal(errs[last])
		}
		again, err := Again(m, short, results[last], emb)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*Result{results[last], again} {
			var text *api.TextError
			if !errors.As(r.Failed[1], &text) || text.Index != 1 || len(r.Failed) != 1 || r.Missing() != 0 {
				t.Errorf("failed: %v; %d are missing", r.Failed, r.Missing())
			}
			if r.Vectors.Has(1) || r.Vectors.Present() != 2 || len(r.Scan.Pairs()) != 1 {
				t.Errorf("%d vectors, %d pairs", r.Vectors.Present(), len(r.Scan.Pairs()))
			}
		}
	}
	if len(emb.Failed) != 0 {
		t.Errorf("the embedding is said to lack %v", emb.Failed)
	}
}
