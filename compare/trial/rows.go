package trial

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
)

// Row is one thing that can be chosen: a candidate, or its vectors cut shorter, or a
// lexical search.
type Row struct {
	// ID is the candidate's id, or the name of a lexical row.
	ID        string
	Candidate api.Candidate
	Model     api.Model
	// Cut tells that nobody chose these dimensions: they were tried because it costs
	// nothing.
	Cut bool
	// Baseline tells that nobody chose this row: it stands there to be beaten.
	Baseline bool
	// Lexical tells that the row counts words and has no vectors.
	Lexical bool
	// Price is in US dollars per million tokens, nil when it is unknown; 0 is free.
	Price *float64
	// P50 and P95 are the times of requests to a server, or the mean time of a text
	// inside the program; 0 when nothing was timed.
	P50, P95 time.Duration
	// Score is how it does; nil when Err says why it could not be tried.
	Score *evaluate.Result
	Err   error

	from    string  // the candidate that it is cut from
	fusion  *Fusion // what it is fused with; nil for vectors alone
	vectors compare.Vectors
	queries compare.Vectors
	// awaited is how many texts without a vector are still to be embedded.
	awaited int
	// zero and zeroQueries are the texts and queries of whose vectors the cut left nothing.
	zero, zeroQueries []int
}

// From is the ID of the row that a cut is cut from; empty for others.
func (r Row) From() string { return r.from }

// Fused tells that the row ranks by its vectors and by words together.
func (r Row) Fused() bool { return r.fusion != nil }

// OwnID is the ID of the row that ranks by the same vectors alone, whether that is there
// or not.
func (r Row) OwnID() string {
	if r.Fused() {
		return strings.TrimSuffix(r.ID, FusedSuffix)
	}
	return r.ID
}

// with is the row fused with BM25.
func (r Row) with(f *Fusion) Row {
	r.ID += FusedSuffix
	r.fusion = f
	return r
}

// BytesPerVector is the size of a vector in float32.
func (r Row) BytesPerVector() int { return 4 * r.Candidate.Dimensions }

// candidateRow is the row of a result as it is; paid tells that its model costs
// something.
func candidateRow(r *pipeline.Result, paid bool) Row {
	row := Row{ID: r.Candidate.ID(), Candidate: r.Candidate, Model: r.Model, Price: r.Model.Price, vectors: r.Vectors, awaited: r.Missing()}
	if !paid {
		free := 0.0
		row.Price = &free
	}
	row.P50, row.P95 = Latency(r.Usage)
	return row
}

// Latency is what half and 95% of the requests to a server did not exceed, or the mean
// time of a text inside the program; 0 when nothing was timed.
func Latency(u api.Usage) (p50, p95 time.Duration) {
	switch {
	case len(u.Latencies) > 0:
		sorted := slices.Sorted(slices.Values(u.Latencies))
		return sorted[(len(sorted)-1)/2], sorted[(len(sorted)-1)*95/100]
	case u.Requests == 0 && u.Texts > u.Cached:
		mean := u.Elapsed / time.Duration(u.Texts-u.Cached)
		return mean, mean
	}
	return 0, 0
}

// CostOf is what embedding so many tokens costs, in US dollars; ok is false when the
// price is unknown.
func (r Row) CostOf(tokens float64) (usd float64, ok bool) {
	if r.Price == nil {
		return 0, false
	}
	return *r.Price * tokens / 1e6, true
}

// shorter are the rows that can be cut from a candidate's vectors for nothing, the
// longest first, but for those among taken.
func shorter(row Row, taken []string) []Row {
	var rows []Row
	for _, n := range slices.Backward(catalog.Presets(row.Model)) {
		c := api.Candidate{Model: row.Candidate.Model, Dimensions: n}
		_, derived := pipeline.SourceOf(row.Model, c)
		id := c.ID() + strings.TrimPrefix(row.ID, row.Candidate.ID())
		if !derived || n >= row.Candidate.Dimensions || slices.Contains(taken, id) {
			continue
		}
		cut := row
		cut.ID, cut.Candidate, cut.Cut, cut.from = id, c, true, row.ID
		rows = append(rows, cut)
	}
	return rows
}

// cutTo cuts the row's vectors to its dimensions where they are longer. What of it cannot be
// is the row's Err; a text or query of which nothing is left has no vector any more.
func (r *Row) cutTo() {
	for _, c := range []struct {
		what string
		of   *compare.Vectors
		zero *[]int
	}{{"text", &r.vectors, &r.zero}, {"query", &r.queries, &r.zeroQueries}} {
		if r.Err != nil || c.of.Present() == 0 || c.of.Dim() <= r.Candidate.Dimensions {
			continue
		}
		var err error
		if *c.of, *c.zero, err = c.of.Truncate(r.Candidate.Dimensions); err == nil && c.of.Present() == 0 {
			err = fmt.Errorf("the first %d values of the vector of every %s are all 0", r.Candidate.Dimensions, c.what)
		}
		if err != nil {
			r.Err = fmt.Errorf("cutting %s to %d dimensions: %w", r.Model.Ref(), r.Candidate.Dimensions, err)
		}
	}
}

// lacks is what the row has no vector for.
func (r *Row) lacks() Lacking {
	return Lacking{
		ID: r.ID, Texts: r.vectors.Len() - r.vectors.Present(), Of: r.vectors.Len(), Awaited: r.awaited, Queries: r.queries.Len() - r.queries.Present(),
		Dimensions: r.Candidate.Dimensions, Zero: r.zero, ZeroQueries: r.zeroQueries,
	}
}

// score tries the row at the labels; what goes wrong is the row's Err, but for ctx's.
func (r *Row) score(ctx context.Context, l *evaluate.Labels) error {
	if r.Err != nil {
		return nil
	}
	if f := r.fusion; f != nil && r.vectors.Present() > 0 {
		fused := search.Row{Texts: r.vectors, Queries: r.queries, Index: f.Index, Asked: f.Asked, Weight: f.Weight}
		r.Score, r.Err = fused.Measure(ctx, l)
	} else if l.Task() == evaluate.Retrieval {
		r.Score, r.Err = l.ScoreQueries(ctx, r.queries, r.vectors)
	} else {
		r.Score, r.Err = l.ScoreTexts(ctx, r.vectors)
	}
	return ctx.Err()
}
