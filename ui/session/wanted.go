package session

import (
	"errors"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
)

// ErrBeyondLimits is why a candidate lacks what is not asked for within the limits of the
// verdict.
var ErrBeyondLimits = errors.New("beyond your limits and so not asked; f on Verdict changes them")

// WantedSource is a source whose cost is asked for.
type WantedSource struct {
	Source     pipeline.Source
	Candidates []string // the ids of those that it is for
	// Role is as what texts are sent: empty for matrices, the others are for a search.
	Role   api.Role
	texts  []string            // what would be sent; nil for the texts that are asked about
	before *pipeline.Embedding // what is known already; nil for nothing
}

// Sources are the sources of the candidates that cost money, those too that cannot be
// asked yet, but not those that are being asked: for the texts, and where candidates are
// tried at queries for those, and for the texts as documents. What is beyond the limits of
// the verdict is none of them: HeldBack names it.
func (p Payments) Sources() []WantedSource {
	s := p.session
	var out []WantedSource
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil || m.Unselectable() != "" || !s.engine.Paid(m) || s.beyondLimits(m, c) {
			continue
		}
		for _, w := range append([]WantedSource{s.wantedFor(m, c)}, s.wantedForTrial(m, c)...) {
			if a := s.requests[requestKey(purposes[w.Role], w.Source)]; a != nil && !a.stopped && (purposes[w.Role] == ForCandidates || a.Paid()) {
				continue
			}
			at := slices.IndexFunc(out, func(o WantedSource) bool { return o.Role == w.Role && o.Source.Key() == w.Source.Key() })
			if at < 0 {
				at = len(out)
				out = append(out, w)
			}
			out[at].Candidates = append(out[at].Candidates, c.ID())
		}
	}
	return out
}

// wantedFor is what a candidate's matrices are made from.
func (s *Session) wantedFor(m api.Model, c api.Candidate) WantedSource {
	source := s.sourceFor(m, c)
	return WantedSource{Source: source, before: s.embeddings[source.Key()]}
}

// wantedForTrial is what a trial at queries needs of a candidate besides, as far as it is
// not known.
func (s *Session) wantedForTrial(m api.Model, c api.Candidate) []WantedSource {
	if task, ok := s.Labels().Task(); !ok || task.Task != evaluate.Retrieval {
		return nil
	}
	m = s.edited(m)
	wanted := []WantedSource{{Source: pipeline.QuerySource(m, c), Role: api.RoleQuery, texts: s.Labels().Queries()}}
	own, _ := pipeline.SourceOf(m, c)
	if documents := pipeline.DocumentSource(m, c); documents.Key() != own.Key() {
		wanted = append(wanted, WantedSource{Source: documents, Role: api.RoleDocument, texts: s.wordings()})
	}
	return slices.DeleteFunc(wanted, func(w WantedSource) bool {
		kept := s.trying.kept.embeddings[requestKey(purposes[w.Role], w.Source)]
		return kept != nil && !kept.Partial && slices.Equal(kept.Texts, w.texts)
	})
}

// triedFrom tells that a candidate is tried at what a request asks for.
func (s *Session) triedFrom(a *Request, c api.Candidate) bool {
	m, err := s.Find(c.Model)
	if err != nil {
		return false
	}
	m = s.edited(m)
	switch a.purpose {
	case ForTriedQueries:
		return pipeline.QuerySource(m, c).Key() == a.source.Key()
	case ForTriedDocuments:
		return pipeline.DocumentSource(m, c).Key() == a.source.Key()
	}
	return false
}

// beyondLimits tells that nothing is asked of a candidate within the limits of the verdict.
func (s *Session) beyondLimits(m api.Model, c api.Candidate) bool {
	return !trial.Within(s.trying.limits, c, m, s.engine.Paid(m), true)
}

// HeldBack are the ids of candidates that lack what costs money and is not offered, for
// they are beyond the limits of the verdict.
func (p Payments) HeldBack() []string {
	s := p.session
	var ids []string
	for _, c := range s.States() {
		lacks := c.needsApproval() || errors.Is(s.triedErr(c.ID()), ErrBeyondLimits)
		if lacks && c.HeldBack {
			ids = append(ids, c.ID())
		}
	}
	return ids
}

// triedErr is why the candidate of that id could not be tried; nil when it was, and when
// there is no trial.
func (s *Session) triedErr(id string) error {
	if s.trying.trial == nil {
		return s.trying.err
	}
	for _, r := range s.trying.trial.Rows {
		if r.ID == id {
			return r.Err
		}
	}
	return nil
}

// waiting are the candidates that wait for the person's word, for their texts or for what
// they are tried at.
func (s *Session) waiting() []State {
	unpaid := s.trying.unpaidNow(s)
	return slices.DeleteFunc(slices.Clone(s.States()), func(c State) bool {
		tried := slices.ContainsFunc(unpaid, func(e pipeline.Estimate) bool { return slices.Contains(e.Candidates, c.ID()) })
		return s.beyondLimits(c.Row, c.Candidate) || !tried && !c.needsApproval()
	})
}

// Unpaid is how many candidates wait for the person's word.
func (p Payments) Unpaid() int { return len(p.session.waiting()) }

// Waiting are their ids.
func (p Payments) Waiting() []string {
	var ids []string
	for _, c := range p.session.waiting() {
		ids = append(ids, c.ID())
	}
	return ids
}

// UnpaidEstimate is what embedding all that is offered for payment would take while
// candidates wait for the person's word, as far as is known without counting again: what
// they wait for, and the rest of those that have failed, which is offered with it.
func (p Payments) UnpaidEstimate() (total pipeline.Estimate, known bool) {
	s := p.session
	if s.priceOnItsWay() || len(s.waiting()) == 0 {
		return pipeline.Estimate{}, false
	}
	all := s.trying.unpaidNow(s)
	tried := func(id string) bool {
		return slices.ContainsFunc(s.trying.unpaid, func(e pipeline.Estimate) bool { return slices.Contains(e.Candidates, id) })
	}
	counted := map[string]bool{}
	for _, c := range s.States() {
		failed := c.Err != nil && c.Phase != PhaseUnavailable && s.engine.Paid(c.Row)
		switch est := c.Unpaid; {
		case c.HeldBack || !c.needsApproval() && !failed:
			continue
		case est == nil || est.Texts == 0:
			return pipeline.Estimate{}, false
		case len(s.wantedForTrial(c.Row, c.Candidate)) > 0 && (c.needsApproval() || !tried(c.ID())):
			return pipeline.Estimate{}, false
		case !counted[est.Source.Key()]:
			counted[est.Source.Key()] = true
			all = append(all, *est)
		}
	}
	return pipeline.Total(all), len(all) > 0
}

// unpaidNow is what a trial lacks that nobody has agreed to pay for yet.
func (t *trying) unpaidNow(s *Session) []pipeline.Estimate {
	return slices.DeleteFunc(slices.Clone(t.unpaid), func(e pipeline.Estimate) bool {
		a := s.requests[requestKey(purposes[e.Role], e.Source)]
		return a != nil && a.Paid() && !a.stopped
	})
}
