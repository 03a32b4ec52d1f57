package evaluate

import (
	"context"
	"errors"
	"math"
	"slices"
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
		"one group":                            {groups(0, 0, -1), Error{OneGroup, -1, NoText}},
		"no group":                             {groups(-1, -1), Error{OneGroup, -1, NoText}},
		"no text":                              {groups(), Error{OneGroup, -1, NoText}},
		"no two of a group":                    {groups(0, 1, 2), Error{NoSharedGroup, -1, NoText}},
		"no pairs":                             {pairs(), Error{NoLabels, -1, NoText}},
		"all pairs the same":                   {pairs(good, Pair{2, 3, 1}), Error{AllEqual, 0, NoText}},
		"a pair of no text":                    {pairs(good, Pair{2, 4, 0}), Error{TextUnknown, 1, 4}},
		"a text with itself":                   {pairs(good, Pair{2, 2, 0}), Error{SameText, 1, 2}},
		"a score of NaN":                       {pairs(good, Pair{2, 3, math.NaN()}), Error{NotFinite, 1, NoText}},
		"no queries":                           {queries(nil), Error{NoLabels, -1, NoText}},
		"no query with answers":                {queries(query(Judgment{1, 0})), Error{NoneAnswerable, -1, NoText}},
		"a judged text missing":                {queries(query(Judgment{9, 1})), Error{TextUnknown, 0, 9}},
		"a text judged twice":                  {queries(query(Judgment{1, 1}, Judgment{1, 2})), Error{JudgedTwice, 0, 1}},
		"a text judged of no use, then useful": {queries(query(Judgment{1, 0}, Judgment{2, 1}, Judgment{1, 1})), Error{JudgedTwice, 0, 1}},
		"a grade of infinity":                  {queries(query(Judgment{1, math.Inf(1)})), Error{NotFinite, 0, 1}},
		"an unknown source":                    {queries([]Query{{Source: 7}}), Error{TextUnknown, 0, 7}},
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

// What cannot be scored is named as it was given, also when some was left out.
func TestWhatCannotBeScoredIsNamed(t *testing.T) {
	ctx := t.Context()
	not := func(left int) func(int) bool { return func(i int) bool { return i != left } }
	gap, five := mustVectors(t, [][]float32{{1, 0}, {0, 1}, nil, {1, 1}}), mustVectors(t, goldA)
	groups := must[*Labels](t)(NewGroups([]int{-1, 0, 0, 1}))
	pairs := must[*Labels](t)(must[*Labels](t)(NewPairs(4, []Pair{{0, 1, 1}, {0, 3, 1}, {1, 2, 0}, {1, 3, 0}})).Only(nil, not(0)))
	queries := must[*Labels](t)(vectorQueries(t, 3, 4).Only(nil, not(0)))
	whole := mustVectors(t, [][]float32{{1, 0}, {0, 1}, {1, 1}, {1, 2}})
	for name, c := range map[string]struct {
		call func() (*Result, error)
		want Error
	}{
		"a text with a group":       {func() (*Result, error) { return groups.ScoreTexts(ctx, gap) }, Error{NoVector, 1, 2}},
		"a text of a pair":          {func() (*Result, error) { return pairs.ScoreTexts(ctx, gap) }, Error{NoVector, 2, 2}},
		"the similarity of a pair":  {func() (*Result, error) { return pairs.ScorePairs([]float64{1, math.Inf(1), 0}) }, Error{NotFinite, 2, NoText}},
		"a query":                   {func() (*Result, error) { return queries.ScoreQueries(ctx, gap, whole) }, Error{NoVector, 2, NoText}},
		"a text to be found":        {func() (*Result, error) { return queries.ScoreQueries(ctx, whole, gap) }, Error{NoVector, -1, 2}},
		"other texts":               {func() (*Result, error) { return queries.ScoreQueries(ctx, whole, five) }, Error{WrongCount, 5, NoText}},
		"other texts with groups":   {func() (*Result, error) { return groups.ScoreTexts(ctx, five) }, Error{WrongCount, 5, NoText}},
		"queries without any":       {func() (*Result, error) { return queries.ScoreTexts(ctx, whole) }, Error{WrongTask, -1, NoText}},
		"groups that are searched":  {func() (*Result, error) { return groups.ScoreQueries(ctx, whole, whole) }, Error{WrongTask, -1, NoText}},
		"groups that are no search": {func() (*Result, error) { return groups.ScoreRanking(ctx, nil) }, Error{WrongTask, -1, NoText}},
	} {
		var e *Error
		if _, err := c.call(); !errors.As(err, &e) || *e != c.want {
			t.Errorf("%s: %v, want %+v", name, err, c.want)
		}
	}
}

func TestScoresOtherThanNoneAndOneAreGrades(t *testing.T) {
	for decides, scores := range map[string][][]float64{
		AUC:      {{0, 1}, {1, 0, 1}},
		Spearman: {{0, .5}, {0, .5, 1}, {1, 2}, {-1, 1}, {0, 1, 2}, {-1, 0}},
	} {
		for _, list := range scores {
			var pairs []Pair
			for i, score := range list {
				pairs = append(pairs, Pair{i, i + 1, score})
			}
			if got := must[*Labels](t)(NewPairs(9, pairs)).Metrics()[0]; got != decides {
				t.Errorf("%v is decided by %s", list, got)
			}
		}
	}
}

func TestLabelsCanBeNarrowedAgain(t *testing.T) {
	not := func(left int) func(int) bool { return func(i int) bool { return i != left } }
	pairs := must[*Labels](t)(NewPairs(6, []Pair{{0, 1, 1}, {2, 3, 0}, {4, 5, 0}, {0, 5, 1}}))
	queries := must[*Labels](t)(NewQueries(6, []Query{
		{Judged: []Judgment{{0, 1}}, Source: NoText}, {Judged: []Judgment{{1, 1}, {5, 0}}, Source: NoText},
		{Judged: []Judgment{{2, 1}}, Source: NoText}, {Judged: []Judgment{{3, 1}}, Source: NoText},
	}, QueryOptions{}))
	for name, l := range map[string]*Labels{"pairs": pairs, "queries": queries} {
		part := must[*Labels](t)(must[*Labels](t)(l.Only(nil, not(0))).Only(nil, not(2)))
		if part.Items() != 2 || part.Origin(0) != 1 || part.Origin(1) != 3 {
			t.Errorf("%s: %d items, the first %d", name, part.Items(), part.Origin(0))
		}
	}
	// A text that is left out and answers nothing costs no query.
	part := must[*Labels](t)(queries.Only(not(5), nil))
	v := mustVectors(t, [][]float32{{1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}, nil})
	r := must[*Result](t)(part.ScoreQueries(t.Context(), mustVectors(t, [][]float32{{1, 0}, {0, 1}, {1, 1}, {1, 2}}), v))
	if part.Items() != 4 || part.Pool() != 5 || r.Queries[1].Hit != 1 || r.Queries[1].Unjudged != 4 {
		t.Errorf("%d items, %d texts, %+v", part.Items(), part.Pool(), r.Queries[1])
	}
}

func TestHowMuchResamplesAreWorth(t *testing.T) {
	pairs := func(scores ...float64) *Labels { return must[*Labels](t)(NewPairs(99, somePairs(scores...))) }
	for name, c := range map[string]struct {
		labels        *Labels
		metric        string
		units, ofEach float64
	}{
		"three to one":          {pairs(1, 1, 1, 0), AUC, 2, 2},
		"six to three":          {pairs(1, 1, 1, 1, 1, 1, 0, 0, 0), AUC, 7, 4},
		"as many of each":       {pairs(1, 1, 1, 0, 0, 0), AUC, 5, 3},
		"grades":                {pairs(1, 2, 3, 4), Spearman, 4, 4},
		"linked, each has both": {must[*Labels](t)(NewPairs(6, []Pair{{0, 1, 1}, {1, 2, 0}, {3, 4, 1}, {4, 5, 0}})), AUC, 2, 2},
	} {
		if units, ofEach := c.labels.worth(c.metric); units != c.units || !near(ofEach, c.ofEach, 1e-12) {
			t.Errorf("%s: %v units, %v of each; want %v, %v", name, units, ofEach, c.units, c.ofEach)
		}
	}
}

// linked are pairs in so many chains of two texts each, the last of all longer.
func linked(pairs, units int) *Labels {
	var list []Pair
	for i := range pairs {
		unit := min(i, units-1)
		list = append(list, Pair{A: 100 * unit, B: 100*unit + 1 + i - unit, Score: float64(i % 2)})
	}
	l, _ := NewPairs(10_000, list)
	return l
}

func TestFewUnitsAreNotDrawnWhole(t *testing.T) {
	groups := func(n int) *Labels {
		list := ascending(n)
		l, _ := NewGroups(append(list, list...))
		return l
	}
	for name, c := range map[string]struct {
		labels *Labels
		want   Resampled
		units  int
	}{
		"seven groups": {groups(7), WithinGroups, 14}, "eight groups": {groups(8), WholeGroups, 8},
		"20 chains": {linked(21, 20), LinkedPairs, 20}, "19 chains": {linked(21, 19), CrossedPairs, 21},
		"20 pairs in 19": {linked(20, 19), CrossedPairs, 20}, "19 pairs in 18": {linked(19, 18), LinkedPairs, 18},
	} {
		if c.labels.Resampled() != c.want || c.labels.unitCount != c.units {
			t.Errorf("%s: %d %s, want %d %s", name, c.labels.unitCount, c.labels.Resampled(), c.units, c.want)
		}
	}
}

func TestPoolsKeepWhatAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		texts, relevant, others int
		want                    []int
	}{
		"halves down to an eighth":       {80, 2, 30, []int{10, 20, 40, 80}},
		"as many as answer at the least": {80, 30, 5, []int{30, 40, 80}},
		"nearly all answer":              {16, 15, 0, []int{15, 16}},
		"all answer":                     {16, 16, 0, []int{16}},
	} {
		q := Query{Source: NoText}
		for i := range c.relevant + c.others {
			q.Judged = append(q.Judged, Judgment{Text: i, Grade: float64(max(0, min(1, c.relevant-i)))})
		}
		l := must[*Labels](t)(NewQueries(c.texts, []Query{q}, QueryOptions{}))
		r := must[*Result](t)(l.ScoreRanking(t.Context(), func(_ int, scores []float64) error {
			for i := range scores {
				scores[i] = float64(-i)
			}
			return nil
		}))
		var got []int
		for _, p := range r.Pools {
			got = append(got, p.Texts)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
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
