package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// Unknown stands where a number is not known; it is not zero.
const Unknown = "-"

// Thousands writes a number with commas between its thousands.
func Thousands(n int) string { return humanize.Comma(int64(n)) }

// Count writes a number with its noun, "1 text" or "1,200 texts".
func Count(n int, noun string) string { return Thousands(n) + " " + Agree(n, noun, noun+"s") }

// PlainCount is Count without commas, "1200 texts", for what a script may read.
func PlainCount(n int, noun string) string { return strconv.Itoa(n) + " " + Agree(n, noun, noun+"s") }

// Agree is the word that goes with so many things: "is" or "are".
func Agree(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// ThousandsOr writes a number with commas; "-" stands for 0, the unknown.
func ThousandsOr(n int) string {
	if n == 0 {
		return Unknown
	}
	return Thousands(n)
}

// Fixed writes a number with that many decimals.
func Fixed(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }

// Round rounds to that many decimals; the result is never -0.
func Round(v float64, decimals int) float64 {
	unit := math.Pow10(decimals)
	return math.Round(v*unit)/unit + 0
}

// Plain writes a number with the fewest digits that name it, without an exponent.
func Plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// YesNo is "yes" or "no".
func YesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// Bytes writes a number of bytes in thousands, not 1024s: "999 bytes", "1.2 MB". What
// would be rounded to 1000.0 of a unit is one of the next.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 999_950:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	case n < 999_950_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Duration writes a duration with two or three digits, one millisecond at least.
func Duration(d time.Duration) string {
	switch {
	case d < 999500*time.Microsecond:
		return fmt.Sprintf("%d ms", max(d.Round(time.Millisecond).Milliseconds(), 1))
	case d < 99950*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	default:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
}

// TimeLeft writes how long the rest of some work takes when it goes on as it has:
// ", about 40 s left". It is empty while too little is done to say, and where it is over
// in a moment.
func TimeLeft(elapsed time.Duration, done, total int) string {
	if done < max(total/50, 1) || done >= total || elapsed < 3*time.Second {
		return ""
	}
	left := elapsed.Seconds() * float64(total-done) / float64(done)
	switch {
	case left < 5:
		return ""
	case left < 100:
		return fmt.Sprintf(", about %.0f s left", math.Ceil(left/5)*5)
	default:
		return fmt.Sprintf(", about %s min left", Thousands(int(math.Ceil(left/60))))
	}
}

// ShortAmount writes an amount of any currency with three digits, or as it is when
// it is no number.
func ShortAmount(s string) string {
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsNaN(x) || math.IsInf(x, 0):
		return s
	case x == 0:
		return "0"
	case math.Abs(x) >= 1e15 || math.Abs(x) < 1e-12:
		return strconv.FormatFloat(x, 'g', 3, 64)
	}
	decimals := max(2-int(math.Floor(math.Log10(math.Abs(x)))), 0)
	whole, rest, _ := strings.Cut(Fixed(x, decimals), ".")
	if n, err := strconv.Atoi(whole); err == nil && n != 0 {
		whole = Thousands(n)
	}
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		return whole + "." + rest
	}
	return whole
}
