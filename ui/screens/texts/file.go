package texts

import (
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

// newFilePrompt asks for a file with texts.
func (s *Screen) newFilePrompt(path, problem string) *widget.PathPrompt {
	about := ".txt: one text a line. .csv, .tsv, .xlsx, .jsonl, .json: a column of texts, if you like of ids and groups. Pairs (a, b, score) and queries (query, relevant) are labels. ~ is your home."
	p := widget.NewPathPrompt(s.Theme, "Open a file", about, "path of a file", func(value string) (tea.Cmd, string) {
		if value == "" {
			return nil, "Type the path of a file; esc leaves everything as it is."
		}
		return s.openFile(value, corpus.Options{}), ""
	})
	p.Offers = func(name string) bool {
		_, err := corpus.FormatOf(name)
		return err == nil
	}
	p.Lists, p.Path = true, corpus.PathOf
	p.Problem = problem
	p.Input.SetValue(path)
	p.Input.CursorEnd()
	return p
}

func (s *Screen) askFile() tea.Cmd { return s.askPath("", "") }

func (s *Screen) askPath(path, problem string) tea.Cmd {
	p := s.newFilePrompt(path, problem)
	s.Open(p)
	return p.List()
}

// Opened takes in the texts of a file.
func (s *Screen) Opened(path string, texts []corpus.Text, err error) tea.Cmd {
	return s.takeReading(path, corpus.Options{}, &corpus.Reading{Texts: texts}, err)
}

// takeReading takes in the texts of a file that was read in that way. A problem is shown where the path can be
// mended, when the person is still there.
func (s *Screen) takeReading(path string, how corpus.Options, r *corpus.Reading, err error) tea.Cmd {
	if err != nil {
		if s.Undisturbed(ID) && !s.Typing() {
			return s.askPath(path, err.Error())
		}
		s.Fail(err)
		return nil
	}
	if how.Columns.Text != "" {
		r.Guessed = false // the person has just said which columns
	}
	s.last = opened{filepath.Base(path), r}
	return s.take(r.Texts, corpus.Origin{Source: filepath.Base(path), Files: corpus.FilesAt(how, path)}, r.Notes()...)
}

// hasOwn tells that the texts are the person's own work.
func (s *Screen) hasOwn() bool {
	return s.Session.Corpus().Len() > 0 && s.Session.Corpus().Origin().Own()
}

// ownBack is said where others took the place of the person's own texts.
const ownBack = " u brings your own texts back."

// take puts texts in the place of the present ones, which can be undone; notes are
// said of them.
func (s *Screen) take(texts []corpus.Text, from corpus.Origin, notes ...string) tea.Cmd {
	s.endWriting()
	own := s.hasOwn()
	cmd, err := s.Session.Edits().Replace(texts, from)
	if err != nil {
		s.Fail(err)
		return nil
	}
	s.endFilter()
	s.firstRow, s.reading = 0, false
	notice := fmt.Sprintf("%s: %s.", from.Title(), format.Count(len(texts), "text"))
	if own {
		notice += ownBack
	}
	if len(notes) > 0 {
		notice += " " + widget.Sentence(strings.Join(notes, "; "))
	}
	s.Notify(ui.NoticeGood, notice)
	return cmd
}

// askExample offers the built-in sets with what each shows.
func (s *Screen) askExample() {
	s.Open(widget.NewPicker(s.Context, "Load an example", "", func() []widget.PickItem {
		var items []widget.PickItem
		for _, set := range corpus.Sets() {
			items = append(items, widget.PickItem{
				Label: set.Title, Detail: set.Name + " · " + format.Count(len(set.Texts), "text"), Note: set.About,
				Marked: s.Session.Corpus().Origin().Set == set.Name,
				Choose: func() tea.Cmd { return s.take(set.Texts, session.OriginOfSet(set)) },
			})
		}
		return items
	}))
}

// examples are the built-in sets, which the palette finds by title and by name.
func (s *Screen) examples() []ui.Action {
	var list []ui.Action
	for _, name := range corpus.SetNames() {
		list = append(list, ui.Action{
			ID: "texts.example." + name, Name: "example: " + corpus.SetTitle(name) + " · " + name, Group: ui.GroupDo,
			Run: func() tea.Cmd {
				set, _ := corpus.FindSet(name)
				return s.take(set.Texts, session.OriginOfSet(set))
			},
		})
	}
	return list
}
