package report

import (
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
)

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
