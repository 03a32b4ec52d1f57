package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/loop"
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

// TakesKeys tells that a key can be entered for a provider.
func (s *Session) TakesKeys(provider string) bool {
	return s.setKey != nil && slices.Contains(s.lists.servers, provider)
}

// SetKey gives the command that takes a key for a provider until the program ends. A
// KeyEvent tells how that went; then the provider's list is read, and what waits for the
// key goes on.
func (s *Session) SetKey(provider string, key api.Secret) tea.Cmd {
	set := s.setKey
	work := func(context.Context) (struct{}, error) { return struct{}{}, set(provider, key) }
	return loop.Async(s.life, work, func(_ struct{}, err error) tea.Cmd {
		s.Touch()
		s.emit(KeyEvent{provider, err})
		if err != nil {
			return nil
		}
		return tea.Batch(s.Invalidate(0), s.Lists().Refresh(provider))
	})
}
