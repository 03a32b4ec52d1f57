package ui

import (
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// choices are what the person has chosen besides texts and candidates.
type choices struct {
	threshold    float64
	perCandidate bool
	thresholds   map[string]float64 // of single candidates, by id
	order        orderMode
	prefixes     map[string]string // before queries, by model reference
}

// choices gives them to be remembered.
func (s *store) choices() choices {
	return choices{s.threshold, s.perCandidate, maps.Clone(s.overrides), s.order, maps.Clone(s.prefixes)}
}

// restoreChoices takes up what was remembered, before anything is computed.
func (s *store) restoreChoices(c choices) {
	s.threshold, s.perCandidate, s.order = c.threshold, c.perCandidate, c.order
	maps.Copy(s.overrides, c.thresholds)
	maps.Copy(s.prefixes, c.prefixes)
}

// restoreTexts takes up texts with which the history begins.
func (s *store) restoreTexts(texts []corpus.Text, from corpus.Origin) {
	s.corpus = corpus.New(texts)
	s.corpus.SetOrigin(from)
}

// restoreCandidate takes up a candidate, if there is room for it.
func (s *store) restoreCandidate(c api.Candidate) {
	if !s.full() && !slices.Contains(s.candidates, c) {
		s.candidates = append(s.candidates, c)
		s.touch()
	}
}
