package evaluate

import (
	"slices"
	"testing"
)

// What takes both kinds says nothing of one.
func TestOneKindAloneIsNotMeasured(t *testing.T) {
	groups := groupResult(t, randomRows(4, 12, 6), []int{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2})
	pairs := pairResult(t, []float64{1, 1, 0, 0}, []float64{.9, .2, .5, .1})
	for name, c := range map[string]struct {
		metrics []Metric
		known   []bool
	}{
		"one group":         {groups.Slice(func(i int) bool { return i < 4 }), []bool{false, false, false, true, true}},
		"two groups":        {groups.Slice(func(i int) bool { return i < 8 }), []bool{true, true, true, true, true}},
		"pairs the same":    {pairs.Slice(func(i int) bool { return i < 2 }), []bool{false, false, false, false}},
		"pairs that differ": {pairs.Slice(func(i int) bool { return i > 1 }), []bool{false, false, false, false}},
		"all pairs":         {pairs.Slice(func(int) bool { return true }), []bool{true, true, true, true}},
	} {
		for k, m := range c.metrics {
			if (m.Value == m.Value) != c.known[k] {
				t.Errorf("%s: %s is %v", name, m.Name, m.Value)
			}
		}
	}
	one := newRanking([]float64{.9, .1, .5}, func(i int) bool { return i == 0 }).split()
	if one.LeftOutF1 == one.LeftOutF1 || one.BestF1 != 1 {
		t.Errorf("one alone that belongs together: %+v", one)
	}
}

// Every ranking of few items on few levels, by the definition.
func TestLeavingOutAgreesWithItsDefinitionForAllSmallRankings(t *testing.T) {
	for _, size := range [][2]int{{4, 4}, {5, 3}} {
		n, levels := size[0], size[1]
		all := 1
		for range n {
			all *= 2 * levels
		}
		for code := range all {
			scores, positive, count := make([]float64, n), make([]bool, n), 0
			for i, rest := 0, code; i < n; i++ {
				if scores[i], positive[i] = float64(rest/2%levels)/4, rest%2 == 1; positive[i] {
					count++
				}
				rest /= 2 * levels
			}
			if count < 2 || count == n {
				continue
			}
			got := newRanking(scores, func(i int) bool { return positive[i] }).split().LeftOutF1
			if want := slowSplit(scores, positive).LeftOutF1; !near(got, want, 1e-12) {
				t.Fatalf("%v, %v: %v, want %v", scores, positive, got, want)
			}
		}
	}
}

func TestAPlaceOutsideTheCandidatesHasNoFigure(t *testing.T) {
	b := mustBootstrap(t, noisyPairs(t, 30, 1), 1, 50)
	for _, candidate := range []int{-1, 1} {
		if e := b.Estimate(candidate, AUC); e.Value == e.Value || e.Low == e.Low {
			t.Errorf("%d: %+v", candidate, e)
		}
	}
	if d := b.Compare(AUC, []int{0, 1}); d != nil {
		t.Errorf("with nobody: %+v", d)
	}
}

func TestACorrelationCanBeNegative(t *testing.T) {
	var scores, similarities []float64
	for i := range 40 {
		scores, similarities = append(scores, float64(i%7)), append(similarities, float64(-i%5)-float64(i%7))
	}
	b := mustBootstrap(t, []*Result{pairResult(t, scores, similarities)}, 1, 200)
	if e := b.Estimate(0, Spearman); !(e.Value < 0 && -1 <= e.Low && e.Low < e.Value && e.Value < e.High) {
		t.Errorf("%+v", e)
	}
}

// Queries of one source stand for one another: their differences count once.
func TestQueriesOfOneSourceAreOneObservation(t *testing.T) {
	var queries []Query
	for i := range 8 {
		queries = append(queries, Query{Source: i / 4, Judged: []Judgment{{Text: 2 + i, Grade: 1}}})
	}
	l := must[*Labels](t)(NewQueries(12, queries, QueryOptions{}))
	finds := func(score float64) *Result {
		return must[*Result](t)(l.ScoreRanking(t.Context(), func(query int, scores []float64) error {
			scores[11], scores[2+query] = .5, score
			return nil
		}))
	}
	b := mustBootstrap(t, []*Result{finds(1), finds(.1)}, 1, 100)
	for _, metric := range []string{HitAt1, NDCGAt10} {
		if d := b.Compare(metric, b.All())[0]; d.P != .5 || !d.Exact {
			t.Errorf("twice the same sign by %s: %+v", metric, d)
		}
	}
}

// What sampled pairs of texts are off by is taken from both candidates.
func TestSwappingTwoCandidatesOfManyTextsTurnsTheirDifferenceAround(t *testing.T) {
	l := must[*Labels](t)(NewGroups(someGroups(500)))
	of := func(seed uint64) *Result {
		return must[*Result](t)(l.ScoreTexts(t.Context(), mustVectors(t, randomRows(seed, 500, 4))))
	}
	x, y := of(1), of(2)
	a, b := mustBootstrap(t, []*Result{x, y}, 1, 20), mustBootstrap(t, []*Result{y, x}, 1, 20)
	d, e := a.Compare(AUC, a.All())[0], b.Compare(AUC, b.All())[0]
	if d.Value != -e.Value || !near(d.Low, -e.High, 1e-12) || !near(d.High, -e.Low, 1e-12) || !d.Holds(d.Value) || l.points().complete() {
		t.Errorf("%+v\n%+v", d, e)
	}
}

// The mean over every order of the clusters is what chance alone shares.
func TestWhatChanceSharesIsTheMeanOverAllOrders(t *testing.T) {
	for _, c := range [][2][]int{{{0, 0, 1}, {0, 1, 0}}, {{0, 0, 0, 1}, {0, 0, 1, 0}}, {{0, 0, 1, 1, 2}, {0, 1, 1, 1, 1}}} {
		var total, count float64
		var walk func(order []int, left []int)
		walk = func(order, left []int) {
			if len(left) == 0 {
				total, count = total+newContingency(c[0], order).mutual(), count+1
			}
			for i := range left {
				rest := slices.Delete(slices.Clone(left), i, i+1)
				walk(append(slices.Clone(order), left[i]), rest)
			}
		}
		walk(nil, c[1])
		if got := newContingency(c[0], c[1]).expectedMutual(); !near(got, total/count, 1e-12) {
			t.Errorf("%v: %v, want %v", c, got, total/count)
		}
	}
	apart, err := CompareClustering([]int{0, 1, 2, -1}, []int{5, 7, 6, 5})
	if err != nil || apart != (Clustering{ARI: 1, AMI: 1, Homogeneity: 1, Completeness: 1, V: 1}) {
		t.Errorf("each alone on both sides: %+v, %v", apart, err)
	}
	weak, err := CompareClustering([]int{0, 0, 0, 1, 1, 1}, []int{0, 0, 1, 0, 1, 1})
	if h, c := weak.Homogeneity, weak.Completeness; err != nil || h+c >= 1 || weak.V <= 0 || !near(weak.V, 2*h*c/(h+c), 1e-12) {
		t.Errorf("%+v, %v", weak, err)
	}
}

func TestAHitThatWasJudgedBadHasNoGrade(t *testing.T) {
	l := must[*Labels](t)(NewQueries(3, []Query{{Source: NoText, Judged: []Judgment{{0, 2}, {1, -3}}}}, QueryOptions{}))
	r := must[*Result](t)(l.ScoreRanking(t.Context(), func(_ int, scores []float64) error {
		copy(scores, []float64{.5, .9, .1})
		return nil
	}))
	want := []Hit{{Text: 1, Score: .9, Judged: true}, {Text: 0, Score: .5, Grade: 2, Judged: true}, {Text: 2, Score: .1}}
	if got := r.Queries[0].Hits; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestEveryResampleIsAnother(t *testing.T) {
	b := mustBootstrap(t, noisyPairs(t, 200, 1), 1, 100)
	seen := map[float64]bool{}
	for _, value := range b.series[0] {
		seen[value] = true
	}
	if len(seen) < 90 {
		t.Errorf("100 resamples give %d figures", len(seen))
	}
}

// Of very many tied hits the first texts stand among the ten.
func TestOfTiedHitsTheFirstTextsAreShown(t *testing.T) {
	l := must[*Labels](t)(NewQueries(200, []Query{{Source: NoText, Judged: []Judgment{{150, 1}}}}, QueryOptions{}))
	for _, best := range []int{0, 99, 199} {
		r := must[*Result](t)(l.ScoreRanking(t.Context(), func(_ int, scores []float64) error {
			for i := range scores {
				scores[i] = .5
			}
			scores[best] = 1
			return nil
		}))
		want := []int{best}
		for i := 0; len(want) < cutoff; i++ {
			if i != best {
				want = append(want, i)
			}
		}
		var got []int
		for _, h := range r.Queries[0].Hits {
			got = append(got, h.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestOfVeryManyTextsSomeAreCompared(t *testing.T) {
	for n, last := range map[int]int{mostAgreeing: mostAgreeing - 1, mostAgreeing + 1: mostAgreeing - 1, 3000: 2998} {
		rows := make([][]float32, n+1)
		for i := range n {
			rows[i+1] = []float32{1, float32(i)} // the first has none
		}
		v := mustVectors(t, rows)
		texts, err := Common(v, v)
		if err != nil || len(texts) != mostAgreeing || texts[0] != 1 || texts[mostAgreeing-1] != last+1 || !slices.IsSorted(texts) {
			t.Errorf("of %d: %d from %d to %d, %v", n, len(texts), texts[0], texts[len(texts)-1], err)
		}
	}
}

func TestOfThreeNoCorrelationIsKnown(t *testing.T) {
	for n, known := range map[int]bool{0: false, 3: false, 4: true} {
		if i := BonettWright(.5, n); (i.Low == i.Low) != known || (i.High == i.High) != known {
			t.Errorf("of %d: %v", n, i)
		}
	}
}
