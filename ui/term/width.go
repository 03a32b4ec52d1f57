package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Ellipsis marks text that was cut.
const Ellipsis = "…"

// Width is the number of terminal columns that s takes; SGR sequences take none.
func Width(s string) int {
	if w, ok := plainWidth(s); ok {
		return w
	}
	return ansi.StringWidth(s)
}

// Widest is the width of the widest of lines.
func Widest(lines []string) int {
	w := 0
	for _, l := range lines {
		w = max(w, Width(l))
	}
	return w
}

// Truncate cuts s to at most w columns and ends it with "…" when something is
// lost. SGR sequences are kept, also those after the cut.
func Truncate(s string, w int) string {
	if w <= 0 {
		return ""
	}
	have, plain := plainWidth(s)
	switch {
	case plain && have <= w:
		return s
	case plain:
		return plainTruncate(s, w)
	}
	return ansi.Truncate(s, w, Ellipsis)
}

// PadRight adds spaces after s until it is w columns wide; it never cuts.
func PadRight(s string, w int) string { return s + Blanks(w-Width(s)) }

// PadLeft adds spaces before s until it is w columns wide; it never cuts.
func PadLeft(s string, w int) string { return Blanks(w-Width(s)) + s }

// Fit makes s exactly w columns wide: cut with "…" or filled with spaces, also
// where a wide character would have to be cut in half.
func Fit(s string, w int) string {
	// Nearly all is plain and fits, and is measured once.
	if have, plain := plainWidth(s); plain && have <= w {
		return s + Blanks(w-have)
	}
	return PadRight(Truncate(s, w), w)
}

// FitLeft is Fit with the text at the right end, for numbers.
func FitLeft(s string, w int) string { return PadLeft(Truncate(s, w), w) }

// spaces are ready-made blanks, more than most windows are wide.
var spaces = strings.Repeat(" ", 256)

// Blanks are n spaces; none for less than one.
func Blanks(n int) string {
	if n <= len(spaces) {
		return spaces[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}

// SafeFit is Fit(Safe(s), w) at a cost that depends on w rather than on the
// length of s, for long foreign texts in lists.
func SafeFit(s string, w int) string {
	head, cut := headOf(s, w)
	if head = Safe(head); cut {
		head += Ellipsis
	}
	return Fit(head, w)
}

// SafeLines wraps foreign text of any number of lines to width columns, for
// places where all of it is shown. Each line is safe as by Safe and at most
// width columns wide; a tab is four spaces. It is nil when width is under 1.
func SafeLines(s string, width int) []string {
	if width < 1 {
		return nil
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\t", "    ")
	s = strings.Map(func(r rune) rune {
		if IsLineBreak(r) {
			return '\n'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		for part := range strings.SplitSeq(wrap(Safe(line), width), "\n") {
			// A blank before a hyphen at which the line was parted is left over, and a wide
			// character in a single column.
			if Width(part) > width {
				part = Truncate(strings.TrimRight(part, " "), width)
			}
			lines = append(lines, part)
		}
	}
	return lines
}

// notBreaking is a hyphen at which no line ends.
const notBreaking = "\u2011"

// wrap parts a line between words and behind hyphens, but not behind a minus sign, which
// would leave a positive number, nor within the name of a candidate.
func wrap(line string, width int) string {
	if !strings.Contains(line, "-") || strings.Contains(line, notBreaking) {
		return ansi.Wrap(line, width, "")
	}
	words := strings.Split(line, " ")
	for i, word := range words {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(word, "("), "-"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' || strings.Contains(word, "@") {
			words[i] = strings.ReplaceAll(word, "-", notBreaking)
		}
	}
	return strings.ReplaceAll(ansi.Wrap(strings.Join(words, " "), width, ""), notBreaking, "-")
}
