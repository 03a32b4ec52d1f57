package session

import (
	"errors"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// ErrStopped is why a candidate lacks what the person has stopped.
var ErrStopped = errors.New("stopped before all had arrived")

// Stopping gathers what the askings have to tell that the person has stopped.
type Stopping struct {
	Left      int     // askings whose end is awaited
	Kept      Batches // where they were sent in several
	Texts, Of int
	Free      bool // what costs nothing was stopped too
}

// Stop is halt at the person's word, of which the end is told.
func (s *Session) Stop() stoppedKinds {
	was := s.StopAll()
	s.stopping.Free = was.Free
	return was
}

// RunTold forgets what was to be told of a run.
func (s *Session) RunTold() { s.ended, s.refused, s.lengthChanges = nil, Refused{}, nil }

// gatherStopped takes in what is kept of an asking that the person has stopped.
func (s *Session) gatherStopped(a *Request, emb *pipeline.Embedding) {
	if !a.stopped || a.Besides != "" {
		return
	}
	st := &s.stopping
	st.Left--
	st.Kept = st.Kept.Plus(a.Batches())
	if emb != nil {
		st.Texts += emb.Vectors.Present()
	}
	st.Of += len(a.texts)
	if st.Left <= 0 {
		s.ended, s.stopping = &Stopping{Kept: st.Kept, Texts: st.Texts, Of: st.Of, Free: st.Free}, Stopping{}
	}
}

// Detached is a paid asking that goes on although something has changed that it was
// begun for; the zero one is of an asking that brings what is wanted now.
type Detached struct {
	Model    string // its reference
	Agreed   int    // texts that were agreed to
	Unwanted bool   // no candidate is made from it any more
	Changed  int    // texts that it was not begun for
}

// noticeDetached tells which paid askings go on although something has changed.
func (s *Session) noticeDetached() {
	var said DetachedEvent
	for _, a := range s.PaidRequests() {
		// Each key takes a line away: it is said again after further changes.
		now := toldDetached{s.detachment(a), s.corpus.Revision()}
		if now != a.lastTold && now.Detached != (Detached{}) {
			said = append(said, now.Detached)
		}
		a.lastTold = now
	}
	if len(said) > 0 {
		s.emit(said)
	}
}

// detachment compares what a paid asking was begun for with what is wanted now.
func (s *Session) detachment(a *Request) Detached {
	_, agreed := a.Progress()
	d := Detached{Model: a.Source.Model.Ref(), Agreed: agreed}
	switch {
	case a.Besides != "":
		return Detached{}
	case !s.isWanted(a.Key):
		d.Unwanted = true
		return d
	}
	asked := make(map[string]bool, len(a.texts))
	for _, t := range a.texts {
		asked[t] = true
	}
	for i := range s.corpus.Len() {
		if t := s.corpus.At(i).Text; !asked[t] {
			asked[t] = true
			d.Changed++
		}
	}
	if d.Changed == 0 && s.corpus.Len() == len(a.texts) {
		return Detached{}
	}
	return d
}

// activity is something under way: for a candidate without the result that is wanted,
// or, besides, an asking that is for none.
type activity struct {
	State  // of the candidate; its work is that of the asking
	Source pipeline.Source
}

// Besides tells that it is for no candidate.
func (k activity) Besides() bool { return k.Model == "" }

// Activities are what is under way, those for candidates in their order.
func (s *Session) Activities() []activity {
	var out []activity
	seen := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		seen[source.Key()] = true
		if st := (State{Candidate: c, Row: m}); s.atWorkOn(st) {
			out = append(out, activity{s.withProgress(st), source})
		}
	}
	for _, a := range s.RequestsThat(func(a *Request) bool { return a.Sends || a.Besides != "" }) {
		if !seen[a.Key] {
			st := State{Work: s.WorkOf(a)}
			st.Done, st.Total = a.Progress()
			out = append(out, activity{st, a.Source})
		}
	}
	return out
}
