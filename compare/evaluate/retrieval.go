package evaluate

import (
	"context"
	"math"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/kernel"
)

// cutoff is the k of the metrics at k.
const cutoff = 10

// QueryResult is what a candidate finds for one query. A query without an answer has
// NaN for all metrics.
type QueryResult struct {
	NDCG     float64
	RR       float64 // 1 over the rank of the first relevant text; 0 when none was found
	Recall   float64 // at 10
	Hit      float64 // 1 when the first hit is relevant, else 0
	AP       float64
	Best     float64 // score of the first hit; -Inf when nothing is ranked
	Hits     []Hit   // the first ones that are found, at most ten
	Found    []Found // every relevant text and where it came, the first ones first
	Unjudged int     // of the first ten hits

	pools [pools]float64 // nDCG@10 against part of the texts
}

// Hit is a text that a query found.
type Hit struct {
	Text   int
	Score  float64
	Grade  float64 // 0 when it was not judged or is not relevant
	Judged bool
}

// Found is the rank of a relevant text, from 1; 0 when it was not found. Of tied scores,
// a relevant text comes last.
type Found struct {
	Text  int
	Grade float64
	Rank  int
}

// Within tells that the text was found among the first k.
func (f Found) Within(k int) bool { return f.Rank > 0 && f.Rank <= k }

// ScoreQueries measures how the vectors of queries, by their index as given, rank those
// of the texts. The errors are *[Error] and ctx's.
func (l *Labels) ScoreQueries(ctx context.Context, queries, texts compare.Vectors) (*Result, error) {
	if l.task != Retrieval {
		return nil, &Error{Problem: WrongTask, Item: -1, Text: NoText}
	}
	if texts.Len() != l.texts {
		return nil, &Error{Problem: WrongCount, Item: texts.Len(), Text: NoText}
	}
	r := l.newRetrieval()
	x, err := l.queryRows(queries)
	if err != nil {
		return nil, err
	}
	y, err := r.poolRows(texts)
	if err != nil {
		return nil, err
	}
	err = products(ctx, x, y, func(item int, values []float32) { rank(r, item, values) })
	if err != nil {
		return nil, err
	}
	return r.result(), nil
}

// queryRows returns the vectors of the queries that take part.
func (l *Labels) queryRows(queries compare.Vectors) (kernel.Matrix, error) {
	rows := make([][]float32, len(l.queries))
	for i := range rows {
		if rows[i] = queries.Row(l.origin[i]); rows[i] == nil {
			return kernel.Matrix{}, &Error{Problem: NoVector, Item: l.origin[i], Text: NoText}
		}
	}
	return kernel.Of(rows)
}

// poolRows returns the vectors of the texts that are ranked.
func (r *retrieval) poolRows(texts compare.Vectors) (kernel.Matrix, error) {
	rows := make([][]float32, len(r.texts))
	for k, text := range r.texts {
		if rows[k] = texts.Row(text); rows[k] == nil {
			return kernel.Matrix{}, &Error{Problem: NoVector, Item: -1, Text: text}
		}
	}
	return kernel.Of(rows)
}

// ScoreRanking measures any other search, BM25 or a hybrid: score puts the score of
// every text for a query, by its index as given, into scores, the best highest, and -Inf
// for a text that is not found: it is no hit, has no rank and adds nothing to any metric.
// It is called by several goroutines at once. The errors are *[Error], those of score and
// ctx's.
func (l *Labels) ScoreRanking(ctx context.Context, score func(query int, scores []float64) error) (*Result, error) {
	if l.task != Retrieval {
		return nil, &Error{Problem: WrongTask, Item: -1, Text: NoText}
	}
	r := l.newRetrieval()
	err := inBlocks(ctx, len(l.queries), 1, func(_ *kernel.Buffer, item, _ int) error {
		scores := make([]float64, l.texts)
		if err := score(l.origin[item], scores); err != nil {
			return err
		}
		for k, text := range r.texts {
			if math.IsNaN(scores[text]) {
				return &Error{Problem: NotFinite, Item: l.origin[item], Text: text}
			}
			scores[k] = scores[text] // texts ascend: nothing is overwritten before it is moved
		}
		rank(r, item, scores[:len(r.texts)])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r.result(), nil
}

// retrieval is the measuring of a candidate under way. Texts that are ranked have
// places, from 0.
type retrieval struct {
	labels  *Labels
	texts   []int   // of every place its text, ascending
	places  []int   // of every text its place, or -1
	levels  []uint8 // of every place the smallest pool it is in
	queries []QueryResult
}

func (l *Labels) newRetrieval() *retrieval {
	r := &retrieval{labels: l, places: make([]int, l.texts), queries: make([]QueryResult, len(l.queries))}
	for text, in := range l.pool {
		if r.places[text] = -1; in {
			r.places[text] = len(r.texts)
			r.texts = append(r.texts, text)
		}
	}
	r.levels = r.poolLevels()
	return r
}

// result sums up all queries.
func (r *retrieval) result() *Result {
	s := retrievalStatistic{}
	for _, q := range r.queries {
		for m, value := range []float64{q.NDCG, q.RR, q.Recall, q.Hit, q.AP} {
			s.values[m] = append(s.values[m], value)
		}
	}
	result := &Result{labels: r.labels, Queries: r.queries, Pools: r.poolScores()}
	if r.labels.metrics[len(r.labels.metrics)-1] == RejectionAUC {
		best, answerable := r.bestScores()
		s.rejects, s.rejected = newRanking(best, func(i int) bool { return answerable[i] }), true
		result.Rejection = newRejection(best, answerable)
	}
	result.statistic = s
	result.Metrics = result.named(result.measured(newWeights(r.labels)))
	return result
}

// retrievalStatistic measures queries under weights.
type retrievalStatistic struct {
	values   [5][]float64
	rejects  ranking
	rejected bool
}

func (s retrievalStatistic) sizeOfScratch() int { return s.rejects.sizeOfScratch() }

func (s retrievalStatistic) measure(w *weights, out, scratch []float64) {
	for m, values := range s.values {
		out[m] = weightedMean(values, w.items)
	}
	if s.rejected {
		out[len(s.values)] = s.rejects.measure(w.items, scratch).auc
	}
}

// unranked is the result of a query that has no answer.
func unranked() QueryResult {
	nan := math.NaN()
	return QueryResult{NDCG: nan, RR: nan, Recall: nan, Hit: nan, AP: nan, Best: math.Inf(-1)}
}
