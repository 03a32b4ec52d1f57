package search

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/vecscope/vecscope/compare"
)

// Background is how similar two texts are under a candidate, whatever they say: the
// level that the score of a hit stands against. The zero value is that of rows without
// cosines.
type Background struct {
	Mean float64 // of the cosines of pairs of texts
	SD   float64 // their standard deviation
}

// Distance is how many standard deviations a cosine lies over that of two texts taken at
// random; NaN without a background, or when all texts are alike. A best hit under 0 is no
// nearer to the query than any two texts are to each other: the texts hardly have what is
// asked for. It tells how far out a hit is, in one unit for all candidates, and not how
// probable it is.
//
// The background is that of the texts, not of the query's own cosines: how far a query's
// best hit stands out among its others is the same for questions that the texts answer
// and for those they do not. Where a candidate has queries sent in another role than
// documents, the level of all distances is shifted alike, and their order stays.
func (b Background) Distance(cosine float64) float64 {
	if b.SD < leastSD {
		return math.NaN()
	}
	return (cosine - b.Mean) / b.SD
}

// leastSD is the deviation under which cosines differ by rounding alone.
const leastSD = 1e-6

// BackgroundOf measures the background of vectors: over all pairs of up to 200 texts, of
// more over pairs drawn at random, the same ones every time, so that it takes some
// hundredths of a second and the mean is right to 1/100 of the deviation. Where the pairs
// were scanned already, [compare.Background] has the same and better. The error is ctx's.
func BackgroundOf(ctx context.Context, v compare.Vectors) (Background, error) {
	var texts []int
	for i := range v.Len() {
		if v.Has(i) {
			texts = append(texts, i)
		}
	}
	n := len(texts)
	var mean, squares float64 // squares of the distances from the mean (Welford 1962)
	count := 0
	add := func(a, b int) error {
		count++
		s := v.Similarity(texts[a], texts[b])
		from := s - mean
		mean += from / float64(count)
		squares += from * (s - mean)
		if count%1000 == 0 {
			return ctx.Err()
		}
		return nil
	}
	if n*(n-1)/2 <= backgroundPairs {
		for a := range n {
			for b := range a {
				if err := add(a, b); err != nil {
					return Background{}, err
				}
			}
		}
	} else {
		random := rand.New(rand.NewPCG(1, uint64(n)))
		for range backgroundPairs {
			a, b := random.IntN(n), random.IntN(n-1)
			if b >= a {
				b++
			}
			if err := add(a, b); err != nil {
				return Background{}, err
			}
		}
	}
	if count == 0 {
		return Background{}, ctx.Err()
	}
	return Background{Mean: mean, SD: math.Sqrt(squares / float64(count))}, ctx.Err()
}

// backgroundPairs is how many pairs are measured at most.
const backgroundPairs = 20_000
