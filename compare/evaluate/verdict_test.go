package evaluate

import (
	"math"
	"slices"
	"testing"
)

func TestVerdicts(t *testing.T) {
	dear, cheap, free := Terms{Price: .13, Bytes: 6144}, Terms{Price: .02, Bytes: 3072}, Terms{Local: true}
	for name, test := range map[string]struct {
		items   int
		quality []float64
		terms   []Terms
		limits  Limits
		choice  int
		tied    []int
		reason  Reason
		enough  bool
	}{
		"one is better":                     {400, []float64{3, .5}, []Terms{dear, cheap}, Limits{}, 0, []int{0}, Clear, true},
		"two are alike":                     {6000, []float64{3, 3, .5}, []Terms{dear, cheap, free}, Limits{}, 1, []int{0, 1}, AsGood, true},
		"too few to tell":                   {40, []float64{1.3, 1.2}, []Terms{dear, cheap}, Limits{}, 1, []int{0, 1}, CannotTell, false},
		"of the same price by the figure":   {40, []float64{1.3, 1.2}, []Terms{{Bytes: 6144}, {Bytes: 3072}}, Limits{}, 0, []int{0, 1}, CannotTell, false},
		"of the same price the smaller one": {6000, []float64{3, 3}, []Terms{{Bytes: 6144}, {Bytes: 3072}}, Limits{}, 1, []int{0, 1}, AsGood, true},
		"told from the worst alone":         {120, []float64{2, 1.9, 0}, []Terms{dear, cheap, free}, Limits{}, 1, []int{0, 1}, NotWorse, false},
		"an illustration":                   {16, []float64{3, .5}, []Terms{dear, cheap}, Limits{}, -2, nil, Illustration, false},
		"an illustration of one":            {3, []float64{1}, nil, Limits{}, 0, nil, Illustration, false},
		"one less than enough":              {FewItems - 1, []float64{1}, nil, Limits{}, 0, nil, Illustration, false},
		"just enough":                       {FewItems, []float64{1}, nil, Limits{}, 0, nil, Alone, false},
		"just the price":                    {400, []float64{3, .5}, []Terms{dear, cheap}, Limits{Price: .13}, 0, []int{0}, Clear, true},
		"just the bytes":                    {400, []float64{3, .5}, []Terms{dear, cheap}, Limits{Bytes: 3072}, 1, []int{1}, Alone, false},
		"just the dimensions":               {40, []float64{3, .5}, []Terms{{Dimensions: 9}, {Dimensions: 8}}, Limits{Dimensions: 8}, 1, []int{1}, Alone, false},
		"just the time":                     {40, []float64{3, .5}, []Terms{{Milliseconds: 9}, {Milliseconds: 7}}, Limits{Milliseconds: 7}, 1, []int{1}, Alone, false},
		"one alone":                         {40, []float64{1}, nil, Limits{}, 0, []int{0}, Alone, false},
		"one within the price":              {400, []float64{3, .5}, []Terms{dear, cheap}, Limits{Price: .05}, 1, []int{1}, Alone, false},
		"one on this machine":               {400, []float64{3, .5, .4}, []Terms{dear, cheap, free}, Limits{LocalOnly: true}, 2, []int{2}, Alone, false},
		"none within the dimensions":        {40, []float64{3, .5}, []Terms{{Dimensions: 9}, {Dimensions: 8}}, Limits{Dimensions: 7}, -1, nil, NoneWithin, false},
		"unknown is within no limits":       {40, []float64{3}, nil, Limits{Milliseconds: 7}, -1, nil, NoneWithin, false},
	} {
		b := mustBootstrap(t, noisyPairs(t, test.items, test.quality...), 1, 600)
		v := b.Judge(AUC, b.All(), test.terms, test.limits)
		if test.choice != -2 && v.Choice != test.choice || test.tied != nil && !slices.Equal(v.Tied, test.tied) || v.Reason != test.reason || v.Enough != test.enough {
			t.Errorf("%s: choice %d tied %v reason %d enough %v, want %d %v %d %v\n%+v", name,
				v.Choice, v.Tied, v.Reason, v.Enough, test.choice, test.tied, test.reason, test.enough, v.Differences)
		}
		if undecided := v.Reason == CannotTell || v.Reason == NotWorse || v.Reason == Illustration; undecided != (v.ItemsNeeded > test.items) {
			t.Errorf("%s: %d items are needed, %d there are", name, v.ItemsNeeded, test.items)
		}
	}
}

// Of two that are as good and cost the same in money and room the higher figure is taken, however
// long requests to them took this time.
func TestHowLongRequestsTookChangesNoChoice(t *testing.T) {
	b := mustBootstrap(t, noisyPairs(t, 6000, 3, 3), 1, 600)
	for _, terms := range [][]Terms{{{Milliseconds: 1}, {Milliseconds: 9}}, {{Milliseconds: 9}, {Milliseconds: 1}}} {
		if v := b.Judge(AUC, b.All(), terms, Limits{}); v.Reason != AsGood || v.Choice != v.Best {
			t.Errorf("with %v the choice is %d, and the best %d", terms, v.Choice, v.Best)
		}
	}
}

// A query without an answer adds nothing to what ranks models.
func TestAVerdictRestsOnTheQueriesWithAnAnswer(t *testing.T) {
	for answered, want := range map[int]Reason{FewItems - 1: Illustration, FewItems: Alone} {
		var queries []Query
		for i := range answered + 6 {
			q := Query{Source: NoText, Judged: []Judgment{{Text: i % 3, Grade: 1}}}
			if i >= answered {
				q.Judged[0].Grade = 0
			}
			queries = append(queries, q)
		}
		l := must[*Labels](t)(NewQueries(3, queries, QueryOptions{}))
		r := must[*Result](t)(l.ScoreRanking(t.Context(), func(query int, scores []float64) error {
			scores[query%3] = 1
			return nil
		}))
		v := mustBootstrap(t, []*Result{r}, 1, 50).Judge(NDCGAt10, []int{0}, nil, Limits{})
		if v := mustBootstrap(t, []*Result{r}, 1, 50).Judge(RejectionAUC, []int{0}, nil, Limits{}); v.Items != answered+6 {
			t.Errorf("what tells queries without an answer rests on %d of %d", v.Items, l.Items())
		}
		if l.Items() != answered+6 || l.Measured() != answered || v.Items != answered || v.Reason != want {
			t.Errorf("%d of %d queries are measured, the verdict is %d on %d", l.Measured(), l.Items(), v.Reason, v.Items)
		}
	}
}

// The difference of a place is the best less this one, on whichever side of it the best
// stands.
func TestAPlaceIsNeverOverTheBest(t *testing.T) {
	for best, quality := range [][]float64{{3, 1, .5}, {1, 3, .5}, {1, .5, 3}} {
		b := mustBootstrap(t, noisyPairs(t, 200, quality...), 1, 300)
		v := b.Judge(AUC, b.All(), nil, Limits{})
		if v.Best != best {
			t.Fatalf("the best of %v is %d", quality, v.Best)
		}
		for c, p := range v.Places {
			d := p.ToBest
			switch {
			case c == best:
				if d != (Difference{}) {
					t.Errorf("the best is %+v from itself", d)
				}
			case d.A != best || d.B != c || d.Value != v.Places[best].Value-p.Value || d.Value < 0 || d.Low > d.Value || d.High < d.Value:
				t.Errorf("of %v the best less %d is %+v", quality, c, d)
			}
		}
	}
}

func TestItemsNeeded(t *testing.T) {
	nan := math.NaN()
	for want, d := range map[int]Difference{
		200: {Value: .04, Interval: Interval{-.07, .15}},   // 30·(.11/.04)² = 227
		900: {Value: .01, Interval: Interval{-.04, .07}},   // 30·(.055/.01)² = 908
		100: {Value: .001, Interval: Interval{-.03, .04}},  // 30·(.035/.019)² = 102: equal sooner than different
		150: {Value: -.05, Interval: Interval{-.16, .06}},  // 30·(.11/.05)² = 145
		31:  {Value: -.05, Interval: Interval{-.1, -.005}}, // told apart by all but many comparisons
		0:   {Value: nan, Interval: Interval{nan, nan}},
	} {
		if got := needed(30, d); got != want {
			t.Errorf("%+v: %d, want %d", d, got, want)
		}
	}
	for half, want := range map[float64]int{.56: 90_000, .58: 0, 5: 0} { // 30·(.577/.01)² is more than anybody marks
		if got := needed(30, Difference{Value: .01, Interval: Interval{-half, half}}); got != want {
			t.Errorf("±%v: %d items, want %d", half, got, want)
		}
	}
}

func TestTermsAreOrderedByPriceFirst(t *testing.T) {
	nan := math.NaN()
	want := []Terms{{Price: 0, Bytes: 9}, {Price: .02, Bytes: 1}, {Price: .02, Bytes: 2, Milliseconds: 1}, {Price: .02, Bytes: 2, Milliseconds: nan}, {Price: nan}}
	got := []Terms{want[4], want[2], want[0], want[3], want[1]}
	slices.SortFunc(got, cheaper)
	for i := range want {
		if got[i].Bytes != want[i].Bytes || got[i].Price != want[i].Price && want[i].Price == want[i].Price {
			t.Errorf("%d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

// How many items it takes is told of the choice, else of who comes next to the best.
func TestItemsAreNeededForTheNextOne(t *testing.T) {
	near, far := Difference{Interval: Interval{Low: -.1, High: .3}, Value: .1}, Difference{Interval: Interval{Low: -.1, High: .5}, Value: .2}
	for choice, want := range map[int]int{0: needed(100, near), 2: needed(100, far)} {
		v := Verdict{Items: 100, Best: 0, Choice: choice, Places: []Place{
			{Candidate: 0, Estimate: Estimate{Value: .9}, Standing: Best},
			{Candidate: 1, Estimate: Estimate{Value: .8}, Standing: Tied, ToBest: near},
			{Candidate: 2, Estimate: Estimate{Value: .7}, Standing: Tied, ToBest: far},
		}}
		if v.decide(); v.ItemsNeeded != want || needed(100, near) == needed(100, far) {
			t.Errorf("for choice %d %d are needed, want %d", choice, v.ItemsNeeded, want)
		}
	}
	// Whichever comes first among the candidates, next is who has the higher figure.
	v := Verdict{Items: 100, Best: 2, Choice: 2, Places: []Place{
		{Candidate: 0, Estimate: Estimate{Value: .7}, Standing: Tied, ToBest: far},
		{Candidate: 1, Estimate: Estimate{Value: .8}, Standing: Tied, ToBest: near},
		{Candidate: 2, Estimate: Estimate{Value: .9}, Standing: Best},
	}}
	if v.decide(); v.ItemsNeeded != needed(100, near) {
		t.Errorf("for the next of the best %d are needed, want %d", v.ItemsNeeded, needed(100, near))
	}
}
