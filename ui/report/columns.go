package report

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// column is one thing that a report says of every row. All forms of a report are
// written from the same columns.
type column[T any] struct {
	// head is its title in tables for people, and key its name in JSON and in sheets.
	// A form in which it has none leaves it out.
	head, key string
	// right aligns it to the right, as numbers are.
	right bool
	// omit leaves it out of the JSON of a row that has nothing there.
	omit bool
	// value is what it says of a row: a string, a bool, a number, a pointer to one
	// that is nil when it is unknown, or for JSON alone anything else.
	value func(T) any
	// text writes it for people, safe for one line; nil writes value as cellText does.
	text func(T) string
}

type columns[T any] []column[T]

// pick gives the columns of these keys, or of these heads where they have no key,
// in this order.
func (c columns[T]) pick(names ...string) columns[T] {
	var picked columns[T]
	for _, name := range names {
		for _, col := range c {
			if col.key == name || col.key == "" && col.head == name {
				picked = append(picked, col)
			}
		}
	}
	return picked
}

// moved puts the column of a key behind that of another.
func (c columns[T]) moved(key, behind string) columns[T] {
	rest := slices.DeleteFunc(slices.Clone(c), func(col column[T]) bool { return col.key == key })
	at := slices.IndexFunc(rest, func(col column[T]) bool { return col.key == behind })
	return slices.Insert(rest, at+1, c.pick(key)...)
}

// table is the rows for people.
func (c columns[T]) table(rows []T) *table {
	t := &table{}
	shown := slices.DeleteFunc(slices.Clone(c), func(col column[T]) bool { return col.head == "" })
	for _, col := range shown {
		t.columns = append(t.columns, tableColumn{col.head, col.right})
	}
	for _, row := range rows {
		cells := make([]string, len(shown))
		for i, col := range shown {
			if col.text != nil {
				cells[i] = col.text(row)
			} else {
				cells[i] = cellText(col.value(row))
			}
		}
		t.add(cells...)
	}
	return t
}

// cellText is a value for people.
func cellText(v any) string {
	switch v := v.(type) {
	case string:
		return term.Written(v)
	case bool:
		return format.YesNo(v)
	}
	if text, ok := numberText(v); ok {
		return text
	}
	return format.Unknown
}

// numberText writes a number plainly; ok is false where there is none.
func numberText(v any) (text string, ok bool) {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v), true
	case *int:
		if v != nil {
			return strconv.Itoa(*v), true
		}
	case *float64:
		if v != nil {
			return format.Plain(*v), true
		}
	}
	return "", false
}

// fill writes the rows under their keys, and ends the sheet.
func (c columns[T]) fill(s *Sheet, rows []T) error {
	keyed := slices.DeleteFunc(slices.Clone(c), func(col column[T]) bool { return col.key == "" })
	for _, col := range keyed {
		s.text(col.key)
	}
	s.end()
	for _, row := range rows {
		if s.err != nil {
			break
		}
		for _, col := range keyed {
			s.cell(col.value(row))
		}
		s.end()
	}
	return s.close()
}

// list writes the rows as a JSON list with an object a line; name is its key, empty
// at the top.
func (c columns[T]) list(j *jsonWriter, name string, rows []T) {
	j.list(name, len(rows), func(i int) { c.write(j, rows[i]) })
}

// write writes a row as a JSON object in one line.
func (c columns[T]) write(j *jsonWriter, row T) {
	if j.err == nil {
		var line []byte
		if line, j.err = (object[T]{c, row}).MarshalJSON(); j.err == nil {
			_, j.err = j.w.Write(line)
		}
	}
}

// objects are the rows as JSON objects within another.
func (c columns[T]) objects(rows []T) []object[T] {
	all := make([]object[T], len(rows))
	for i, row := range rows {
		all[i] = object[T]{c, row}
	}
	return all
}

// object is a row as a JSON object.
type object[T any] struct {
	columns columns[T]
	row     T
}

// MarshalJSON writes the columns that have a key, in their order.
func (o object[T]) MarshalJSON() ([]byte, error) {
	line := []byte{'{'}
	for _, col := range o.columns {
		if col.key == "" {
			continue
		}
		v := col.value(o.row)
		if col.omit && reflect.ValueOf(v).IsZero() {
			continue
		}
		b, err := marshal(v)
		if err != nil {
			return nil, err
		}
		if len(line) > 1 {
			line = append(line, ',')
		}
		line = append(append(strconv.AppendQuote(line, col.key), ':'), b...)
	}
	return append(line, '}'), nil
}

var _ json.Marshaler = object[int]{}
