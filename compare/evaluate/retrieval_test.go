package evaluate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// slowQuery ranks all texts in full. Tied scores are ordered pessimistically.
func slowQuery(q Query, scores []float64) QueryResult {
	grade := map[int]float64{}
	judged := map[int]bool{}
	for _, j := range q.Judged {
		if j.Text != q.Source {
			grade[j.Text], judged[j.Text] = max(0, j.Grade), true
		}
	}
	var order []int
	for text := range scores {
		if text != q.Source {
			order = append(order, text)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(grade[a], grade[b]), cmp.Compare(a, b))
	})
	var r QueryResult
	var grades []float64
	var ranks []int
	for k, text := range order {
		rank := k + 1
		if math.IsInf(scores[text], -1) {
			rank = 0
		}
		if grade[text] > 0 {
			r.Found = append(r.Found, Found{Text: text, Grade: grade[text], Rank: rank})
			grades, ranks = append(grades, grade[text]), append(ranks, rank)
		}
		if k >= cutoff || rank == 0 {
			continue
		}
		if !judged[text] {
			r.Unjudged++
		}
		r.Hits = append(r.Hits, Hit{Text: text, Score: scores[text], Grade: grade[text], Judged: judged[text]})
	}
	slices.SortStableFunc(r.Found, func(a, b Found) int {
		if a.Rank == 0 && b.Rank == 0 {
			return cmp.Compare(a.Text, b.Text)
		}
		return 0
	})
	r.measureRanks()
	r.NDCG = ndcg(grades, ranks, false)
	return r
}

func someQueries(t *rapid.T, texts int) []Query {
	var queries []Query
	for i := range rapid.IntRange(1, 5).Draw(t, "queries") {
		q := Query{Source: rapid.IntRange(-1, texts-1).Draw(t, "source")}
		for text := range texts {
			if g := rapid.IntRange(-6, 3).Draw(t, "grade"); g >= 0 {
				q.Judged = append(q.Judged, Judgment{Text: text, Grade: float64(g)})
			}
		}
		if i == 0 {
			q = Query{Judged: []Judgment{{Text: 1, Grade: 2}}, Source: NoText}
		}
		queries = append(queries, q)
	}
	return queries
}

// someScore is a score of which there are few, so that there are ties; under 0, that of
// a text that is not found.
func someScore(k int) float64 {
	if k < 0 {
		return math.Inf(-1)
	}
	return float64(k) / 8
}

func TestRankingsAgreeWithFullSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.IntRange(2, 60).Draw(t, "texts")
		queries := someQueries(t, texts)
		scores := make([][]float64, len(queries))
		for i := range scores {
			scores[i] = rapid.SliceOfN(rapid.Map(rapid.IntRange(-4, 12), someScore), texts, texts).Draw(t, "scores")
		}
		l, err := NewQueries(texts, queries, QueryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.ScoreRanking(context.Background(), func(q int, out []float64) error { copy(out, scores[q]); return nil })
		if err != nil {
			t.Fatal(err)
		}
		for i, q := range queries {
			got, want := r.Queries[i], slowQuery(q, scores[i])
			if !slices.Equal(got.Hits, want.Hits) || got.Unjudged != want.Unjudged {
				t.Errorf("query %d: hits %v unjudged %d, want %v %d", i, got.Hits, got.Unjudged, want.Hits, want.Unjudged)
			}
			if !l.Answerable(i) {
				if got.NDCG == got.NDCG {
					t.Errorf("query %d has no answer and a score", i)
				}
				continue
			}
			if !slices.Equal(got.Found, want.Found) || !near(got.NDCG, want.NDCG, 1e-12) || !near(got.AP, want.AP, 1e-12) || got.RR != want.RR || got.Hit != want.Hit || !near(got.Recall, want.Recall, 1e-12) {
				t.Errorf("query %d: %+v, want %+v", i, got, want)
			}
		}
	})
}

func randomRows(seed uint64, n, dim int) [][]float32 {
	r := rand.New(rand.NewPCG(seed, 5))
	rows := make([][]float32, n)
	for i := range rows {
		for range dim {
			rows[i] = append(rows[i], float32(r.NormFloat64()))
		}
	}
	return rows
}

// vectorQueries are queries whose answer is the text of the same number.
func vectorQueries(t *testing.T, n, texts int) *Labels {
	t.Helper()
	queries := make([]Query, n)
	for i := range queries {
		queries[i] = Query{Judged: []Judgment{{Text: i, Grade: 1}}, Source: NoText}
	}
	return must[*Labels](t)(NewQueries(texts, queries, QueryOptions{}))
}

func TestVectorsRankAsTheirSimilaritiesDo(t *testing.T) {
	ctx := context.Background()
	queries, texts := mustVectors(t, randomRows(1, 120, 24)), mustVectors(t, randomRows(2, 500, 24))
	l := vectorQueries(t, 120, 500)
	fast := must[*Result](t)(l.ScoreQueries(ctx, queries, texts))
	slow := must[*Result](t)(l.ScoreRanking(ctx, func(q int, out []float64) error {
		for k := range out {
			var s float64
			for d, x := range texts.Row(k) {
				s += float64(x) * float64(queries.Row(q)[d])
			}
			out[k] = s
		}
		return nil
	}))
	for i, m := range fast.Metrics {
		if !near(m.Value, slow.Metrics[i].Value, 1e-9) {
			t.Errorf("%s: %v, want %v", m.Name, m.Value, slow.Metrics[i].Value)
		}
	}
	if last := fast.Pools[len(fast.Pools)-1]; fast.Pools[0].Texts != 120 || last.Texts != 500 || last.NDCG != fast.Metrics[0].Value {
		t.Errorf("pools: %+v", fast.Pools) // 120 relevant texts are more than an eighth of 500
	}
}

func TestEqualVectorsTiePessimistically(t *testing.T) {
	rows := randomRows(3, 400, 33)
	for i := range rows[1:] {
		rows[i+1] = rows[0]
	}
	l := vectorQueries(t, 1, 400)
	r := must[*Result](t)(l.ScoreQueries(context.Background(), mustVectors(t, rows[:1]), mustVectors(t, rows)))
	if got := r.Queries[0].Found[0].Rank; got != 400 {
		t.Errorf("among 400 equal texts the relevant one has rank %d", got)
	}
}

// Ranks 2 and 3 have the grades 1 and 3.
func TestRankingsAreMeasuredAsTheOptionsSay(t *testing.T) {
	measured := func(o QueryOptions) *Result {
		l := must[*Labels](t)(NewQueries(800, []Query{{Judged: []Judgment{{Text: 1, Grade: 1}, {Text: 2, Grade: 3}}, Source: NoText}}, o))
		return must[*Result](t)(l.ScoreRanking(context.Background(), func(_ int, out []float64) error {
			for k := range out {
				out[k] = -float64(k)
			}
			return nil
		}))
	}
	second := 1 / math.Log2(3)
	for exponential, want := range map[bool]float64{false: (second + 3.0/2) / (3 + second), true: (second + 7.0/2) / (7 + second)} {
		if got := measured(QueryOptions{Exponential: exponential}).Queries[0].NDCG; !near(got, want, 1e-12) {
			t.Errorf("nDCG, exponential %t: %g, want %g", exponential, got, want)
		}
	}
	drawn := map[float64]bool{} // with the text of rank 1 in the smallest pool, or without
	for seed := range uint64(64) {
		drawn[measured(QueryOptions{Seed: seed}).Pools[0].NDCG] = true
	}
	if len(drawn) != 2 {
		t.Errorf("64 seeds draw pools of which %v is measured", drawn)
	}
}

func TestSmallerPoolsKeepRelevantTexts(t *testing.T) {
	scores := func(_ int, out []float64) error {
		for k := range out {
			out[k] = -float64(k)
		}
		return nil
	}
	l := must[*Labels](t)(NewQueries(800, []Query{{Judged: []Judgment{{Text: 7, Grade: 1}}, Source: NoText}}, QueryOptions{Seed: 3}))
	r := must[*Result](t)(l.ScoreRanking(context.Background(), scores))
	sizes := []int{}
	for k, p := range r.Pools {
		sizes = append(sizes, p.Texts)
		if k > 0 && p.NDCG > r.Pools[k-1].NDCG || p.NDCG == 0 {
			t.Errorf("more texts make it easier: %+v", r.Pools)
		}
	}
	if !slices.Equal(sizes, []int{100, 200, 400, 800}) {
		t.Errorf("pools of %v", sizes)
	}
	up := &Result{Pools: []PoolScore{{100, .5}, {200, .3}}}
	down := &Result{Pools: []PoolScore{{100, .4}, {200, .35}}}
	again := []*Result{{Pools: []PoolScore{{50, .5}, {100, .3}, {200, .5}}}, {Pools: []PoolScore{{50, .4}, {100, .35}, {200, .4}}}}
	if !OrderChanges(again) || !OrderChanges([]*Result{again[1], again[0]}) {
		t.Error("who is ahead again at last has never been behind")
	}
	if !OrderChanges([]*Result{up, down}) || OrderChanges([]*Result{up, up, {Pools: []PoolScore{{100, .6}, {200, .3}}}}) {
		t.Error("a change of places was not seen, or a tie taken for one")
	}
}

func TestUnanswerableQueriesCountForRejectionAlone(t *testing.T) {
	queries := []Query{
		{Judged: []Judgment{{Text: 0, Grade: 1}}, Source: NoText},
		{Source: NoText},
		{Judged: []Judgment{{Text: 1, Grade: 0}}, Source: NoText},
	}
	l := must[*Labels](t)(NewQueries(3, queries, QueryOptions{}))
	r := must[*Result](t)(l.ScoreRanking(context.Background(), func(q int, out []float64) error {
		copy(out, [][]float64{{.9, .2, .1}, {.5, .4, .3}, {.95, .2, .1}}[q])
		return nil
	}))
	if value(t, r, NDCGAt10) != 1 || value(t, r, RejectionAUC) != .5 {
		t.Errorf("%+v", r.Metrics)
	}
	if j := r.Rejection; j.Answerable != 1 || j.Unanswerable != 2 || !near(j.Floor, .7, 1e-12) {
		t.Errorf("%+v", j)
	}
	for _, m := range r.Slice(func(i int) bool { return i == 1 }) {
		if m.Value == m.Value {
			t.Errorf("%s of a query without an answer is %v", m.Name, m.Value)
		}
	}
}

func TestScoringQueriesStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	v := mustVectors(t, randomRows(1, 200, 8))
	if _, err := vectorQueries(t, 100, 200).ScoreQueries(ctx, v, v); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestScoresThatAreNoNumbers(t *testing.T) {
	var e *Error
	_, err := vectorQueries(t, 2, 9).ScoreRanking(context.Background(), func(q int, out []float64) error {
		if q == 1 {
			out[4] = math.NaN()
		}
		return nil
	})
	if !errors.As(err, &e) || e.Problem != NotFinite || e.Item != 1 || e.Text != 4 {
		t.Error(err)
	}
	// Queries are named as they were given, also when some were left out.
	part := must[*Labels](t)(vectorQueries(t, 3, 9).Only(func(text int) bool { return text != 0 }, func(q int) bool { return q != 0 }))
	_, err = part.ScoreRanking(context.Background(), func(q int, out []float64) error {
		if out[3] = 1; q == 2 {
			out[3] = math.NaN()
		}
		return nil
	})
	if !errors.As(err, &e) || e.Item != 2 || e.Text != 3 {
		t.Error(err)
	}
}

func TestATextThatIsNotFoundIsNoHit(t *testing.T) {
	queries := []Query{
		{Judged: []Judgment{{Text: 0, Grade: 1}, {Text: 3, Grade: 0}}, Source: NoText},
		{Judged: []Judgment{{Text: 2, Grade: 1}}, Source: NoText},
	}
	l := must[*Labels](t)(NewQueries(4, queries, QueryOptions{}))
	r := must[*Result](t)(l.ScoreRanking(context.Background(), func(q int, out []float64) error {
		none := math.Inf(-1)
		copy(out, [][]float64{{.9, .2, none, none}, {none, none, none, none}}[q])
		return nil
	}))
	if q := r.Queries[0]; len(q.Hits) != 2 || q.Unjudged != 1 || q.RR != 1 {
		t.Errorf("two are found, one of them judged: %+v", q)
	}
	// Its relevant text is not one of the first ten, though there are but four.
	if q := r.Queries[1]; len(q.Hits) != 0 || q.Unjudged != 0 || !math.IsInf(q.Best, -1) || q.Found[0].Rank != 0 || q.Found[0].Within(cutoff) {
		t.Errorf("nothing is found: %+v", q)
	}
	for metric, want := range map[string]float64{NDCGAt10: .5, MRR: .5, RecallAt10: .5, HitAt1: .5, MAP: .5} {
		wantNear(t, metric, value(t, r, metric), want)
	}
	for _, pool := range r.Pools {
		wantNear(t, fmt.Sprintf("nDCG against %d texts", pool.Texts), pool.NDCG, .5)
	}
}
