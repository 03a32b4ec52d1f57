package report

import (
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

// AtMost is what estimates can cost together in US dollars, as far as their prices
// are known.
func AtMost(estimates []pipeline.Estimate) float64 {
	sum := 0.0
	for _, e := range estimates {
		sum += atMost(e)
	}
	return sum
}

func atMost(e pipeline.Estimate) float64 {
	if !e.Paid || !e.Estimated || e.Missing() == 0 {
		return e.USD
	}
	usd, _ := e.Source.Model.Cost(pipeline.MostTokens(e.Source.Model, e.Tokens, e.Missing()))
	return usd
}

// Cost writes what an estimate costs, "≈" before what is counted with another
// tokenizer than the model's own.
func Cost(e pipeline.Estimate) string {
	switch {
	case e.Missing() == 0:
		return "cached: $0"
	case !e.Priced && e.USD > 0:
		return "more than " + format.Dollars(e.USD)
	case !e.Priced:
		return "unknown"
	case e.Estimated && e.USD >= format.SmallestShown:
		return "≈" + format.Dollars(e.USD)
	default:
		return format.Dollars(e.USD)
	}
}
