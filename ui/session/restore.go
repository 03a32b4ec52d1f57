package session

import (
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// Choices are what the person has chosen besides texts and candidates.
type Choices struct {
	Threshold    float64
	PerCandidate bool
	Thresholds   map[string]float64 // of single candidates, by id
	Order        orderMode
	Prefixes     map[string]string // before queries, by model reference
}

// Choices gives them to be remembered.
func (s *Session) Choices() Choices {
	return Choices{s.threshold, s.perCandidate, maps.Clone(s.overrides), s.order, maps.Clone(s.prefixes)}
}

// RestoreChoices takes up what was remembered, before anything is computed.
func (s *Session) RestoreChoices(c Choices) {
	s.threshold, s.perCandidate, s.order = c.Threshold, c.PerCandidate, c.Order
	maps.Copy(s.overrides, c.Thresholds)
	maps.Copy(s.prefixes, c.Prefixes)
}

// RestoreTexts takes up texts with which the history begins.
func (s *Session) RestoreTexts(texts []corpus.Text, from corpus.Origin) {
	s.corpus = corpus.New(texts)
	s.corpus.SetOrigin(from)
}

// RestoreCandidate takes up a candidate, if there is room for it.
func (s *Session) RestoreCandidate(c api.Candidate) {
	if !s.Full() && !slices.Contains(s.candidates, c) {
		s.candidates = append(s.candidates, c)
		s.Touch()
	}
}
