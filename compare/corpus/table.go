package corpus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// delimiter is the comma, unless only another mark gives a column "text": some
// spreadsheets write semicolons.
func delimiter(content string) rune {
	header, _, _ := strings.Cut(strings.TrimLeft(content, "\r\n"), "\n")
	for _, mark := range []rune{',', ';', '\t'} {
		for name := range strings.SplitSeq(header, string(mark)) {
			if columnName(strings.Trim(strings.TrimSpace(name), `"`)) == "text" {
				return mark
			}
		}
	}
	return ','
}

func columnName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// readTSV reads tabs. Most programs write such files without quoting, where a
// quotation mark is a part of the text; some quote as in CSV. When every line has
// as many columns as the header, each line is a row and only fields that are
// quoted as a whole lose their quotes. Else fields may run over several lines.
func readTSV(c *collector, content string) error {
	if !oneRowALine(content) {
		return readTable(c, content, '\t')
	}
	t := table{collector: c}
	for row, line := range rows(content) {
		record := strings.Split(line, "\t")
		for i, field := range record {
			record[i] = unquote(field)
		}
		if err := t.take(row, record); err != nil {
			return err
		}
	}
	return nil
}

func oneRowALine(content string) bool {
	tabs := -1
	for _, line := range rows(content) {
		n := strings.Count(line, "\t")
		if tabs < 0 {
			tabs = n
		}
		if n != tabs {
			return false
		}
	}
	return true
}

// unquote takes the quotes off a field that is quoted as a whole.
func unquote(field string) string {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return field
	}
	inner := field[1 : len(field)-1]
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return field
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// readTable reads a table quoted as RFC 4180 says.
func readTable(c *collector, content string, comma rune) error {
	r := csv.NewReader(strings.NewReader(content))
	r.Comma = comma
	r.LazyQuotes = comma == '\t'
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	t := table{collector: c}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return quoteError(c.name, content, err)
		}
		row, _ := r.FieldPos(0)
		if err := t.take(row, record); err != nil {
			return err
		}
	}
}

func quoteError(name, content string, err error) error {
	e := &ReadError{Name: name, Why: "the quotes are wrong", Hint: `put the whole field in quotes and write "" for a quote inside it`, Err: err}
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return e
	}
	e.Row = parse.Line
	if parse.Line != parse.StartLine {
		// The field ran on to the end: its beginning is what has to be mended.
		e.Row, e.Why = parse.StartLine, "a quoted field that begins here does not end properly"
		return e
	}
	e.Column = characters(content, parse.Line, parse.Column)
	return e
}

// characters turns a place in a line that is counted in bytes into one counted in
// characters, both from 1.
func characters(content string, row, column int) int {
	for range row - 1 {
		_, content, _ = strings.Cut(content, "\n")
	}
	line, _, _ := strings.Cut(content, "\n")
	return utf8.RuneCountInString(line[:min(max(column-1, 0), len(line))]) + 1
}

// table takes the rows of a table, the header first.
type table struct {
	*collector
	width                 int
	text, id, group, lang int // the columns, from 0; -1 when there is none
}

func (t *table) take(row int, record []string) error {
	if t.width == 0 {
		return t.header(row, record)
	}
	if strings.TrimSpace(strings.Join(record, "")) == "" {
		return nil // spreadsheets leave such rows behind
	}
	if len(record) != t.width {
		return t.fail(row, "", fmt.Sprintf("it has %s, the header has %d", columns(len(record)), t.width),
			"put a text that contains the separator in quotes")
	}
	field := func(i int) string {
		if i < 0 {
			return ""
		}
		return unescapeFormula(strings.TrimSpace(record[i]))
	}
	return t.add(row, "text", Text{ID: field(t.id), Text: unescapeFormula(record[t.text]), Group: field(t.group), Lang: field(t.lang)})
}

func (t *table) header(row int, record []string) error {
	at := map[string]int{}
	for i, cell := range record {
		name := columnName(cell)
		if _, twice := at[name]; twice && (name == "text" || name == "id" || name == "group" || name == "lang") {
			return t.fail(row, name, "the header names this column twice", "rename one of them")
		}
		at[name] = i
	}
	column := func(name string) int {
		if i, ok := at[name]; ok {
			return i
		}
		return -1
	}
	t.width, t.text, t.id, t.group, t.lang = len(record), column("text"), column("id"), column("group"), column("lang")
	if t.text < 0 {
		return t.fail(row, "", `there is no column "text"; there is `+list(record), "name the column with the texts \"text\" in the first row")
	}
	return nil
}

func columns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

// list writes the first few names of a header.
func list(names []string) string {
	const most = 8
	var quoted []string
	for _, name := range names[:min(len(names), most)] {
		quoted = append(quoted, fmt.Sprintf("%.40q", strings.TrimSpace(name)))
	}
	s := strings.Join(quoted, ", ")
	if len(names) > most {
		s += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return s
}
