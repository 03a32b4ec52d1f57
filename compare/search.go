package compare

import (
	"context"
	"math"
	"slices"
)

// Hit is a text that was searched and its cosine with the query, from -1 to 1.
type Hit struct {
	Text       int
	Similarity float64
}

// Search gives every text of v that has a vector by its similarity to a query,
// which is D values of any length but zero: the most similar first, equally similar
// ones in their order. Like [Vectors.Similarity] it sums in float64. The errors are
// *[LengthError] for a query of another number of dimensions, *[NotFiniteError] and
// *[ZeroVectorError], which name text 0, and ctx's. Without any vector there are no
// hits.
func Search(ctx context.Context, v Vectors, query []float32) ([]Hit, error) {
	if v.Present() == 0 {
		return nil, ctx.Err()
	}
	if len(query) != v.dim {
		return nil, &LengthError{Length: len(query), Want: v.dim}
	}
	q, err := NewVectors([][]float32{query})
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, v.Present())
	for slot, text := range v.texts {
		if slot%cancelEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := dot64(q.row(0), v.row(slot)) / math.Sqrt(q.norms[0]*v.norms[slot])
		hits[slot] = Hit{Text: int(text), Similarity: min(1, max(-1, s))}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		switch {
		case a.Similarity > b.Similarity:
			return -1
		case a.Similarity < b.Similarity:
			return 1
		}
		return 0
	})
	return hits, nil
}

// cancelEvery is after how many texts a search looks whether it is still wanted.
const cancelEvery = 256
