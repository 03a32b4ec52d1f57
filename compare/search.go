package compare

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
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
	q, err := v.unitQuery(ctx, query)
	if err != nil || v.Present() == 0 {
		return nil, err
	}
	hits := make([]Hit, v.Present())
	err = inParts(kernel.Urgent(ctx), len(hits), func(_ int, rows kernel.Span) error {
		for slot := rows.From; slot < rows.To; slot++ {
			hits[slot] = Hit{Text: int(v.texts[slot]), Similarity: v.similarityTo(q, slot)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.Text, b.Text))
	})
	return hits, nil
}

// Nearest gives the first k hits of [Search], or all when there are fewer, at the
// speed at which memory can be read. Of many texts the first search makes a copy in six
// bits a value, which is dropped a minute after the last search: it takes a fifth of the
// memory of v at most, and 80 MiB, and changes no hit.
func Nearest(ctx context.Context, v Vectors, query []float32, k int) ([]Hit, error) {
	q, err := v.unitQuery(ctx, query)
	if err != nil || v.Present() == 0 || k <= 0 {
		return nil, err
	}
	k = min(k, v.Present())
	s := newNearestSearch(&v, &q, k)
	if err := s.in(v.in().coarse.copy(&v, k)); err != nil {
		return nil, err
	}
	hits, err := s.hits(ctx)
	if err == nil && s.coarse != nil && s.coarse.useless() {
		v.in().coarse.giveUp(k)
	}
	return hits, err
}

// unitQuery returns a query as the vectors of one text, or no vectors when v has none
// to search.
func (v Vectors) unitQuery(ctx context.Context, query []float32) (Vectors, error) {
	if err := ctx.Err(); err != nil || v.Present() == 0 {
		return Vectors{}, err
	}
	if len(query) != v.dim {
		return Vectors{}, &LengthError{Length: len(query), Want: v.dim}
	}
	return NewVectors([][]float32{query})
}

// similarityTo returns the similarity of a query to the row in a place.
func (v Vectors) similarityTo(q Vectors, slot int) float64 {
	return q.similarityOf(0, &v, slot)
}

// cancelEvery is after how many texts a search looks whether it is still wanted.
const cancelEvery = 256

// inParts calls work on all cores for all of n rows, a block of so many at a time, until
// they are done or ctx ends.
func inParts(ctx context.Context, n int, work func(worker int, rows kernel.Span) error) error {
	workers, blocks := kernel.Cores(), (n+cancelEvery-1)/cancelEvery
	group, ctx := errgroup.WithContext(ctx)
	for w := range workers {
		first, end := w*blocks/workers*cancelEvery, min(n, (w+1)*blocks/workers*cancelEvery)
		group.Go(func() error {
			kernel.GiveWay(ctx)
			for from := first; from < end; from += cancelEvery {
				done, err := kernel.Turn(ctx)
				if err != nil {
					return err
				}
				err = work(w, kernel.Span{From: from, To: min(end, from+cancelEvery)})
				done()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
