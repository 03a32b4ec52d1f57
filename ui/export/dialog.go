package export

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Dialog asks where an export shall go, writes it there or copies it, and
// says how that went.
type Dialog struct {
	*ui.Context
	Writer Writer
	// Free tells that no box is open that another one would cover; answers that come
	// late open none over it.
	Free func() bool
}

// Ask asks for the file to write to.
func (s *Dialog) Ask(e ui.Export) tea.Cmd {
	return s.askPath(e, e.Name+e.Formats[0].Ending, "")
}

func (s *Dialog) askPath(e ui.Export, path, problem string) tea.Cmd {
	about := fmt.Sprintf("The ending says how: %s. ~ is your home, tab completes.", e.Endings())
	p := widget.NewPathPrompt(s.Theme, "Export "+e.What, about, "path of a file", func(value string) (tea.Cmd, string) {
		return s.write(e, value, leaveExisting)
	})
	p.Offers = func(name string) bool {
		_, ok := e.Format(name)
		return ok
	}
	p.Problem = problem
	p.Input.SetValue(path)
	p.Input.CursorEnd()
	s.Open(p)
	return p.List()
}

// write begins to write a file, or gives the problem that is in the way.
func (s *Dialog) write(e ui.Export, path string, existing onExisting) (tea.Cmd, string) {
	if path == "" {
		return nil, "Type the name of a file; esc leaves everything as it is."
	}
	f, ok := e.Format(path)
	switch {
	case widget.DirectoryOf(path) == path:
		return nil, "This is a directory: type a file's name behind it."
	case !ok:
		return nil, "The name must end in " + e.Endings() + "."
	case s.Writer.busy():
		return nil, "Another file is still being written: esc twice stops that."
	}
	s.Inform("Writing %s; esc stops it.", path)
	o := order{export: e, format: f, path: path, existing: existing}
	ctx := s.Writer.begin(s.Session.Life(), &o)
	work := func(ctx context.Context) (exported, error) { return s.Writer.write(ctx, o) }
	return loop.Async(ctx, work, func(w exported, err error) tea.Cmd { return s.written(o, w, err) }), ""
}

// written tells how the writing of a file went. Where the name is in the way, it
// is asked for again.
func (s *Dialog) written(o order, w exported, err error) tea.Cmd {
	s.Writer.end(o)
	var taken *takenError
	switch {
	case err == nil:
		text := fmt.Sprintf("Exported %s to %s (%s).", o.export.What, w.place, format.Bytes(w.size))
		text = sentences(text, o.export.Remark, w.remark)
		s.Notify(ui.NoticeGood, text)
	case errors.Is(err, context.Canceled):
		s.Notify(ui.NoticeWarn, "Stopped: "+o.path+" was not written.")
	case errors.As(err, &taken) && s.Free():
		s.askOverwrite(o, taken)
	case s.Free():
		return s.askPath(o.export, o.path, err.Error())
	default:
		s.Fail(err)
	}
	return nil
}

// askOverwrite asks before a file is replaced.
func (s *Dialog) askOverwrite(o order, taken *takenError) {
	s.Notify(ui.NoticeInfo, "Nothing has been written yet.")
	s.Open(widget.NewQuestion(s.Context, "Overwrite "+term.Safe(filepath.Base(taken.place))+"?",
		[]string{fmt.Sprintf("It holds %s: %s", format.Bytes(taken.size), taken.place)},
		widget.Option{Key: "O", Label: "overwrite it", Run: func() tea.Cmd {
			cmd, problem := s.write(o.export, o.path, replaceExisting)
			if problem != "" {
				s.Notify(ui.NoticeWarn, problem)
			}
			return cmd
		}},
		widget.Option{Key: "n", Label: "no, take another name", Run: func() tea.Cmd {
			return s.askPath(o.export, o.path, "")
		}}))
}
