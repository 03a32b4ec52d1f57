package models

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// askDimensions offers the lengths of the model's vectors, each a candidate of
// its own; the picker stays open so that several can be marked.
func (s *Screen) askDimensions() {
	m, ok := s.model()
	if !ok {
		return
	}
	about := "Their number is not known: the server says it. Or type one."
	if m.Limit() > 0 {
		about = fmt.Sprintf("or type any number from 1 to %d", m.Limit())
	}
	p := widget.NewPicker(s.Context, "Dimensions of "+term.Safe(m.ID), about, func() []widget.PickItem { return s.dimensionItems(m) })
	p.Stays = true
	p.Input.Placeholder = "a number"
	p.Nothing = "type a number of dimensions"
	p.Typed = func(query string) (widget.PickItem, bool) { return s.typedDimensions(m, query) }
	s.Open(p)
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

func (s *Screen) dimensionItems(m api.Model) []widget.PickItem {
	var chosen []api.Candidate
	for _, c := range s.Session.Candidates() {
		if c.Model == m.Ref() {
			chosen = append(chosen, c)
		}
	}
	var items []widget.PickItem
	for _, n := range dimensionChoices(m, chosen) {
		items = append(items, s.dimensionItem(m, n))
	}
	return items
}

func (s *Screen) dimensionItem(m api.Model, n int) widget.PickItem {
	c := api.Candidate{Model: m.Ref(), Dimensions: n}
	item := widget.PickItem{
		Label:  lengthLabel(n),
		Detail: candidate.DimensionsOrigin(m, n),
		Marked: slices.Contains(s.Session.Candidates(), c),
		Choose: func() tea.Cmd { return s.toggleCandidate(m, c) },
	}
	if !item.Marked {
		item.Reason = ui.HasRoom(s.Session)()
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
func (s *Screen) typedDimensions(m api.Model, query string) (widget.PickItem, bool) {
	n, err := strconv.Atoi(query)
	if err != nil || slices.ContainsFunc(s.dimensionItems(m), func(it widget.PickItem) bool { return it.Label == query }) {
		return widget.PickItem{}, false
	}
	if err := m.CheckDimensions(n); err != nil {
		return widget.PickItem{Label: query, Detail: "cannot be had", Reason: err.Error()}, true
	}
	return s.dimensionItem(m, n), true
}

// toggleCandidate takes the candidate in or out and says so.
func (s *Screen) toggleCandidate(m api.Model, c api.Candidate) tea.Cmd {
	cmd := s.Session.Toggle(c)
	if slices.Contains(s.Session.Candidates(), c) {
		candidate.TellChosen(s.Context, m, c.Dimensions)
	} else {
		s.Inform("Removed: %s.", c.ID())
	}
	return cmd
}
