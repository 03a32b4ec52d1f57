package corpus

import (
	"context"
	"errors"
	"io"
	"strings"
)

// Look is what can be seen of a file without reading all of it.
type Look struct {
	// Names are its columns or keys, and Rows the values of the first rows in them;
	// none where a file has one text a line.
	Names []string
	Rows  [][]string
	// Columns are those that seem to be meant.
	Columns Columns
	// Sure tells that there is nothing to ask: the columns are called by what they
	// are, and none is left over that could have the groups.
	Sure bool
}

// lookRows is how many rows are shown.
const lookRows = 3

// LookAt looks at the beginning of a file. The error is as that of LoadFile.
func LookAt(ctx context.Context, path string, o Options) (*Look, error) {
	f, _, format, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := newCollector(path, o)
	if format == formatXLSX {
		rows, err := openWorkbook(ctx, f)
		if err != nil {
			return nil, c.failure(err)
		}
		defer rows.close()
		look, err := lookAtRows(rows, o)
		if err != nil {
			return nil, c.failure(err)
		}
		return look, nil
	}
	s := newSource(ctx, f, path, o)
	look, err := c.look(s, format)
	return look, s.failure(err)
}

func (c *collector) look(s *source, format Format) (*Look, error) {
	switch format {
	case FormatTXT:
		return lookAtLines(s.lines())
	case FormatJSONL:
		return lookAtObjects(jsonLines{s.lines()}, c.options)
	case FormatJSON:
		return lookAtObjects(jsonObjects(s), c.options)
	}
	rows, err := tableOf(c, s.lines(), format)
	if err != nil {
		return nil, err
	}
	return lookAtRows(rows, c.options)
}

// lookAtLines looks whether the first lines can be read; there is nothing to choose.
func lookAtLines(lines *lineReader) (*Look, error) {
	for range lookAhead {
		_, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return &Look{Sure: true}, nil
}

func lookAtRows(rows records, o Options) (*Look, error) {
	header, err := rows.next()
	if errors.Is(err, io.EOF) {
		return &Look{Sure: true}, nil // it is empty, as reading it will tell
	}
	if err != nil {
		return nil, err
	}
	l := &Look{Names: fill(header.fields)}
	for len(l.Rows) < lookRows {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if r.fault == nil && len(r.fields) == len(l.Names) {
			l.Rows = append(l.Rows, r.fields)
		}
	}
	return l.guess(o, false), nil
}

func lookAtObjects(from objects, o Options) (*Look, error) {
	first, err := take(from, lookAhead)
	if err != nil {
		return nil, err
	}
	l := &Look{Names: keysOf(first)}
	if len(l.Names) == 0 {
		l.Sure = true // bare strings, or nothing
		return l, nil
	}
	for _, o := range first[:min(len(first), lookRows)] {
		row := make([]string, len(l.Names))
		for i, name := range l.Names {
			value, fault := o.find(name)
			if fault != nil || value == "" {
				continue
			}
			if row[i], fault = decodeMember(roleID, name, value); fault != nil {
				row[i] = value
			}
		}
		l.Rows = append(l.Rows, row)
	}
	return l.guess(o, true), nil
}

// guess finds the columns that seem to be meant; the texts of a table that says
// nothing are in the column with the longest values.
func (l *Look) guess(o Options, keys bool) *Look {
	s, err := choose(l.Names, o.Columns, false, keys)
	l.Sure = err == nil && s.sure()
	if err == nil {
		l.Columns = s.columns()
		return l
	}
	longest := -1
	for i, name := range l.Names {
		n := 0
		for _, row := range l.Rows {
			n += len(row[i])
		}
		if n > longest {
			longest, l.Columns.Text = n, JoinColumns(strings.TrimSpace(name))
		}
	}
	return l
}
