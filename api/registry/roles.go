package registry

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai"
)

// roles tells how texts are sent to a model of a server of that kind: as the settings
// say, and as far as they say nothing, as is known of models of its name. Fields of
// the request that nobody but the program knows go to servers that take them.
func (s *server) roles(kind openai.Profile) func(model string) api.Roles {
	said := make(map[string]api.RoleSettings, len(s.settings.Models))
	for _, m := range s.settings.Models {
		said[m.ID] = m.Roles
	}
	return func(model string) api.Roles {
		known := api.PresetRoles(model)
		if !kind.RoleFields {
			known = known.WithoutFields()
		}
		return known.With(said[model])
	}
}
