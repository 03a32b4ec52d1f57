package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// SmallestShown is the smallest amount in US dollars that Dollars writes as a
// number.
const SmallestShown = 1e-6

// Dollars writes an amount of US dollars for people, in the explorer and in every
// report alike: cents from a dollar on, two significant digits below, so that what
// thirty texts cost can be read too.
func Dollars(usd float64) string {
	switch {
	case usd <= 0:
		return "$0"
	case usd < SmallestShown:
		return "<$0.000001"
	}
	// The tiny part added lets 0.00000105, which is not quite that in binary, be
	// rounded the same way however it was added up.
	decimals := decimalsOf(usd)
	unit := math.Pow10(decimals)
	nearest := math.Round(usd*(1+1e-12)*unit) / unit
	whole, rest, _ := strings.Cut(strconv.FormatFloat(nearest, 'f', decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return "$" + whole + "." + rest
}

// Signed is Dollars for an account that may be in debt.
func Signed(usd float64) string {
	if usd < 0 {
		return "-" + Dollars(-usd)
	}
	return Dollars(usd)
}

// Limit writes an amount as somebody would type it for a limit that covers it: a
// plain number with no more digits than Dollars has, rounded up.
func Limit(usd float64) string {
	if usd <= 0 {
		return "0"
	}
	usd = max(usd, SmallestShown)
	decimals := decimalsOf(usd)
	unit := math.Pow10(decimals)
	// The tiny part taken off keeps 0.07, which is not quite that in binary, from
	// becoming 0.08.
	up := strconv.FormatFloat(math.Ceil(usd*unit*(1-1e-12))/unit, 'f', decimals, 64)
	return strings.TrimRight(strings.TrimRight(up, "0"), ".")
}

// decimalsOf is how many decimals an amount above zero is written with.
func decimalsOf(usd float64) int {
	return max(2, 1-int(math.Floor(math.Log10(usd))))
}

// Amount writes an amount of US dollars exactly, with the fewest digits that name
// it, as somebody has typed it: "$0.0000001".
func Amount(usd float64) string { return "$" + plain(usd) }

// plain writes a number without an exponent.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

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
		return "more than " + Dollars(e.USD)
	case !e.Priced:
		return "unknown"
	case e.Estimated && e.USD >= SmallestShown:
		return "≈" + Dollars(e.USD)
	default:
		return Dollars(e.USD)
	}
}
