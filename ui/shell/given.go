package shell

import (
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
)

// given is how far the opening is of what the explorer was started with.
type given struct {
	// opening tells that the texts of before may give way to those of a file; until that is
	// decided nothing is computed of them, and no server is sent them.
	opening bool
	// labels are a file of labels that waits for its texts; empty for none.
	labels string
	// labelled are the files of the texts that it was opened for.
	labelled corpus.Files
}

// fileTaker is the screen that opens files, with its id; nil where there is none.
func (a *App) fileTaker() (taker ui.FileTaker, id string) {
	for _, s := range a.screens {
		if taker, ok := s.(ui.FileTaker); ok {
			return taker, s.Info().ID
		}
	}
	return nil, ""
}

// openGiven opens the file that the explorer was started with, on the screen that
// opens files; where another was asked for, that one stays, and what is to be asked of
// the file is asked over it.
func (a *App) openGiven() tea.Cmd {
	taker, id := a.fileTaker()
	if a.options.Open == "" || taker == nil {
		return nil
	}
	if a.opener = id; a.options.Start.Screen == "" {
		a.SetScreen(id)
	}
	a.given.labels = a.options.Labels
	if a.given.opening = len(a.options.Texts) == 0; a.given.opening {
		a.Session.Hold()
	}
	return taker.TakeFile(a.options.Open)
}

// followGiven begins to compute once it is decided which texts there are, and opens the
// labels that were given for those of a file as soon as these are there.
func (a *App) followGiven() tea.Cmd {
	taker, _ := a.fileTaker()
	if taker == nil || taker.OpeningFile() || len(a.overlays) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	decided := a.given.opening
	if decided {
		a.given.opening = false
		cmds = append(cmds, a.Session.Release())
	}
	if a.given.labels == "" {
		return tea.Batch(cmds...)
	}
	files := a.Session.Corpus().Origin().Files
	switch texts := corpus.FilesAt(corpus.Options{}, corpus.PathOf(a.options.Open)); {
	case slices.Equal(files.Paths(), texts.Paths()):
		cmds = append(cmds, taker.TakeFile(a.given.labels))
		a.given.labels, a.given.labelled = "", files
	case decided:
		a.Notify(ui.NoticeWarn, base(a.given.labels)+" waits for the texts of "+base(a.options.Open)+": o on Texts opens that.")
	}
	return tea.Batch(cmds...)
}

// base is the last part of a path, to be shown.
func base(path string) string { return term.Safe(filepath.Base(path)) }
