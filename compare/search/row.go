package search

import (
	"context"
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/lexical"
)

// Row ranks the same texts for many queries: a candidate when it has Texts alone, BM25
// when it has Index alone, and both fused when it has both.
type Row struct {
	// Texts are a candidate's vectors, and Queries those of the queries, of the same
	// length. A query without a vector finds nothing.
	Texts, Queries compare.Vectors
	// Index has the words of the texts, and Asked the wording of every query.
	Index *lexical.Index
	Asked []string
	// Weight is that of BM25 where both are fused: see [Options].
	Weight float64
}

// Cosine reports whether the row's scores are cosines.
func (r Row) Cosine() bool { return r.Index == nil }

// words reports whether the row is BM25 alone.
func (r Row) words() bool { return r.Texts.Len() == 0 && r.Index != nil }

// Search gives the first k hits of every query, as the functions for one query do; nil
// for a query without a vector. The errors are those of [compare.Search].
func (r Row) Search(ctx context.Context, k int) ([][]Hit, error) {
	if r.words() {
		found := make([][]Hit, len(r.Asked))
		for i, query := range r.Asked {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			found[i] = ByWords(r.Index, query, k)
		}
		return found, nil
	}
	depth := k
	if !r.Cosine() {
		depth = FuseDepth
	}
	near, err := compare.NearestOfEach(ctx, r.Texts, r.Queries, depth)
	if err != nil {
		return nil, err
	}
	found := make([][]Hit, len(near))
	for i, hits := range near {
		switch {
		case !r.Queries.Has(i):
		case r.Cosine():
			found[i] = ofVectors(hits)
		default:
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			found[i] = Fuse(ofVectors(hits), ByWords(r.Index, r.Asked[i], FuseDepth), Options{Top: k, Weight: r.Weight})
		}
	}
	return found, nil
}

// Measure is how the row does at labels for retrieval of the same queries and texts:
// every query of them and every text that is ranked has a vector, unless the row counts
// words. The errors are *[evaluate.Error] and ctx's.
func (r Row) Measure(ctx context.Context, labels *evaluate.Labels) (*evaluate.Result, error) {
	switch {
	case r.words():
		return labels.ScoreRanking(ctx, func(query int, scores []float64) error {
			r.Index.Found(r.Asked[query], scores)
			return nil
		})
	case r.Cosine():
		return labels.ScoreQueries(ctx, r.Queries, r.Texts)
	}
	return labels.ScoreRanking(ctx, func(query int, scores []float64) error {
		hits, err := Hybrid(ctx, r.Texts, r.Queries.Row(query), r.Index, r.Asked[query], Options{Top: len(scores), Weight: r.Weight})
		for text := range scores {
			scores[text] = math.Inf(-1)
		}
		for _, h := range hits {
			scores[h.Index] = h.Score
		}
		return err
	})
}

// Measured are labels narrowed to what all rows can rank: texts and queries that have a
// vector under every one. The error is an *[evaluate.Error] when no query with a relevant
// text is left.
func Measured(labels *evaluate.Labels, rows []Row) (*evaluate.Labels, error) {
	every := func(has func(Row) bool) bool {
		return !slices.ContainsFunc(rows, func(r Row) bool { return !r.words() && !has(r) })
	}
	return labels.Only(
		func(text int) bool { return every(func(r Row) bool { return r.Texts.Has(text) }) },
		func(query int) bool { return every(func(r Row) bool { return r.Queries.Has(query) }) })
}
