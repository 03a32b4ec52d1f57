package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ParseThreshold reads a threshold as people write it, ".9" or "90 %"; problem is a
// sentence that says what is wrong with it.
func ParseThreshold(typed string) (value float64, problem string) {
	number, unit := strings.TrimSpace(typed), 1.0
	if rest, ok := strings.CutSuffix(number, "%"); ok {
		number, unit = strings.TrimSpace(rest), 100
	}
	value, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	value /= unit
	switch {
	case err != nil || math.IsNaN(value):
		return 0, "That is no number: type one such as 0.9 or 90%."
	case value < -1 || value > 1:
		hint := "from -1 to 1"
		if unit == 1 && value > 1 && value <= 100 {
			hint += fmt.Sprintf("; %s%% is %s", number, Threshold(value/100))
		}
		return 0, "A similarity lies " + hint + "."
	}
	return value, ""
}

// Threshold writes a threshold in a sentence, with two decimals or with as many as
// it has.
func Threshold(v float64) string {
	if v == math.Trunc(v*100)/100 {
		return Fixed(v, 2)
	}
	return Plain(v)
}

// Similarity writes a similarity with that many decimals, never more than it is: a
// threshold copied from there finds what it was copied from.
func Similarity(v float64, decimals int) string { return Fixed(Down(v, decimals), decimals) }

// exactDecimals is how many decimals a number between -1 and 1 can be rounded to
// without a loss; with more it is written whole.
const exactDecimals = 15

// Down rounds down to that many decimals; the result is never -0, NaN stays.
func Down(v float64, decimals int) float64 {
	if decimals > exactDecimals {
		return v
	}
	unit := math.Pow10(decimals)
	down := math.Round(v*unit) / unit
	if down > v {
		down = (math.Round(v*unit) - 1) / unit
	}
	return down + 0
}

// Near writes a similarity like Similarity with that many decimals, or with up to
// most where it takes them to stand on the right side of the threshold.
func Near(similarity, threshold float64, decimals, most int) string {
	for decimals < most && similarity >= threshold && Down(similarity, decimals) < threshold {
		decimals++
	}
	if decimals > exactDecimals {
		return Plain(similarity)
	}
	return Similarity(similarity, decimals)
}
