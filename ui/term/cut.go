package term

import (
	"slices"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Excerpt is the beginning of a text, safe and at most w columns wide.
func Excerpt(text string, w int) string { return excerpt(text, w, Safe) }

// WrittenExcerpt is Excerpt for reports, as Written is Safe for them.
func WrittenExcerpt(text string, w int) string { return excerpt(text, w, Written) }

func excerpt(text string, w int, safe func(string) string) string {
	head, cut := headOf(text, w)
	if head = safe(head); cut {
		head += Ellipsis
	}
	return Truncate(head, w)
}

// headOf cuts off what cannot be seen in w columns, so that the cost of showing a
// text does not depend on its length.
func headOf(text string, w int) (head string, cut bool) {
	limit := 64 + 8*max(w, 0)
	if len(text) <= limit {
		return text, false
	}
	return text[:RuneStart(text, limit)], true
}

// RuneStart is the start of the character that byte at belongs to.
func RuneStart(s string, at int) int {
	at = min(max(at, 0), len(s))
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// MiddleCut makes a safe text fit by leaving out its middle: names of models
// differ at their ends. hits are places in text, by byte; kept are those that are
// still there, as places in cut. Under five columns nothing is cut.
func MiddleCut(text string, w int, hits []int) (cut string, kept []int) {
	if Width(text) <= w || w < 5 {
		return text, slices.Clone(hits)
	}
	head, tail := cutEnds(text, w, (w-1)/2)
	for _, h := range hits {
		switch from := len(text) - len(tail); {
		case h < len(head):
			kept = append(kept, h)
		case h >= from:
			kept = append(kept, h-from+len(head)+len(Ellipsis))
		}
	}
	return head + Ellipsis + tail, kept
}

// cutEnds are the beginning of a safe text and the end of that width, which
// together with "…" between them take at most w columns.
func cutEnds(text string, w, tailWidth int) (head, tail string) {
	return ansi.Truncate(text, w-1-tailWidth, ""), ansi.TruncateLeft(text, Width(text)-tailWidth, "")
}

// TailedCut is a safe text with its middle left out where it is too long, and
// tailWidth columns of its end kept.
func TailedCut(text string, w, tailWidth int) string {
	if Width(text) <= w || w < 5 {
		return Truncate(text, w)
	}
	head, tail := cutEnds(text, w, tailWidth)
	return head + Ellipsis + tail
}

// Wording is the first of several ways to say something, the fullest first, that w columns
// hold; else the last.
func Wording(w int, ways ...string) string {
	for _, way := range ways {
		if Width(way) <= w {
			return way
		}
	}
	return ways[len(ways)-1]
}

// CutLines are the first h of lines, a mark at the end where more are left out.
func CutLines(lines []string, w, h int) []string {
	if len(lines) <= h {
		return lines
	}
	cut := append([]string(nil), lines[:max(h, 0)]...)
	if h > 0 {
		cut[h-1] = Truncate(cut[h-1]+Ellipsis, w)
	}
	return cut
}

// Scrolled is the first of n lines to show, near first, so that at is among
// the shown ones; a negative at asks for nothing.
func Scrolled(at, first, shown, n int) int {
	if at >= 0 && shown > 0 {
		first = max(min(first, at), at-shown+1)
	}
	return max(0, min(first, n-shown))
}
