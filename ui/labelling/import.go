package labelling

import (
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Import takes in what somebody else has said of the texts, from a file that it asks for.
type Import struct {
	*ui.Context
	// Title and About head the question.
	Title, About string
	// Take takes in the file at a path and goes on, on the loop, with what became of it.
	Take func(path string, then func(Taken, error) tea.Cmd) tea.Cmd
	// Here tells that the person still looks where the file was asked for.
	Here func() bool
}

// Taken is what became of a file.
type Taken struct {
	// Said is that in a sentence or a few, which follow the file's name; Lacks tells that
	// something of it was left out.
	Said  string
	Lacks bool
	// Disagreements gives a box with what the file says otherwise than the person; nil
	// for nothing. It is called with the file's name.
	Disagreements func(file string) ui.Overlay
}

// Ask asks for the file.
func (f Import) Ask() tea.Cmd { return f.ask("", "") }

func (f Import) ask(path, problem string) tea.Cmd {
	p := widget.NewPathPrompt(f.Theme, f.Title, f.About, "path of a file", func(value string) (tea.Cmd, string) {
		if value == "" {
			return nil, "Type the path of a file; esc leaves everything as it is."
		}
		return f.take(value), ""
	})
	p.Offers = func(name string) bool {
		_, err := corpus.FormatOf(name)
		return err == nil
	}
	p.Lists, p.Path, p.Problem = true, corpus.PathOf, problem
	p.Input.SetValue(path)
	p.Input.CursorEnd()
	f.Open(p)
	return p.List()
}

// take takes the file in and tells what became of it, or asks again.
func (f Import) take(typed string) tea.Cmd {
	return f.Take(corpus.PathOf(typed), func(taken Taken, err error) tea.Cmd {
		switch {
		case err != nil && f.Here():
			return f.ask(typed, err.Error())
		case err != nil:
			f.Fail(err)
			return nil
		}
		file, level := term.Safe(filepath.Base(typed)), ui.NoticeGood
		if taken.Lacks {
			level = ui.NoticeWarn
		}
		f.Notify(level, file+": "+taken.Said)
		if taken.Disagreements != nil && f.Here() {
			f.Open(taken.Disagreements(file))
		}
		return nil
	})
}
