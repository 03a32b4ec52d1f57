package session

import (
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// LengthChange is that a model's vectors have another length than its list says or, where
// that says none, are shorter than was asked for.
type LengthChange struct {
	Model api.Model // as listed
	Came  int       // how many dimensions its vectors have
	Asked int       // how many were asked for; 0 where its list says another length
}

// learnDimensions lets the length of the full vectors that came win over the catalog's, in
// its row and in the candidates made from them.
func (s *Session) learnDimensions(emb *pipeline.Embedding) {
	m, err := s.engine.Catalog.Find(emb.Source.Model.Ref())
	came := emb.Vectors.Dim()
	if err != nil || emb.Source.Dimensions != 0 || came == 0 {
		return
	}
	asItCame := slices.Contains(s.candidates, api.Candidate{Model: m.Ref()})
	if came == m.Dimensions && !asItCame {
		return
	}
	asked := s.longestAsked(m)
	s.keepFocus(func() { s.resizeCandidates(m, came, emb.Source.Key()) })
	if came != m.Dimensions {
		switch {
		case m.Dimensions > 0:
			s.run.Lengths = append(s.run.Lengths, LengthChange{Model: m, Came: came})
		case asked > came:
			s.run.Lengths = append(s.run.Lengths, LengthChange{Model: m, Came: came, Asked: asked})
		}
		s.Touch()
		s.engine.Catalog.Learn(m.Ref(), came)
	}
	s.unsaved = true
}

// longestAsked is how many dimensions the longest candidate made of a model has; 0 without
// one whose length is known.
func (s *Session) longestAsked(m api.Model) (longest int) {
	for _, c := range s.candidates {
		if c.Model == m.Ref() {
			longest = max(longest, c.Dimensions)
		}
	}
	return longest
}

// resizeCandidates gives the candidates of a source that are longer than what came, or
// meant its full length, known or not, the length that came.
func (s *Session) resizeCandidates(m api.Model, came int, source string) {
	s.Touch()
	var kept []api.Candidate
	for _, c := range s.candidates {
		of, _ := pipeline.SourceOf(m, c)
		lasts := c.Dimensions == came || c.Dimensions != 0 && c.Dimensions != m.Dimensions && c.Dimensions <= came
		if c.Model != m.Ref() || of.Key() != source || lasts {
			kept = append(kept, c)
			continue
		}
		now := api.Candidate{Model: c.Model, Dimensions: came}
		if s.job != nil {
			delete(s.job.pending, c.ID())
		}
		if slices.Contains(s.candidates, now) || slices.Contains(kept, now) {
			continue
		}
		if own, ok := s.overrides[c.ID()]; ok {
			s.overrides[now.ID()] = own
		}
		if s.job != nil {
			s.job.pending[now.ID()] = true
		}
		kept = append(kept, now)
	}
	s.candidates = kept
}
