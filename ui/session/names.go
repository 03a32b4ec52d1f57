package session

import (
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
)

// Short is what a candidate is called in narrow places: its id without provider and owner,
// "bge-m3@1024". Where a chosen model of another id is called the same the provider stands
// before that, and where even so two are alike it is the whole id.
func (s *Session) Short(c api.Candidate) string {
	name, alike := api.Candidate{Model: c.Model}.Short(), false
	provider, _, _ := strings.Cut(c.Model, "/")
	for _, other := range s.candidates {
		if other.Model == c.Model || (api.Candidate{Model: other.Model}).Short() != name {
			continue
		}
		if strings.HasPrefix(other.Model, provider+"/") {
			return c.ID()
		}
		alike = true
	}
	if alike {
		return provider + "/" + c.Short()
	}
	return c.Short()
}

// ShortOf is [Session.Short] of a candidate's id, or of a model's reference.
func (s *Session) ShortOf(id string) string {
	c, err := api.ParseCandidate(id)
	if err != nil {
		c = api.Candidate{Model: id}
	}
	return s.Short(c)
}

// RowName is what a row of a trial is called: as its candidate, or by the name of a search by
// words.
func (s *Session) RowName(r *trial.Row) string {
	if r.Lexical {
		return r.ID
	}
	return s.Short(r.Candidate)
}
