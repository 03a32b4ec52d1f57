package session

import (
	"maps"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
)

// Choices are what the person has chosen besides texts and candidates, as it is
// remembered.
type Choices struct {
	Threshold    float64
	PerCandidate bool
	Thresholds   map[string]float64 // of single candidates, by id
	Order        OrderMode
	Roles        map[string]api.Roles // how texts are sent, by model reference
}

// Choices are the present ones; the maps are copies.
func (s *Session) Choices() Choices {
	return Choices{s.threshold, s.perCandidate, maps.Clone(s.overrides), s.order, maps.Clone(s.roles)}
}

// OriginOfSet is where the texts of a built-in set come from.
func OriginOfSet(s corpus.Set) corpus.Origin { return corpus.Origin{Source: s.Title, Set: s.Name} }

// Restorer takes up what an earlier session has left, before anything is computed.
type Restorer struct{ session *Session }

// Restore takes up an earlier session.
func (s *Session) Restore() Restorer { return Restorer{s} }

// Choices takes up what Session.Choices gave.
func (r Restorer) Choices(c Choices) {
	s := r.session
	s.threshold, s.perCandidate, s.order = c.Threshold, c.PerCandidate, c.Order
	maps.Copy(s.overrides, c.Thresholds)
	maps.Copy(s.roles, c.Roles)
}

// Texts takes up texts with which the history begins: no undo leads behind them.
func (r Restorer) Texts(texts []corpus.Text, from corpus.Origin) {
	r.session.corpus = corpus.New(texts)
	r.session.corpus.SetOrigin(from)
}

// Replacing takes up texts that have replaced those there are, so that an undo brings
// these back. The error says why they cannot all be taken; the texts stay as they
// were then.
func (r Restorer) Replacing(texts []corpus.Text, from corpus.Origin) error {
	return r.session.corpus.Set(texts, from)
}

// Candidate takes up a candidate, if there is room for it.
func (r Restorer) Candidate(c api.Candidate) {
	s := r.session
	if !s.Full() && !slices.Contains(s.candidates, c) {
		s.candidates = append(s.candidates, c)
		s.Touch()
	}
}
