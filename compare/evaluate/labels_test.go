package evaluate

import (
	"context"
	"errors"
	"math"
	"testing"
)

func TestLabelsThatSayNothingAreErrors(t *testing.T) {
	query := func(judged ...Judgment) []Query { return []Query{{Judged: judged, Source: NoText}} }
	groups := func(g ...int) error { _, err := NewGroups(g); return err }
	pairs := func(p ...Pair) error { _, err := NewPairs(4, p); return err }
	queries := func(q []Query) error { _, err := NewQueries(4, q, QueryOptions{}); return err }
	good := Pair{0, 1, 1}
	for name, test := range map[string]struct {
		err  error
		want Error
	}{
		"one group":             {groups(0, 0, -1), Error{OneGroup, -1, NoText}},
		"no group":              {groups(-1, -1), Error{OneGroup, -1, NoText}},
		"no text":               {groups(), Error{OneGroup, -1, NoText}},
		"no two of a group":     {groups(0, 1, 2), Error{NoSharedGroup, -1, NoText}},
		"no pairs":              {pairs(), Error{NoLabels, -1, NoText}},
		"all pairs the same":    {pairs(good, Pair{2, 3, 1}), Error{AllEqual, 0, NoText}},
		"a pair of no text":     {pairs(good, Pair{2, 4, 0}), Error{TextUnknown, 1, 4}},
		"a text with itself":    {pairs(good, Pair{2, 2, 0}), Error{SameText, 1, 2}},
		"a score of NaN":        {pairs(good, Pair{2, 3, math.NaN()}), Error{NotFinite, 1, NoText}},
		"no queries":            {queries(nil), Error{NoLabels, -1, NoText}},
		"no query with answers": {queries(query(Judgment{1, 0})), Error{NoneAnswerable, -1, NoText}},
		"a judged text missing": {queries(query(Judgment{9, 1})), Error{TextUnknown, 0, 9}},
		"a text judged twice":   {queries(query(Judgment{1, 1}, Judgment{1, 2})), Error{JudgedTwice, 0, 1}},
		"a grade of infinity":   {queries(query(Judgment{1, math.Inf(1)})), Error{NotFinite, 0, 1}},
		"an unknown source":     {queries([]Query{{Source: 7}}), Error{TextUnknown, 0, 7}},
	} {
		var e *Error
		if !errors.As(test.err, &e) || *e != test.want || e.Error() == "" {
			t.Errorf("%s: %v, want %+v", name, test.err, test.want)
		}
	}
}

func TestScoresThatDoNotFitAreErrors(t *testing.T) {
	ctx := context.Background()
	l := must[*Labels](t)(NewPairs(4, []Pair{{0, 1, 1}, {2, 3, 0}}))
	q := vectorQueries(t, 2, 4)
	gap := mustVectors(t, [][]float32{{1, 0}, {0, 1}, nil, {1, 1}})
	for want, call := range map[Error]func() (*Result, error){
		{NotFinite, 1, NoText}:  func() (*Result, error) { return l.ScorePairs([]float64{1, math.NaN()}) },
		{WrongCount, 1, NoText}: func() (*Result, error) { return l.ScorePairs([]float64{1}) },
		{WrongTask, -1, NoText}: func() (*Result, error) { return q.ScorePairs([]float64{1}) },
		{NoVector, 1, 2}:        func() (*Result, error) { return l.ScoreTexts(ctx, gap) },
		{NoVector, -1, 2}:       func() (*Result, error) { return q.ScoreQueries(ctx, gap, gap) },
		{WrongCount, 5, NoText}: func() (*Result, error) { return l.ScoreTexts(ctx, mustVectors(t, goldA)) },
	} {
		var e *Error
		if _, err := call(); !errors.As(err, &e) || *e != want {
			t.Errorf("%v, want %+v", err, want)
		}
	}
}

func TestOnlyKeepsWhatAllHave(t *testing.T) {
	without := func(text int) func(int) bool { return func(i int) bool { return i != text } }
	g := must[*Labels](t)(must[*Labels](t)(NewGroups([]int{3, 3, -1, 5, 5, 5})).Only(without(4), nil))
	if g.Items() != 4 || g.Origin(2) != 3 || g.Pool() != 4 {
		t.Errorf("groups: %d items, %d texts", g.Items(), g.Pool())
	}
	p := must[*Labels](t)(NewPairs(6, []Pair{{0, 1, 1}, {2, 3, 1}, {4, 5, 0}}))
	p = must[*Labels](t)(p.Only(without(1), nil))
	if p.Items() != 2 || p.Origin(0) != 1 || p.Pool() != 4 {
		t.Errorf("pairs: %d items, %d texts", p.Items(), p.Pool())
	}
	r := must[*Result](t)(p.ScorePairs([]float64{.2, .3}))
	if r.Pairs[0].A != 2 || value(t, r, AUC) != 0 {
		t.Errorf("%+v", r)
	}
	q := must[*Labels](t)(vectorQueries(t, 3, 6).Only(without(1), nil))
	if q.Items() != 2 || q.Origin(1) != 2 || q.Pool() != 5 {
		t.Errorf("queries: %d items, %d texts", q.Items(), q.Pool())
	}
	v := mustVectors(t, [][]float32{{1, 0}, nil, {0, 1}, {1, 1}, {-1, 0}, {0, -1}})
	if s := must[*Result](t)(q.ScoreQueries(context.Background(), v, v)); value(t, s, HitAt1) != 1 || s.Queries[0].Unjudged != 4 {
		t.Errorf("%+v", s.Queries)
	}
}

func TestWhatIsResampledTogether(t *testing.T) {
	groups := func(n, each int) []int {
		g := make([]int, n*each)
		for i := range g {
			g[i] = i / each
		}
		return g
	}
	chain := []Pair{}
	for i := range 30 {
		chain = append(chain, Pair{i, i + 1, float64(i % 2)})
	}
	for name, test := range map[string]struct {
		labels *Labels
		want   Resampled
		units  int
	}{
		"many groups":     {must[*Labels](t)(NewGroups(groups(12, 3))), WholeGroups, 12},
		"few groups":      {must[*Labels](t)(NewGroups(groups(3, 12))), WithinGroups, 36},
		"pairs apart":     {must[*Labels](t)(NewPairs(4, somePairs(0, 1))), EachPair, 2},
		"linked pairs":    {must[*Labels](t)(NewPairs(6, []Pair{{0, 1, 1}, {0, 2, 0}, {3, 4, 1}})), LinkedPairs, 2},
		"all pairs links": {must[*Labels](t)(NewPairs(40, chain)), CrossedPairs, 30},
		"queries":         {vectorQueries(t, 3, 3), EachQuery, 3},
		"sources": {must[*Labels](t)(NewQueries(3, []Query{
			{[]Judgment{{0, 1}}, 2}, {[]Judgment{{1, 1}}, 2}, {[]Judgment{{1, 1}}, NoText},
		}, QueryOptions{})), BySource, 2},
	} {
		if test.labels.Resampled() != test.want || test.labels.unitCount != test.units {
			t.Errorf("%s: %d %s", name, test.labels.unitCount, test.labels.Resampled())
		}
	}
}
