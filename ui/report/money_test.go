package report

import (
	"math"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
)

// What a search by words and vectors scores is no cosine, so it lies nowhere in their background.
func TestOnlyACosineStandsOut(t *testing.T) {
	r := SearchRow{Background: search.Background{Mean: 0.25, SD: 0.125}}
	if got := r.distance(search.Hit{Score: 0.5}); !math.IsNaN(got) {
		t.Errorf("what is no cosine stands out by %g", got)
	}
	if r.Cosine = true; r.distance(search.Hit{Score: 0.5}) != 2 {
		t.Errorf("a cosine stands out by %g", r.distance(search.Hit{Score: 0.5}))
	}
}

func TestTheTotalIsNothingOnlyWhereNothingCosts(t *testing.T) {
	for _, c := range []struct {
		of   []pipeline.Estimate
		want string
	}{
		{nil, "$0"},
		{[]pipeline.Estimate{{Texts: 2, Priced: true}}, "$0"},
		{[]pipeline.Estimate{{Texts: 2, Paid: true}}, "unknown"},
		{[]pipeline.Estimate{{Texts: 2, Paid: true}, {Texts: 2, Paid: true, Priced: true, USD: 0.5}}, "more than $0.50"},
		{[]pipeline.Estimate{{Texts: 2, Cached: 2, Paid: true}, {Texts: 3, Priced: true}}, "cached: $0"},
	} {
		if got := inAll(pipeline.Total(c.of)); got != c.want {
			t.Errorf("%+v cost %q, want %q", c.of, got, c.want)
		}
	}
}

func TestTheCostOfAnEstimate(t *testing.T) {
	for _, tt := range []struct {
		e    pipeline.Estimate
		want string
	}{
		{pipeline.Estimate{Texts: 2, Cached: 2, USD: 0, Priced: true}, "cached: $0"},
		{pipeline.Estimate{Texts: 2, USD: 0.0123, Priced: true}, "$0.012"},
		{pipeline.Estimate{Texts: 2, USD: 0.0123, Priced: true, Estimated: true}, "≈$0.012"},
		{pipeline.Estimate{Texts: 2, USD: 1e-8, Priced: true, Estimated: true}, "<$0.000001"},
		{pipeline.Estimate{Texts: 2, USD: 0.0123}, "more than $0.012"},
		{pipeline.Estimate{Texts: 2, Source: pipeline.Source{Model: api.Model{}}}, "unknown"},
	} {
		if got := Cost(tt.e); got != tt.want {
			t.Errorf("%+v costs %q, want %q", tt.e, got, tt.want)
		}
	}
}
