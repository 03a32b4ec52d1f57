package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// sentences joins those that are not empty.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// sheets are the formats for spreadsheets, both written by fill.
func sheets(fill func(ctx context.Context, s *report.Sheet) error) []exportFormat {
	as := func(d report.Delimiter) func(context.Context, io.Writer) (string, error) {
		return func(ctx context.Context, w io.Writer) (string, error) {
			s := report.NewSheet(w, d)
			err := fill(ctx, s)
			return guardedText(s.Escaped()), err
		}
	}
	return []exportFormat{{".csv", as(report.Comma)}, {".tsv", as(report.Tab)}}
}

// guardedText tells of cells that were changed so that no spreadsheet computes
// them.
func guardedText(cells int) string {
	if cells == 0 {
		return ""
	}
	return fmt.Sprintf("%s that a spreadsheet would compute got an apostrophe in front.", format.Count(cells, "text"))
}

// quiet is a format that has nothing to remark.
func quiet(ending string, write func(ctx context.Context, w io.Writer) error) exportFormat {
	return exportFormat{ending, func(ctx context.Context, w io.Writer) (string, error) { return "", write(ctx, w) }}
}

// fileWord makes a name part of a file name: what some system does not allow in
// one becomes "-".
func fileWord(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("._@+-", r):
			return r
		default:
			return '-'
		}
	}, name)
}

// tables are the formats of something that has a writer for each. It is data by
// the time they are called, so that they need no context.
func tables[T any](data T, sheet func(*report.Sheet, T) error, json, markdown, text func(io.Writer, T) error) []exportFormat {
	of := func(write func(io.Writer, T) error) func(context.Context, io.Writer) error {
		return func(_ context.Context, w io.Writer) error { return write(w, data) }
	}
	return append(sheets(func(_ context.Context, s *report.Sheet) error { return sheet(s, data) }),
		quiet(".json", of(json)), quiet(".md", of(markdown)), quiet(".txt", of(text)))
}

// verbatim is a text as it is, for copying and, when that is too much, a file.
func verbatim(what, name, text string) export {
	return export{what: what, name: name, copied: ".txt", formats: []exportFormat{quiet(".txt", func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})}}
}
