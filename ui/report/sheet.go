package report

import (
	"bufio"
	"io"
	"strconv"

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
// in front, as corpus.EscapeFormula says. The first error is kept.
type Sheet struct {
	w         *bufio.Writer
	delimiter Delimiter
	begun     bool // the row has a cell
	escaped   int
	// faithful tells that the cells are to be read again as they are, and unescaped
	// that programs read them, which compute nothing.
	faithful, unescaped bool
	scratch             []byte
	err                 error
}

// NewSheet makes an empty sheet.
func NewSheet(w io.Writer, d Delimiter) *Sheet {
	return &Sheet{w: bufio.NewWriterSize(w, 1<<16), delimiter: d}
}

// newTSV makes a sheet of what cut, sort and awk expect: fields between tabs, one
// record a line, nothing quoted and nothing escaped.
func newTSV(w io.Writer) *Sheet {
	s := NewSheet(w, Tab)
	s.unescaped = true
	return s
}

// Escaped is how many cells got an apostrophe.
func (s *Sheet) Escaped() int { return s.escaped }

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
	if !s.unescaped {
		var escaped bool
		if cell, escaped = corpus.EscapeFormula(cell); escaped {
			s.escaped++
		}
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

// cell writes a value of a column; what is unknown is an empty cell.
func (s *Sheet) cell(v any) {
	switch v := v.(type) {
	case string:
		s.text(v)
	case bool:
		s.bare(strconv.FormatBool(v))
	default:
		number, _ := numberText(v)
		s.bare(number)
	}
}

// texts writes a cell with foreign text for each.
func (s *Sheet) texts(cells ...string) {
	for _, c := range cells {
		s.text(c)
	}
}

// value writes a number rounded to six decimals, or an empty cell.
func (s *Sheet) value(x float64, ok bool) {
	s.scratch = s.scratch[:0]
	if ok {
		s.scratch = strconv.AppendFloat(s.scratch, format.Round(x, 6), 'f', -1, 64)
	}
	s.written()
}

// written writes a cell of what stands in scratch.
func (s *Sheet) written() {
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
