package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/term"
)

// pathPrompt asks for the path of a file; tab completes it.
type pathPrompt struct {
	*prompt
	// offers tells which files can be meant; directories always can.
	offers func(name string) bool
	listed string // the directory whose names are offered, as it was typed
	begun  bool
}

func newPathPrompt(t *theme, title, about, placeholder string, accept func(string) (tea.Cmd, string)) *pathPrompt {
	p := &pathPrompt{prompt: newPrompt(t, title, about, placeholder, accept)}
	p.input.ShowSuggestions = true
	return p
}

func (p *pathPrompt) update(msg tea.Msg) tea.Cmd {
	return tea.Batch(p.prompt.update(msg), p.list())
}

// list has the names listed that the path can go on with.
func (p *pathPrompt) list() tea.Cmd {
	directory := directoryOf(p.input.Value())
	if p.begun && directory == p.listed {
		return nil
	}
	p.begun, p.listed = true, directory
	p.input.SetSuggestions(nil)
	work := func(context.Context) ([]string, error) { return listDirectory(directory, p.offers), nil }
	return async(context.Background(), work, func(names []string, _ error) tea.Cmd {
		if directory == p.listed {
			p.offer(names)
		}
		return nil
	})
}

// directoryOf is the part of a path up to the last separator.
func directoryOf(path string) string {
	return path[:strings.LastIndexAny(path, "/"+string(os.PathSeparator))+1]
}

// offer makes completions of names; hidden ones only where a dot is typed, and
// none that could disturb the terminal.
func (p *pathPrompt) offer(names []string) {
	hidden := strings.HasPrefix(filepath.Base(p.input.Value()), ".")
	var paths []string
	for _, n := range names {
		if term.Safe(n) == n && (hidden || !strings.HasPrefix(n, ".")) {
			paths = append(paths, p.listed+n)
		}
	}
	p.input.SetSuggestions(paths)
}
