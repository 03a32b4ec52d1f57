package session

import (
	"errors"
	"slices"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// ErrStopped is why a candidate lacks what the person has stopped.
var ErrStopped = errors.New("stopped")

// Stopped is what a stop has stopped.
type Stopped struct {
	// Paid and Free tell that candidates were worked on, those that cost money and
	// those that cost nothing.
	Paid, Free bool
	// Awaited is how many paid requests for candidates bring what they have got yet.
	Awaited int
	// Other is what else was asked; ForCandidates when nothing was.
	Other Purpose
}

// Stop stops what runs at the person's word; Run tells the end of it. What requests
// have got that cost money comes with their end, which says what may be charged.
func (s *Session) Stop() Stopped {
	was := s.StopAll()
	s.stopping.Free = was.Free
	return was
}

// StopAll stops what runs without anybody being told of its end, for the program is
// ending.
func (s *Session) StopAll() Stopped {
	var out Stopped
	for _, a := range s.requests {
		switch {
		case a.stopped:
		case !a.purpose.ofCandidates():
			out.Other = a.purpose
		case a.Paid():
			out.Paid = true
		default:
			out.Free = true
		}
		s.Requests().Stop(a)
	}
	out.Awaited = s.stopping.awaited
	if s.job == nil {
		return out
	}
	pending, texts := s.job.pending, s.job.texts
	if s.pending != nil { // what waits for a word does so from now on
		for id, o := range s.pending.outcomes {
			s.outcomeUnlessShown(id, o)
		}
	}
	s.endJob()
	s.stoppedCandidates = map[string]bool{}
	for _, c := range s.candidates {
		source, ok := s.sourceOf(c)
		if _, ends := s.requests[source.Key()]; !ok || ends || !pending[c.ID()] {
			continue
		}
		if s.engine.Paid(source.Model) && !s.holdsAll(source, texts) {
			out.Paid = true
			s.outcomeUnlessShown(c.ID(), outcome{unpaid: &pipeline.Estimate{Source: source}})
			continue
		}
		out.Free = true
		s.stoppedCandidates[c.ID()] = true
		s.outcomeUnlessShown(c.ID(), outcome{err: ErrStopped})
	}
	return out
}

// holdsAll tells whether nothing of the texts is still to be embedded.
func (s *Session) holdsAll(source pipeline.Source, texts []string) bool {
	emb := s.embeddings[source.Key()]
	return emb != nil && !emb.Partial && slices.Equal(emb.Texts, texts)
}

func (s *Session) outcomeUnlessShown(id string, o outcome) {
	s.Touch()
	if _, ok := s.current.outcomes[id]; !ok {
		s.current.outcomes[id] = o
	}
}
