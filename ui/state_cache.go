package ui

import (
	"slices"

	"github.com/vecscope/vecscope/api"
)

// derived is what is computed from the session once per change.
type derived struct {
	version uint64
	models  map[string]found
	states  []candidateState
	ready   []candidateState // nil until asked for
}

// found is a model as the catalog has it, or that it has none.
type found struct {
	model api.Model
	err   error
}

// touch says that something has changed which states are made of.
func (s *store) touch() { s.version++ }

// present gives what was computed since the last change.
func (s *store) present() *derived {
	if s.derived == nil || s.derived.version != s.version {
		s.derived = &derived{version: s.version, models: map[string]found{}}
	}
	return s.derived
}

// find gives a model of the catalog.
func (s *store) find(ref string) (api.Model, error) {
	d := s.present()
	f, ok := d.models[ref]
	if !ok {
		f.model, f.err = s.engine.Catalog.Find(ref)
		d.models[ref] = f
	}
	return f.model, f.err
}

// states gives the candidates in their order with how far each has come. The slice is
// the session's own.
func (s *store) states() []candidateState {
	d := s.present()
	if len(d.states) != len(s.candidates) {
		d.states = make([]candidateState, len(s.candidates))
		for i, c := range s.candidates {
			d.states[i] = s.compute(c)
		}
	}
	return d.states
}

// state is how far a candidate has come.
func (s *store) state(c api.Candidate) candidateState {
	if at := slices.Index(s.candidates, c); at >= 0 {
		return s.states()[at]
	}
	return s.compute(c)
}

// ready gives the candidates that have a result. The slice is the session's own.
func (s *store) ready() []candidateState {
	d := s.present()
	if d.ready == nil {
		d.ready = []candidateState{}
		for _, c := range s.states() {
			if c.phase == phaseReady {
				d.ready = append(d.ready, c)
			}
		}
	}
	return d.ready
}
