package ui

import (
	"math"
	"strconv"
	"strings"
)

// unknown stands where a number is not known; it is not zero.
const unknown = "-"

// smallestShown is the smallest amount in dollars written as a number.
const smallestShown = 1e-6

// dollars writes an amount of US dollars: cents from a dollar on, two
// significant digits below, so that what thirty texts cost can be read too.
func dollars(usd float64) string {
	switch {
	case usd <= 0:
		return "$0"
	case usd < smallestShown:
		return "<$0.000001"
	case usd >= 1:
		cents := strconv.FormatFloat(usd, 'f', 2, 64)
		whole, rest, _ := strings.Cut(cents, ".")
		n, err := strconv.Atoi(whole)
		if err != nil {
			return "$" + cents
		}
		return "$" + thousands(n) + "." + rest
	default:
		decimals := max(2, 1-int(math.Floor(math.Log10(usd))))
		return "$" + strconv.FormatFloat(usd, 'f', decimals, 64)
	}
}

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
