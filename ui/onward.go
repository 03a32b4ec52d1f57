package ui

import (
	"errors"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// errStopped is why a candidate lacks what the person has stopped.
var errStopped = errors.New("stopped before all had arrived")

// stopping gathers what the askings have to tell that the person has stopped.
type stopping struct {
	left      int     // askings whose end is awaited
	kept      batches // where they were sent in several
	texts, of int
	free      bool // what costs nothing was stopped too
}

// stop is halt at the person's word, of which the end is told.
func (s *store) stop() stoppedKinds {
	was := s.stopAll()
	s.stopping.free = was.free
	return was
}

// runTold forgets what was to be told of a run.
func (s *store) runTold() { s.ended, s.refused, s.lengthChanges = nil, refused{}, nil }

// gatherStopped takes in what is kept of an asking that the person has stopped.
func (s *store) gatherStopped(a *request, emb *pipeline.Embedding) {
	if !a.stopped || a.besides != "" {
		return
	}
	st := &s.stopping
	st.left--
	st.kept = st.kept.plus(a.batches())
	if emb != nil {
		st.texts += emb.Vectors.Present()
	}
	st.of += len(a.texts)
	if st.left <= 0 {
		s.ended, s.stopping = &stopping{kept: st.kept, texts: st.texts, of: st.of, free: st.free}, stopping{}
	}
}

// detached is a paid asking that goes on although something has changed that it was
// begun for; the zero one is of an asking that brings what is wanted now.
type detached struct {
	model    string // its reference
	agreed   int    // texts that were agreed to
	unwanted bool   // no candidate is made from it any more
	changed  int    // texts that it was not begun for
}

// noticeDetached tells which paid askings go on although something has changed.
func (s *store) noticeDetached() {
	var said detachedEvent
	for _, a := range s.paidRequests() {
		// Each key takes a line away: it is said again after further changes.
		now := toldDetached{s.detachment(a), s.corpus.Revision()}
		if now != a.lastTold && now.detached != (detached{}) {
			said = append(said, now.detached)
		}
		a.lastTold = now
	}
	if len(said) > 0 {
		s.emit(said)
	}
}

// detachment compares what a paid asking was begun for with what is wanted now.
func (s *store) detachment(a *request) detached {
	_, agreed := a.progress()
	d := detached{model: a.source.Model.Ref(), agreed: agreed}
	switch {
	case a.besides != "":
		return detached{}
	case !s.isWanted(a.key):
		d.unwanted = true
		return d
	}
	asked := make(map[string]bool, len(a.texts))
	for _, t := range a.texts {
		asked[t] = true
	}
	for i := range s.corpus.Len() {
		if t := s.corpus.At(i).Text; !asked[t] {
			asked[t] = true
			d.changed++
		}
	}
	if d.changed == 0 && s.corpus.Len() == len(a.texts) {
		return detached{}
	}
	return d
}

// activity is something under way: for a candidate without the result that is wanted,
// or, besides, an asking that is for none.
type activity struct {
	candidateState // of the candidate; its work is that of the asking
	source         pipeline.Source
}

// besides tells that it is for no candidate.
func (k activity) besides() bool { return k.Model == "" }

// activities are what is under way, those for candidates in their order.
func (s *store) activities() []activity {
	var out []activity
	seen := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.find(c.Model)
		if err != nil {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		seen[source.Key()] = true
		if st := (candidateState{Candidate: c, model: m}); s.atWorkOn(st) {
			out = append(out, activity{s.withProgress(st), source})
		}
	}
	for _, a := range s.requestsThat(func(a *request) bool { return a.sends || a.besides != "" }) {
		if !seen[a.key] {
			st := candidateState{work: s.workOf(a)}
			st.done, st.total = a.progress()
			out = append(out, activity{st, a.source})
		}
	}
	return out
}
