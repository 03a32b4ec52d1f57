package report

import (
	"strconv"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

func TestDollars(t *testing.T) {
	for usd, want := range map[float64]string{
		0: "$0", 9e-7: "<$0.000001", 1e-6: "$0.0000010", 0.0000043: "$0.0000043", 1.05e-6: "$0.0000011", 0.0123: "$0.012", 0.5: "$0.50",
		0.999: "$1.00", 12.345: "$12.35", 999: "$999.00", 1234567.891: "$1,234,567.89",
	} {
		if got := Dollars(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
		}
	}
}

func TestALimitIsEnough(t *testing.T) {
	for usd, want := range map[float64]string{
		0: "0", 1e-9: "0.000001", 0.0000043: "0.0000043", 0.07: "0.07", 0.0701: "0.071", 0.00123: "0.0013", 12.341: "12.35", 1234567.891: "1234567.9", 100: "100",
	} {
		got := Limit(usd)
		if got != want {
			t.Errorf("%g is covered by %q, want %q", usd, got, want)
		}
		if x, err := strconv.ParseFloat(got, 64); err != nil || x < usd*(1-1e-9) {
			t.Errorf("%g is not covered by %q: %v", usd, got, err)
		}
	}
}

func TestAnAmountIsWrittenAsItWasTyped(t *testing.T) {
	for usd, want := range map[float64]string{1e-7: "$0.0000001", 0.1: "$0.1", 5: "$5", 1e6: "$1000000"} {
		if got := Amount(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
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

func TestADebtHasASign(t *testing.T) {
	for usd, want := range map[float64]string{-1.5: "-$1.50", 0: "$0", 0.004: "$0.0040", 1234.5: "$1,234.50"} {
		if got := Signed(usd); got != want {
			t.Errorf("%g is written %q, want %q", usd, got, want)
		}
	}
}
