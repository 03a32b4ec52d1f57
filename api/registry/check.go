package registry

import (
	"context"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai"
)

// Status tells how a provider does.
type Status struct {
	// Provider is its name, Profile its kind and BaseURL where it is; those are
	// empty for providers inside the binary.
	Provider, Profile, BaseURL string
	// From says in a few words who has named it.
	From string
	// KeyEnv names the variable that holds its key, and HasKey tells whether it
	// has one; KeyEnv is empty when it has no variable.
	KeyEnv string
	HasKey bool
	openai.Status
}

// Check asks every server how it does, all at once and without spending anything. Lists
// that could be read are kept, as by Refresh.
func (r *Registry) Check(ctx context.Context) []Status {
	var list []Status
	for _, inside := range r.options.Inside {
		s := Status{Provider: inside.Name(), From: fromBinary}
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
	shown := slices.DeleteFunc(slices.Clone(r.servers), (*server).isHidden)
	list = append(list, make([]Status, len(shown))...)
	var all sync.WaitGroup
	for i, s := range shown {
		all.Go(func() { list[first+i] = s.check(ctx) })
	}
	all.Wait()
	return list
}

func (s *server) check(ctx context.Context) Status {
	s.recognise(ctx)
	kind := s.kind()
	out := Status{Provider: s.name, Profile: kind.Name, BaseURL: s.baseURL(), From: s.from, KeyEnv: s.keyEnv, HasKey: !s.keyValue().Empty()}
	client, err := s.asking()
	if err != nil {
		out.Err = err
		return out
	}
	if out.Status = client.Check(ctx); out.Listed != nil {
		s.take(out.Listed)
	}
	if kind.NeedsKey && !out.HasKey {
		// It is not set up, so whether it can be reached is no failure.
		out.Err = &api.KeyError{Provider: s.name, Env: s.keyEnv}
	}
	if out.Models == 0 {
		// A server without a list has the models that the settings name.
		out.Models = len(s.configured())
	}
	return out
}
