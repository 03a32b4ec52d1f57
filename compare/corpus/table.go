package corpus

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// tableOf gives the rows of a .csv or .tsv file, its header among them.
func tableOf(c *collector, lines *lineReader, format Format) (records, error) {
	comma := tab
	if format == FormatCSV {
		var err error
		if comma, err = delimiter(lines, c.options.Columns); err != nil {
			return nil, err
		}
	}
	if comma == tab {
		return &tsvRecords{lines: lines}, nil
	}
	return &csvRecords{lines: lines, comma: comma, strict: c.options.Strict}, nil
}

// delimiter tells by the header what stands between columns: the mark that a line
// "sep=;" before it names, the one that gives the columns their known names, or the
// one that gives the most.
func delimiter(lines *lineReader, told Columns) (string, error) {
	first, err := lines.next()
	for err == nil && strings.TrimSpace(first.text) == "" && first.broken == "" {
		first, err = lines.next()
	}
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return ",", err
	}
	if mark, ok := strings.CutPrefix(strings.Trim(first.text, `" `), "sep="); ok && utf8.RuneCountInString(mark) == 1 {
		return mark, nil
	}
	lines.putBack([]line{first})
	best, most := ",", 0
	for _, mark := range []string{",", ";", tab, "|"} {
		names := headerNames(first.text, mark)
		score := len(names)
		if s, err := choose(names, told, false, false); err == nil {
			score += 1000
			if !s.guessed[roleText] {
				score += 1000
			}
		}
		if score > most {
			best, most = mark, score
		}
	}
	return best, nil
}

// headerNames are the names in a header with that mark, near enough to tell marks
// apart.
func headerNames(header, mark string) (names []string) {
	for name := range strings.SplitSeq(header, mark) {
		names = append(names, strings.Trim(strings.TrimSpace(name), `"`))
	}
	return names
}

// readTable takes the rows of a table, the header first.
func readTable(c *collector, rows records) error {
	header, err := rows.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	t, err := newTable(c, header)
	if err != nil {
		return err
	}
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = t.take(r)
		}
		if err != nil {
			return err
		}
	}
}

// table takes the rows of one.
type table struct {
	*collector
	scheme
	header  []string
	escaped int // the column that names escaped cells; -1 when there is none
}

func newTable(c *collector, header record) (*table, error) {
	if header.fault != nil {
		return nil, c.named(header.fault)
	}
	t := &table{collector: c, header: slices.Clone(header.fields), escaped: slices.Index(header.fields, EscapedColumn)}
	var err error
	t.scheme, err = choose(fill(t.header), c.options.Columns, c.options.exact, false)
	if err != nil {
		var why *ReadError
		if errors.As(err, &why) {
			why.Row = header.row
			return nil, c.named(why)
		}
		return nil, err
	}
	c.chosen(t.scheme)
	return t, nil
}

func (t *table) take(r record) error {
	switch {
	case r.fault != nil:
		return t.leave(r.fault)
	case strings.TrimSpace(strings.Join(r.fields, "")) == "":
		return nil // spreadsheets leave such rows behind
	case len(r.fields) != len(t.header):
		return t.leave(widthFault(r, len(t.header)))
	case slices.Equal(r.fields, t.header):
		return t.leave(&ReadError{Row: r.row, Why: "it is the header once more", Hint: "delete the row"})
	}
	return t.add(r.row, t.field, Text{
		ID: strings.TrimSpace(t.cell(r, roleID)), Text: t.text(r), Group: strings.TrimSpace(t.cell(r, roleGroup)),
		Lang: strings.TrimSpace(t.cell(r, roleLang)),
	})
}

// text gives the text of a row, in memory of its own.
func (t *table) text(r record) string {
	if len(t.texts) == 1 {
		return strings.Clone(t.cell(r, roleText))
	}
	values := make([]string, len(t.texts))
	for i, at := range t.texts {
		values[i] = t.unescaped(r, at, columnName(t.names[at]))
	}
	return strings.Clone(joined(values))
}

// cell gives the cell of a role, as it was before it was escaped; empty when the table
// has no such column.
func (t *table) cell(r record, of role) string {
	if t.at[of] < 0 {
		return ""
	}
	return t.unescaped(r, t.at[of], roleNames[of])
}

// unescaped gives a cell as it was before it was escaped, as the row says of the
// column with that name.
func (t *table) unescaped(r record, at int, name string) string {
	if t.escaped >= 0 && slices.Contains(strings.Fields(r.fields[t.escaped]), name) {
		return unescapeFormula(r.fields[at])
	}
	return r.fields[at]
}
