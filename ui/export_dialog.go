package ui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// exportDialog asks where an export shall go, writes it there or copies it, and
// says how that went.
type exportDialog struct {
	*shared
	writer exporter
	// free tells that no box is open that another one would cover.
	free func() bool
}

// ask asks for the file to write to.
func (s *exportDialog) ask(e export) tea.Cmd {
	return s.askPath(e, e.name+e.formats[0].ending, "")
}

func (s *exportDialog) askPath(e export, path, problem string) tea.Cmd {
	about := fmt.Sprintf("The ending says how: %s. ~ is your home, tab completes.", e.endings())
	p := newPathPrompt(s.theme, "Export "+e.what, about, "path of a file", func(value string) (tea.Cmd, string) {
		return s.write(e, value, false)
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

// write begins to write a file, or gives the problem that is in the way.
func (s *exportDialog) write(e export, path string, overwrite bool) (tea.Cmd, string) {
	if path == "" {
		return nil, "Type the name of a file; esc leaves everything as it is."
	}
	f, ok := e.format(path)
	switch {
	case directoryOf(path) == path:
		return nil, "This is a directory: type a file's name behind it."
	case !ok:
		return nil, "The name must end in " + e.endings() + "."
	case s.writer.busy():
		return nil, "Another file is still being written: esc twice stops that."
	}
	s.info("Writing %s; esc stops it.", path)
	o := exportOrder{export: e, format: f, path: path, overwrite: overwrite}
	ctx := s.writer.begin(s.store.life, &o)
	work := func(ctx context.Context) (exported, error) { return s.writer.write(ctx, o) }
	return async(ctx, work, func(w exported, err error) tea.Cmd { return s.written(o, w, err) }), ""
}

// written tells how the writing of a file went. Where the name is in the way, it
// is asked for again.
func (s *exportDialog) written(o exportOrder, w exported, err error) tea.Cmd {
	s.writer.end(o)
	var taken *takenError
	switch {
	case err == nil:
		text := fmt.Sprintf("Exported %s to %s (%s).", o.export.what, w.place, format.Bytes(w.size))
		text = sentences(text, o.export.remark, w.remark)
		s.notify(noticeGood, text)
	case errors.Is(err, context.Canceled):
		s.notify(noticeWarn, "Stopped: "+o.path+" was not written.")
	case errors.As(err, &taken) && s.free():
		s.askOverwrite(o, taken)
	case s.free():
		return s.askPath(o.export, o.path, err.Error())
	default:
		s.fail(err)
	}
	return nil
}

// askOverwrite asks before a file is replaced.
func (s *exportDialog) askOverwrite(o exportOrder, taken *takenError) {
	s.notify(noticeInfo, "Nothing has been written yet.")
	s.open(newConfirm("Overwrite "+term.Safe(filepath.Base(taken.place))+"?",
		[]string{fmt.Sprintf("It holds %s: %s", format.Bytes(taken.size), taken.place)},
		answer{key: "y", label: "yes, replace what it holds", run: func() tea.Cmd {
			cmd, problem := s.write(o.export, o.path, true)
			if problem != "" {
				s.notify(noticeWarn, problem)
			}
			return cmd
		}},
		answer{key: "n", label: "no, take another name", run: func() tea.Cmd {
			return s.askPath(o.export, o.path, "")
		}}))
}
