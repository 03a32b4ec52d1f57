package widget

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// PathPrompt asks for the path of a file; tab completes it.
type PathPrompt struct {
	*Prompt
	// Offers tells which files can be meant; directories always can.
	Offers func(name string) bool
	listed string // the directory whose names are offered, as it was typed
	begun  bool
}

// NewPathPrompt is NewPrompt for a path.
func NewPathPrompt(t *theme.Theme, title, about, placeholder string, accept func(string) (tea.Cmd, string)) *PathPrompt {
	p := &PathPrompt{Prompt: NewPrompt(t, title, about, placeholder, accept)}
	p.Input.ShowSuggestions = true
	return p
}

// Update edits the path, and has the names listed with which it can go on.
func (p *PathPrompt) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(p.Prompt.Update(msg), p.List())
}

// List has the names listed that the path can go on with.
func (p *PathPrompt) List() tea.Cmd {
	directory := DirectoryOf(p.Input.Value())
	if p.begun && directory == p.listed {
		return nil
	}
	p.begun, p.listed = true, directory
	p.Input.SetSuggestions(nil)
	work := func(context.Context) ([]string, error) { return listDirectory(directory, p.Offers), nil }
	return loop.Async(context.Background(), work, func(names []string, _ error) tea.Cmd {
		if directory == p.listed {
			p.offer(names)
		}
		return nil
	})
}

// DirectoryOf is the part of a path up to the last separator.
func DirectoryOf(path string) string {
	return path[:strings.LastIndexAny(path, "/"+string(os.PathSeparator))+1]
}

// offer makes completions of names; hidden ones only where a dot is typed, and
// none that could disturb the terminal.
func (p *PathPrompt) offer(names []string) {
	hidden := strings.HasPrefix(filepath.Base(p.Input.Value()), ".")
	var paths []string
	for _, n := range names {
		if term.Safe(n) == n && (hidden || !strings.HasPrefix(n, ".")) {
			paths = append(paths, p.listed+n)
		}
	}
	p.Input.SetSuggestions(paths)
}
