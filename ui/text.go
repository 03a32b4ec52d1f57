package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// ellipsis marks text that was cut.
const ellipsis = "…"

// Width is the number of terminal columns that s takes; SGR sequences take none.
func Width(s string) int { return ansi.StringWidth(s) }

// Truncate cuts s to at most w columns and ends it with "…" when something is
// lost. SGR sequences are kept, also those after the cut.
func Truncate(s string, w int) string {
	if w <= 0 {
		return ""
	}
	return ansi.Truncate(s, w, ellipsis)
}

// PadRight adds spaces after s until it is w columns wide; it never cuts.
func PadRight(s string, w int) string { return s + blanks(w-Width(s)) }

// PadLeft adds spaces before s until it is w columns wide; it never cuts.
func PadLeft(s string, w int) string { return blanks(w-Width(s)) + s }

// Fit makes s exactly w columns wide: cut with "…" or filled with spaces, also
// where a wide character would have to be cut in half.
func Fit(s string, w int) string { return PadRight(Truncate(s, w), w) }

// FitLeft is Fit with the text at the right end, for numbers.
func FitLeft(s string, w int) string { return PadLeft(Truncate(s, w), w) }

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// SafeFit is Fit(Safe(s), w) at a cost that depends on w rather than on the
// length of s, for long foreign texts in lists.
func SafeFit(s string, w int) string {
	limit := 64 + 8*max(w, 0)
	if len(s) <= limit {
		return Fit(Safe(s), w)
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return Fit(Safe(s[:limit])+ellipsis, w)
}

// Safe makes foreign text safe for one terminal line. Escape sequences are
// taken out whole, newlines become "⏎", tabs a space, other controls and
// invalid UTF-8 "�". Characters that order or hide text (bidi controls,
// zero-width spaces, tags) are removed, so the text cannot reorder its
// neighbours by command; right-to-left letters themselves stay in logical
// order, one cell each, without isolates, which many terminals would show as
// boxes. A combining mark without a base gets "◌".
//
// What remains has the same width for terminals that measure grapheme clusters
// and for those that add up characters: emoji sequences are shown as their
// parts ("👩👩👧") and variation selectors go. Only the clusters of Indic scripts,
// which cannot be taken apart, still differ there.
func Safe(s string) string {
	if plainASCII(s) {
		return s
	}
	s = withoutControls(s)
	if plainASCII(s) {
		return s
	}
	return closedEnds(steadyClusters(s))
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// withoutControls replaces everything a terminal would obey; the result has no
// C0 or C1 controls and is valid UTF-8.
func withoutControls(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case lineBreak(r):
			b.WriteString("⏎")
		case r == '\t':
			b.WriteByte(' ')
		case !unicode.IsControl(r):
			b.WriteString(s[i : i+n])
		default:
			if seq := sequenceLength(s[i:]); seq > 0 {
				n = seq
			} else {
				b.WriteRune(utf8.RuneError)
			}
		}
		i += n
	}
	return b.String()
}

func lineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// stringLimit is how far the end of an operating system command or device
// string is looked for; a text with a stray introducer is not swallowed.
const stringLimit = 1024

// sequenceLength is the length of the escape sequence at the start of s (ECMA-48,
// 7-bit or the 8-bit form as UTF-8), 0 when there is none. An incomplete sequence
// is as long as its introducer and parameters.
func sequenceLength(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	kind := r - 0x40 // 8-bit: ESC [ is U+009B
	if r == 0x1b {
		if len(s) < 2 {
			return 1
		}
		kind, n = rune(s[1]), 2
	} else if r < 0x80 || r > 0x9f {
		return 0
	}
	switch {
	case kind == '[':
		return n + csiLength(s[n:])
	case strings.ContainsRune("]PX^_", kind):
		return n + stringLength(s[n:])
	case r != 0x1b:
		return 0
	case kind >= 0x20 && kind <= 0x2f: // intermediates, such as the choice of a character set
		for n < len(s) && s[n] >= 0x20 && s[n] <= 0x2f {
			n++
		}
		if n < len(s) && s[n] >= 0x30 && s[n] <= 0x7e {
			n++
		}
		return n
	case kind >= 0x30 && kind <= 0x7e:
		return n
	}
	return 1
}

func csiLength(s string) int {
	n := 0
	for n < len(s) && s[n] >= 0x20 && s[n] <= 0x3f {
		n++
	}
	if n < len(s) && s[n] >= 0x40 && s[n] <= 0x7e {
		n++
	}
	return n
}

// stringLength is the length up to and with the terminator; 0 when it is
// missing on this line, so that only the introducer goes.
func stringLength(s string) int {
	for i := 0; i < len(s) && i < stringLimit; i++ {
		switch {
		case s[i] == '\a':
			return i + 1
		case strings.HasPrefix(s[i:], "\x1b\\"), strings.HasPrefix(s[i:], "\u009c"):
			return i + 2
		case s[i] == '\n' || s[i] == 0x1b:
			return 0
		}
	}
	return 0
}

// clusterLimit bounds the bytes of one cluster: heaps of combining marks would
// otherwise spill over the lines above and below.
const clusterLimit = 32

// steadyClusters goes through the grapheme clusters and mends each.
func steadyClusters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s = strings.Map(visible, s); s != ""; {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if len(cluster) == 1 {
			b.WriteString(cluster)
			continue
		}
		b.WriteString(steadyCluster(cluster, w))
	}
	return b.String()
}

// visible drops format characters; joiners are judged with their cluster.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
		return -1
	}
	return r
}

func steadyCluster(c string, w int) string {
	first, n := utf8.DecodeRuneInString(c)
	switch {
	case emojiPart(first) < 0: // without its emoji
		return ""
	case unicode.IsMark(first):
		return steadyCluster("◌"+c, 1)
	case w == 0:
		return ""
	case n == len(c) && !isFlagHalf(first):
		return c
	}
	for len(c) > clusterLimit {
		_, n := utf8.DecodeLastRuneInString(c)
		c = c[:len(c)-n]
	}
	if steady(c) {
		return c
	}
	if composed := norm.NFC.String(c); steady(composed) {
		return composed
	}
	if parts := strings.Map(emojiPart, c); steady(parts) {
		return parts
	}
	return c
}

// steady tells that both ways of measuring agree.
func steady(s string) bool { return ansi.StringWidth(s) == ansi.StringWidthWc(s) }

// emojiPart drops what joins emoji to one picture; a lone half of a flag
// becomes its letter.
func emojiPart(r rune) rune {
	switch {
	case r == '\u200d', isSelector(r), r >= 0x1f3fb && r <= 0x1f3ff:
		return -1
	case isFlagHalf(r):
		return 'A' + r - 0x1f1e6
	}
	return r
}

func isFlagHalf(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

func isSelector(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180f
}

// closedEnds sees to it that neither end of s joins what is drawn next to it.
func closedEnds(s string) string {
	for s != "" && Width(s+"│") != Width(s)+1 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	s = strings.TrimRight(s, "\u200c\u200d")
	if s != "" && Width("│"+s) != Width(s)+1 {
		s = "◌" + s
	}
	return s
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
		if lineBreak(r) {
			return '\n'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		for part := range strings.SplitSeq(ansi.Wrap(Safe(line), width, ""), "\n") {
			// A wide character in a single column is all that can be left over.
			lines = append(lines, Truncate(part, width))
		}
	}
	return lines
}
