package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
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
	key    trialKey
	texts  uint64             // the revision of the texts
	cancel context.CancelFunc // ends what is under way; nil before the first
	trial  *trial.Trial       // nil while it is made, and when there is none
	err    error
	found  *trial.Findings // nil before the first resamples
	// refining tells that resamples are under way.
	refining bool
}

// failed tells that not all could be tried.
func (t *trying) failed() bool {
	return t.err != nil || t.trial != nil && slices.ContainsFunc(t.trial.Rows, func(r trial.Row) bool { return r.Err != nil })
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

// Trial is how the candidates do; nil without labels or results, and while it is
// computed.
func (v Verdict) Trial() *trial.Trial { return v.session.trying.trial }

// Findings are what the resamples tell so far; nil before the first.
func (v Verdict) Findings() *trial.Findings { return v.session.trying.found }

// Err is why there is no trial although there are labels; nil when there is one.
func (v Verdict) Err() error { return v.session.trying.err }

// Working tells that the trial is being computed.
func (v Verdict) Working() bool {
	t := &v.session.trying
	return t.key.labels != nil && t.trial == nil && t.err == nil
}

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

// SetLimits changes them; the findings follow.
func (v Verdict) SetLimits(l evaluate.Limits) {
	v.session.trying.limits = l
	v.session.unsaved = true
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
	if s.job != nil && s.current.revision == t.texts {
		return nil // results are on their way; until then the trial of before stands
	}
	key := trialKey{seed: t.seed}
	if task, ok := s.Labels().Task(); ok && !s.Stale() && s.job == nil {
		for _, c := range s.Ready() {
			if c.Result.Vectors.Present() > 0 {
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
			}
		}
	}
	if key.equal(t.key) {
		return nil
	}
	if t.cancel != nil {
		t.cancel()
	}
	*t = trying{seed: t.seed, limits: t.limits, key: key, texts: s.current.revision}
	s.Touch()
	if key.labels == nil {
		return nil
	}
	var ctx context.Context
	ctx, t.cancel = context.WithCancel(s.life)
	work := s.trialWork(key)
	return loop.Async(ctx, work, func(made *trial.Trial, err error) tea.Cmd {
		if !s.trying.key.equal(key) || errors.Is(err, context.Canceled) {
			return nil
		}
		s.Touch()
		s.trying.trial, s.trying.err = made, err
		return nil
	})
}

// mostForBaseline is up to how many texts a baseline that nobody chose is computed.
const mostForBaseline = 5_000

// trialWork is the computing of a trial; it knows nothing of the loop.
func (s *Session) trialWork(key trialKey) func(context.Context) (*trial.Trial, error) {
	engine, texts, queries := s.engine, TextsOf(s.current.texts), []string(nil)
	asQueries, asDocuments, own := map[*pipeline.Result]pipeline.Source{}, map[*pipeline.Result]pipeline.Source{}, map[*pipeline.Result]string{}
	if key.labels.Task() == evaluate.Retrieval {
		queries = s.Labels().Queries()
		for _, r := range key.results {
			m := s.edited(r.Model)
			asQueries[r], asDocuments[r] = pipeline.QuerySource(m, r.Candidate), pipeline.DocumentSource(m, r.Candidate)
			source, _ := pipeline.SourceOf(m, r.Candidate)
			own[r] = source.Key()
		}
	}
	return func(ctx context.Context) (*trial.Trial, error) {
		o := trial.Options{Seed: key.seed, Paid: engine.Paid, Cuts: true}
		o.Queries = func(r *pipeline.Result) (compare.Vectors, error) {
			return trial.VectorsOf(ctx, engine, asQueries[r], queries)
		}
		o.Documents = func(r *pipeline.Result) (compare.Vectors, error) {
			if asDocuments[r].Key() == own[r] {
				return r.Vectors, nil
			}
			return trial.VectorsOf(ctx, engine, asDocuments[r], texts)
		}
		if len(texts) <= mostForBaseline {
			o.Baselines = trial.Baselines(ctx, engine, key.labels.Task(), key.results, texts)
		}
		return trial.New(ctx, key.labels, key.results, o)
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
	if t.trial == nil || t.refining || t.err != nil || more == 0 && t.found.Limits == t.limits {
		return nil
	}
	t.refining = true
	key, tried, limits := t.key, t.trial, t.limits
	ctx, cancel := context.WithCancel(s.life)
	t.cancel = cancel
	work := func(ctx context.Context) (*trial.Findings, error) { return tried.Refine(ctx, more, limits) }
	return loop.Async(ctx, work, func(found *trial.Findings, err error) tea.Cmd {
		cancel()
		if !s.trying.key.equal(key) || errors.Is(err, context.Canceled) {
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

// Paid tells that asking a model costs something, for whoever words a verdict.
func (v Verdict) Paid(m api.Model) bool { return v.session.engine.Paid(m) }
