package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// markedPair marks the words in which two foreign texts differ, made safe line
// by line; newlines stay.
func markedPair(a, b string) (as, bs []Span) {
	return DiffWords(safeKeepingLines(a), safeKeepingLines(b))
}

func safeKeepingLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\t", "    ")
	s = strings.Map(func(r rune) rune {
		if lineBreak(r) {
			return '\n'
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Safe(l)
	}
	return strings.Join(lines, "\n")
}

// markedLines wraps safe spans to the width, the changed ones in the match look,
// which ends with each line.
func markedLines(spans []Span, w int, t *theme) []string {
	var b strings.Builder
	for _, s := range spans {
		writeMarked(&b, s, t.sgr.match)
	}
	lines := strings.Split(ansi.Wrap(b.String(), max(w, 1), ""), "\n")
	open := false
	for i, l := range lines {
		if open {
			lines[i] = t.sgr.match + l
		}
		if last := strings.LastIndex(l, "\x1b["); last >= 0 {
			open = !strings.HasPrefix(l[last:], sgrReset)
		}
		if open {
			lines[i] += sgrReset
		}
	}
	return lines
}

func writeMarked(b *strings.Builder, s Span, match string) {
	if s.Changed {
		b.WriteString(match + s.Text + sgrReset)
	} else {
		b.WriteString(s.Text)
	}
}

// beginnings cuts two foreign texts to what can matter in a line of w columns, so
// that marking the difference costs the same however long they are, and makes
// them safe for one line.
func beginnings(a, b string, w int) (string, string) {
	return beginning(a, w), beginning(b, w)
}

func beginning(s string, w int) string {
	limit := 256 + 8*max(w, 0)
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + ellipsis
	}
	return Safe(s)
}

// markedLine shows safe spans in one line of at most w columns. Where the first
// difference would lie behind its end the line begins shortly before it.
func markedLine(spans []Span, w int, match string) string {
	first := 0
	for _, s := range spans {
		if s.Changed {
			break
		}
		first += Width(s.Text)
	}
	skip := 0
	if len(spans) > 1 && first > w*2/3 {
		skip = first - w/3
	}
	var b strings.Builder
	if skip > 0 {
		b.WriteString(ellipsis)
	}
	for _, s := range spans {
		if skip > 0 {
			whole := Width(s.Text)
			s.Text = ansi.TruncateLeft(s.Text, skip, "")
			skip -= whole - Width(s.Text)
		}
		writeMarked(&b, s, match)
	}
	return Truncate(b.String(), w)
}
