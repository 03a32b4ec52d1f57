package session

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Phase is how far a candidate has come.
type Phase int

const (
	PhaseWaiting     Phase = iota // the work has not begun
	PhaseRunning                  // vectors or matrices are being computed
	PhaseReady                    // there is a result
	PhaseFailed                   // it went wrong; err says why
	PhaseUnavailable              // its provider cannot be asked; err says why
	PhaseUnpaid                   // it costs money and waits for a word
)

// State is everything a screen needs to show of a candidate.
type State struct {
	api.Candidate
	Row   api.Model
	Phase Phase
	// Working tells that something is under way for it; its result, if there is one,
	// is of before.
	Working     bool
	Done, Total int // texts embedded, while running
	Comparing   bool
	Compared    int // percentage of pairs, while comparing
	ComparedFor time.Duration
	Work        SourceWork
	Result      *pipeline.Result
	// Missing is how many texts the result lacks because they are still to be
	// embedded; err then says why no more came.
	Missing int
	Err     error
	// Again is the key that asks for it again after it has failed.
	Again string
	// Unpaid is what it, or the rest of it, takes; nil when it waits for no word.
	Unpaid *pipeline.Estimate
	// HeldBack tells that it costs money and is beyond the limits of the verdict: it is
	// not offered for payment.
	HeldBack bool

	short string
}

// Short is what the candidate is called in narrow places, as [Session.Short] says.
func (c State) Short() string { return cmp.Or(c.short, c.Candidate.Short()) }

// Derived tells that the vectors are, or will be, cut from longer ones. Of a model whose
// length nobody knows yet that shows when the first vectors come.
func (c State) Derived() bool {
	_, derived := pipeline.SourceOf(c.Row, c.Candidate)
	return derived && c.Row.Dimensions > 0
}

// compute finds out how far a candidate has come.
func (s *Session) compute(c api.Candidate) State {
	st := State{Candidate: c, short: s.Short(c)}
	m, err := s.Find(c.Model)
	if err != nil {
		st.Phase, st.Err = PhaseFailed, err
		return st
	}
	st.Row, st.Again = m, "R"
	if s.engine.Paid(m) {
		st.Again, st.HeldBack = "E", s.beyondLimits(m, c)
	}
	if err := s.engine.Available(m); err != nil {
		st.Phase, st.Err = PhaseUnavailable, err
		return st
	}
	o, ok := s.current.outcomes[c.ID()]
	if s.atWorkOn(st) && (o.result == nil || !o.complete()) {
		st = s.withProgress(st)
		o.err, o.unpaid = nil, nil
	}
	if !ok {
		return st
	}
	st.Result, st.Err, st.Unpaid = o.result, o.err, o.unpaid
	switch {
	case o.result != nil:
		st.Phase, st.Missing = PhaseReady, o.result.Missing()
	case o.err != nil:
		st.Phase = PhaseFailed
	case o.unpaid != nil:
		st.Phase = PhaseUnpaid
	}
	return st
}

// atWorkOn tells whether something is under way for a candidate.
func (s *Session) atWorkOn(c State) bool {
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	_, asked := s.requests[source.Key()]
	return asked || s.job != nil && s.job.running && s.job.pending[c.ID()]
}

// withProgress is a candidate's state with how far its work has come.
func (s *Session) withProgress(c State) State {
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	c.Phase, c.Working, c.Total = PhaseRunning, true, s.corpus.Len()
	if s.job != nil {
		if pairs, ok := s.job.compared[c.ID()]; ok {
			if began := pairs.began.Load(); began != nil {
				c.Comparing, c.Compared, c.ComparedFor = true, int(pairs.percent.Load()), max(s.seen.Sub(*began), 0)
			}
		}
	}
	if a := s.requests[source.Key()]; a != nil {
		c.Done, c.Total = a.Progress()
	}
	c.Work = s.Requests().Work(s.requests[source.Key()])
	return c
}

// needsApproval tells that nothing but the person's word is lacking; what has
// failed may be paid for again, but does not wait for that.
func (c State) needsApproval() bool {
	return c.Unpaid != nil && (c.Err == nil || errors.Is(c.Err, ErrStopped))
}

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

// Find gives a model of the catalog, with the roles that the person has edited. Where it is
// not there and the list of its server could not be read the error is that.
func (s *Session) Find(ref string) (api.Model, error) {
	d := s.present()
	f, ok := d.models[ref]
	if !ok {
		f.model, f.err = s.engine.Catalog.Find(ref)
		provider, _, _ := strings.Cut(ref, "/")
		if unread := s.lists.failed[provider]; f.err != nil && unread != nil {
			f.err = unread
		}
		f.model.Roles = s.Roles(f.model)
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
