package costs

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// Bill is what was spent, in words.
type Bill struct {
	Spent api.Tally
	// Inexact tells that the cost is made of tokens that the server did not count.
	Inexact bool
}

// SpentTokens writes a number of tokens, "≈" where the server did not count all
// of them.
func SpentTokens(s api.Tally) string {
	if s.Estimated > 0 {
		return "≈" + format.Thousands(s.Tokens)
	}
	return format.Thousands(s.Tokens)
}

// Cost writes what it cost, with the marks that usageMarks explain.
func (b Bill) Cost() string { return report.SpentCost(b.Spent, b.Inexact) }

// LostText says what lost answers may cost on top.
func LostText(s api.Tally) string { return "+ " + report.LostAnswers(s) }

// LatencyOf writes the time that a share of the requests did not exceed.
func LatencyOf(s api.Tally, share float64) string {
	d, ok := s.Latency(share)
	if !ok {
		return format.Unknown
	}
	return format.Duration(d)
}

// tokensAndCost is "120 tokens, $0.0024".
func (b Bill) tokensAndCost() string {
	if b.Spent.Tokens == 1 {
		return SpentTokens(b.Spent) + " token, " + b.Cost()
	}
	return SpentTokens(b.Spent) + " tokens, " + b.Cost()
}
