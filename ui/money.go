package ui

import (
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/ui/report"
)

// unknown stands where a number is not known; it is not zero.
const unknown = "-"

// smallestShown is the smallest amount in dollars written as a number.
const smallestShown = report.SmallestShown

// dollars writes an amount of US dollars as the reports do.
func dollars(usd float64) string { return report.Dollars(usd) }

// priceDecimals is how many decimals a price needs: at least cents, at most
// hundredths of them.
func priceDecimals(price float64) int {
	s := strconv.FormatFloat(price, 'f', -1, 64)
	_, rest, _ := strings.Cut(s, ".")
	return min(max(len(rest), 2), 4)
}

// priceText writes dollars per million tokens without the sign; "-" when
// unknown, "free" when known to be zero.
func priceText(price *float64, decimals int) string {
	switch {
	case price == nil:
		return unknown
	case *price == 0:
		return "free"
	default:
		return strconv.FormatFloat(*price, 'f', decimals, 64)
	}
}

// wholeOr writes a number with commas; "-" stands for 0, the unknown.
func wholeOr(n int) string {
	if n == 0 {
		return unknown
	}
	return thousands(n)
}
