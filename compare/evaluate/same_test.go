package evaluate

import (
	"math"
	"testing"
)

// Two searches differ in what they find, also where one finds nothing at all or fewer
// texts: then no resample changes a difference that is not none.
func TestSearchesThatFindMoreOrLessAreNotTheSame(t *testing.T) {
	var queries []Query
	for text := range 6 {
		queries = append(queries, Query{Source: NoText, Judged: []Judgment{{Text: text, Grade: 1}}})
	}
	labels := must[*Labels](t)(NewQueries(12, queries, QueryOptions{}))
	finding := func(more int) *Result {
		return must[*Result](t)(labels.ScoreRanking(t.Context(), func(query int, scores []float64) error {
			for text := range scores {
				scores[text] = math.Inf(-1)
			}
			for k := range more {
				scores[(query+k)%len(scores)] = 1 - float64(k)/8
			}
			return nil
		}))
	}
	nothing, one, some := finding(0), finding(1), finding(3)
	for name, c := range map[string]struct {
		x, y  *Result
		value float64
	}{
		"words that find nothing":      {some, nothing, 1},
		"nothing before something":     {nothing, some, -1},
		"as good, with fewer others":   {some, one, 0},
		"as good, with further others": {one, some, 0},
	} {
		b := mustBootstrap(t, []*Result{c.x, c.y}, 1, 200)
		for _, metric := range []string{NDCGAt10, HitAt1} {
			d := b.Compare(metric, []int{0, 1})
			if want := (Interval{max(-1, c.value-.5), min(1, c.value+.5)}); len(d) != 1 || d[0].Value != c.value || d[0].Interval != want {
				t.Errorf("%s by %s: %+v, want %v in %v", name, metric, d, c.value, want)
			}
		}
	}
	b := mustBootstrap(t, []*Result{some, finding(3)}, 1, 200)
	if d := b.Compare(NDCGAt10, []int{0, 1})[0]; d.Interval != (Interval{}) {
		t.Errorf("of two that find the same: %+v", d)
	}
}

// Sums of the same figure in another order are rounded otherwise, which is no variation.
func TestAFigureThatIsTheSameForEveryQueryIsAsUncertainAsWhatWasNotSeen(t *testing.T) {
	var queries []Query
	for text := range 30 {
		queries = append(queries, Query{Source: NoText, Judged: []Judgment{{Text: text, Grade: 1}}})
	}
	labels := must[*Labels](t)(NewQueries(30, queries, QueryOptions{}))
	at := func(rank int) *Result {
		return must[*Result](t)(labels.ScoreRanking(t.Context(), func(query int, scores []float64) error {
			for k := range rank {
				scores[(query+1+k)%30] = 3 - float64(k)
			}
			scores[query] = 3 - float64(rank) + 1.5
			return nil
		}))
	}
	b := mustBootstrap(t, []*Result{at(2), at(3)}, 1, 200)
	for k, value := range []float64{1 / math.Log2(3), 1 / math.Log2(4)} {
		want := Interval{value - .1, value + .1}
		if e := b.Estimate(k, NDCGAt10); !near(e.Value, value, 1e-12) || !near(e.Low, want.Low, 1e-12) || !near(e.High, want.High, 1e-12) {
			t.Errorf("always second or third: %+v, want %v", e, want)
		}
	}
	value := 1/math.Log2(3) - .5
	if d := b.Compare(NDCGAt10, []int{0, 1})[0]; !near(d.Value, value, 1e-12) || !near(d.Low, value-.1, 1e-12) || !near(d.High, value+.1, 1e-12) {
		t.Errorf("the one is always a rank over the other: %+v, want %v to %v", d, value-.1, value+.1)
	}
}
