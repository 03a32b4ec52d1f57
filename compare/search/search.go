package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/lexical"
)

// Hit is a text that a row found, by index from 0, and its score: the cosine from -1 to
// 1 of a candidate, the score over 0 of BM25, or the sum of reciprocal ranks of a
// hybrid. Scores of one row for one query compare; others do not.
type Hit struct {
	Index int
	Score float64
}

// ByVectors gives the k texts most similar to a query, which is as many values as v has
// dimensions, of any length but zero; the most similar first, equal ones in the order of
// the texts. It gives fewer where fewer texts have a vector, and none for a k below 1.
// Ties are decided in float64. The errors are those of [compare.Search].
func ByVectors(ctx context.Context, v compare.Vectors, query []float32, k int) ([]Hit, error) {
	nearest, err := compare.Nearest(ctx, v, query, k)
	return ofVectors(nearest), err
}

func ofVectors(nearest []compare.Hit) []Hit {
	hits := make([]Hit, len(nearest))
	for i, h := range nearest {
		hits[i] = Hit{Index: h.Text, Score: h.Similarity}
	}
	return hits
}

// ByWords gives the k texts that have the highest scores of BM25 for a query, or as many
// as have any of its words.
func ByWords(x *lexical.Index, query string, k int) []Hit {
	found := x.Search(query, k)
	hits := make([]Hit, len(found))
	for i, h := range found {
		hits[i] = Hit{Index: h.Text, Score: h.Score}
	}
	return hits
}

// FuseDepth is how many hits of each ranking a hybrid is made of. Further down, a rank
// adds less than 1/1060.
const FuseDepth = 1000

// Options say how a hybrid ranks.
type Options struct {
	Top    int     // how many hits to give
	Weight float64 // what BM25's ranking weighs, where the candidate's weighs 1; at least 0
}

// Hybrid gives the first hits of a candidate and BM25 fused: see [Fuse]. The errors are
// those of [compare.Search].
func Hybrid(ctx context.Context, v compare.Vectors, query []float32, x *lexical.Index, words string, o Options) ([]Hit, error) {
	near, err := ByVectors(ctx, v, query, FuseDepth)
	if err != nil {
		return nil, err
	}
	return Fuse(near, ByWords(x, words, FuseDepth), o), nil
}

// Fuse gives the first hits of two rankings, each best first: a text scores 1/(60 +
// rank) of the first and weight/(60 + rank) of the second, nothing of one that lacks it
// (reciprocal rank fusion; Cormack, Clarke and Büttcher 2009, who found 60 by trial).
// Equal weights can make a good ranking worse. Texts of equal scores are in their order.
func Fuse(vectors, words []Hit, o Options) []Hit {
	place := map[int]int{} // of every text its place among the fused ones
	var texts []int
	places := func(hits []Hit) []int {
		ranking := make([]int, len(hits))
		for i, h := range hits {
			at, known := place[h.Index]
			if !known {
				at = len(texts)
				place[h.Index] = at
				texts = append(texts, h.Index)
			}
			ranking[i] = at
		}
		return ranking
	}
	first, second := places(vectors), places(words)
	scores := make([]float64, len(texts))
	lexical.Fuse(scores, first, 1)
	lexical.Fuse(scores, second, o.Weight)
	var hits []Hit
	for at, score := range scores {
		if score > 0 {
			hits = append(hits, Hit{Index: texts[at], Score: score})
		}
	}
	slices.SortFunc(hits, compareHits)
	return slices.Clip(hits[:min(len(hits), max(0, o.Top))])
}

// compareHits orders hits best first; equal ones by their texts.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Index, b.Index))
}
