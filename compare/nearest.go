package compare

import (
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
)

const (
	// textsTogether is how many texts are multiplied with the queries at a time: they are
	// read from memory once, and then from a core's caches.
	textsTogether = 256
	// queryValues and queryCandidates bound what is held of the queries that go through the
	// texts together: the values of their copy (8 MiB), and the texts that may be near,
	// which every core keeps.
	queryValues, queryCandidates = 1 << 21, 1 << 19
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
	k = min(k, v.Present())
	step := max(kernel.TileRows, min(queryValues/v.dim, queryCandidates/(kernel.Cores()*k)))
	for from := 0; from < n; from += step {
		s := newNearestOfEach(&v, &queries, kernel.Span{From: from, To: min(n, from+step)}, k)
		if err := s.search(ctx); err != nil {
			return nil, err
		}
		if err := s.hits(ctx, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// nearestOfEach is some of the queries on their way through all texts.
type nearestOfEach struct {
	v, queries *Vectors
	rows       kernel.Span // of the queries
	options    ScanOptions
	blocks     []queryBlock
	parts      [][]*best // of every worker, of every query
}

// queryBlock is the queries that are multiplied at a time.
type queryBlock struct {
	rows kernel.Span
	kernel.Packed
}

func newNearestOfEach(v, queries *Vectors, rows kernel.Span, k int) *nearestOfEach {
	s := &nearestOfEach{v: v, queries: queries, rows: rows, options: ScanOptions{Floor: -1, MaxPairs: k}}
	n := rows.To - rows.From
	blocks := (n + kernel.TileRows - 1) / kernel.TileRows
	each := (n + blocks*blockStep - 1) / (blocks * blockStep) * blockStep
	s.blocks = make([]queryBlock, (n+each-1)/each)
	for i := range s.blocks {
		b := &s.blocks[i]
		b.rows = kernel.Span{From: rows.From + i*each, To: min(rows.To, rows.From+(i+1)*each)}
		b.Take(queries.in().rows, b.rows)
	}
	texts := (v.Present() + textsTogether - 1) / textsTogether
	s.parts = make([][]*best, min(kernel.Cores(), texts))
	for w := range s.parts {
		s.parts[w] = make([]*best, n)
		for i := range s.parts[w] {
			s.parts[w][i] = s.newBest()
		}
	}
	return s
}

func (s *nearestOfEach) newBest() *best {
	of := newBest(s.v, s.options)
	of.exact = s.exact
	return of
}

// exact decides how similar a query, by its row, is to a text.
func (s *nearestOfEach) exact(c candidate) Pair {
	return Pair{B: s.v.texts[c.b], Similarity: s.queries.similarityOf(int(c.a), s.v, int(c.b))}
}

// search looks at all texts, some at a time.
func (s *nearestOfEach) search(ctx context.Context) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for _, part := range s.parts {
		group.Go(func() error {
			kernel.GiveWay(ctx)
			var memory kernel.Buffer
			for {
				from := int(next.Add(textsTogether)) - textsTogether
				if from >= s.v.Present() {
					return nil
				}
				done, err := kernel.Turn(ctx)
				if err != nil {
					return err
				}
				err = s.add(part, kernel.Span{From: from, To: min(s.v.Present(), from+textsTogether)}, &memory)
				done()
				if err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}

// add looks at some texts for all queries.
func (s *nearestOfEach) add(part []*best, texts kernel.Span, memory *kernel.Buffer) error {
	for i := range s.blocks {
		b := &s.blocks[i]
		memory.Reset()
		products, err := memory.Matrix(b.rows.To-b.rows.From, texts.To-texts.From)
		if err != nil {
			return err
		}
		if err := b.AddProducts(products, s.v.in().rows.Part(texts)); err != nil {
			return err
		}
		for r := range products.Rows() {
			query := b.rows.From + r
			part[query-s.rows.From].addRow(query, texts.From, products.Row(r))
		}
	}
	return nil
}

// hits puts the nearest of every query into found, by the query's index.
func (s *nearestOfEach) hits(ctx context.Context, found [][]Hit) error {
	return inParts(ctx, s.rows.To-s.rows.From, func(_ int, rows kernel.Span) error {
		for i := rows.From; i < rows.To; i++ {
			found[s.queries.texts[s.rows.From+i]] = s.hitsOf(i)
		}
		return nil
	})
}

// hitsOf gives the nearest of one query, which the workers found among their texts.
func (s *nearestOfEach) hitsOf(query int) []Hit {
	all := s.newBest()
	for _, part := range s.parts {
		of := part[query]
		all.setFloor(max(all.floor, of.floor))
		all.near, all.pairs = append(all.near, of.near...), append(all.pairs, of.pairs...)
	}
	all.cutNear()
	for _, c := range all.near {
		if p := all.exact(c); p.Similarity >= all.floor {
			all.pairs = append(all.pairs, p)
		}
	}
	slices.SortFunc(all.pairs, comparePairs)
	hits := make([]Hit, min(len(all.pairs), s.options.MaxPairs))
	for i := range hits {
		hits[i] = Hit{Text: int(all.pairs[i].B), Similarity: all.pairs[i].Similarity}
	}
	return hits
}
