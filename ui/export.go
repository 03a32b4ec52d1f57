package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/report"
)

// export is something that can be taken out of the explorer: written to a file
// or, where it is short enough, copied.
type export struct {
	// what names it in a sentence: "the 36×36 matrix of local/use-lite@512".
	what string
	// name is that of its file without an ending.
	name string
	// remark is what to know of it in every format; may be empty.
	remark string
	// formats are those that it can be written in; the first one is proposed.
	formats []exportFormat
	// copied is the ending of the format that is copied; empty for .tsv.
	copied string
}

// exportFormat writes an export in the format that a file's ending stands for.
type exportFormat struct {
	ending string // with its dot
	// write is called outside the loop and must not look at what the loop changes.
	// The remark is what the person should know of the result; may be empty.
	write func(ctx context.Context, w io.Writer) (remark string, err error)
}

// format finds the format of a file name by its ending.
func (e export) format(name string) (exportFormat, bool) {
	ending := strings.ToLower(filepath.Ext(name))
	for _, f := range e.formats {
		if f.ending == ending {
			return f, true
		}
	}
	return exportFormat{}, false
}

// endings lists the formats: ".csv, .tsv or .json".
func (e export) endings() string {
	all := make([]string, len(e.formats))
	for i, f := range e.formats {
		all[i] = f.ending
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

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
			return guardedText(s.Guarded()), err
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
	return fmt.Sprintf("%s that a spreadsheet would compute got an apostrophe in front.", count(cells, "text"))
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

// askExport asks for the file to write to.
func (s *shared) askExport(e export) tea.Cmd {
	return s.askExportPath(e, e.name+e.formats[0].ending, "")
}

func (s *shared) askExportPath(e export, path, problem string) tea.Cmd {
	about := fmt.Sprintf("The ending says how: %s. ~ is your home, tab completes.", e.endings())
	p := newPathPrompt(s.theme, "Export "+e.what, about, "path of a file", func(value string) (tea.Cmd, string) {
		return s.export(e, value, false)
	})
	p.offers = func(name string) bool {
		_, ok := e.format(name)
		return ok
	}
	p.problem = problem
	p.input.SetValue(path)
	p.input.CursorEnd()
	s.open(p)
	return p.list()
}

// export begins to write a file, or gives the problem that is in the way.
func (s *shared) export(e export, path string, overwrite bool) (tea.Cmd, string) {
	if path == "" {
		return nil, "Type the name of a file; esc leaves everything as it is."
	}
	f, ok := e.format(path)
	switch {
	case directoryOf(path) == path:
		return nil, "This is a directory: type a file's name behind it."
	case !ok:
		return nil, "The name must end in " + e.endings() + "."
	case s.exports.busy():
		return nil, "Another file is still being written: esc twice stops that."
	}
	s.info("Writing %s; esc stops it.", path)
	o := exportOrder{export: e, format: f, path: path, overwrite: overwrite}
	ctx := s.exports.begin(s.store.life, &o)
	return writeExport(ctx, s.exports, o), ""
}

// exported tells how the writing of a file went. Where the name is in the way, it
// is asked for again; free tells that nothing else is open meanwhile.
func (s *shared) exported(msg exportedMsg, free bool) tea.Cmd {
	s.exports.end(msg.order)
	var taken *takenError
	switch {
	case msg.err == nil:
		text := fmt.Sprintf("Exported %s to %s (%s).", msg.order.export.what, msg.place, report.Bytes(msg.size))
		text = sentences(text, msg.order.export.remark, msg.remark)
		s.notify(noticeGood, text)
	case errors.Is(msg.err, context.Canceled):
		s.notify(noticeWarn, "Stopped: "+msg.order.path+" was not written.")
	case errors.As(msg.err, &taken) && free:
		s.askOverwrite(msg.order, taken)
	case free:
		return s.askExportPath(msg.order.export, msg.order.path, msg.err.Error())
	default:
		s.fail(msg.err)
	}
	return nil
}

// askOverwrite asks before a file is replaced.
func (s *shared) askOverwrite(o exportOrder, taken *takenError) {
	s.notify(noticeInfo, "Nothing has been written yet.")
	s.open(newConfirm("Overwrite "+Safe(filepath.Base(taken.place))+"?",
		[]string{fmt.Sprintf("It holds %s: %s", report.Bytes(taken.size), taken.place)},
		answer{key: "y", label: "yes, replace what it holds", run: func() tea.Cmd {
			cmd, problem := s.export(o.export, o.path, true)
			if problem != "" {
				s.notify(noticeWarn, problem)
			}
			return cmd
		}},
		answer{key: "n", label: "no, take another name", run: func() tea.Cmd {
			return s.askExportPath(o.export, o.path, "")
		}}))
}
