package session

import (
	"errors"
	"slices"

	"github.com/vecscope/vecscope/api"
)

// Insecure tells that a model cannot be asked before the person allows its
// provider's key to cross a network in the clear; nil when that is not the reason.
func (s *Session) Insecure(m api.Model) *api.InsecureKeyError {
	var err *api.InsecureKeyError
	if errors.As(s.engine.Available(m), &err) {
		return err
	}
	return nil
}

// InsecureCandidates are the leaves that the candidates' providers lack, one each.
func (s *Session) InsecureCandidates() []*api.InsecureKeyError {
	var out []*api.InsecureKeyError
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil {
			continue
		}
		lacks := s.Insecure(m)
		if lacks != nil && !slices.ContainsFunc(out, func(e *api.InsecureKeyError) bool { return e.Provider == lacks.Provider }) {
			out = append(out, lacks)
		}
	}
	return out
}
