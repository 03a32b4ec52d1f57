package session

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// compared is a session with so many texts that have vectors of 1024 dimensions under the
// one candidate, compared.
func compared(t *testing.T, texts int) (*Session, api.Model) {
	t.Helper()
	all := numbered(texts)
	for i := range all {
		all[i].Group = "" // nothing is tried at labels
	}
	s := bare(t, all...)
	free := 0.
	m := api.Model{Provider: "a", ID: "m", Kind: api.KindEmbedding, Dimensions: 1024, Price: &free, Source: api.SourceCached}
	s.engine.Catalog = catalog.New([]api.Model{m})
	s.engine.Providers["a"] = api.Uncached{Embedder: noise{}}
	s.Restore().Candidate(api.Candidate{Model: m.Ref(), Dimensions: 1024})
	embedded(t, s, m)
	ended(s.Invalidate(0))
	if s.resultAt(1024) == nil {
		t.Fatalf("nothing was compared: %+v", s.current.outcomes)
	}
	return s, m
}

// noise is a model that gives every text another direction.
type noise struct{}

func (noise) Embed(_ context.Context, req api.Request) (api.Result, error) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([][]float32, len(req.Texts))
	for i := range rows {
		for range 1024 {
			rows[i] = append(rows[i], float32(random.NormFloat64()))
		}
	}
	return api.Result{Vectors: rows, Dimensions: 1024}, nil
}

// embedded gives the texts vectors of a model.
func embedded(t *testing.T, s *Session, m api.Model) {
	t.Helper()
	source, _ := pipeline.SourceOf(m, api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions})
	emb, err := s.engine.Embed(t.Context(), source, s.wordings(), pipeline.EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s.embeddings[source.Key()] = emb
}

// resultAt is the result of the model at those dimensions; nil for none.
func (s *Session) resultAt(dimensions int) *pipeline.Result {
	return s.current.outcomes[api.Candidate{Model: "a/m", Dimensions: dimensions}.ID()].result
}

// keptAt are the dimensions of the results that are kept, ascending.
func (s *Session) keptAt() (dims []int) {
	for _, r := range s.kept {
		dims = append(dims, r.Candidate.Dimensions)
	}
	slices.Sort(dims)
	return dims
}

// One pass over all similarities makes those of all dimensions that may come next, and what
// a candidate had is there when it comes back.
func TestDimensionsOfAModelTakeOnePass(t *testing.T) {
	s, m := compared(t, 40)
	full := s.resultAt(1024)
	if got := s.keptAt(); !slices.Equal(got, []int{64, 128, 256, 512, 768}) {
		t.Fatalf("after one pass there are %v", got)
	}
	emb := s.kept[0].of
	for _, d := range []int{768, 512, 256, 128, 64} {
		made := s.kept.find(emb, api.Candidate{Model: m.Ref(), Dimensions: d})
		ended(s.Resize(0, d))
		got := s.resultAt(d)
		if got == nil || got.Matrix != made.Matrix {
			t.Fatalf("at %d dimensions the similarities are computed again", d)
		}
		alone, err := pipeline.Analyse(t.Context(), m, got.Candidate, emb, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Scan.Pairs(), alone.Scan.Pairs()) || math.Abs(got.Scan.Mean-alone.Scan.Mean) > 1e-6 || !got.Derived || got.From != 1024 {
			t.Errorf("at %d dimensions there are %d pairs of mean %v, alone %d of %v", d, len(got.Scan.Pairs()), got.Scan.Mean, len(alone.Scan.Pairs()), alone.Scan.Mean)
		}
	}
	had := s.resultAt(64)
	if cmd := s.Toggle(api.Candidate{Model: m.Ref(), Dimensions: 1024}); s.resultAt(1024) == nil || s.resultAt(1024).Scan != full.Scan {
		t.Errorf("a candidate that is put back is not there at once: %v", cmd)
	}
	if s.resultAt(64) != had {
		t.Error("another candidate has another result for it")
	}
}

func TestResultsAreKeptForThePresentTextsAlone(t *testing.T) {
	for name, change := range map[string]func(*Session, api.Model){
		"a text more":   func(s *Session, _ api.Model) { _ = s.corpus.Add(corpus.Text{Text: "new"}) },
		"other vectors": func(s *Session, m api.Model) { embedded(t, s, m) },
	} {
		s, m := compared(t, 40)
		ended(s.Resize(0, 512))
		was := s.resultAt(512)
		change(s, m)
		ended(s.Resize(0, 1024), s.Invalidate(0))
		if slices.ContainsFunc(s.kept, func(r keptResult) bool { return r.Result == was || s.embeddings[r.of.Source.Key()] != r.of }) {
			t.Errorf("%s: results of before are kept at %v", name, s.keptAt())
		}
	}
}

func TestKeptResultsTakeBoundedMemory(t *testing.T) {
	of := &pipeline.Embedding{}
	var k keptResults
	at := func(dimensions int) *pipeline.Result {
		v, err := compare.NewVectors(make([][]float32, 1))
		if err != nil {
			t.Fatal(err)
		}
		m, err := compare.Similarities(t.Context(), v, nil)
		if err != nil {
			t.Fatal(err)
		}
		return &pipeline.Result{Candidate: api.Candidate{Model: "a/m", Dimensions: dimensions}, Matrix: m}
	}
	for d := range 3 {
		k.add(of, at(d))
	}
	k.add(of, at(1))
	if got := k.made(of); len(got) != 3 || got[2].Candidate.Dimensions != 1 || k.made(&pipeline.Embedding{}) != nil {
		t.Errorf("%d results are kept", len(got))
	}
	s, _ := compared(t, 1500)
	for _, d := range []int{768, 512, 256, 1024, 128, 512} {
		ended(s.Resize(0, d))
		sum := 0
		for _, r := range s.kept {
			sum += r.Bytes()
		}
		if sum > keptBytes || len(s.kept) < 2 || s.resultAt(d) == nil {
			t.Errorf("at %d dimensions %d results of %d bytes are kept", d, len(s.kept), sum)
		}
	}
}
