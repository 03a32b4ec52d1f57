package report

import (
	"bufio"
	"io"
	"strings"
	"unicode"
)

// tsvWriter writes fields between tabs, one record a line, without quoting: what
// cut, sort and awk expect. The first error is kept.
type tsvWriter struct {
	w   *bufio.Writer
	err error
}

func newTSV(w io.Writer) *tsvWriter { return &tsvWriter{w: bufio.NewWriterSize(w, 1<<16)} }

func (t *tsvWriter) row(fields ...string) {
	for i, f := range fields {
		if i > 0 {
			t.raw("\t")
		}
		t.raw(field(f))
	}
	t.raw("\n")
}

func (t *tsvWriter) raw(s string) {
	if t.err == nil {
		_, t.err = t.w.WriteString(s)
	}
}

func (t *tsvWriter) end() error {
	if t.err == nil {
		t.err = t.w.Flush()
	}
	return t.err
}

// field makes tabs and line breaks spaces, shows other control characters as "�",
// and drops those that reorder text.
func field(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", " ")
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
