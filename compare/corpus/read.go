package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Format is how texts are written in a file.
type Format int

const (
	// FormatTXT has one text a line; blank lines are skipped.
	FormatTXT Format = iota
	// FormatCSV has a header and a column "text"; "id", "group" and "lang" are optional,
	// other columns are ignored. A semicolon may stand for the comma.
	FormatCSV
	// FormatTSV is the same with tabs.
	FormatTSV
	// FormatJSONL has one JSON object a line, with the same names as keys.
	FormatJSONL
)

var formats = map[string]Format{
	"":        FormatTXT,
	".txt":    FormatTXT,
	".text":   FormatTXT,
	".md":     FormatTXT,
	".log":    FormatTXT,
	".csv":    FormatCSV,
	".tsv":    FormatTSV,
	".tab":    FormatTSV,
	".jsonl":  FormatJSONL,
	".ndjson": FormatJSONL,
}

const readsThese = "vecscope reads .txt, .csv, .tsv and .jsonl files in UTF-8"

// FormatOf tells the format by the name's extension. A name without one, such as
// "-", has one text a line. The error is a *ReadError.
func FormatOf(name string) (Format, error) {
	ext := strings.ToLower(filepath.Ext(name))
	if format, ok := formats[ext]; ok {
		return format, nil
	}
	return 0, &ReadError{Name: name, Why: fmt.Sprintf("files that end in %s cannot be read", printable(ext)), Hint: readsThese}
}

// ReadFile reads the texts of a file in the format that its name tells. Every
// error is a *ReadError; fs.ErrNotExist and fs.ErrPermission can be found in it.
func ReadFile(path string) ([]Text, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if info.IsDir() {
		return nil, &ReadError{Name: path, Why: "this is a directory", Hint: "name a file in it"}
	}
	format, err := FormatOf(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().IsRegular() && info.Size() > MaxFileSize {
		return nil, tooLarge(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer f.Close()
	return Read(f, path, format)
}

func openError(path string, err error) error {
	e := &ReadError{Name: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Why, e.Hint = "there is no such file", "check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Why, e.Hint = "you are not allowed to read it", "check its permissions"
	default:
		e.Why, e.Hint = "it cannot be opened ("+cause(err)+")", "check the path"
	}
	return e
}

// cause is the system's reason without the call and the path, which the person
// knows already.
func cause(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return printable(err.Error())
}

func tooLarge(name string) error {
	return &ReadError{
		Name: name,
		Why:  fmt.Sprintf("it is larger than %d MB, the most that is read", MaxFileSize>>20),
		Hint: "take a part of it",
	}
}

// Read reads the texts of a stream, which errors call name. It reads no more than
// MaxFileSize. Two texts with the same id are an error, because results could not
// tell them apart. Every error is a *ReadError.
func Read(r io.Reader, name string, format Format) ([]Text, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, &ReadError{Name: name, Why: "it cannot be read (" + cause(err) + ")", Hint: "try again", Err: err}
	}
	if len(data) > MaxFileSize {
		return nil, tooLarge(name)
	}
	content, err := decode(data, name)
	if err != nil {
		return nil, err
	}
	c := &collector{name: name, rows: map[string]int{}}
	switch format {
	case FormatCSV:
		err = readTable(c, content, delimiter(content))
	case FormatTSV:
		err = readTSV(c, content)
	case FormatJSONL:
		err = readJSONL(c, content)
	default:
		err = readLines(c, content)
	}
	if err != nil {
		return nil, err
	}
	if len(c.texts) == 0 {
		return nil, &ReadError{Name: name, Why: "there are no texts in it", Hint: "write one text a line, or a table with a column \"text\""}
	}
	return c.texts, nil
}

// decode checks that the bytes are UTF-8 text and takes the byte order mark away.
func decode(data []byte, name string) (string, error) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return "", &ReadError{Name: name, Why: "it is written in UTF-16", Hint: "save it as UTF-8"}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if at := bytes.IndexByte(data, 0); at >= 0 {
		row, column := position(data, at)
		return "", &ReadError{Name: name, Row: row, Column: column, Why: "there is a NUL byte: this is not a text file", Hint: readsThese}
	}
	if !utf8.Valid(data) {
		at := firstInvalid(data)
		row, column := position(data, at)
		return "", &ReadError{Name: name, Row: row, Column: column, Why: fmt.Sprintf("the byte %#02x is not UTF-8", data[at]), Hint: "save it as UTF-8"}
	}
	return string(data), nil
}

func firstInvalid(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// position gives the line and the character of a byte, both from 1.
func position(data []byte, at int) (row, column int) {
	before := data[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// collector takes the texts of one file and checks what holds in every format.
type collector struct {
	name  string
	texts []Text
	rows  map[string]int // id → the row that has it
}

func (c *collector) fail(row int, field, why, hint string) error {
	return &ReadError{Name: c.name, Row: row, Field: field, Why: why, Hint: hint}
}

func (c *collector) add(row int, field string, t Text) error {
	if strings.TrimSpace(t.Text) == "" {
		return c.fail(row, field, "the text is empty", "write one or delete the row")
	}
	if n := utf8.RuneCountInString(t.Text); n > MaxTextLength {
		return c.fail(row, field, fmt.Sprintf("the text has %s characters", grouped(n)),
			fmt.Sprintf("split it: the longest that is read has %s", grouped(MaxTextLength)))
	}
	if len(c.texts) == MaxTexts {
		return c.fail(row, "", fmt.Sprintf("there are more than %s texts", grouped(MaxTexts)), "take a part of them")
	}
	if t.ID != "" {
		if first, taken := c.rows[t.ID]; taken {
			return c.fail(row, "id", fmt.Sprintf("row %d has the same id %.60q", first, t.ID), "give each text its own")
		}
		c.rows[t.ID] = row
	}
	c.texts = append(c.texts, t)
	return nil
}

// readLines reads one text a line, however the lines end.
func readLines(c *collector, content string) error {
	for row, line := range rows(unixLines(content)) {
		if err := c.add(row, "", Text{Text: line}); err != nil {
			return err
		}
	}
	return nil
}

// unixLines makes every line end in \n alone.
func unixLines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// rows gives the lines that are not blank, with their numbers from 1.
func rows(content string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		row := 0
		for line := range strings.SplitSeq(content, "\n") {
			row++
			line = strings.TrimSuffix(line, "\r")
			if strings.TrimSpace(line) != "" && !yield(row, line) {
				return
			}
		}
	}
}
