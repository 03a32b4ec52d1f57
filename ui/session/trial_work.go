package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/loop"
)

// mostForBaseline is up to how many texts a baseline that nobody chose is computed.
const mostForBaseline = 5_000

// keptForTrials are what one trial has computed and the next need not compute again.
type keptForTrials struct {
	// embeddings are of queries, and of texts as documents, by the keys of requests.
	embeddings map[string]*pipeline.Embedding
	// failed is why not all came that was paid for, by the same keys.
	failed map[string]error
	// baselines are those of the texts of a revision; nil before they are known.
	baselines []*pipeline.Result
	revision  uint64
	// words is the search by words for queries, and labels for those texts; nil before it
	// is known.
	words   *trial.Lexical
	wordsOf labelsKey
	asked   []string
}

// trialWork is a trial on its way to be made, outside the loop.
type trialWork struct {
	engine *pipeline.Engine
	key    trialKey
	texts  []string
	// queries and documents are what is asked for the sake of results; where documents
	// has none, the texts are sent as they were for the result itself.
	queries, documents map[*pipeline.Result]*asking
	askings            map[string]*asking // by the keys of requests
	baselines          []*pipeline.Result // nil when they are not known yet
	asked              []string           // the wordings of the queries
	words              *trial.Lexical     // nil when it is not known yet
	made               *trial.Trial
}

// asking is what a trial wants of a source.
type asking struct {
	source  pipeline.Source
	texts   []string
	request *Request // nil where no server is asked
	how     pipeline.EmbedOptions
	// candidates are the ids of those that it is for, and role as what texts are sent.
	candidates []string
	role       api.Role
	// lacks says why what is not known is not asked for.
	lacks error
	// estimate is what that would take, where it could be paid for.
	estimate *pipeline.Estimate

	asked     bool
	embedding *pipeline.Embedding
	err       error
}

// try makes the trial that is to be made. Where servers are asked for it, that is work
// as other requests are: it can be stopped, and is awaited at the end of the program.
func (s *Session) try() tea.Cmd {
	t := &s.trying
	number, w := t.number, s.newTrialWork(t.key)
	var ctx context.Context
	ctx, t.cancel = context.WithCancel(s.life)
	cancel := t.cancel
	then := func(_ struct{}, err error) tea.Cmd {
		cancel()
		for _, a := range w.askings {
			if a.request != nil {
				s.finished(a.request, a.embedding, a.err)
			}
		}
		if s.trying.number == number {
			s.tried(w, err)
		}
		return nil
	}
	var approvals []*spending.Approval
	for _, a := range t.requests {
		approvals = append(approvals, a.grant.approval)
	}
	if len(approvals) == 0 {
		return loop.Async(ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, w.run(ctx) }, then)
	}
	return tea.Batch(paidWork(s, func() (struct{}, error) { return struct{}{}, w.run(ctx) }, then, approvals...), s.tick())
}

// tried takes in the trial that was made.
func (s *Session) tried(w *trialWork, err error) {
	s.Touch()
	t := &s.trying
	t.working = false
	t.kept.embeddings = map[string]*pipeline.Embedding{}
	t.unpaid = nil
	for key, a := range w.askings {
		if a.estimate != nil {
			t.unpaid = append(t.unpaid, *a.estimate)
		}
		if a.embedding != nil && a.embedding.Vectors.Present() > 0 {
			t.kept.embeddings[key] = a.embedding
		}
	}
	if w.baselines != nil {
		t.kept.baselines, t.kept.revision = w.baselines, t.of.texts
	}
	if w.words != nil {
		t.kept.words, t.kept.wordsOf, t.kept.asked = w.words, t.of, w.asked
	}
	if !errors.Is(err, context.Canceled) {
		t.trial, t.err, t.found = w.made, err, nil
	}
}

// newTrialWork finds out what a trial takes, and notes what servers are asked for it.
func (s *Session) newTrialWork(key trialKey) *trialWork {
	w := &trialWork{
		engine: s.engine, key: key, texts: s.resultWordings(), askings: map[string]*asking{},
		queries: map[*pipeline.Result]*asking{}, documents: map[*pipeline.Result]*asking{},
	}
	if kept := s.trying.kept; kept.revision == s.current.revision {
		w.baselines = kept.baselines
	}
	if key.labels.Task() != evaluate.Retrieval {
		return w
	}
	w.asked = s.Labels().Queries()
	if kept := s.trying.kept; kept.wordsOf == s.trying.of && slices.Equal(kept.asked, w.asked) {
		w.words = kept.words
	}
	for _, r := range key.results {
		m := s.edited(r.Model)
		w.queries[r] = s.ask(w, r, api.RoleQuery, pipeline.QuerySource(m, r.Candidate), w.asked)
		own, _ := pipeline.SourceOf(m, r.Candidate)
		if documents := pipeline.DocumentSource(m, r.Candidate); documents.Key() != own.Key() {
			w.documents[r] = s.ask(w, r, api.RoleDocument, documents, w.texts)
		}
	}
	return w
}

// ErrUnderWay is why a candidate is not tried yet.
var ErrUnderWay = errors.New("being embedded")

// ask has a trial ask a source, once for all candidates that are made from it.
func (s *Session) ask(w *trialWork, of *pipeline.Result, role api.Role, source pipeline.Source, texts []string) *asking {
	key := requestKey(purposes[role], source)
	if a := w.askings[key]; a != nil {
		a.candidates = append(a.candidates, of.Candidate.ID())
		return a
	}
	a := &asking{source: source, texts: texts, role: role, candidates: []string{of.Candidate.ID()}, lacks: trial.ErrUnpaid}
	w.askings[key] = a
	if paid := s.requests[key]; paid != nil && paid.Paid() {
		a.asked, a.err = true, ErrUnderWay // its end has candidates tried anew
		return a
	}
	if !Inside(source.Model) {
		a.request = s.newRequest(purposes[role], source, texts, Grant{Long: s.Payments().Long(source)})
		a.how = s.optionsFor(a.request)
		a.how.Progress, a.how.Batch, a.how.Notice = a.request.progressed, a.request.answered, a.request.waits
		s.trying.requests = append(s.trying.requests, a.request)
		if err := s.trying.kept.failed[key]; err != nil {
			a.lacks = err
		}
		if s.beyondLimits(source.Model, of.Candidate) {
			a.how.KnownOnly, a.lacks = true, ErrBeyondLimits
		}
	}
	a.how.Before = s.trying.kept.embeddings[key]
	return a
}

// embedForTrial asks a source for what a trial lacks, which the person has agreed to pay
// for, and has the candidates tried anew.
func (s *Session) embedForTrial(purpose Purpose, source pipeline.Source, g Grant) tea.Cmd {
	texts := s.Labels().Queries()
	if purpose == ForTriedDocuments {
		texts = s.wordings()
	}
	a := s.newRequest(purpose, source, texts, g)
	kept := &s.trying.kept
	return s.send(a, kept.embeddings[a.key], func(emb *pipeline.Embedding, err error) tea.Cmd {
		s.finished(a, emb, err)
		kept.take(a.key, emb, err)
		s.trying.key = trialKey{}
		return s.ensureTrial()
	})
}

// take takes in what was paid for, or why not all of it came.
func (k *keptForTrials) take(key string, emb *pipeline.Embedding, err error) {
	if emb != nil && emb.Vectors.Present() > 0 {
		if k.embeddings == nil {
			k.embeddings = map[string]*pipeline.Embedding{}
		}
		k.embeddings[key] = emb
	}
	if k.failed == nil {
		k.failed = map[string]error{}
	}
	delete(k.failed, key)
	if errors.Is(err, context.Canceled) {
		err = ErrStopped
	}
	if err != nil {
		k.failed[key] = err
	}
}

// run makes the trial.
func (w *trialWork) run(ctx context.Context) (err error) {
	o := trial.Options{Seed: w.key.seed, Paid: w.engine.Paid, Cuts: true}
	o.Queries = func(r *pipeline.Result) (compare.Vectors, error) { return w.queries[r].vectors(ctx, w.engine) }
	o.Documents = func(r *pipeline.Result) (compare.Vectors, error) {
		if a := w.documents[r]; a != nil {
			return a.vectors(ctx, w.engine)
		}
		return r.Vectors, nil
	}
	if len(w.texts) <= mostForBaseline {
		o.Baselines = w.besides(ctx)
	}
	if w.key.labels.Task() == evaluate.Retrieval {
		if w.words == nil {
			words, err := trial.WordSearch(ctx, w.texts, w.asked, true)
			if err != nil {
				return err
			}
			w.words = &words
		}
		o.Lexical = []trial.Lexical{*w.words}
	}
	w.made, err = trial.New(ctx, w.key.labels, w.key.results, o)
	return errors.Join(err, w.price(ctx))
}

// price finds out what would have to be paid for. The error is ctx's.
func (w *trialWork) price(ctx context.Context) error {
	for _, a := range w.askings {
		if !w.engine.Paid(a.source.Model) || errors.Is(a.lacks, ErrBeyondLimits) {
			continue
		}
		if _, err := a.vectors(ctx, w.engine); err == nil || a.embedding == nil || !a.embedding.Partial {
			continue
		}
		est, err := w.engine.EstimateSource(ctx, a.source, a.texts, a.embedding, a.how.Long, a.how.Count)
		if err != nil {
			return err
		}
		est.Candidates, est.Role = a.candidates, a.role
		a.estimate = &est
	}
	return nil
}

// besides are the baselines, computed where they are not known.
func (w *trialWork) besides(ctx context.Context) []*pipeline.Result {
	if w.baselines == nil {
		w.baselines = trial.Baselines(ctx, w.engine, w.key.labels.Task(), w.key.results, w.texts)
		return w.baselines
	}
	if w.key.labels.Task() == evaluate.Retrieval {
		return nil
	}
	var besides []*pipeline.Result
	for _, b := range w.baselines {
		if !slices.ContainsFunc(w.key.results, func(r *pipeline.Result) bool { return r.Model.Ref() == b.Model.Ref() }) {
			besides = append(besides, b)
		}
	}
	return besides
}

// vectors asks the source, the first time. The error is lacks when the model would have
// to be sent what nobody agreed to.
func (a *asking) vectors(ctx context.Context, engine *pipeline.Engine) (compare.Vectors, error) {
	if !a.asked {
		if a.request != nil {
			ctx = a.request.ctx
		}
		a.asked = true
		a.embedding, a.err = engine.Embed(ctx, a.source, a.texts, a.how)
		if errors.Is(a.err, context.Canceled) {
			a.err = ErrStopped
		}
	}
	if a.err != nil {
		return compare.Vectors{}, a.err
	}
	v, err := trial.VectorsIn(a.embedding)
	if errors.Is(err, trial.ErrUnpaid) {
		err = a.lacks
	}
	return v, err
}
