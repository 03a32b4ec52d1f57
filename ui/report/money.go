package report

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api/spending"
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

// CostsAtMost says what a run costs, and what it can cost where tokens are estimated:
// "costs ≈$0.042, at most $0.063 …". atMost is in US dollars.
func CostsAtMost(total pipeline.Estimate, atMost float64) string {
	about := Cost(total)
	if less, ok := strings.CutPrefix(about, "<"); ok {
		about = "less than " + less
	}
	if !total.Estimated {
		return "costs " + about
	}
	return fmt.Sprintf("costs %s, at most $%s (the server may count %g times the tokens estimated, and some more for every text)", about, format.Limit(atMost), spending.Margin)
}

// Unpriced names the models that would be paid for and whose price is not known;
// empty for none.
func Unpriced(estimates []pipeline.Estimate) string {
	var refs []string
	for _, e := range estimates {
		if e.Sends() && !e.Priced {
			refs = append(refs, e.Source.Model.Ref())
		}
	}
	return strings.Join(refs, ", ")
}
