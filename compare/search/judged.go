package search

import (
	"context"

	"github.com/vecscope/vecscope/compare/evaluate"
)

// Judged is how a row does at the queries that somebody judged. Texts that nobody judged
// count as not relevant, so that the figures are no more than what is judged allows:
// Unjudged says how much that may be.
type Judged struct {
	// Queries is how many have a relevant text. The figures are means over them, NaN
	// when there are none.
	Queries int
	// Hit1, Hit3 and Hit10 are the shares of queries with a relevant text among the
	// first 1, 3 and 10; MRR is the mean of 1 over the rank of the first one.
	Hit1, Hit3, Hit10, MRR float64
	// NDCG is nDCG@10 by grades.
	NDCG float64
	// Unjudged is how many of the first ten hits of all these queries nobody judged; Hits
	// is how many there are, which are fewer than ten of each where fewer are found.
	Unjudged, Hits int
}

// JudgedBy sums up what [evaluate.Labels.ScoreQueries] or ScoreRanking measured of a row.
func JudgedBy(r *evaluate.Result) Judged {
	var j Judged
	for _, q := range r.Queries {
		if len(q.Found) == 0 {
			continue
		}
		j.Queries++
		j.Unjudged += q.Unjudged
		j.Hits += len(q.Hits)
		j.MRR += q.RR
		j.NDCG += q.NDCG
		for _, at := range []struct {
			share *float64
			ranks int
		}{{&j.Hit1, 1}, {&j.Hit3, 3}, {&j.Hit10, 10}} {
			if q.Found[0].Within(at.ranks) {
				*at.share++
			}
		}
	}
	for _, mean := range []*float64{&j.Hit1, &j.Hit3, &j.Hit10, &j.MRR, &j.NDCG} {
		*mean /= float64(j.Queries) // NaN without a query
	}
	return j
}

// Floor is the score under which a row's best hit is better taken for no answer.
type Floor struct {
	// Answerable and Unanswerable are how many queries have a relevant text, and how
	// many were judged to have none.
	Answerable, Unanswerable int
	// Separates tells that best scores tell the two kinds apart better than chance: the
	// 95% interval of the rejection AUC lies over one half.
	Separates bool
	// TooFew tells that it does not because too few queries have no answer.
	TooFew bool
	// Score is the floor, and LeftOut the mean of both shares, of answerable queries kept
	// and of others rejected, when each is decided by the floor that is best without it.
	Score, LeftOut float64
}

// FloorOf gives the floor of what was measured of a row; ok is false when its labels allow
// none, because no query was judged to have no answer. The error is ctx's.
func FloorOf(ctx context.Context, r *evaluate.Result, seed uint64) (f Floor, ok bool, err error) {
	if r.Rejection == nil {
		return Floor{}, false, nil
	}
	f = Floor{
		Answerable: r.Rejection.Answerable, Unanswerable: r.Rejection.Unanswerable,
		Score: r.Rejection.Floor, LeftOut: r.Rejection.LeftOut,
	}
	b, err := evaluate.NewBootstrap([]*evaluate.Result{r}, seed)
	if err != nil {
		return Floor{}, false, err
	}
	if err := b.Advance(ctx, evaluate.DefaultResamples); err != nil {
		return Floor{}, false, err
	}
	auc := b.Estimate(0, evaluate.RejectionAUC).Interval
	f.Separates, f.TooFew = r.Rejection.Separates(auc), r.Rejection.TooFew(auc)
	return f, true, nil
}
