package session

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// QueryPrefix is what goes before queries to a model: what the person has put
// there, else what the catalog says.
func (s *Session) QueryPrefix(m api.Model) string {
	if prefix, edited := s.prefixes[m.Ref()]; edited {
		return prefix
	}
	return m.QueryPrefix
}

// SetQueryPrefix puts a prefix before queries to a model; the catalog's own is no
// edit.
func (s *Session) SetQueryPrefix(m api.Model, prefix string) {
	if prefix == m.QueryPrefix {
		delete(s.prefixes, m.Ref())
	} else {
		s.prefixes[m.Ref()] = prefix
	}
	s.unsaved = true
}

// QuerySource is what a candidate's queries are asked of.
func (s *Session) QuerySource(c State) pipeline.Source {
	return pipeline.QuerySource(c.Row, c.Candidate, s.QueryPrefix(c.Row))
}
