package ui

import (
	"context"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
)

// newFilePrompt asks for a file with texts.
func (s *textsScreen) newFilePrompt(path, problem string) *pathPrompt {
	about := ".txt: one text a line. .csv, .tsv, .jsonl: a column “text”, if you like “id” and “group”. ~ is your home, tab completes."
	p := newPathPrompt(s.theme, "Open a file", about, "path of a file", func(value string) (tea.Cmd, string) {
		if value == "" {
			return nil, "Type the path of a file; esc leaves everything as it is."
		}
		return s.read(value), ""
	})
	p.offers = func(name string) bool {
		_, err := corpus.FormatOf(name)
		return err == nil
	}
	p.problem = problem
	p.input.SetValue(path)
	p.input.CursorEnd()
	return p
}

func (s *textsScreen) askFile() tea.Cmd { return s.askPath("", "") }

func (s *textsScreen) askPath(path, problem string) tea.Cmd {
	p := s.newFilePrompt(path, problem)
	s.open(p)
	return p.list()
}

// opened takes in the texts of a file. A problem is shown where the path can be
// mended, when the person is still there: free tells that nothing is in the way.
func (s *textsScreen) opened(path string, texts []corpus.Text, err error) tea.Cmd {
	if err != nil {
		if s.undisturbed(screenTexts) && !s.typing() {
			return s.askPath(path, err.Error())
		}
		s.fail(err)
		return nil
	}
	return s.take(texts, corpus.Origin{Source: filepath.Base(path)})
}

// read reads the texts of a file; ~ stands for the home directory.
func (s *textsScreen) read(path string) tea.Cmd {
	work := func(context.Context) ([]corpus.Text, error) { return corpus.ReadFile(expandHome(path)) }
	return async(s.store.life, work, func(texts []corpus.Text, err error) tea.Cmd { return s.opened(path, texts, err) })
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
	notice := fmt.Sprintf("%s: %s.", from.Title(), format.Count(len(texts), "text"))
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
				label: set.Title, detail: format.Count(len(set.Texts), "text"), note: set.About,
				marked: s.store.corpus.Origin().Set == set.Name,
				choose: func() tea.Cmd { return s.take(set.Texts, originOfSet(set)) },
			})
		}
		return items
	}))
}
