package pipeline

import (
	"cmp"
	"context"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
)

// AnalyseAll is [Analyse] of candidates of one model that are made from the same
// embedding, in one pass over its vectors: similarities at fewer dimensions come up on
// the way to those at more. For each candidate there is either a result or an error.
// before, which may be nil, gives the result that a candidate had, or nil: where there are
// many texts of which few have changed, only the pairs of those are compared.
func AnalyseAll(ctx context.Context, m api.Model, candidates []api.Candidate, before func(api.Candidate) *Result, emb *Embedding, progress func(done, total int)) ([]*Result, []error) {
	results, errs := make([]*Result, len(candidates)), make([]error, len(candidates))
	// Of more texts no similarities are held, and counting those of several lengths as
	// they come has them compete for the processor's cache.
	if len(candidates) > 1 && emb.Vectors.Present() <= compare.DenseLimit && analyseInOnePass(ctx, m, candidates, emb, progress, results) {
		return results, errs
	}
	for i, c := range candidates {
		had := &Result{}
		if before != nil {
			had = cmp.Or(before(c), had)
		}
		results[i], errs[i] = analyseAfter(ctx, m, c, had, emb, scanOptions(emb.Vectors), progress)
	}
	return results, errs
}

// analyseInOnePass fills in the results, or tells that they have to be computed one by
// one: then one that cannot be says why.
func analyseInOnePass(ctx context.Context, m api.Model, candidates []api.Candidate, emb *Embedding, progress func(done, total int), results []*Result) bool {
	dims := make([]int, len(candidates))
	for i, c := range candidates {
		r, err := uncut(m, c, emb) // the pass cuts them all
		if err != nil || emb.Vectors.Present() == 0 {
			return false
		}
		results[i], dims[i] = r, r.Candidate.Dimensions
	}
	matrices, err := compare.TruncatedSimilarities(ctx, emb.Vectors, dims)
	if err != nil {
		return false
	}
	for i, r := range results {
		r.Matrix, r.Vectors = matrices[i], matrices[i].Vectors()
		if r.Scan, err = r.Matrix.Scan(ctx, scanOptions(r.Vectors), progress); err != nil {
			return false
		}
	}
	return true
}
