package term

import (
	"strings"
	"unicode/utf8"
)

// What a screen draws is nearly all letters without accents joined to them, lines,
// blocks and SGR sequences. Their widths are known without looking for grapheme
// clusters, which is most of what measuring costs otherwise.

// plainRune tells that a character takes one column, whatever plain one stands
// before or after it.
func plainRune(r rune) bool {
	switch {
	case r >= 0x20 && r < 0x7f,
		r > 0xa0 && r < 0x300 && r != 0xa9 && r != 0xad && r != 0xae, // Latin; ©, ® can be emoji, and the soft hyphen is none
		r >= 0x2010 && r <= 0x2027 && r != 0x2011,                    // dashes, quotes, dots
		r == 0x2212, r == 0x2248, r == 0x2260, r == 0x2264, r == 0x2265,
		r >= 0x2500 && r < 0x25aa, // lines and blocks
		r >= 0x2800 && r < 0x2900: // braille
		return true
	}
	switch r {
	case '←', '↑', '→', '↓', '●', '◆', '▲', '▼', '▸', '◌':
		return true
	}
	return false
}

// sgrLength is the length of the SGR sequence at the start of s; 0 when there is
// none.
func sgrLength(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// plainWidth is the width of s when it has nothing but plain characters and SGR
// sequences; ok is false when it has anything else.
func plainWidth(s string) (w int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 0x20 && c < 0x7f:
			i++
			w++
		case c == 0x1b:
			n := sgrLength(s[i:])
			if n == 0 {
				return 0, false
			}
			i += n
		case c < 0x80:
			return 0, false
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !plainRune(r) {
				return 0, false
			}
			i += n
			w++
		}
	}
	return w, true
}

// plainTruncate is Truncate for a plain text wider than w, which is not under 1.
func plainTruncate(s string, w int) string {
	var b strings.Builder
	b.Grow(len(s))
	column := 0
	for i := 0; i < len(s); {
		if s[i] == 0x1b {
			n := sgrLength(s[i:])
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case column < w-1:
			b.WriteString(s[i : i+n])
		case column == w-1:
			b.WriteString(Ellipsis)
		}
		column++
		i += n
	}
	return b.String()
}
