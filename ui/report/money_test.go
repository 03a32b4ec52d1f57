package report

import (
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

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
