package report

import (
	"strings"
	"unicode"
)

// field makes tabs and line breaks spaces, shows other control characters as "�",
// and drops those that reorder text.
func field(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", " ")
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// multiline is a text without characters that a terminal or a spreadsheet would
// obey, except for the ends of its lines.
func multiline(text string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	for i, l := range lines {
		lines[i] = field(l)
	}
	return strings.Join(lines, "\n")
}

// faithful is multiline with every character kept that neither a terminal nor the
// reading of a table obeys: a tab in TSV becomes a space.
func faithful(text string, d Delimiter) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	var b strings.Builder
	for _, r := range text {
		if r == '\n' || r == '\t' && d != Tab || unicode.Is(unicode.Zs, r) {
			b.WriteRune(r)
		} else {
			b.WriteString(field(string(r)))
		}
	}
	return b.String()
}

// quoted puts a cell in quotes where CSV asks for them; blanks at the ends, which
// some programs would drop, are kept this way.
func quoted(cell string) string {
	if strings.ContainsAny(cell, ",\"\n") || strings.TrimSpace(cell) != cell {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}
