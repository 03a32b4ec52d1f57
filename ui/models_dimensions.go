package ui

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/term"
)

// cannotHaveDimensions gives the reason why no dimensions can be chosen.
func (s *modelsScreen) cannotHaveDimensions() string {
	m, ok := s.model()
	if !ok {
		return s.needsModel()
	}
	return m.Unselectable()
}

// askDimensions offers the lengths of the model's vectors, each a candidate of
// its own; the picker stays open so that several can be marked.
func (s *modelsScreen) askDimensions() {
	m, ok := s.model()
	if !ok {
		return
	}
	about := "Their number is not known: the server says it. Or type one."
	if m.Limit() > 0 {
		about = fmt.Sprintf("or type any number from 1 to %d", m.Limit())
	}
	p := newPicker(s.shared, "Dimensions of "+term.Safe(m.ID), about, func() []pickItem { return s.dimensionItems(m) })
	p.stays = true
	p.input.Placeholder = "a number"
	p.nothing = "type a number of dimensions"
	p.typed = func(query string) (pickItem, bool) { return s.typedDimensions(m, query) }
	s.open(p)
}

// dimensionChoices are the lengths to offer: the common ones and those that take
// part already.
func dimensionChoices(m api.Model, chosen []api.Candidate) []int {
	choices := catalog.Presets(m)
	if m.Limit() == 0 {
		choices = []int{0}
	}
	for _, c := range chosen {
		choices = append(choices, c.Dimensions)
	}
	slices.Sort(choices)
	return slices.Compact(choices)
}

func (s *modelsScreen) dimensionItems(m api.Model) []pickItem {
	var chosen []api.Candidate
	for _, c := range s.store.candidates {
		if c.Model == m.Ref() {
			chosen = append(chosen, c)
		}
	}
	var items []pickItem
	for _, n := range dimensionChoices(m, chosen) {
		items = append(items, s.dimensionItem(m, n))
	}
	return items
}

func (s *modelsScreen) dimensionItem(m api.Model, n int) pickItem {
	c := api.Candidate{Model: m.Ref(), Dimensions: n}
	item := pickItem{
		label:  lengthLabel(n),
		detail: dimensionsOrigin(m, n),
		marked: slices.Contains(s.store.candidates, c),
		choose: func() tea.Cmd { return s.toggleCandidate(m, c) },
	}
	if !item.marked {
		item.reason = noRoom(s.store)
	}
	return item
}

// lengthLabel names a number of dimensions; 0 is what comes.
func lengthLabel(n int) string {
	if n == 0 {
		return "full"
	}
	return fmt.Sprint(n)
}

// typedDimensions makes an item of a number that is not in the list.
func (s *modelsScreen) typedDimensions(m api.Model, query string) (pickItem, bool) {
	n, err := strconv.Atoi(query)
	if err != nil || slices.ContainsFunc(s.dimensionItems(m), func(it pickItem) bool { return it.label == query }) {
		return pickItem{}, false
	}
	if err := m.CheckDimensions(n); err != nil {
		return pickItem{label: query, detail: "cannot be had", reason: err.Error()}, true
	}
	return s.dimensionItem(m, n), true
}

// toggleCandidate takes the candidate in or out and says so.
func (s *modelsScreen) toggleCandidate(m api.Model, c api.Candidate) tea.Cmd {
	cmd := s.store.toggle(c)
	if slices.Contains(s.store.candidates, c) {
		tellChosen(s.shared, m, c.Dimensions)
	} else {
		s.info("Taken out: %s.", c.ID())
	}
	return cmd
}
