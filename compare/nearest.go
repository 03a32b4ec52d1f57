package compare

import (
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
)

const (
	// queriesTogether and textsTogether are how many rows are multiplied at a time: their
	// products stay in a core's second-level cache until the nearest are picked.
	queriesTogether, textsTogether = 48, 512
)

// NearestOfEach gives for every query the first k hits of [Search], nil for one that has
// no vector: the product of all queries with all texts, of which no more is kept than the
// nearest. The errors are *[LengthError] for queries of another number of dimensions, and
// ctx's.
func NearestOfEach(ctx context.Context, v, queries Vectors, k int) ([][]Hit, error) {
	found := make([][]Hit, queries.Len())
	if err := ctx.Err(); err != nil || k <= 0 || v.Present() == 0 || queries.Present() == 0 {
		return found, err
	}
	if queries.dim != v.dim {
		return nil, &LengthError{Length: queries.dim, Want: v.dim}
	}
	n := queries.Present()
	step := min(queriesTogether, (n+kernel.Cores()-1)/kernel.Cores())
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(kernel.Cores(), (n+step-1)/step) {
		group.Go(func() error {
			kernel.GiveWay(ctx)
			var memory kernel.Buffer
			for {
				from := int(next.Add(int64(step))) - step
				if from >= n {
					return nil
				}
				block := newNearestBlock(&v, &queries, kernel.Span{From: from, To: min(n, from+step)}, k)
				if err := block.search(ctx, &memory); err != nil {
					return err
				}
				block.hits(found)
			}
		})
	}
	return found, group.Wait()
}

// nearestBlock is some of the queries on their way through all texts.
type nearestBlock struct {
	v, queries *Vectors
	rows       kernel.Span // of the queries
	k          int
	best       []*best // of every query
}

func newNearestBlock(v, queries *Vectors, rows kernel.Span, k int) *nearestBlock {
	b := &nearestBlock{v: v, queries: queries, rows: rows, k: k}
	for range rows.To - rows.From {
		of := newBest(v, ScanOptions{Floor: -1, MaxPairs: k})
		of.exact = b.exact
		b.best = append(b.best, of)
	}
	return b
}

// exact decides how similar a query, by its row, is to a text.
func (b *nearestBlock) exact(c candidate) Pair {
	return Pair{B: b.v.texts[c.b], Similarity: b.queries.similarityOf(int(c.a), b.v, int(c.b))}
}

// search looks at all texts, some at a time.
func (b *nearestBlock) search(ctx context.Context, memory *kernel.Buffer) error {
	queries := b.queries.rows.Part(b.rows)
	for from := 0; from < b.v.Present(); from += textsTogether {
		texts := kernel.Span{From: from, To: min(b.v.Present(), from+textsTogether)}
		done, err := kernel.Turn(ctx)
		if err != nil {
			return err
		}
		err = b.add(queries, texts, memory)
		done()
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *nearestBlock) add(queries kernel.Matrix, texts kernel.Span, memory *kernel.Buffer) error {
	memory.Reset()
	products, err := memory.Matrix(queries.Rows(), texts.To-texts.From)
	if err != nil {
		return err
	}
	if err := kernel.AddProducts(products, queries, b.v.rows.Part(texts)); err != nil {
		return err
	}
	for i, of := range b.best {
		of.addRow(b.rows.From+i, texts.From, products.Row(i))
	}
	return nil
}

// hits puts the nearest of every query into found, by the query's index.
func (b *nearestBlock) hits(found [][]Hit) {
	for i, of := range b.best {
		of.cutNear()
		for _, c := range of.near {
			if p := of.exact(c); p.Similarity >= of.floor {
				of.pairs = append(of.pairs, p)
			}
		}
		slices.SortFunc(of.pairs, comparePairs)
		hits := make([]Hit, min(len(of.pairs), b.k))
		for k := range hits {
			hits[k] = Hit{Text: int(of.pairs[k].B), Similarity: of.pairs[k].Similarity}
		}
		found[b.queries.texts[b.rows.From+i]] = hits
	}
}
