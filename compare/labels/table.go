package labels

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vecscope/vecscope/compare/corpus"
)

// row is the fields of a line by the names of their columns, in lower case.
type row struct {
	Place
	columns []string // their names
	named   int      // the line that has them
	fields  map[string]string
}

// get gives a field without the space around it.
func (r row) get(column string) string { return strings.TrimSpace(r.fields[column]) }

// words gives a field as it was written, without what keeps spreadsheets from
// computing it.
func (r row) words(column string) string {
	cell := r.fields[column]
	if bare, escaped := strings.CutPrefix(cell, "'"); escaped {
		if again, _ := corpus.EscapeFormula(bare); again == cell {
			return bare
		}
	}
	return cell
}

// short reports a text that is longer than is read.
func (r row) short(column, text string) error {
	if n := utf8.RuneCountInString(text); n > corpus.MaxTextLength {
		return r.fail(TooLong, column, fmt.Sprintf("it has %d characters, the most is %d", n, corpus.MaxTextLength), "take a part of it")
	}
	return nil
}

// need gives the first of several names that there is a column of; without one the row
// cannot be read.
func (r row) need(names ...string) (string, error) {
	for _, name := range names {
		if slices.Contains(r.columns, name) {
			return name, nil
		}
	}
	hint := "name the columns in the first row"
	if r.named == r.Row {
		hint = "name the keys so in every object"
	}
	at := Place{r.Name, r.named}
	return "", at.fail(NoColumn, names[0], fmt.Sprintf("there is no column %q; there is %s", names[0], quoted(r.columns)), hint)
}

// quoted lists the first names of columns, as people write a list.
func quoted(names []string) string {
	const most = 8
	var out []string
	for _, name := range names[:min(len(names), most)] {
		out = append(out, fmt.Sprintf("%.40q", name))
	}
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(out, ", "), more)
	}
	return strings.Join(out, ", ")
}

// newRow takes a row whose columns all have names of their own. A spreadsheet may leave
// some without one.
func newRow(name string, of corpus.Row) (row, error) {
	r := row{Place: Place{name, of.Number}, named: of.Named, fields: make(map[string]string, len(of.Names))}
	for i, column := range of.Names {
		column = columnName(column)
		if column == "" {
			continue
		}
		if _, twice := r.fields[column]; twice {
			return r, Place{name, of.Named}.fail(Twice, column, "two columns have this name", "name each once; large and small letters are the same")
		}
		r.columns = append(r.columns, column)
		r.fields[column] = of.Values[i]
	}
	return r, nil
}

func columnName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// eachRow hands out the rows of a file of labels; the error is an *Error.
func eachRow(path string, take func(row) error) error {
	if format, err := corpus.FormatOf(path); err == nil && format == corpus.FormatTXT {
		return notATable(path)
	}
	return rowsOf(path, take, func(each func(corpus.Row) error) error {
		return corpus.EachRowOf(context.Background(), path, each)
	})
}

// eachRowIn hands out the rows of a stream that errors call name; the error is an
// *Error.
func eachRowIn(r io.Reader, name string, format corpus.Format, take func(row) error) error {
	if format == corpus.FormatTXT {
		return notATable(name)
	}
	return rowsOf(name, take, func(each func(corpus.Row) error) error {
		return corpus.EachRow(context.Background(), r, name, format, each)
	})
}

func notATable(name string) error {
	return Place{Name: name}.fail(Unreadable, "", "labels are a table", "name a .csv, .tsv, .jsonl, .json or .xlsx file")
}

// rowsOf hands out the rows that read reads.
func rowsOf(name string, take func(row) error, read func(each func(corpus.Row) error) error) error {
	none := true
	err := read(func(of corpus.Row) error {
		none = false
		r, err := newRow(name, of)
		if err != nil {
			return err
		}
		return take(r)
	})
	switch {
	case err != nil:
		return unreadable(name, err)
	case none:
		return Place{Name: name}.fail(NoLabels, "", "there are no labels in it", "write one a row")
	}
	return nil
}

// unreadable is why a file cannot be read, unless its labels are the reason.
func unreadable(name string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var why *corpus.ReadError
	if !errors.As(err, &why) {
		why = &corpus.ReadError{Name: name, Why: "it cannot be read", Hint: "check the path and its permissions", Err: err}
	}
	if errors.Is(err, corpus.ErrEncoding) {
		why.Hint = "save it as UTF-8" // of labels nobody can say another encoding
	}
	return &Error{Problem: Unreadable, ReadError: why}
}

// reading is how labels of a kind are read.
type reading[T any] struct {
	// most is how many labels are read, which are what in words.
	most int
	what string
	// label makes one of a row; ok is false where the row has none.
	label func(row) (label T, ok bool, err error)
	// end says why they are no labels all the same; nil is never.
	end func(name string, labels []T) error
}

// open reads a file; the error is an *Error.
func (k reading[T]) open(path string) ([]T, error) {
	return k.all(path, func(take func(row) error) error { return eachRow(path, take) })
}

// read reads a stream, which errors call name.
func (k reading[T]) read(r io.Reader, name string, format corpus.Format) ([]T, error) {
	return k.all(name, func(take func(row) error) error { return eachRowIn(r, name, format, take) })
}

// all takes labels as they come, up to the first that is one too many.
func (k reading[T]) all(name string, rows func(take func(row) error) error) ([]T, error) {
	var labels []T
	err := rows(func(r row) error {
		label, ok, err := k.label(r)
		switch {
		case err != nil || !ok:
			return err
		case len(labels) == k.most:
			return r.tooMany(k.most, k.what)
		}
		labels = append(labels, label)
		return nil
	})
	if err == nil && k.end != nil {
		err = k.end(name, labels)
	}
	if err != nil {
		return nil, err
	}
	return labels, nil
}

func (p Place) tooMany(most int, what string) error {
	return p.fail(TooMany, "", fmt.Sprintf("there are more than %d %s", most, what), "take a part of them")
}
