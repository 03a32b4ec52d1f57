package report

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
)

// SpentLine says in one line what asking models took; empty when nothing was
// asked, not even the cache.
func SpentLine(spent []api.Tally) string {
	var sum api.Tally
	for _, s := range spent {
		sum = sum.Plus(s)
	}
	line := fmt.Sprintf("spent %s in %s", spentOn(sum), format.PlainCount(sum.Requests, "request"))
	switch {
	case sum.Tokens == 0 && sum.Requests == 0 && sum.Cached == 0:
		return ""
	case sum.Requests == 0 && sum.Tokens == 0:
		line = "spent $0"
	case sum.Tokens > 0:
		tokens := format.PlainCount(sum.Tokens, "token")
		if sum.Estimated > 0 {
			tokens = "≈" + tokens
		}
		line = fmt.Sprintf("spent %s for %s in %s", spentOn(sum), tokens, format.PlainCount(sum.Requests, "request"))
	}
	var more []string
	switch {
	case sum.Failed > 0 && sum.Requests == 1:
		more = append(more, "it failed")
	case sum.Failed > 0:
		more = append(more, fmt.Sprintf("%d of them failed", sum.Failed))
	}
	if sum.Cached > 0 {
		more = append(more, format.PlainCount(sum.Cached, "text")+" from the cache")
	}
	if sum.Lost > 0 {
		more = append(more, LostAnswers(sum)+" may be charged on top")
	}
	return strings.Join(append([]string{line}, more...), "; ")
}

// spentOn is the cost, as far as the prices are known.
func spentOn(s api.Tally) string {
	usd := amount(s.USD)
	if s.Estimated > 0 && s.USD >= format.SmallestShown {
		usd = "≈" + usd
	}
	switch {
	case s.Unpriced == 0:
		return usd
	case s.USD == 0:
		return "an unknown amount"
	}
	return usd + " and an unknown amount (" + format.PlainCount(s.Unpriced, "token") + " without a price)"
}

// amount is Dollars within a sentence.
func amount(usd float64) string {
	text := format.Dollars(usd)
	if least, ok := strings.CutPrefix(text, "<"); ok {
		return "less than " + least
	}
	return text
}

type usageJSON struct {
	// CostUSD is null when a price is unknown; CostUSDLost may be charged on top for
	// requests that were sent and not answered.
	CostUSD     *float64           `json:"cost_usd"`
	CostUSDLost *float64           `json:"cost_usd_lost"`
	Models      []object[usageRow] `json:"models"`
}

// usage writes what asking the models took: candidates of one model share it.
func (j *jsonWriter) usage(c Comparison) {
	j.raw("\"usage\":")
	j.value(usageOf(c.Spent))
}

func usageOf(spent []api.Tally) usageJSON {
	var out usageJSON
	out.CostUSD, out.CostUSDLost = usd(total(spent))
	out.Models = usageColumns.objects(usageRows(spent))
	return out
}

// usd is what was spent and what may be charged on top; spent is nil when a price
// is unknown, lost is then too if something is.
func usd(s api.Tally) (spent, lost *float64) {
	if s.Unpriced == 0 {
		x := format.Round(s.USD, 12)
		spent = &x
	}
	if s.Lost == 0 || s.LostUSD > 0 {
		x := format.Round(s.LostUSD, 12)
		lost = &x
	}
	return spent, lost
}
