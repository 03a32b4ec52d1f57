package ui

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// bill is what was spent, in words.
type bill struct {
	spent api.Tally
	// about tells that the cost is made of tokens that the server did not count.
	about bool
}

// spentTokens writes a number of tokens, "≈" where the server did not count all
// of them.
func spentTokens(s api.Tally) string {
	if s.Estimated > 0 {
		return "≈" + format.Thousands(s.Tokens)
	}
	return format.Thousands(s.Tokens)
}

// cost writes what it cost, with the marks that usageMarks explain.
func (b bill) cost() string { return report.SpentCost(b.spent, b.about) }

// lostText says what lost answers may cost on top.
func lostText(s api.Tally) string { return "+ " + report.LostAnswers(s) }

// latencyOf writes the time that a share of the requests did not exceed.
func latencyOf(s api.Tally, share float64) string {
	d, ok := s.Latency(share)
	if !ok {
		return format.Unknown
	}
	return format.Duration(d)
}

// tokensAndCost is "120 tokens, $0.0024".
func (b bill) tokensAndCost() string {
	if b.spent.Tokens == 1 {
		return spentTokens(b.spent) + " token, " + b.cost()
	}
	return spentTokens(b.spent) + " tokens, " + b.cost()
}
