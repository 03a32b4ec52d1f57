package trial

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// ErrUnpaid says that vectors are not known yet and cost money.
var ErrUnpaid = errors.New("not embedded yet")

// VectorsIn gives what an embedding has. The error is ErrUnpaid when that is not all, for
// nobody agreed to pay for the rest; where no text has a vector, it is why the first has
// none.
func VectorsIn(emb *pipeline.Embedding) (compare.Vectors, error) {
	switch {
	case emb.Partial:
		return compare.Vectors{}, ErrUnpaid
	case emb.Vectors.Present() == 0 && len(emb.Failed) > 0:
		first := slices.Min(slices.Collect(maps.Keys(emb.Failed)))
		return compare.Vectors{}, emb.Failed[first]
	}
	return emb.Vectors, nil
}

// Within tells that a candidate is within limits as far as that is known before anything
// is asked of it: the price and the dimensions, not yet the latency. paid tells that its
// model costs something, cuts that one of its cuts may be what is within them.
func Within(l evaluate.Limits, c api.Candidate, m api.Model, paid, cuts bool) bool {
	// How long it takes is taken for no time.
	t := evaluate.Terms{Price: math.NaN(), Dimensions: c.Dimensions, Bytes: float64(4 * c.Dimensions), Local: m.Source == api.SourceBinary}
	switch {
	case !paid:
		t.Price = 0
	case m.Price != nil:
		t.Price = *m.Price
	}
	if cuts && !l.Allow(t) {
		whole := Row{Candidate: c, Model: m}
		for _, cut := range shorter(whole, nil) {
			t.Dimensions, t.Bytes = cut.Candidate.Dimensions, float64(cut.BytesPerVector())
			if l.Allow(t) {
				return true
			}
		}
		return false
	}
	return l.Allow(t)
}

// ngrams is the model that hashes character n-grams.
const ngrams = "local/ngrams"

// Baselines are the results of what every candidate should beat at a task, unless it
// takes part already: for texts compared with each other the hashed n-grams, which have
// learned nothing. What cannot be computed is left out.
func Baselines(ctx context.Context, e *pipeline.Engine, task evaluate.Task, results []*pipeline.Result, texts []string) []*pipeline.Result {
	ofNGrams := func(r *pipeline.Result) bool { return r.Model.Ref() == ngrams }
	if task == evaluate.Retrieval || slices.ContainsFunc(results, ofNGrams) {
		return nil
	}
	m, err := e.Catalog.Find(ngrams)
	if err != nil {
		return nil
	}
	c := api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions}
	source, _ := pipeline.SourceOf(m, c)
	emb, err := e.Embed(ctx, source, texts, pipeline.EmbedOptions{})
	if err != nil {
		return nil
	}
	return []*pipeline.Result{{Candidate: c, Model: m, From: emb.Vectors.Dim(), Vectors: emb.Vectors, Failed: emb.Failed, Usage: emb.Usage}}
}

// WordSearch is BM25 over the texts for the queries; baseline tells that nobody chose
// it. The error is ctx's.
func WordSearch(ctx context.Context, texts, queries []string, baseline bool) (Lexical, error) {
	index, err := lexical.NewIndex(ctx, texts)
	if err != nil {
		return Lexical{}, err
	}
	return Lexical{ID: BM25, Baseline: baseline, Score: func(query int, scores []float64) error {
		index.Found(queries[query], scores)
		return nil
	}}, nil
}
