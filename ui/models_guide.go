package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/catalog"
)

// askGuide answers "which model for…": a use case narrows the list to the models
// that serve it.
func (s *modelsScreen) askGuide() {
	s.open(newPicker(s.shared, "Which model for …", "", s.guideItems))
}

func (s *modelsScreen) guideItems() []pickItem {
	var items []pickItem
	for _, use := range catalog.Guide() {
		_, first, _ := strings.Cut(use.Refs[0], "/")
		items = append(items, pickItem{
			label: use.Question, detail: first, hint: use.Price, note: use.Advice,
			marked: s.use != nil && s.use.Key == use.Key,
			choose: func() tea.Cmd {
				s.narrow(&use)
				return nil
			},
		})
	}
	if s.use == nil {
		return items
	}
	return append(items, pickItem{label: "Every model", note: "The whole catalog again.", choose: func() tea.Cmd {
		s.narrow(nil)
		return nil
	}})
}

// narrow shows the models of a use case, the recommended one first; nil shows
// all.
func (s *modelsScreen) narrow(use *catalog.UseCase) {
	s.use, s.query, s.reading = use, "", false
	s.sort, s.reverse = columnNone, false
	if use == nil {
		return
	}
	s.selectFirst()
	s.info("%s: %s", use.Question, use.Advice)
}
