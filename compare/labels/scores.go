package labels

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// saidWords are the words by which people call two texts the same or different.
var saidWords = map[string]Verdict{
	"same": Same, "yes": Same, "true": Same, "different": Different, "no": Different, "false": Different, "unsure": Unsure,
}

// verdictIn gives the verdict that a field has in words; empty when it has none.
func verdictIn(field string) Verdict { return saidWords[strings.ToLower(field)] }

// number reads a finite number, with a point or a comma before its decimals.
func number(field string) (x float64, ok bool) {
	if whole, decimals, comma := strings.Cut(field, ","); comma {
		if !isWhole(whole) || decimals == "" || strings.ContainsFunc(decimals, func(r rune) bool { return !unicode.IsDigit(r) }) {
			return 0, false
		}
		field = whole + "." + decimals
	}
	x, err := strconv.ParseFloat(field, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// isWhole tells that s is a whole number, with a sign or without.
func isWhole(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}
