package verdict

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Typing tells that words go into the filter.
func (s *Screen) Typing() bool { return s.filter.Typing() }

// Update takes what is typed into the filter.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	if !s.filter.Typing() {
		return nil
	}
	return s.filter.Take(s.Context, s.Actions(), msg)
}

// Back clears the filter.
func (s *Screen) Back() bool {
	if !s.filter.Shown() {
		return false
	}
	s.filter.Clear()
	return true
}

func (s *Screen) startFilter() {
	s.filter.Start(s.Theme, "words of models; enter keeps it, esc clears it")
}

// Filter shows the rows whose names have those words.
func (s *Screen) Filter(words string) { s.filter.Set(s.Theme, words) }

// named tells that a row's name has all words.
func named(r *trial.Row, words string) bool {
	for _, word := range strings.Fields(words) {
		if widget.IndexFold(term.Safe(r.ID), word) < 0 {
			return false
		}
	}
	return true
}

// filterLine is the line in which words are typed, with how many rows have them.
func (s *Screen) filterLine(w int) string {
	v := s.Session.Verdict()
	return s.filter.Draw(s.Theme, len(s.rows()), len(sorted(v.Trial(), v.Findings(), s.cuts, "")), "", w)
}
