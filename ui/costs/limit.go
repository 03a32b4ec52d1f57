package costs

import (
	"strings"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// HeldBackText names the candidates that are not offered, for they are beyond the limits
// of the verdict; empty when there is none.
func HeldBackText(s *session.Session) string {
	var names []string
	for _, id := range s.Payments().HeldBack() {
		names = append(names, term.Safe(s.ShortOf(id)))
	}
	if len(names) == 0 {
		return ""
	}
	return "Beyond your limits, and so not offered: " + strings.Join(names, ", ") + ". f on Verdict changes the limits."
}

// OverLimit says which limits sending what was estimated could exceed; empty for
// none.
func OverLimit(s *session.Session, estimates []pipeline.Estimate) string {
	switch total := pipeline.Total(estimates); {
	case total.Missing() == 0:
		return ""
	case !total.Priced:
		return "a price is unknown, and so is what this costs: say it in the settings with price, or free = true"
	}
	costs := pipeline.Costs(estimates)
	var sure, perhaps []string
	for _, e := range s.Payments().Ledger().Exceeds(costs) {
		words := "more than your limit of " + format.Dollars(e.Limit) + " a run"
		if e.Session {
			words = "with what was spent and is under way, more than your limit of " + format.Dollars(e.Limit) + " a session"
		}
		if e.Perhaps {
			perhaps = append(perhaps, words)
		} else {
			sure = append(sure, words)
		}
	}
	if len(perhaps) > 0 {
		perhaps[0] = "at most " + format.UpTo(spending.AtMost(costs)) + " and so perhaps " + perhaps[0]
	}
	return strings.Join(append(sure, perhaps...), " and, ")
}
