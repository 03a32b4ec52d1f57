package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// trecRun writes the lines of a TREC run: "query Q0 text rank score tag".
type trecRun struct{ w *bufio.Writer }

func newTREC(w io.Writer) trecRun { return trecRun{bufio.NewWriterSize(w, 1<<16)} }

// line writes a hit; what cannot be written is told at the end.
func (t trecRun) line(query, text string, rank int, score float64, tag string) {
	fmt.Fprintf(t.w, "%s Q0 %s %d %.6f %s\n", trecWord(query), trecWord(text), rank, score, trecWord(tag))
}

// end writes what is left and gives the first error.
func (t trecRun) end() error { return t.w.Flush() }

// trecWord is an id without blanks, which part the columns of a run, and without what a
// terminal would obey.
func trecWord(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '_'
		}
		return r
	}, field(id))
}
