package session

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// CanEmbedAnew tells that a candidate is made from what a server gives.
func (s *Session) CanEmbedAnew() bool { return len(s.served()) > 0 }

// EmbedAnew asks for the vectors of all candidates again that servers give, past those
// that are kept, which those that come take the place of. What costs money waits for
// the person's word.
func (s *Session) EmbedAnew() tea.Cmd {
	s.Touch()
	s.trying.kept.embeddings = nil
	for key, source := range s.served() {
		if a := s.requests[key]; a != nil && a.Paid() {
			continue // it goes past nothing, but it is what was agreed to
		} else if a != nil {
			s.Requests().Stop(a)
		}
		s.anew[key] = true
		delete(s.embeddings, key)
		for _, c := range s.candidates {
			if of, ok := s.sourceOf(c); ok && of.Key() == source.Key() {
				delete(s.current.outcomes, c.ID())
			}
		}
	}
	return s.Invalidate(0)
}

// served are the sources of candidates that servers give, by their keys.
func (s *Session) served() map[string]pipeline.Source {
	out := map[string]pipeline.Source{}
	for _, c := range s.candidates {
		if source, ok := s.sourceOf(c); ok && !Inside(source.Model) && s.engine.Available(source.Model) == nil {
			out[source.Key()] = source
		}
	}
	return out
}

// sourceFor is what is asked for a candidate now.
func (s *Session) sourceFor(m api.Model, c api.Candidate) pipeline.Source {
	source, _ := pipeline.SourceOf(m, c)
	source.Fresh = s.anew[source.Key()]
	return source
}
