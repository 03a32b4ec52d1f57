package session

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Roles are how texts are sent to a model in each role: what the person has put there,
// else what its row says.
func (s *Session) Roles(m api.Model) api.Roles {
	if roles, edited := s.roles[m.Ref()]; edited {
		return roles
	}
	return m.Roles
}

// OwnRoles are those of a model without what the person has edited.
func (s *Session) OwnRoles(m api.Model) api.Roles {
	if own, err := s.engine.Catalog.Find(m.Ref()); err == nil {
		return own.Roles
	}
	return m.Roles
}

// SetRoles says how texts are sent to a model; what its row says is no edit. The command
// computes what that makes necessary.
func (s *Session) SetRoles(m api.Model, roles api.Roles) tea.Cmd {
	before := s.Roles(m)
	if roles.Same(s.OwnRoles(m)) {
		delete(s.roles, m.Ref())
	} else {
		roles.From = api.RolesEdited
		s.roles[m.Ref()] = roles
	}
	s.unsaved = true
	if before.Symmetric == roles.Symmetric {
		s.Touch()
		return s.ensureTrial()
	}
	return s.recompute(m.Ref())
}

// recompute computes the results of a model's candidates anew.
func (s *Session) recompute(ref string) tea.Cmd {
	s.Touch()
	for _, c := range s.candidates {
		if c.Model == ref {
			delete(s.current.outcomes, c.ID())
			delete(s.current.orders, c.ID())
		}
	}
	return s.Invalidate(0)
}

// QueryRole is what a query is embedded as to rank the texts by the vectors that the
// matrices have: a query where the model wants the same for documents and for texts
// compared with each other, and else as the texts are. Vectors of roles that do not
// belong together say nothing of each other.
func (s *Session) QueryRole(m api.Model) api.Role {
	if roles := s.Roles(m); roles.Document != roles.Symmetric {
		return api.RoleSymmetric
	}
	return api.RoleQuery
}

// QuerySource is what a candidate's queries are asked of.
func (s *Session) QuerySource(c State) pipeline.Source {
	source, _ := pipeline.SourceIn(s.edited(c.Row), c.Candidate, s.QueryRole(c.Row))
	return source
}

// edited is a model's row with the roles that the person has edited.
func (s *Session) edited(m api.Model) api.Model {
	m.Roles = s.Roles(m)
	return m
}
