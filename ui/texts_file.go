package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/corpus"
)

// filePrompt asks for the path of a file; tab completes it.
type filePrompt struct {
	*prompt
	listed string // the directory whose names are offered, as it was typed
	begun  bool
}

func newFilePrompt(s *shared, path, problem string) *filePrompt {
	about := ".txt: one text a line. .csv, .tsv, .jsonl: a column “text”, if you like “id” and “group”. ~ is your home, tab completes."
	p := newPrompt(s.theme, "Open a file", about, "path of a file", func(value string) (tea.Cmd, string) {
		if value == "" {
			return nil, "Type the path of a file; esc leaves everything as it is."
		}
		return readTexts(value), ""
	})
	p.problem = problem
	p.input.SetValue(path)
	p.input.CursorEnd()
	p.input.ShowSuggestions = true
	return &filePrompt{prompt: p}
}

func (p *filePrompt) update(msg tea.Msg) tea.Cmd {
	if listing, ok := msg.(directoryMsg); ok {
		if listing.directory == p.listed {
			p.offer(listing.names)
		}
		return nil
	}
	return tea.Batch(p.prompt.update(msg), p.list())
}

// list has the names listed that the path can go on with.
func (p *filePrompt) list() tea.Cmd {
	directory := directoryOf(p.input.Value())
	if p.begun && directory == p.listed {
		return nil
	}
	p.begun, p.listed = true, directory
	p.input.SetSuggestions(nil)
	return listDirectory(directory)
}

// directoryOf is the part of a path up to the last separator.
func directoryOf(path string) string {
	return path[:strings.LastIndexAny(path, "/"+string(os.PathSeparator))+1]
}

// offer makes completions of names; hidden ones only where a dot is typed, and
// none that could disturb the terminal.
func (p *filePrompt) offer(names []string) {
	hidden := strings.HasPrefix(filepath.Base(p.input.Value()), ".")
	var paths []string
	for _, n := range names {
		if Safe(n) == n && (hidden || !strings.HasPrefix(n, ".")) {
			paths = append(paths, p.listed+n)
		}
	}
	p.input.SetSuggestions(paths)
}

func (s *textsScreen) askFile() tea.Cmd { return s.askPath("", "") }

func (s *textsScreen) askPath(path, problem string) tea.Cmd {
	p := newFilePrompt(s.shared, path, problem)
	s.open(p)
	return p.list()
}

// opened takes in the texts of a file. A problem is shown where the path can be
// mended, when the person is still there: free tells that nothing is in the way.
func (s *textsScreen) opened(msg textsMsg, free bool) tea.Cmd {
	if msg.err != nil {
		if free && !s.typing() {
			return s.askPath(msg.path, msg.err.Error())
		}
		s.fail(msg.err)
		return nil
	}
	return s.take(msg.texts, corpus.Origin{Source: msg.source})
}

// take puts texts in the place of the present ones, which can be undone.
func (s *textsScreen) take(texts []corpus.Text, from corpus.Origin) tea.Cmd {
	s.endWriting()
	own := s.store.corpus.Len() > 0 && s.store.corpus.Origin().Own()
	cmd, err := s.store.setTexts(texts, from)
	if err != nil {
		s.fail(err)
		return nil
	}
	s.endFilter()
	s.firstRow, s.reading = 0, false
	notice := fmt.Sprintf("%s: %s.", from.Title(), count(len(texts), "text"))
	if own {
		notice += " u brings your own texts back."
	}
	s.notify(noticeGood, notice)
	return cmd
}

// askExample offers the built-in sets with what each shows.
func (s *textsScreen) askExample() {
	s.open(newPicker(s.shared, "Load an example", "", func() []pickItem {
		var items []pickItem
		for _, set := range corpus.Sets() {
			items = append(items, pickItem{
				label: set.Title, detail: count(len(set.Texts), "text"), note: set.About,
				marked: s.store.corpus.Origin().Set == set.Name,
				choose: func() tea.Cmd { return s.take(set.Texts, originOfSet(set)) },
			})
		}
		return items
	}))
}
