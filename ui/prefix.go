package ui

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// queryPrefix is what goes before queries to a model: what the person has put
// there, else what the catalog says.
func (s *store) queryPrefix(m api.Model) string {
	if prefix, edited := s.prefixes[m.Ref()]; edited {
		return prefix
	}
	return m.QueryPrefix
}

// setQueryPrefix puts a prefix before queries to a model; the catalog's own is no
// edit.
func (s *store) setQueryPrefix(m api.Model, prefix string) {
	if prefix == m.QueryPrefix {
		delete(s.prefixes, m.Ref())
	} else {
		s.prefixes[m.Ref()] = prefix
	}
	s.unsaved = true
}

// querySource is what a candidate's queries are asked of.
func (s *store) querySource(c candidateState) pipeline.Source {
	return pipeline.QuerySource(c.model, c.Candidate, s.queryPrefix(c.model))
}
