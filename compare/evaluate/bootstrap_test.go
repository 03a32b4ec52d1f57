package evaluate

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vecscope/vecscope/compare"
)

// noisyPairs are n pairs, half the same, seen by candidates that put the same ones so
// far over the others.
func noisyPairs(t *testing.T, n int, quality ...float64) []*Result {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(n), 4))
	scores := make([]float64, n)
	for i := range scores {
		scores[i] = float64(i % 2)
	}
	l := must[*Labels](t)(NewPairs(2*n, somePairs(scores...)))
	var results []*Result
	for _, q := range quality {
		similarities := make([]float64, n)
		for i, s := range scores {
			similarities[i] = q*s + r.NormFloat64()
		}
		results = append(results, must[*Result](t)(l.ScorePairs(similarities)))
	}
	return results
}

func mustBootstrap(t *testing.T, results []*Result, seed uint64, batches ...int) *Bootstrap {
	t.Helper()
	b := must[*Bootstrap](t)(NewBootstrap(results, seed))
	for _, n := range batches {
		if err := b.Advance(context.Background(), n); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestTheSameSeedGivesTheSameWhateverTheBatches(t *testing.T) {
	results := noisyPairs(t, 50, 1, 1.4, 1.2)
	a, b := mustBootstrap(t, results, 7, 400), mustBootstrap(t, results, 7, 1, 99, 250, 50)
	if x, y := a.Compare(AUC, a.All()), b.Compare(AUC, b.All()); !slices.Equal(x, y) {
		t.Errorf("%v\n%v", x, y)
	}
	if a.Resamples() != 400 || b.Resamples() != 400 {
		t.Errorf("%d and %d resamples", a.Resamples(), b.Resamples())
	}
	if c := mustBootstrap(t, results, 8, 400); slices.Equal(a.Compare(AUC, a.All()), c.Compare(AUC, c.All())) {
		t.Error("another seed gives the same")
	}
}

func TestResamplesStopWithTheirContext(t *testing.T) {
	b := mustBootstrap(t, noisyPairs(t, 50, 1, 2), 1, 100)
	before, figure := b.Compare(AUC, b.All()), b.Estimate(0, AUC)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := b.Advance(ctx, 100); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if b.Resamples() != 100 || !slices.Equal(before, b.Compare(AUC, b.All())) || b.Estimate(0, AUC) != figure {
		t.Error("what was stopped left something behind")
	}
	if err := b.Advance(context.Background(), 50); err != nil || b.Resamples() != 150 {
		t.Errorf("%v after %d resamples", err, b.Resamples())
	}
}

func TestSwappingTwoCandidatesTurnsTheirDifferenceAround(t *testing.T) {
	r := noisyPairs(t, 60, 1, 1.6)
	a, b := mustBootstrap(t, r, 3, 500), mustBootstrap(t, []*Result{r[1], r[0]}, 3, 500)
	d, e := a.Compare(AUC, a.All())[0], b.Compare(AUC, b.All())[0].reversed()
	if !near(d.Value, e.Value, 1e-12) || !near(d.Low, e.Low, 1e-12) || !near(d.High, e.High, 1e-12) || !near(d.P, e.P, 1e-9) {
		t.Errorf("%+v\n%+v", d, e)
	}
}

func TestACopyIsEqualAndTwoPerfectOnesAreNot(t *testing.T) {
	r := noisyPairs(t, 30, 1)
	b := mustBootstrap(t, []*Result{r[0], r[0]}, 1, 200)
	if d := b.Compare(AUC, b.All())[0]; !d.Equal() || d.Low != 0 || d.High != 0 || d.P != 1 {
		t.Errorf("a copy: %+v", d)
	}
	b = mustBootstrap(t, noisyPairs(t, 30, 50, 60), 1, 200)
	d := b.Compare(AUC, b.All())[0]
	if d.Value != 0 || d.Equal() || d.Different() || !near(d.High, 3./29, 1e-12) {
		t.Errorf("two that make no mistake with 30 pairs: %+v", d)
	}
	if e := b.Estimate(0, AUC); e.Value != 1 || e.High != 1 || e.Low >= 1 {
		t.Errorf("no mistake with 30 pairs: %+v", e)
	}
}

func TestDifferentLabelsAreNotCompared(t *testing.T) {
	var e *Error
	_, err := NewBootstrap([]*Result{noisyPairs(t, 30, 1)[0], noisyPairs(t, 30, 1)[0]}, 1)
	if !errors.As(err, &e) || e.Problem != DifferentLabels || e.Item != 1 {
		t.Error(err)
	}
	if _, err := NewBootstrap(nil, 1); !errors.As(err, &e) || e.Problem != NoLabels {
		t.Error(err)
	}
}

func TestNothingIsKnownBeforeTheFirstResamples(t *testing.T) {
	b := mustBootstrap(t, noisyPairs(t, 30, 1, 2), 1)
	d := b.Compare(AUC, b.All())[0]
	if d.Low == d.Low || d.P == d.P || d.Different() || d.Equal() {
		t.Errorf("%+v", d)
	}
	if v := b.Judge(AUC, b.All(), nil, Limits{}); v.Enough || v.Reason != CannotTell || v.ItemsNeeded != 0 {
		t.Errorf("%+v", v)
	}
	if e := b.Estimate(0, "nonsense"); e.Value == e.Value || len(b.Compare("nonsense", b.All())) != 0 {
		t.Errorf("%+v", e)
	}
}

func TestQueriesAreComparedByTestsOnThem(t *testing.T) {
	queries := make([]Query, 10)
	for i := range queries {
		queries[i] = Query{Judged: []Judgment{{Text: 0, Grade: 1}}, Source: NoText}
	}
	l := must[*Labels](t)(NewQueries(3, queries, QueryOptions{}))
	score := func(right int) *Result {
		return must[*Result](t)(l.ScoreRanking(context.Background(), func(q int, out []float64) error {
			if out[1] = .5; q < right {
				out[0] = 1
			}
			return nil
		}))
	}
	b := mustBootstrap(t, []*Result{score(8), score(2)}, 1, 300)
	for _, metric := range []string{HitAt1, NDCGAt10} {
		// Six queries to none: twice one in 64.
		if d := b.Compare(metric, b.All())[0]; !d.Exact || !near(d.P, .03125, 1e-9) || !near(d.HolmP, d.P, 0) {
			t.Errorf("%+v", d)
		}
	}
	if e := b.Estimate(0, HitAt1); e.Interval != Wilson(8, 10) {
		t.Errorf("%+v", e)
	}
}

func TestWhatIsSaidOfAPair(t *testing.T) {
	for name, c := range map[string]struct {
		same         []float64
		similarities []float64
		over         []bool
		ranks        []int
	}{
		"equal pairs share the best rank": {[]float64{1, 1, 0, 0}, []float64{.9, .8, .8, .2}, []bool{true, true, true, false}, []int{1, 2, 2, 4}},
		"just at the threshold is over":   {[]float64{1, 1, 0}, []float64{.9, .2, .5}, []bool{true, true, true}, []int{1, 3, 2}},
	} {
		var pairs []Pair
		for i, score := range c.same {
			pairs = append(pairs, Pair{A: i, B: i + 1, Score: score})
		}
		r := must[*Result](t)(must[*Labels](t)(NewPairs(len(pairs)+1, pairs)).ScorePairs(c.similarities))
		for i, p := range r.Pairs {
			if p.Over != c.over[i] || p.Rank != c.ranks[i] || p.Similarity != c.similarities[i] || p.Pair != pairs[i] {
				t.Errorf("%s: at the threshold %g pair %d is %+v", name, r.Split.Threshold, i, p)
			}
		}
	}
}

// Whether the nearest text is of its group can be said only of texts whose group has
// another: those alone make the interval no narrower.
func TestTextsAloneInTheirGroupSayNothingOfTheNearest(t *testing.T) {
	l := must[*Labels](t)(NewGroups([]int{0, 0, 1, 1, 2, 3, 4, -1}))
	rows := make([][]float32, 8)
	for i, angle := range []float64{0, 10, 90, 180, 200, 270, 300, 95} {
		rows[i] = []float32{float32(math.Cos(angle * math.Pi / 180)), float32(math.Sin(angle * math.Pi / 180))}
	}
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	r := must[*Result](t)(l.ScoreTexts(t.Context(), v))
	b := mustBootstrap(t, []*Result{r}, 1, 300)
	if n := r.Neighbour; n.InGroup != 2 || n.Of != 4 {
		t.Fatalf("%+v", n)
	}
	if e := b.Estimate(0, NearestInGroup); e.Value != .5 || e.Interval != Wilson(2, 4) {
		t.Errorf("%+v, want the interval %v", e, Wilson(2, 4))
	}
}

func TestGroupsAreDrawnWhole(t *testing.T) {
	groups := make([]int, 40)
	for i := range groups {
		groups[i] = i / 4
	}
	l := must[*Labels](t)(NewGroups(groups))
	w := newWeights(l)
	l.draw(rand.New(rand.NewPCG(1, 2)), make([]float64, 10), w)
	if sum(w.items) != 40 {
		t.Errorf("%v texts drawn", sum(w.items))
	}
	for k, a := range l.points().a {
		x, y := w.items[a], w.items[l.points().b[k]]
		want := x * y
		if groups[a] == groups[l.points().b[k]] {
			if want = x; x != y {
				t.Fatal("a group was torn")
			}
		}
		if w.points[k] != want {
			t.Errorf("a pair of weights %v and %v counts %v", x, y, w.points[k])
		}
	}
}

func TestSlicesAreMetricsOfSomeItems(t *testing.T) {
	r := noisyPairs(t, 40, 1)[0]
	var scores, similarities []float64
	for i, p := range r.Pairs[:20] {
		scores, similarities = append(scores, p.Score), append(similarities, r.Pairs[i].Similarity)
	}
	want := pairResult(t, scores, similarities)
	for i, m := range r.Slice(func(item int) bool { return item < 20 }) {
		wantNear(t, m.Name, m.Value, want.Metrics[i].Value)
	}
	if none := r.Slice(func(int) bool { return false }); !math.IsNaN(none[0].Value) {
		t.Errorf("%+v", none)
	}
}
