package session

import (
	"slices"

	"github.com/vecscope/vecscope/api"
)

// derived is what is computed from the session once per change.
type derived struct {
	version uint64
	models  map[string]found
	states  []State
	ready   []State // nil until asked for
}

// found is a model as the catalog has it, or that it has none.
type found struct {
	model api.Model
	err   error
}

// Touch says that something has changed which states are made of.
func (s *Session) Touch() { s.version++ }

// present gives what was computed since the last change.
func (s *Session) present() *derived {
	if s.derived == nil || s.derived.version != s.version {
		s.derived = &derived{version: s.version, models: map[string]found{}}
	}
	return s.derived
}

// Find gives a model of the catalog.
func (s *Session) Find(ref string) (api.Model, error) {
	d := s.present()
	f, ok := d.models[ref]
	if !ok {
		f.model, f.err = s.engine.Catalog.Find(ref)
		d.models[ref] = f
	}
	return f.model, f.err
}

// States gives the candidates in their order with how far each has come. The slice is
// the session's own.
func (s *Session) States() []State {
	d := s.present()
	if len(d.states) != len(s.candidates) {
		d.states = make([]State, len(s.candidates))
		for i, c := range s.candidates {
			d.states[i] = s.compute(c)
		}
	}
	return d.states
}

// State is how far a candidate has come.
func (s *Session) State(c api.Candidate) State {
	if at := slices.Index(s.candidates, c); at >= 0 {
		return s.States()[at]
	}
	return s.compute(c)
}

// Ready gives the candidates that have a result. The slice is the session's own.
func (s *Session) Ready() []State {
	d := s.present()
	if d.ready == nil {
		d.ready = []State{}
		for _, c := range s.States() {
			if c.Phase == PhaseReady {
				d.ready = append(d.ready, c)
			}
		}
	}
	return d.ready
}
