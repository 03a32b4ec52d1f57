package session

import (
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Run is what is to be told at the end of a run besides what it took, which the
// ledger knows: since RunTold was called last.
type Run struct {
	// Awaited is how many stopped requests are to bring what they have got yet; what
	// they take is not known before.
	Awaited int
	// Stopped is what those have brought; nil before the last has ended.
	Stopped *Stopping
	Refused Refused
	// Lengths are the models whose vectors have another length than their list says.
	Lengths []LengthChange
}

// Run is what has happened since the last run was told.
func (s *Session) Run() Run {
	run := s.run
	run.Awaited = s.stopping.awaited
	return run
}

// RunTold begins another run.
func (s *Session) RunTold() { s.run = Run{} }

// Stopping is what requests have brought that the person has stopped.
type Stopping struct {
	awaited int
	// Kept are their batches; a Total of one or none when they were not sent in
	// several.
	Kept Batches
	// Texts is how many of all, Of, have a vector.
	Texts, Of int
	// Free tells that work that costs nothing was stopped too.
	Free bool
}

// gatherStopped takes in what is kept of a request that the person has stopped.
func (s *Session) gatherStopped(a *Request, emb *pipeline.Embedding) {
	if !a.stopped || !a.purpose.ofCandidates() {
		return
	}
	st := &s.stopping
	st.awaited--
	st.Kept = st.Kept.Plus(a.Batches())
	if emb != nil {
		st.Texts += emb.Vectors.Present()
	}
	st.Of += len(a.texts)
	if st.awaited <= 0 {
		ended := *st
		s.run.Stopped, s.stopping = &ended, Stopping{}
	}
}

// Refused are the texts that servers have answered without a vector.
type Refused struct {
	Texts int
	Why   error // of the first
}

// add counts those of an answer that before, which may be nil, does not name.
func (r *Refused) add(emb, before *pipeline.Embedding) {
	if emb == nil || emb.Spent.Requests == 0 {
		return
	}
	seen := map[string]bool{}
	if before != nil {
		for _, at := range pipeline.Refused(before.Failed) {
			seen[before.Texts[at]] = true
		}
	}
	for _, at := range pipeline.Refused(emb.Failed) {
		if seen[emb.Texts[at]] {
			continue
		}
		seen[emb.Texts[at]] = true
		if r.Texts++; r.Why == nil {
			r.Why = emb.Failed[at]
		}
	}
}
