package registry

import (
	"context"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai"
)

// Status tells how a provider does.
type Status struct {
	// Provider is its name, Profile its kind and BaseURL where it is; those are
	// empty for providers inside the binary.
	Provider, Profile, BaseURL string
	// KeyEnv names the variable that holds its key, and HasKey tells whether it
	// has one; KeyEnv is empty when it has no variable.
	KeyEnv string
	HasKey bool
	openai.Status
}

// Check asks every server how it does, all at once and without spending anything.
func (r *Registry) Check(ctx context.Context) []Status {
	var list []Status
	for _, inside := range r.options.Inside {
		s := Status{Provider: inside.Name()}
		models, err := inside.Models(ctx)
		s.Reachable, s.Authorised, s.Err = err == nil, err == nil, err
		for _, m := range models {
			if m.Unselectable() == "" {
				s.Models++
			}
		}
		list = append(list, s)
	}
	first := len(list)
	list = append(list, make([]Status, len(r.servers))...)
	var all sync.WaitGroup
	for i, s := range r.servers {
		all.Go(func() { list[first+i] = s.check(ctx) })
	}
	all.Wait()
	return list
}

func (s *server) check(ctx context.Context) Status {
	out := Status{Provider: s.name, Profile: s.profile.Name, BaseURL: s.baseURL(), KeyEnv: s.keyEnv, HasKey: s.hasKey}
	client, err := s.asking()
	if err != nil {
		out.Err = err
		return out
	}
	out.Status = client.Check(ctx)
	if s.profile.NeedsKey && !s.hasKey {
		// It is not set up, so whether it can be reached is no failure.
		out.Err = &api.KeyError{Provider: s.name, Env: s.keyEnv}
	}
	if out.Models == 0 {
		// A server without a list has the models that the settings name.
		for _, m := range s.configured() {
			if m.Unselectable() == "" {
				out.Models++
			}
		}
	}
	return out
}
