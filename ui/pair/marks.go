package pair

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// markedPair marks the words in which two foreign texts differ, where they share most,
// made safe line by line; newlines stay.
func markedPair(a, b string) (as, bs []Span) {
	return markWords(safeKeepingLines(a), safeKeepingLines(b))
}

func safeKeepingLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\t", "    ")
	s = strings.Map(func(r rune) rune {
		if term.IsLineBreak(r) {
			return '\n'
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = term.Safe(l)
	}
	return strings.Join(lines, "\n")
}

// markedLines wraps safe spans to the width, the changed ones in the match look,
// which ends with each line.
func markedLines(spans []Span, w int, t *theme.Theme) []string {
	var b strings.Builder
	for _, s := range spans {
		writeMarked(&b, s, t.Codes.Match)
	}
	lines := strings.Split(ansi.Wrap(b.String(), max(w, 1), ""), "\n")
	open := false
	for i, l := range lines {
		if open {
			lines[i] = t.Codes.Match + l
		}
		if last := strings.LastIndex(l, "\x1b["); last >= 0 {
			open = !strings.HasPrefix(l[last:], theme.Reset)
		}
		if open {
			lines[i] += theme.Reset
		}
	}
	return lines
}

func writeMarked(b *strings.Builder, s Span, match string) {
	if s.Changed {
		b.WriteString(match + s.Text + theme.Reset)
	} else {
		b.WriteString(s.Text)
	}
}

// MarkedWindows mark the differences, where most is shared, of what two foreign texts can show in a line
// of w columns, made safe for one line. A text that ends where the other goes on
// has an empty change at its end.
func MarkedWindows(a, b string, w int) (as, bs []Span) {
	a, b = windows(a, b, 256+8*max(w, 0))
	as, bs = markWords(term.Safe(a), term.Safe(b))
	switch {
	case len(as) == 1 && !as[0].Changed && len(bs) > 1:
		as = append(as, Span{Changed: true})
	case len(bs) == 1 && !bs[0].Changed && len(as) > 1:
		bs = append(bs, Span{Changed: true})
	}
	return as, bs
}

// windows cut two texts to at most about limit bytes, so that marking the
// difference costs the same however long they are: from their beginning, or,
// where they differ only later, from shortly before that.
func windows(a, b string, limit int) (string, string) {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if from := same - limit/2; from > limit/2 && len(a) != len(b) || from > limit/2 && same < len(a) {
		for from > 0 && !utf8.RuneStart(a[from]) {
			from--
		}
		return term.Ellipsis + firstBytes(a[from:], limit), term.Ellipsis + firstBytes(b[from:], limit)
	}
	return firstBytes(a, limit), firstBytes(b, limit)
}

// firstBytes is at most limit bytes of a text, with "…" where it was cut.
func firstBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + term.Ellipsis
}

// MarkedLine shows safe spans in one line of at most w columns. Where the first
// difference would lie behind its end, the line begins shortly before it, with a
// whole word if there are words.
func MarkedLine(spans []Span, w int, match string) string {
	var b strings.Builder
	if len(spans) > 1 && !spans[0].Changed && widthOf(spans) > w {
		if common := spans[0].Text; term.Width(common) > w*2/3 {
			rest := ansi.TruncateLeft(common, term.Width(common)-w/3, "")
			if space := strings.IndexByte(rest, ' '); space >= 0 {
				rest = rest[space:]
			}
			b.WriteString(term.Ellipsis + rest)
			spans = spans[1:]
		}
	}
	for _, s := range spans {
		writeMarked(&b, s, match)
	}
	return term.Truncate(b.String(), w)
}

func widthOf(spans []Span) int {
	w := 0
	for _, s := range spans {
		w += term.Width(s.Text)
	}
	return w
}
