package report

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
)

// Delimiter parts the cells of a sheet.
type Delimiter byte

const (
	// Comma makes CSV as RFC 4180 has it, with quotes where they are needed and a
	// line feed after every row.
	Comma Delimiter = ','
	// Tab makes TSV without quotes: line breaks and tabs in texts become spaces. The
	// texts themselves, which are opened again, are quoted where they need it.
	Tab Delimiter = '\t'
)

// Sheet writes rows of cells that a spreadsheet opens. Numbers are written as
// such. A foreign text that a spreadsheet would take for a formula gets an apostrophe
// in front, as corpus.Guard says. The first error is kept.
type Sheet struct {
	w         *bufio.Writer
	delimiter Delimiter
	begun     bool // the row has a cell
	guarded   int
	// faithful tells that the cells are to be read again as they are.
	faithful bool
	scratch  []byte
	err      error
}

// NewSheet makes an empty sheet.
func NewSheet(w io.Writer, d Delimiter) *Sheet {
	return &Sheet{w: bufio.NewWriterSize(w, 1<<16), delimiter: d}
}

// Guarded is how many cells got an apostrophe.
func (s *Sheet) Guarded() int { return s.guarded }

func (s *Sheet) raw(text string) {
	if s.err == nil {
		_, s.err = s.w.WriteString(text)
	}
}

// bare writes a cell that needs no protection, such as a number.
func (s *Sheet) bare(cell string) {
	s.part()
	s.raw(cell)
}

// part writes the delimiter before every cell of a row but the first.
func (s *Sheet) part() {
	if s.begun && s.err == nil {
		s.err = s.w.WriteByte(byte(s.delimiter))
	}
	s.begun = true
}

// text writes a cell with foreign text.
func (s *Sheet) text(cell string) {
	cell, guarded := corpus.Guard(cell)
	if guarded {
		s.guarded++
	}
	switch {
	case s.faithful:
		s.bare(quoted(faithful(cell, s.delimiter)))
	case s.delimiter == Tab:
		s.bare(field(cell))
	default:
		s.bare(quoted(multiline(cell)))
	}
}

// texts writes a cell with foreign text for each.
func (s *Sheet) texts(cells ...string) {
	for _, c := range cells {
		s.text(c)
	}
}

// value writes a similarity with six decimals at most, or an empty cell.
func (s *Sheet) value(x float64, ok bool) {
	s.scratch = s.scratch[:0]
	if ok {
		s.scratch = strconv.AppendFloat(s.scratch, format.Round(x, 6), 'f', -1, 64)
	}
	s.part()
	if s.err == nil {
		_, s.err = s.w.Write(s.scratch)
	}
}

func (s *Sheet) whole(n int) { s.bare(strconv.Itoa(n)) }

func (s *Sheet) end() {
	s.raw("\n")
	s.begun = false
}

// close writes what is left and gives the first error.
func (s *Sheet) close() error {
	if s.err == nil {
		s.err = s.w.Flush()
	}
	return s.err
}

// row writes a whole row of foreign texts.
func (s *Sheet) row(cells ...string) {
	s.texts(cells...)
	s.end()
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

// Cells are the values of a matrix of texts by texts; ok is false where there is
// none.
type Cells interface {
	Len() int
	At(i, j int) (value float64, ok bool)
}

// Matrix writes a matrix over texts: under a header the rows of the texts in that
// order, each with its id (its number without one), its wording, and its values
// with the texts in the same order; cells without a value are empty. The error is
// that of writing, or of ctx when that ends first.
func (s *Sheet) Matrix(ctx context.Context, texts []corpus.Text, order []int, m Cells) error {
	ids := textIDs(texts)
	s.matrixHeader(ids, order)
	s.matrixRows(ctx, "", texts, ids, order, m)
	return s.close()
}

// Matrices writes the matrices of all results below each other, as Matrix does,
// with the candidate's id in front of every row.
func (s *Sheet) Matrices(ctx context.Context, c Comparison, order []int) error {
	ids := textIDs(c.Texts)
	s.text("candidate")
	s.matrixHeader(ids, order)
	for _, r := range c.Results {
		s.matrixRows(ctx, r.Candidate.ID(), c.Texts, ids, order, r.Matrix)
	}
	return s.close()
}

func (s *Sheet) matrixHeader(ids []string, order []int) {
	s.texts("id", "text")
	for _, i := range order {
		s.text(ids[i])
	}
	s.end()
}

func (s *Sheet) matrixRows(ctx context.Context, candidate string, texts []corpus.Text, ids []string, order []int, m Cells) {
	for _, i := range order {
		if s.err == nil {
			s.err = ctx.Err()
		}
		if s.err != nil {
			return
		}
		if candidate != "" {
			s.text(candidate)
		}
		s.texts(ids[i], texts[i].Text)
		for _, k := range order {
			s.value(m.At(i, k))
		}
		s.end()
	}
}

// Pairs writes every pair of different texts: their ids, its similarity under
// each candidate, and the texts.
func (s *Sheet) Pairs(ctx context.Context, c Comparison) error {
	ids := textIDs(c.Texts)
	s.row(append(append([]string{"a", "b"}, c.candidates()...), "text_a", "text_b")...)
	for a := range c.Texts {
		if s.err == nil {
			s.err = ctx.Err()
		}
		for b := a + 1; b < len(c.Texts) && s.err == nil; b++ {
			s.texts(ids[a], ids[b])
			for _, r := range c.Results {
				s.value(r.Matrix.At(a, b))
			}
			s.texts(c.Texts[a].Text, c.Texts[b].Text)
			s.end()
		}
	}
	return s.close()
}
