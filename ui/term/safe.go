package term

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
// parts ("👩👩👧") and variation selectors go; signs that stand beside a letter, as in
// the scripts of India, are parted from it by a space without width, which Joined takes
// out again.
func Safe(s string) string {
	if plainASCII(s) {
		return s
	}
	s = withoutControls(s)
	if plainASCII(s) {
		return s
	}
	return closedEnds(steadyClusters(s, false))
}

// Written is Safe for reports, which go to pipes and files: emoji that are joined to one
// picture stay so, since an id must be found again as it was written. A terminal that adds
// up characters shows them as parts.
func Written(s string) string {
	if plainASCII(s) {
		return s
	}
	if s = withoutControls(s); plainASCII(s) {
		return s
	}
	return closedEnds(steadyClusters(s, true))
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
		case IsLineBreak(r):
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

// IsLineBreak tells that r ends a line, in whatever script or system.
func IsLineBreak(r rune) bool {
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
