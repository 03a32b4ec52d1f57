package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
)

// ReadError reports why texts could not be read, where, and what to do about it.
type ReadError struct {
	// Name is the file's name, or what the stream is called.
	Name string
	// Row is the line of the file, or the row of a workbook, from 1; 0 when the whole file
	// is meant.
	Row int
	// Item is the element of a JSON array, from 1, where several share a line; else 0.
	Item int
	// Column is the place in that line in characters, from 1; 0 when there is none.
	Column int
	// Field is the name of the table's column or the JSON key; may be empty.
	Field string
	// Why says what is wrong.
	Why string
	// Hint says what to do.
	Hint string
	// Err is the cause, such as fs.ErrNotExist; may be nil.
	Err error
}

// Error is one line: where, why, what to do.
func (e *ReadError) Error() string { return printable(e.Name) + e.about() }

// Unnamed is Error without the file's name, where that is known.
func (e *ReadError) Unnamed() string { return strings.TrimLeft(e.about(), ":, ") }

// about is what follows the name.
func (e *ReadError) about() string {
	where := []string{""}
	if counted, number := e.place(); number > 0 {
		where = append(where, fmt.Sprintf("%s %d", counted, number))
	}
	switch {
	case e.Field != "":
		where = append(where, fmt.Sprintf("column %q", e.Field))
	case e.Column > 0:
		where = append(where, fmt.Sprintf("column %d", e.Column))
	}
	line := strings.Join(where, ", ") + ": " + e.Why
	if e.Hint != "" {
		line += "; " + e.Hint
	}
	return line
}

// place is what is numbered there, and the number.
func (e *ReadError) place() (counted string, number int) {
	if e.Item > 0 {
		return "item", e.Item
	}
	return CountedIn(e.Name), e.Row
}

// CountedIn is what an editor or a spreadsheet numbers in a file of that name: "row" in a
// workbook, else "line", since a text of a table may fill several.
func CountedIn(name string) string {
	if format, err := FormatOf(name); err == nil && format == formatXLSX {
		return "row"
	}
	return "line"
}

// Unwrap gives the cause.
func (e *ReadError) Unwrap() error { return e.Err }

// printable quotes a name that holds anything that could disturb a terminal.
func printable(name string) string {
	unprintable := func(r rune) bool { return !strconv.IsPrint(r) }
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable) {
		return strconv.Quote(name)
	}
	return name
}

// grouped writes a number with its thousands apart: 20,000.
func grouped(n int) string { return humanize.Comma(int64(n)) }
