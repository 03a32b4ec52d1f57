package pipeline

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

func TestSumsOfAllSessionsTakeWhatServersDid(t *testing.T) {
	e := &Engine{Catalog: catalog.New(nil), Unpaid: map[string]bool{"box": true}}
	price := 2.0
	paid := api.Model{Provider: "shop", ID: "m", Source: api.SourceLive, Price: &price}
	for name, c := range map[string]struct {
		emb *Embedding
		ok  bool
	}{
		"nothing was asked":               {nil, false},
		"nothing was answered":            {&Embedding{Source: Source{Model: paid}}, false},
		"a paid answer":                   {&Embedding{Source: Source{Model: paid}, Answered: 3, Spent: api.Usage{Tokens: 9, Requests: 1}}, true},
		"a refusal":                       {&Embedding{Source: Source{Model: paid}, Spent: api.Usage{Requests: 1, Failed: 1}}, true},
		"everything came from the cache":  {&Embedding{Source: Source{Model: paid}, Answered: 3, Spent: api.Usage{Cached: 3}}, true},
		"a server that costs nothing":     {&Embedding{Source: Source{Model: api.Model{Provider: "box", ID: "m", Source: api.SourceLive}}, Answered: 3, Spent: api.Usage{Tokens: 9, Requests: 1}}, true},
		"a model that is in the binary":   {&Embedding{Source: Source{Model: api.Model{Provider: "local", ID: "m", Source: api.SourceBinary}}, Answered: 3, Spent: api.Usage{Tokens: 9}}, false},
		"what an interrupted asking lost": {&Embedding{Source: Source{Model: paid}, Spent: api.Usage{Requests: 1, Failed: 1, Lost: 1, LostTokens: 5}}, true},
	} {
		if got, ok := e.Noted(c.emb); ok != c.ok || ok && got.Provider != c.emb.Source.Model.Provider {
			t.Errorf("%s: noted %t as %+v, want %t", name, ok, got, c.ok)
		}
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
	session, earlier := Spent{Latencies: here}, Spent{Histogram: api.NewHistogram(before)}
	if d, ok := session.Latency(0.5); !ok || d != ms(1000) {
		t.Errorf("p50 of this session is %v, want exactly 1 s", d)
	}
	for share, want := range map[float64]time.Duration{0.5: ms(1000), 0.95: ms(1900)} {
		if d, ok := session.Plus(earlier).Latency(share); !ok || math.Abs(float64(d)/float64(want)-1) > api.HistogramError {
			t.Errorf("the latency that %g do not exceed is %v, want %v", share, d, want)
		}
	}
	if _, ok := (Spent{}).Plus(Spent{}).Latency(0.5); ok {
		t.Error("nothing has a latency")
	}
}

func TestSinceIsTheEarliest(t *testing.T) {
	first, later := time.Unix(1000, 0), time.Unix(2000, 0)
	for _, s := range []Spent{
		Spent{Since: first}.Plus(Spent{Since: later}), Spent{Since: later}.Plus(Spent{Since: first}),
		Spent{}.Plus(Spent{Since: first}), Spent{Since: first}.Plus(Spent{}),
	} {
		if !s.Since.Equal(first) {
			t.Errorf("since %v, want %v", s.Since, first)
		}
	}
}

func TestMinusTakesBackWhatPlusAdded(t *testing.T) {
	before := Spent{
		Tally:     api.Tally{Texts: 1, Tokens: 5, USD: 0.5, Requests: 2, Uncounted: 1},
		Latencies: []time.Duration{time.Second}, Histogram: api.Histogram{7: 1, 9: 2},
	}
	more := Spent{
		Tally:     api.Tally{Texts: 2, Tokens: 7, USD: 0.25, Requests: 1},
		Latencies: []time.Duration{time.Minute}, Histogram: api.Histogram{7: 3},
	}
	if got := before.Plus(more).Minus(before); !reflect.DeepEqual(got, more) {
		t.Errorf("%+v, want %+v", got, more)
	}
	if got := more.Minus(Spent{}); !reflect.DeepEqual(got, more) {
		t.Errorf("minus nothing: %+v, want %+v", got, more)
	}
}
