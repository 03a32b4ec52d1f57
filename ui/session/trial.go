package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/loop"
)

// DefaultSeed is what resamples are drawn by until the person says otherwise.
const DefaultSeed = 1

// trying is the trial of the candidates at the labels.
type trying struct {
	seed   uint64
	limits evaluate.Limits
	// number tells trials apart, those of the same key too: what comes of an earlier one
	// changes nothing.
	number uint64
	key    trialKey
	of     labelsKey          // what labels and texts it is of
	cancel context.CancelFunc // ends what is under way; nil before the first
	// requests are what servers are asked for its sake.
	requests []*Request
	// working tells that it is being made; until then trial and found are those of
	// before, where they are of the same labels and texts.
	working bool
	trial   *trial.Trial // nil while there is none
	err     error
	found   *trial.Findings // nil before the first resamples
	// unpaid is what candidates lack for it that costs money.
	unpaid []pipeline.Estimate
	// refining tells that resamples are under way.
	refining bool
	kept     keptForTrials
}

// failed tells that not all could be tried.
func (t *trying) failed() bool {
	return t.err != nil || t.trial != nil && slices.ContainsFunc(t.trial.Rows, func(r trial.Row) bool { return r.Err != nil })
}

// next is what takes the place of a trial under another key.
func (t *trying) next(key trialKey, of labelsKey) trying {
	next := trying{seed: t.seed, limits: t.limits, number: t.number + 1, key: key, of: of, working: key.labels != nil, kept: t.kept}
	if next.working && t.trial != nil && t.of == of && t.trial.Labels.Task() == key.labels.Task() {
		next.trial, next.found, next.unpaid = t.trial, t.found, t.unpaid
	}
	return next
}

// trialKey is what a trial was made of: while it is the same the trial stands.
type trialKey struct {
	labels  *evaluate.Labels
	results []*pipeline.Result
	seed    uint64
	manners string // how queries and documents are sent, where there are queries
}

func (k trialKey) equal(o trialKey) bool {
	return k.labels == o.labels && k.seed == o.seed && k.manners == o.manners && slices.Equal(k.results, o.results)
}

// Verdict is how the candidates do at the labels, and what follows.
type Verdict struct{ session *Session }

// Verdict is that of this session.
func (s *Session) Verdict() Verdict { return Verdict{s} }

// Trial is how the candidates do; nil without labels or results, and while the first of
// the present texts is computed.
func (v Verdict) Trial() *trial.Trial { return v.session.trying.trial }

// Findings are what the resamples tell so far; nil before the first.
func (v Verdict) Findings() *trial.Findings { return v.session.trying.found }

// Err is why there is no trial although there are labels; nil when there is one.
func (v Verdict) Err() error { return v.session.trying.err }

// Working tells that the trial is being computed.
func (v Verdict) Working() bool { return v.session.trying.working }

// Seed is what resamples are drawn by.
func (v Verdict) Seed() uint64 { return v.session.trying.seed }

// SetSeed draws other resamples.
func (v Verdict) SetSeed(seed uint64) tea.Cmd {
	v.session.trying.seed = seed
	v.session.unsaved = true
	return v.session.ensureTrial()
}

// Limits are what the person can live with.
func (v Verdict) Limits() evaluate.Limits { return v.session.trying.limits }

// SetLimits changes them; the findings follow, and what is asked for.
func (v Verdict) SetLimits(l evaluate.Limits) tea.Cmd {
	v.session.trying.limits = l
	v.session.unsaved = true
	v.session.Touch()
	return v.session.ensureTrial()
}

// Score is how the candidate of that id does; nil when that is not known.
func (v Verdict) Score(id string) *evaluate.Result {
	t := v.session.trying.trial
	if t == nil {
		return nil
	}
	for _, r := range t.Rows {
		if r.ID == id {
			return r.Score
		}
	}
	return nil
}

// ensureTrial makes a trial of the present results and labels where there is none.
func (s *Session) ensureTrial() tea.Cmd {
	t := &s.trying
	if s.moreInAMoment() && s.current.revision == t.of.texts {
		return nil // until then the trial of before stands
	}
	key := s.trialKey()
	if key.equal(t.key) {
		return nil
	}
	s.endTrial()
	*t = t.next(key, s.Labels().present().labelsKey)
	s.Touch()
	if key.labels == nil {
		return nil
	}
	return s.try()
}

// trialKey is what can be tried at what labels now; its labels are nil for nothing.
func (s *Session) trialKey() trialKey {
	key := trialKey{seed: s.trying.seed}
	task, ok := s.Labels().Task()
	if !ok || s.Stale() || s.moreInAMoment() {
		return key
	}
	for _, c := range s.Ready() {
		if c.Result.Vectors.Present() > 0 && (s.job == nil || !s.job.pending[c.ID()]) {
			key.results = append(key.results, c.Result)
		}
	}
	if len(key.results) > 0 {
		key.labels = task.Labels
	}
	for _, r := range key.results {
		if task.Task == evaluate.Retrieval {
			m := s.edited(r.Model)
			key.manners += pipeline.QuerySource(m, r.Candidate).Key() + pipeline.DocumentSource(m, r.Candidate).Key()
			if s.beyondLimits(m, r.Candidate) {
				key.manners += " beyond the limits"
			}
		}
	}
	return key
}

// moreInAMoment tells that results are on their way that are worth waiting for: all but
// those that a server is asked for, which may take long.
func (s *Session) moreInAMoment() bool {
	j := s.job
	if j == nil {
		return false
	}
	return !j.running || s.Stale() || slices.ContainsFunc(s.candidates, func(c api.Candidate) bool {
		source, ok := s.sourceOf(c)
		_, comparing := j.compared[c.ID()]
		awaited := ok && !comparing && !Inside(source.Model) && s.requests[source.Key()] != nil
		return j.pending[c.ID()] && !awaited
	})
}

// endTrial ends what is under way for the trial.
func (s *Session) endTrial() {
	if s.trying.cancel != nil {
		s.trying.cancel()
	}
	for _, a := range s.trying.requests {
		s.Requests().Stop(a)
	}
}

// resampleBatch is how many resamples are drawn between two looks at them.
const resampleBatch = 200

// Refine draws more resamples, until there are enough; whoever shows the findings calls
// it after every message.
func (v Verdict) Refine() tea.Cmd {
	s := v.session
	t := &s.trying
	more := resampleBatch
	if t.found != nil && t.found.Resamples >= evaluate.DefaultResamples {
		more = 0
	}
	if t.trial == nil || t.working || t.refining || t.err != nil || more == 0 && t.found.Limits == t.limits {
		return nil
	}
	t.refining = true
	number, tried, limits := t.number, t.trial, t.limits
	ctx, cancel := context.WithCancel(s.life)
	t.cancel = cancel
	work := func(ctx context.Context) (*trial.Findings, error) { return tried.Refine(ctx, more, limits) }
	return loop.Async(ctx, work, func(found *trial.Findings, err error) tea.Cmd {
		cancel()
		if s.trying.number != number || errors.Is(err, context.Canceled) {
			return nil
		}
		s.Touch()
		s.trying.refining = false
		if err != nil {
			s.trying.err = err
			return nil
		}
		s.trying.found = found
		return nil
	})
}
