package session

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
)

// Inside tells that the model is part of this program.
func Inside(m api.Model) bool { return m.Source == api.SourceBinary }

// CandidateIDs are the ids of candidates, in their order.
func CandidateIDs(candidates []api.Candidate) []string {
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.ID()
	}
	return ids
}

// MaxCandidates is how many candidates take part at the most.
const MaxCandidates = 6

// Candidates are those that take part, in their order. The slice is the session's own.
func (s *Session) Candidates() []api.Candidate { return s.candidates }

// Has tells whether the model takes part, at whatever dimensions.
func (s *Session) Has(ref string) bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool { return c.Model == ref })
}

// Full tells that no further candidate can be added.
func (s *Session) Full() bool { return len(s.candidates) >= MaxCandidates }

// Toggle adds the candidate, or takes it out when it takes part already.
func (s *Session) Toggle(c api.Candidate) tea.Cmd {
	if slices.Contains(s.candidates, c) {
		return s.takeOut(func(other api.Candidate) bool { return other == c })
	}
	if s.Full() {
		return nil
	}
	s.candidates = append(s.candidates, c)
	return s.Invalidate(0)
}

// ToggleModel adds the model at its usual dimensions, or takes it out at all
// dimensions when it takes part already.
func (s *Session) ToggleModel(m api.Model) tea.Cmd {
	if s.Has(m.Ref()) {
		return s.takeOut(func(c api.Candidate) bool { return c.Model == m.Ref() })
	}
	return s.Toggle(api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions})
}

func (s *Session) takeOut(which func(api.Candidate) bool) tea.Cmd {
	s.keepFocus(func() { s.candidates = slices.DeleteFunc(s.candidates, which) })
	return s.Invalidate(0)
}

// Focused is the index of the candidate in focus; 0 when there is none.
func (s *Session) Focused() int { return min(s.focus, max(len(s.candidates)-1, 0)) }

// SetFocus puts the i-th candidate in focus, or the last one.
func (s *Session) SetFocus(i int) { s.focus = min(i, len(s.candidates)-1) }

// CycleFocus moves the focus to a candidate further on, around the end.
func (s *Session) CycleFocus(by int) {
	if n := len(s.candidates); n > 0 {
		s.focus = (s.Focused() + by + n) % n
	}
}

// keepFocus keeps the same candidate in focus while f changes their list, as
// long as it takes part.
func (s *Session) keepFocus(f func()) {
	if len(s.candidates) == 0 {
		f()
		return
	}
	c := s.candidates[s.Focused()]
	f()
	if at := slices.Index(s.candidates, c); at >= 0 {
		s.focus = at
	}
}

// Resize puts another number of dimensions in the place of the i-th candidate.
func (s *Session) Resize(i, dimensions int) tea.Cmd {
	s.Touch()
	c := api.Candidate{Model: s.candidates[i].Model, Dimensions: dimensions}
	if slices.Contains(s.candidates, c) {
		return nil
	}
	if own, ok := s.overrides[s.candidates[i].ID()]; ok {
		s.overrides[c.ID()] = own
	}
	s.candidates[i] = c
	return s.Invalidate(0)
}

// MoveCandidate changes the i-th candidate's place.
func (s *Session) MoveCandidate(i, by int) tea.Cmd {
	to := i + by
	if i < 0 || i >= len(s.candidates) || to < 0 || to >= len(s.candidates) {
		return nil
	}
	s.keepFocus(func() { s.candidates[i], s.candidates[to] = s.candidates[to], s.candidates[i] })
	s.Touch()
	s.unsaved = true
	return s.ensureOrder()
}

// nameInFull gives candidates that waited for a list the names that it has for them:
// Ollama's without a tag is the latest.
func (s *Session) nameInFull() {
	var kept []api.Candidate
	for _, c := range s.candidates {
		if _, err := s.Find(c.Model); err != nil {
			if full, _, err := s.engine.Catalog.Resolve(c.ID()); err == nil {
				if own, ok := s.overrides[c.ID()]; ok {
					s.overrides[full.ID()] = own
				}
				c = full
			}
		}
		if !slices.Contains(kept, c) {
			kept = append(kept, c)
		}
	}
	s.keepFocus(func() { s.candidates = kept })
	s.Touch()
}
