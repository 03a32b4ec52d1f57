package api

import (
	"math"
	"reflect"
	"testing"
	"time"
)

// numbered is a tally whose counters are n, 2n, 3n, …
func numbered(t *testing.T, n int) Tally {
	t.Helper()
	var tally Tally
	v := reflect.ValueOf(&tally).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int:
			f.SetInt(int64(n * (i + 1)))
		case reflect.Float64:
			f.SetFloat(float64(n * (i + 1)))
		case reflect.Int64:
			t.Fatalf("%s is neither counter nor latency", v.Type().Field(i).Name)
		}
	}
	return tally
}

// counters are a tally without what is no number.
func counters(t Tally) Tally {
	t.Latencies, t.Histogram = nil, nil
	return t
}

func TestTallyForgetsNoCounter(t *testing.T) {
	one, two, three := numbered(t, 1), numbered(t, 2), numbered(t, 3)
	if got := counters(one.Plus(two)); !reflect.DeepEqual(got, three) {
		t.Errorf("%+v plus %+v is %+v", one, two, got)
	}
	if got := counters(three.Minus(two)); !reflect.DeepEqual(got, one) {
		t.Errorf("%+v minus %+v is %+v", three, two, got)
	}
}

func TestLatenciesOfAllSessionsAreOneDistribution(t *testing.T) {
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	var here, before []time.Duration
	for i := 1; i <= 20; i++ {
		if i%2 == 0 {
			here = append(here, ms(100*i))
		} else {
			before = append(before, ms(100*i))
		}
	}
	session, earlier := Tally{Latencies: here}, Tally{Histogram: NewHistogram(before)}
	if d, ok := session.Latency(0.5); !ok || d != ms(1000) {
		t.Errorf("p50 of this session is %v, want exactly 1 s", d)
	}
	for share, want := range map[float64]time.Duration{0.5: ms(1000), 0.95: ms(1900)} {
		if d, ok := session.Plus(earlier).Latency(share); !ok || math.Abs(float64(d)/float64(want)-1) > HistogramError {
			t.Errorf("the latency that %g do not exceed is %v, want %v", share, d, want)
		}
	}
	if _, ok := (Tally{}).Plus(Tally{}).Latency(0.5); ok {
		t.Error("nothing has a latency")
	}
}

func TestSinceIsTheEarliest(t *testing.T) {
	first, later := time.Unix(1000, 0), time.Unix(2000, 0)
	for _, s := range []Tally{
		Tally{Since: first}.Plus(Tally{Since: later}), Tally{Since: later}.Plus(Tally{Since: first}),
		Tally{}.Plus(Tally{Since: first}), Tally{Since: first}.Plus(Tally{}),
	} {
		if !s.Since.Equal(first) {
			t.Errorf("since %v, want %v", s.Since, first)
		}
	}
}

func TestMinusTakesBackWhatPlusAdded(t *testing.T) {
	before := Tally{
		Texts: 1, Tokens: 5, USD: 0.5, Requests: 2, Uncounted: 1,
		Latencies: []time.Duration{time.Second}, Histogram: Histogram{7: 1, 9: 2},
	}
	more := Tally{
		Texts: 2, Tokens: 7, USD: 0.25, Requests: 1,
		Latencies: []time.Duration{time.Minute}, Histogram: Histogram{7: 3},
	}
	if got := before.Plus(more).Minus(before); !reflect.DeepEqual(got, more) {
		t.Errorf("%+v, want %+v", got, more)
	}
	if got := more.Minus(Tally{}); !reflect.DeepEqual(got, more) {
		t.Errorf("minus nothing: %+v, want %+v", got, more)
	}
}

// A lost answer of a model whose price nobody knows may be billed as well; one where
// nothing costs anything may not.
func TestLostAnswersMayBeBilledWhereTokensCost(t *testing.T) {
	for name, c := range map[string]struct {
		of   Tally
		want bool
	}{
		"nothing lost":                 {Tally{Requests: 2, Failed: 2, USD: 1}, false},
		"its cost is known":            {Tally{Lost: 1, LostUSD: 0.1}, true},
		"others of the model did cost": {Tally{Lost: 1, USD: 0.1}, true},
		"no price is known":            {Tally{Lost: 1, LostTokens: 5, Unpriced: 9}, true},
		"free":                         {Tally{Lost: 1, LostTokens: 5, Tokens: 9}, false},
	} {
		if got := c.of.MayCostMore(); got != c.want {
			t.Errorf("%s: may cost more %t", name, got)
		}
	}
}

// Sums of one start stay apart, whatever room it has.
func TestASumSharesNothingWithAnother(t *testing.T) {
	start := Tally{Latencies: append(make([]time.Duration, 0, 8), 1)}
	one := start.Plus(Tally{Latencies: []time.Duration{2}, Histogram: Histogram{3: 1}})
	other := start.Plus(Tally{Latencies: []time.Duration{4}, Histogram: Histogram{3: 5}})
	_ = one.Plus(Tally{Histogram: Histogram{3: 7}})
	if one.Latencies[1] != 2 || other.Latencies[1] != 4 || one.Histogram[3] != 1 || other.Histogram[3] != 5 {
		t.Errorf("%+v and %+v", one, other)
	}
}
