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

// Near writes a similarity with that many decimals, or with up to most where it
// takes them to stand on the right side of the threshold.
func Near(similarity, threshold float64, decimals, most int) string {
	for ; decimals < most; decimals++ {
		if v := Round(similarity, decimals); (v >= threshold) == (similarity >= threshold) {
			return Fixed(v, decimals)
		}
	}
	return Fixed(similarity, decimals)
}
