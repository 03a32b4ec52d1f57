package evaluate

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestTheReasonFollowsWhereEveryoneStands(t *testing.T) {
	for name, c := range map[string]struct {
		standings []Standing
		choice    int
		reason    Reason
		enough    bool
	}{
		"alone":                           {[]Standing{Best}, 0, Alone, false},
		"alone within the limits":         {[]Standing{Best, Outside}, 0, Alone, false},
		"all others are worse":            {[]Standing{Best, Worse, Worse}, 0, Clear, true},
		"an equal one that is no cheaper": {[]Standing{Best, Equal}, 0, AsGood, true},
		"an equal one that is cheaper":    {[]Standing{Best, Equal, Worse}, 1, AsGood, true},
		"one is tied":                     {[]Standing{Best, Tied}, 0, CannotTell, false},
		"a cheaper one is tied":           {[]Standing{Best, Tied, Tied}, 2, CannotTell, false},
		"one is tied, one worse":          {[]Standing{Best, Tied, Worse}, 1, NotWorse, false},
		"one is tied, one equal":          {[]Standing{Best, Tied, Equal}, 2, NotWorse, false},
	} {
		for items, illustration := range map[int]bool{FewItems - 1: true, FewItems: false} {
			v := Verdict{Items: items, Best: 0, Choice: c.choice}
			for i, s := range c.standings {
				v.Places = append(v.Places, Place{Candidate: i, Standing: s})
			}
			v.decide()
			reason, enough := c.reason, c.enough
			if illustration {
				reason, enough = Illustration, false
			}
			if v.Reason != reason || v.Enough != enough || (v.ItemsNeeded == FewItems) != illustration {
				t.Errorf("%s of %d items: reason %d, enough %v, %d needed; want %d, %v", name, items, v.Reason, v.Enough, v.ItemsNeeded, reason, enough)
			}
		}
	}
}

func TestWhatIsCheaper(t *testing.T) {
	nan := math.NaN()
	for _, pair := range [][2]Terms{ // the first is
		{{Price: .01, Bytes: 9, Milliseconds: 9, Dimensions: 9}, {Price: .02}},
		{{Price: 9}, {Price: nan}},
		{{Bytes: 1, Milliseconds: 9, Dimensions: 9}, {Bytes: 2}},
		{{Bytes: 9}, {Bytes: nan}},
		{{Milliseconds: 1, Dimensions: 9}, {Milliseconds: 2}},
		{{Milliseconds: 9}, {Milliseconds: nan}},
		{{Dimensions: 8}, {Dimensions: 9}},
	} {
		if cheaper(pair[0], pair[1]) != -1 || cheaper(pair[1], pair[0]) != 1 || cheaper(pair[0], pair[0]) != 0 {
			t.Errorf("%+v and %+v", pair[0], pair[1])
		}
	}
}

func TestDifferencesAreCalledEqualOrDifferent(t *testing.T) {
	for _, c := range []struct {
		d                Difference
		equal, different bool
	}{
		{Difference{Interval: Interval{-Equivalence, Equivalence}, HolmP: 1}, true, false},
		{Difference{Interval: Interval{-.0201, Equivalence}, HolmP: 1}, false, false},
		{Difference{Interval: Interval{-Equivalence, .0201}, HolmP: 1}, false, false},
		{Difference{Interval: Interval{.001, .2}, HolmP: .049}, false, true},
		{Difference{Interval: Interval{.001, .2}, HolmP: .05}, false, false},
		{Difference{Interval: Interval{-.2, -.001}, HolmP: .01}, false, true},
		{Difference{Interval: Interval{-.001, .2}, HolmP: .01}, false, false},
		{Difference{Interval: Interval{0, .2}, HolmP: .01}, false, false},
	} {
		if c.d.Equal() != c.equal || c.d.Different() != c.different {
			t.Errorf("%+v: equal %v, different %v", c.d, c.d.Equal(), c.d.Different())
		}
	}
}

func TestSignsAreFlippedExactlyUpToSixteen(t *testing.T) {
	for n, want := range map[int]float64{1: 1, 2: .5, 3: .25, 16: 2. / 65536, 17: 1. / 10_001, 70: 1. / 10_001} {
		if got := SignFlip(slices.Repeat([]float64{.3}, n), 1); !near(got, want, want*3) || got <= 0 || n <= 16 && got != want {
			t.Errorf("%d of one sign: %v, want %v", n, got, want)
		}
	}
	if got := SignFlip([]float64{0, 0, .3, -.3, 0}, 1); got != 1 {
		t.Errorf("what cancels: %v", got)
	}
}

func TestHolmLeavesOutWhatIsUnknown(t *testing.T) {
	got := Holm([]float64{.01, math.NaN(), .04, .03})
	for i, want := range []float64{.03, math.NaN(), .06, .06} {
		if !near(got[i], want, 1e-12) && want == want || (want != want) != (got[i] != got[i]) {
			t.Errorf("%d: %v, want %v", i, got[i], want)
		}
	}
}

func TestSharesStayBetweenNoneAndAll(t *testing.T) {
	for n := range 300 {
		for _, hits := range []int{0, n / 2, n} {
			i := Wilson(float64(hits), float64(n))
			if n == 0 {
				if i.Low == i.Low || i.High == i.High {
					t.Errorf("of none: %v", i)
				}
				continue
			}
			if p := float64(hits) / float64(n); !(i.Low >= 0 && i.Low <= p+1e-15 && p <= i.High+1e-15 && i.High <= 1) {
				t.Errorf("%d of %d: %v", hits, n, i)
			}
		}
	}
}

func TestTheAccuracyOfOneKindAloneIsItsShare(t *testing.T) {
	for _, c := range []struct {
		kept, rejected, answerable, unanswerable int
		want                                     float64
	}{{1, 1, 2, 4, .375}, {0, 3, 0, 4, .75}, {1, 0, 4, 0, .25}, {2, 0, 2, 2, .5}} {
		if got := balanced(c.kept, c.rejected, c.answerable, c.unanswerable); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestWhatDoesNotVaryCorrelatesWithNothing(t *testing.T) {
	flat, steps := slices.Repeat([]float64{.1}, 10), []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 11}
	for _, pair := range [][2][]float64{{flat, steps}, {steps, flat}, {flat, flat}} {
		if got := pearson(pair[0], pair[1], ones(10)); got == got {
			t.Errorf("%v and %v: %v", pair[0], pair[1], got)
		}
		var x, y []float32
		for k := range 10 {
			x, y = append(x, float32(pair[0][k])), append(y, float32(pair[1][k]))
		}
		if got := correlated(x, y, variationOf(x), variationOf(y)); got == got {
			t.Errorf("%v and %v: %v", x, y, got)
		}
	}
	for n := 3; n < 60; n++ {
		for _, x := range []float32{.1, .3, .7, 1e-3} {
			if v := variationOf(slices.Repeat([]float32{x}, n)); v.squares != 0 {
				t.Errorf("%d times %v varies by %v", n, x, v.squares)
			}
			same, other := slices.Repeat([]float32{x}, n), make([]float32, n)
			for k := range other {
				other[k] = float32(k * k)
			}
			if a, b := correlated(same, other, variationOf(same), variationOf(other)), correlated(other, same, variationOf(other), variationOf(same)); a == a || b == b {
				t.Errorf("%d times %v correlates by %v and %v", n, x, a, b)
			}
		}
	}
	if got := pearson(steps, steps, ones(10)); !near(got, 1, 1e-12) {
		t.Errorf("with itself: %v", got)
	}
}

func TestSilhouettes(t *testing.T) {
	for name, c := range map[string]struct {
		distances []float64
		count     map[int]int
		want      float64
	}{
		"nearer to its own":            {[]float64{1, 2}, map[int]int{0: 3, 1: 2}, .5},
		"nearer to another":            {[]float64{2, 1}, map[int]int{0: 3, 1: 2}, -.5},
		"the nearest of the others":    {[]float64{1, 9, 2}, map[int]int{0: 3, 1: 2, 2: 2}, .5},
		"alone":                        {[]float64{0, 2}, map[int]int{0: 1, 1: 2}, 0},
		"all the same":                 {[]float64{0, 0}, map[int]int{0: 2, 1: 2}, 0},
		"at its own, away from others": {[]float64{0, 2}, map[int]int{0: 2, 1: 2}, 1},
	} {
		if got := silhouette(c.distances, c.count, 0); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestGainIsCountedUpToTheTenth(t *testing.T) {
	eleven := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	for name, c := range map[string]struct {
		grades      []float64
		ranks       []int
		exponential bool
		want        float64
	}{
		"the first":                 {[]float64{1}, []int{1}, false, 1},
		"the tenth":                 {[]float64{1}, []int{10}, false, 1 / math.Log2(11)},
		"the eleventh":              {[]float64{1}, []int{11}, false, 0},
		"not found":                 {[]float64{1}, []int{0}, false, 0},
		"more than there is room":   {ones(11), eleven, false, 1},
		"in the wrong order":        {[]float64{1, 3}, []int{1, 2}, false, (1 + 3/math.Log2(3)) / (3 + 1/math.Log2(3))},
		"grades count their powers": {[]float64{1, 3}, []int{1, 2}, true, (1 + 7/math.Log2(3)) / (7 + 1/math.Log2(3))},
	} {
		if got := ndcg(c.grades, c.ranks, c.exponential); !near(got, c.want, 1e-12) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestWhenASpreadIsKnown(t *testing.T) {
	for _, c := range []struct {
		resamples int
		units     float64
		want      bool
	}{{20, 2, true}, {19, 2, false}, {20, 1, false}, {0, 9, false}} {
		s := newSpread(slices.Repeat([]float64{.5}, c.resamples), c.units, 9)
		if i := s.interval(); s.known() != c.want || (i.Low == i.Low) != c.want || (s.p() == s.p()) != c.want {
			t.Errorf("%+v: known %v, %v", c, s.known(), i)
		}
	}
}

// of repeats values.
func of(below, none, over int) spread {
	return newSpread(slices.Concat(slices.Repeat([]float64{-.1}, below), make([]float64, none), slices.Repeat([]float64{.1}, over)), 40, 40)
}

func TestHowProbableADifferenceIsByChance(t *testing.T) {
	p := func(z float64, s spread) float64 {
		return min(1, 2*distuv.StudentsT{Mu: 0, Sigma: 1, Nu: 39}.CDF(-max(0, z)/s.widening()))
	}
	z := func(beyond, n float64) float64 { return -distuv.UnitNormal.Quantile((beyond + .5) / (n + 1)) }
	ten, nine, tied := of(10, 0, 90), of(9, 0, 91), of(9, 1, 90)
	least := -distuv.UnitNormal.Quantile(10. / 101)
	for name, c := range map[string]struct {
		s    spread
		want float64
	}{
		"ten beyond":                   {ten, p(z(10, 100), ten)},
		"nine, by the normal curve":    {nine, p(max(least, .1/nine.sd()), nine)},
		"of ties half, rounded up":     {tied, p(z(10, 100), tied)},
		"on either side alike":         {of(50, 0, 50), 1},
		"whichever side it is":         {of(90, 0, 10), p(z(10, 100), ten)},
		"all the same, beside nothing": {of(0, 0, 100), 1},
		"nothing ever":                 {of(0, 100, 0), 1},
	} {
		if got := c.s.p(); !near(got, c.want, 1e-12) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// However much resamples add to a figure at the best threshold, it stays in its interval.
func TestTheFigureStaysInItsInterval(t *testing.T) {
	var values []float64
	for k := range 40 {
		values = append(values, .4+float64(k)/200)
	}
	s := newSpread(values, 40, 40)
	for _, value := range []float64{0, .1, .2, .45, .5, .6, 1} {
		for name, i := range map[string]Interval{"pessimistic": s.pessimistic(value), "at a threshold": s.atThreshold(value, 0), "from -1 on": s.atThreshold(value, -1)} {
			if !(i.Low < i.High) || name == "pessimistic" && !i.Holds(value) || i.High < value-s.added(value) {
				t.Errorf("%s: %v in %v", name, value, i)
			}
		}
	}
}

func TestSpacesOfOtherTextsOrNeighboursDoNotAgree(t *testing.T) {
	v := mustVectors(t, goldA)
	space := func(texts []int, k int) *Space { return must[*Space](t)(NewSpace(t.Context(), v, texts, k)) }
	all := ascending(5)
	for name, other := range map[string]*Space{"fewer texts": space(all[:4], 2), "fewer neighbours": space(all, 1)} {
		var e *Error
		if g, err := space(all, 2).Agree(other); !errors.As(err, &e) || e.Problem != WrongCount {
			t.Errorf("%s: %+v, %v", name, g, err)
		}
	}
}

func TestNoSimilarityIsOverOne(t *testing.T) {
	rows := randomRows(3, 100, 7)
	v := mustVectors(t, slices.Concat(rows, rows))
	for i := range rows {
		rows[i] = v.Row(i)
	}
	s, err := newSimilarities(context.Background(), slices.Concat(rows, rows))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.upper {
		if x > 1 || x < -1 {
			t.Fatalf("%v", x)
		}
	}
}
