package format

import (
	"math"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
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
	_, cents, _ := strings.Cut(Fixed(nearest, decimals), ".")
	return "$" + humanize.Commaf(math.Trunc(nearest)) + "." + cents
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
	up := Fixed(math.Ceil(usd*unit*(1-1e-12))/unit, decimals)
	return strings.TrimRight(strings.TrimRight(up, "0"), ".")
}

// decimalsOf is how many decimals an amount above zero is written with.
func decimalsOf(usd float64) int {
	return max(2, 1-int(math.Floor(math.Log10(usd))))
}

// Amount writes an amount of US dollars exactly, with the fewest digits that name
// it, as somebody has typed it: "$0.0000001".
func Amount(usd float64) string { return "$" + Plain(usd) }

// UpTo is Dollars, rounded up where that would write less.
func UpTo(usd float64) string {
	text := Dollars(usd)
	shown, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimPrefix(text, "$"), ",", ""), 64)
	if err == nil && shown < usd*(1-1e-12) {
		if more, err := strconv.ParseFloat(Limit(usd), 64); err == nil {
			return Dollars(more)
		}
	}
	return text
}

// PriceDecimals is how many decimals a price needs: at least cents, at most
// hundredths of them.
func PriceDecimals(price float64) int {
	_, rest, _ := strings.Cut(Plain(price), ".")
	return min(max(len(rest), 2), 4)
}

// Price writes dollars per million tokens without the sign; "-" when unknown,
// "free" when known to be zero.
func Price(price *float64, decimals int) string {
	switch {
	case price == nil:
		return Unknown
	case *price == 0:
		return "free"
	default:
		return Fixed(*price, decimals)
	}
}
