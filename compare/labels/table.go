package labels

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vecscope/vecscope/compare/corpus"
)

// table is a file of rows with named columns.
type table struct {
	Place
	columns []string
	rows    []row
}

// row is the fields of a line by the names of their columns, in lower case.
type row struct {
	Place
	fields map[string]string
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

// column gives the first of several names that the table has a column of.
func (t *table) column(names ...string) (string, bool) {
	for _, name := range names {
		if slices.Contains(t.columns, name) {
			return name, true
		}
	}
	return "", false
}

// need is column for one without which the table cannot be read.
func (t *table) need(names ...string) (string, error) {
	if name, ok := t.column(names...); ok {
		return name, nil
	}
	first := Place{t.Name, min(1, len(t.rows))}
	return "", first.fail(NoColumn, names[0], fmt.Sprintf("there is no column %q; there is %q", names[0], t.columns), "name the columns in the first row")
}

// openTable reads a file of rows; the error is an *Error.
func openTable(path string) (*table, error) {
	f, format, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readTable(f, path, format)
}

func openFile(path string) (*os.File, corpus.Format, error) {
	format, err := corpus.FormatOf(path)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &corpus.ReadError{Name: path, Why: "this is a directory", Hint: "name a file in it"}
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, unreadable(path, err)
	}
	return f, format, nil
}

// unreadable is why a file cannot be read.
func unreadable(path string, err error) error {
	var known *corpus.ReadError
	switch {
	case errors.As(err, &known):
	case errors.Is(err, fs.ErrNotExist):
		known = &corpus.ReadError{Name: path, Why: "there is no such file", Hint: "check the path", Err: err}
	default:
		known = &corpus.ReadError{Name: path, Why: "it cannot be read", Hint: "check the path and its permissions", Err: err}
	}
	return &Error{Problem: Unreadable, ReadError: known}
}

func readTable(r io.Reader, name string, format corpus.Format) (*table, error) {
	t := &table{Place: Place{Name: name}}
	content, err := readContent(r, name)
	if err != nil {
		return nil, err
	}
	switch format {
	case corpus.FormatCSV:
		err = t.readCSV(content, separator(content))
	case corpus.FormatTSV:
		err = t.readCSV(content, '\t')
	case corpus.FormatJSONL:
		err = t.readJSONL(content)
	default:
		err = t.fail(Unreadable, "", "labels are a table", "name a .csv, .tsv or .jsonl file")
	}
	if err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		return nil, t.fail(NoLabels, "", "there are no labels in it", "write one a row")
	}
	return t, nil
}

// readContent reads text in UTF-8; the error is an *Error.
func readContent(r io.Reader, name string) (string, error) {
	at := Place{Name: name}
	data, err := io.ReadAll(io.LimitReader(r, corpus.MaxFileSize+1))
	if err != nil {
		return "", unreadable(name, err)
	}
	content := strings.TrimPrefix(string(data), "\uFEFF")
	switch {
	case len(data) > corpus.MaxFileSize:
		return "", at.fail(Unreadable, "", fmt.Sprintf("it is larger than %d MB, the most that is read", corpus.MaxFileSize>>20), "take a part of it")
	case !utf8.ValidString(content):
		return "", at.fail(Unreadable, "", "it is not UTF-8", "save it as UTF-8")
	}
	return content, nil
}

// separator is what stands most often in the first line.
func separator(content string) rune {
	header, _, _ := strings.Cut(content, "\n")
	best := ','
	for _, mark := range []rune{';', '\t'} {
		if strings.Count(header, string(mark)) > strings.Count(header, string(best)) {
			best = mark
		}
	}
	return best
}

func (t *table) readCSV(content string, comma rune) error {
	r := csv.NewReader(strings.NewReader(content))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, comma == '\t', -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return Place{t.Name, parse.StartLine}.fail(Unreadable, "", "the quotes are wrong", `put the whole field in quotes and write "" for a quote inside it`)
		}
		if err != nil {
			return unreadable(t.Name, err)
		}
		line, _ := r.FieldPos(0)
		at := Place{t.Name, line}
		switch {
		case strings.TrimSpace(strings.Join(record, "")) == "":
		case t.columns == nil:
			for _, name := range record {
				t.columns = append(t.columns, columnName(name))
			}
		case len(record) != len(t.columns):
			return at.fail(Unreadable, "", fmt.Sprintf("it has %d columns, the header has %d", len(record), len(t.columns)), "put a field that contains the separator in quotes")
		default:
			fields := map[string]string{}
			for i, name := range t.columns {
				fields[name] = record[i]
			}
			t.rows = append(t.rows, row{at, fields})
		}
	}
}

func (t *table) readJSONL(content string) error {
	number := 0
	for line := range strings.SplitSeq(content, "\n") {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		at := Place{t.Name, number}
		var values map[string]any
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		if err := decoder.Decode(&values); err != nil {
			return at.fail(Unreadable, "", "this is not a JSON object", `write one object a line`)
		}
		fields := map[string]string{}
		for key, value := range values {
			key = columnName(key)
			fields[key] = plain(value)
			if !slices.Contains(t.columns, key) {
				t.columns = append(t.columns, key)
			}
		}
		t.rows = append(t.rows, row{at, fields})
	}
	slices.Sort(t.columns)
	return nil
}

// plain writes a JSON value as it would stand in a table: lists with spaces between
// their values, objects as name:value.
func plain(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case []any:
		var parts []string
		for _, v := range value {
			parts = append(parts, plain(v))
		}
		return strings.Join(parts, " ")
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(value)) {
			parts = append(parts, name+":"+plain(value[name]))
		}
		return strings.Join(parts, " ")
	default:
		return fmt.Sprint(value)
	}
}

func columnName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
