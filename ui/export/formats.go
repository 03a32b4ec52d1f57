package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// sentences joins those that are not empty.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// Sheets are the formats for spreadsheets, both written by fill.
func Sheets(fill func(ctx context.Context, s *report.Sheet) error) []ui.ExportFormat {
	as := func(d report.Delimiter) func(context.Context, io.Writer) (string, error) {
		return func(ctx context.Context, w io.Writer) (string, error) {
			s := report.NewSheet(w, d)
			err := fill(ctx, s)
			return guardedText(s.Escaped()), err
		}
	}
	return []ui.ExportFormat{{Ending: ".csv", Write: as(report.Comma)}, {Ending: ".tsv", Write: as(report.Tab)}}
}

// guardedText tells of cells that were changed so that no spreadsheet computes
// them.
func guardedText(cells int) string {
	if cells == 0 {
		return ""
	}
	return fmt.Sprintf("%s that a spreadsheet would compute got an apostrophe in front.", format.Count(cells, "text"))
}

// Quiet is a format that has nothing to remark.
func Quiet(ending string, write func(ctx context.Context, w io.Writer) error) ui.ExportFormat {
	return ui.ExportFormat{Ending: ending, Write: func(ctx context.Context, w io.Writer) (string, error) { return "", write(ctx, w) }}
}

// FileWord makes a name part of a file name: what some system does not allow in
// one becomes "-".
func FileWord(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("._@+-", r):
			return r
		default:
			return '-'
		}
	}, name)
}

// Tables are the formats of something that has a writer for each. It is data by
// the time they are called, so that they need no context.
func Tables[T any](data T, sheet func(*report.Sheet, T) error, json, markdown, text func(io.Writer, T) error) []ui.ExportFormat {
	of := func(write func(io.Writer, T) error) func(context.Context, io.Writer) error {
		return func(_ context.Context, w io.Writer) error { return write(w, data) }
	}
	return append(Sheets(func(_ context.Context, s *report.Sheet) error { return sheet(s, data) }),
		Quiet(".json", of(json)), Quiet(".md", of(markdown)), Quiet(".txt", of(text)))
}

// Verbatim is a text as it is, for copying and, when that is too much, a file.
func Verbatim(what, name, text string) ui.Export {
	return ui.Export{What: what, Name: name, Copied: ".txt", Formats: []ui.ExportFormat{Quiet(".txt", func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})}}
}
