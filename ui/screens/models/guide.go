package models

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/widget"
)

// askGuide answers "which model for…": a use case narrows the list to the models
// that serve it.
func (s *Screen) askGuide() {
	p := widget.NewPicker(s.Context, "Which model for …", "", s.guideItems)
	p.Aligned = true
	s.Open(p)
}

func (s *Screen) guideItems() []widget.PickItem {
	var items []widget.PickItem
	for _, use := range catalog.Guide() {
		_, first, _ := strings.Cut(use.Refs[0], "/")
		items = append(items, widget.PickItem{
			Label: use.Question, Detail: first, Hint: use.Price, Note: use.Advice,
			Marked: s.use != nil && s.use.Key == use.Key,
			Choose: func() tea.Cmd {
				s.narrow(&use)
				return nil
			},
		})
	}
	if s.use == nil {
		return items
	}
	return append(items, widget.PickItem{Label: "Every model", Note: "The whole catalog again.", Choose: func() tea.Cmd {
		s.narrow(nil)
		return nil
	}})
}

// narrow shows the models of a use case, the recommended one first; nil shows
// all.
func (s *Screen) narrow(use *catalog.UseCase) {
	s.use, s.query, s.reading = use, "", false
	s.sort, s.reverse = columnNone, false
	if use == nil {
		return
	}
	s.selectFirst()
	s.Inform("%s: %s", use.Question, use.Advice)
}
