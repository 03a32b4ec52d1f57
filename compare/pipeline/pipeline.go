// Package pipeline is the way from a candidate and texts to what a screen or a
// report shows: it asks the provider for vectors once per source, cuts smaller
// dimensions from them, and lets compare do the mathematics. The explorer and
// the command line share it. It may import api, its catalog and spending, compare and
// compare/corpus; it knows no terminal.
package pipeline

import (
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// Engine knows the catalog and the providers that can be asked.
type Engine struct {
	// Catalog lists every model, whether it can be asked or not.
	Catalog *catalog.Catalog
	// Providers are the ones that can be asked, by name.
	Providers map[string]api.Provider
	// HasKey tells whether the key that a model's KeyEnv names is set.
	HasKey func(env string) bool
	// Unpaid tells that nothing costs anything at a provider, whatever its list
	// lacks, such as a server on this machine; nil knows none.
	Unpaid func(provider string) bool
}

// Available tells whether a model can be asked now: nil, an *api.KeyError when
// its key is missing, an *api.InsecureKeyError when a person must first allow it to
// be sent over plain http, or another error that says why not.
func (e *Engine) Available(m api.Model) error {
	if reason := m.Unselectable(); reason != "" {
		return errors.New(reason)
	}
	if m.KeyEnv != "" && !e.HasKey(m.KeyEnv) {
		return &api.KeyError{Provider: m.Provider, Env: m.KeyEnv}
	}
	p, ok := e.Providers[m.Provider]
	if !ok {
		return &NotReachableError{Provider: m.Provider}
	}
	return p.Blocked()
}

// NotReachableError reports a provider that the catalog lists but that is not set
// up.
type NotReachableError struct{ Provider string }

func (e *NotReachableError) Error() string {
	return fmt.Sprintf("%s is not set up: name its server in the settings file", e.Provider)
}

// Source is one thing to ask of a provider: a model at its full length, or at
// fewer dimensions where those are not derived.
type Source struct {
	Model api.Model
	// Dimensions is what to ask for; 0 is the full length.
	Dimensions int
	// Manner is how every text is sent.
	api.Manner
	// Fresh asks past what is kept. It makes no other source of it.
	Fresh bool
}

// Key identifies the source among others.
func (s Source) Key() string {
	return fmt.Sprintf("%s@%d %s", s.Model.Ref(), s.Dimensions, s.Manner.Key())
}

// SourceOf tells what to ask of the provider for a candidate's texts, which are
// compared with each other. Smaller dimensions are derived from the full length, which
// is asked for once and kept, also where it is not known yet; the models inside the
// binary may compute every length for themselves.
func SourceOf(m api.Model, c api.Candidate) (s Source, derived bool) {
	return SourceIn(m, c, api.RoleSymmetric)
}

// SourceIn does so for texts in a role: the others are those of a search.
func SourceIn(m api.Model, c api.Candidate, role api.Role) (s Source, derived bool) {
	s = Source{Model: m, Manner: m.Roles.Of(role)}
	switch {
	case c.Dimensions == m.Dimensions, c.Dimensions == 0:
		return s, false
	case m.Source == api.SourceBinary && m.SupportsDimensions:
		s.Dimensions = c.Dimensions
		return s, false
	case c.Dimensions > m.Dimensions && m.Dimensions > 0:
		// Longer than what comes unasked: only the server can make it.
		s.Dimensions = c.Dimensions
		return s, false
	default:
		return s, true
	}
}
