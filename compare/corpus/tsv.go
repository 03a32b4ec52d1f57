package corpus

import (
	"fmt"
	"strings"
)

const tab = "\t"

// tsvRecords reads rows with tabs. Most programs write such files without quoting,
// where a quotation mark is a part of the text; some quote as in CSV. A line that has
// as many columns as the header is a row, unless only quotes make sense of it and of
// the lines that follow.
type tsvRecords struct {
	lines *lineReader
	width int // of the header; 0 before it was read
}

func (t *tsvRecords) next() (record, error) {
	first, err := t.lines.next()
	for err == nil && first.broken == "" && strings.TrimSpace(first.text) == "" {
		first, err = t.lines.next()
	}
	if err != nil {
		return record{}, err
	}
	if first.broken != "" {
		return record{row: first.number, fault: brokenLine(first)}, nil
	}
	plain := record{row: first.number, fields: strings.Split(first.text, tab)}
	opens := false
	for i, field := range plain.fields {
		bare, whole := unquote(field)
		plain.fields[i] = bare
		opens = opens || !whole && strings.HasPrefix(field, `"`)
	}
	if t.width == 0 {
		t.width = len(plain.fields)
		return plain, nil
	}
	if !opens && len(plain.fields) == t.width || !strings.Contains(first.text, `"`) {
		return plain, nil
	}
	return t.quoted(first, plain)
}

// quoted decides between a line as it stands and the row that its quotes make of it
// and of lines after it.
func (t *tsvRecords) quoted(first line, plain record) (record, error) {
	quoted, used, err := (&csvRecords{lines: t.lines, comma: tab, strict: true}).parse(first)
	if err != nil {
		return record{}, err
	}
	fits := quoted.fault == nil && len(quoted.fields) == t.width
	switch rows := t.rowsAmong(used); {
	case !fits, len(plain.fields) == t.width && rows == len(used):
		// The quotes are parts of texts.
		t.lines.putBack(used)
		return plain, nil
	case rows > 0:
		last := used[len(used)-1].number
		return record{row: first.number, fault: &ReadError{
			Row: first.number, Why: fmt.Sprintf("a quote opens here and ends in line %d: this may be one text or several rows", last), Hint: quoteHint,
		}}, nil
	}
	return quoted, nil
}

// rowsAmong counts the lines that have as many columns as the header, or more.
func (t *tsvRecords) rowsAmong(lines []line) (n int) {
	for _, l := range lines {
		if strings.Count(l.text, tab)+1 >= t.width {
			n++
		}
	}
	return n
}

// unquote takes the quotes off a field that is quoted as a whole.
func unquote(field string) (bare string, whole bool) {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return field, false
	}
	inner := field[1 : len(field)-1]
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return field, false
	}
	return strings.ReplaceAll(inner, `""`, `"`), true
}
