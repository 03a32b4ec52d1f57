package session

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
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

// edited is a model's row with the roles that the person has edited.
func (s *Session) edited(m api.Model) api.Model {
	m.Roles = s.Roles(m)
	return m
}
