package corpus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Row is a row of a table, or an object of a JSON file, as it stands there: what else
// than texts is read from such files, such as labels, is made of it.
type Row struct {
	// Number is the line on which it begins, from 1.
	Number int
	// Names are the columns or keys, as they are written, and Values what stands in
	// them; both are good until the next row.
	Names, Values []string
	// Named is the line with the names: the header's of a table, an object's own.
	Named int
}

// EachRow hands out the rows of a stream, which errors call name, one by one, and
// keeps none; blank ones are none. A value of JSON that is no string is written as it
// would stand in a table: lists with spaces between their values, objects as
// name:value, null as nothing. Where there is one text a line, the lines are rows of a
// column "text". The first row that cannot be read ends it. The error is
// ctx's, that of take, or a *ReadError; ErrEncoding can be found in it.
func EachRow(ctx context.Context, r io.Reader, name string, format Format, take func(Row) error) error {
	s := newSource(ctx, r, name, Options{})
	c := newCollector(name, Options{Strict: true})
	switch format {
	case FormatTXT:
		return s.failure(c.eachLine(s.lines(), take))
	case FormatJSONL:
		return s.failure(c.eachObject(jsonLines{s.lines()}, take))
	case FormatJSON:
		return s.failure(c.eachObject(jsonObjects(s), take))
	}
	rows, err := tableOf(c, s.lines(), format)
	if err == nil {
		err = c.eachRecord(rows, take)
	}
	return s.failure(err)
}

// EachRowOf is EachRow for a file, in the format that its name tells.
func EachRowOf(ctx context.Context, path string, take func(Row) error) error {
	f, _, format, err := openFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if format != formatXLSX {
		return EachRow(ctx, f, path, format, take)
	}
	c := newCollector(path, Options{Strict: true})
	rows, err := openWorkbook(ctx, f)
	if err == nil {
		defer rows.close()
		err = c.eachRecord(rows, take)
	}
	if err != nil {
		return c.failure(err)
	}
	return nil
}

// eachLine hands out the lines.
func (c *collector) eachLine(lines *lineReader, take func(Row) error) error {
	for {
		l, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case l.broken != "":
			return c.named(brokenLine(l))
		case strings.TrimSpace(l.text) == "":
			continue
		}
		if err := take(Row{l.number, roleNames[:1], []string{l.text}, l.number}); err != nil {
			return err
		}
	}
}

// eachRecord hands out the rows after the header.
func (c *collector) eachRecord(rows records, take func(Row) error) error {
	var header *record
	for {
		r, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case r.fault != nil:
			return c.named(r.fault)
		case strings.TrimSpace(strings.Join(r.fields, "")) == "":
			continue
		case header == nil:
			header = &r
			continue
		case len(r.fields) != len(header.fields):
			return c.named(widthFault(r, len(header.fields)))
		}
		if err := take(Row{r.row, header.fields, r.fields, header.row}); err != nil {
			return err
		}
	}
}

// widthFault is that of a row that is not as wide as the header.
func widthFault(r record, header int) *ReadError {
	return &ReadError{
		Row: r.row, Why: fmt.Sprintf("it has %s, the header has %d", columns(len(r.fields)), header),
		Hint: "put a text that contains the separator in quotes",
	}
}

// eachObject hands out the objects.
func (c *collector) eachObject(from objects, take func(Row) error) error {
	for {
		o, err := from.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if o.fault == nil && o.bare != "" {
			o.fault = &ReadError{Row: o.row, Why: "this is not a JSON object", Hint: "write one object a row"}
		}
		row := Row{Number: o.row, Named: o.row}
		for _, m := range o.members {
			value, fault := plainMember(m)
			if fault != nil {
				fault.Row, o.fault = o.row, fault
				break
			}
			row.Names, row.Values = append(row.Names, m.key), append(row.Values, value)
		}
		if o.fault != nil {
			return c.named(o.fault)
		}
		if err := take(row); err != nil {
			return err
		}
	}
}

// plainMember writes a value as it would stand in a table.
func plainMember(m member) (string, *ReadError) {
	if !strings.HasPrefix(m.value, "{") && !strings.HasPrefix(m.value, "[") {
		return decodeMember(roleID, m.key, m.value)
	}
	if half := loneSurrogate(m.value); half != "" {
		return "", &ReadError{Field: m.key, Why: half + " is half a character", Hint: "write the text anew"}
	}
	var value any
	in := json.NewDecoder(strings.NewReader(m.value))
	in.UseNumber()
	if err := in.Decode(&value); err != nil {
		return "", &ReadError{Field: m.key, Why: "the JSON is wrong here", Hint: objectHint, Err: err}
	}
	return plainValue(value), nil
}

func plainValue(value any) string {
	var parts []string
	switch value := value.(type) {
	case nil:
	case []any:
		for _, v := range value {
			parts = append(parts, plainValue(v))
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			parts = append(parts, name+":"+plainValue(value[name]))
		}
	default:
		return fmt.Sprint(value)
	}
	return strings.Join(parts, " ")
}
