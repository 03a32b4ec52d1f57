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

func beginning(s string, w int) string { return Safe(firstBytes(s, 256+8*max(w, 0))) }

// firstBytes is at most limit bytes of a text, with "…" where it was cut.
func firstBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + ellipsis
}

// markedLine shows safe spans in one line of at most w columns. Where the first
// difference would lie behind its end, the line begins shortly before it, with a
// whole word if there are words.
func markedLine(spans []Span, w int, match string) string {
	var b strings.Builder
	if len(spans) > 1 && !spans[0].Changed && widthOf(spans) > w {
		if common := spans[0].Text; Width(common) > w*2/3 {
			rest := ansi.TruncateLeft(common, Width(common)-w/3, "")
			if space := strings.IndexByte(rest, ' '); space >= 0 {
				rest = rest[space:]
			}
			b.WriteString(ellipsis + rest)
			spans = spans[1:]
		}
	}
	for _, s := range spans {
		writeMarked(&b, s, match)
	}
	return Truncate(b.String(), w)
}

func widthOf(spans []Span) int {
	w := 0
	for _, s := range spans {
		w += Width(s.Text)
	}
	return w
}
