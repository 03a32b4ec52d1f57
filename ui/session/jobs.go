package session

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// job is one round of work for the present texts and candidates: looking up what
// is known, and comparing. Starting another cancels it; whatever it still brings is
// dropped. The vectors that it waits for are asked for apart from it.
type job struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running bool            // its waiting time is over
	texts   []string        // what it works on, once it runs
	pending map[string]bool // candidates without a result, by id
	parts   map[string]*part
	// resumes tells that its end looks for candidates that can be asked only since it began.
	resumes bool
	// compared is how far the comparing of each candidate is.
	compared map[string]*comparing
}

// worksOn tells that the job runs, and on those texts.
func (j *job) worksOn(texts []string) bool {
	return j != nil && j.running && slices.Equal(j.texts, texts)
}

// part is how far a job is with one source.
type part struct {
	looking bool // it is being looked up what is known
	asked   bool // the job has had it asked for
	// estimate is what the rest takes beyond known, where that needs a word.
	estimate *pipeline.Estimate
	known    *pipeline.Embedding
	err      error // why the last asking brought less than all
}

// part gives the part of a source, by its key.
func (j *job) part(key string) *part {
	p := j.parts[key]
	if p == nil {
		p = &part{}
		j.parts[key] = p
	}
	return p
}

// Invalidate starts a new round after texts or candidates have changed.
func (s *Session) Invalidate(delay time.Duration) tea.Cmd {
	s.Touch()
	s.unsaved = true
	s.stoppedCandidates = nil
	s.clampCursor()
	return s.schedule(delay)
}

// schedule starts a new round for the candidates that lack something: at once, or after
// the delay.
func (s *Session) schedule(delay time.Duration) tea.Cmd {
	if s.held {
		return nil
	}
	if !s.plan("") {
		return s.ensureDerived()
	}
	if delay == 0 {
		return s.start()
	}
	j := s.job
	return s.after(j.ctx, delay, func() tea.Cmd {
		if s.job != j {
			return nil
		}
		return s.start()
	})
}

// plan makes a job for the candidates that lack something, those made from the source
// among them that has brought something new; false when there is nothing to do.
func (s *Session) plan(arrived string) bool {
	s.Touch()
	s.endJob()
	s.cancelUnwanted()
	pending := s.unfinished(arrived)
	if len(pending) == 0 && !s.Stale() {
		s.noticeDetached()
		return false
	}
	ctx, cancel := context.WithCancel(s.life)
	s.job = &job{ctx: ctx, cancel: cancel, pending: pending, parts: map[string]*part{}, compared: map[string]*comparing{}}
	for _, a := range s.requests {
		for id, c := range a.compared {
			if pending[id] {
				s.job.compared[id] = c
			}
		}
	}
	return true
}

// Hold lets no round begin before Release, since other texts are about to take the place of
// the present ones.
func (s *Session) Hold() { s.held = true }

// Release begins the round that Hold has kept from beginning.
func (s *Session) Release() tea.Cmd {
	s.held = false
	return s.schedule(0)
}

// endJob ends the round; what is asked for goes on.
func (s *Session) endJob() {
	s.Touch()
	if s.job != nil {
		s.job.cancel()
		s.job, s.pending = nil, nil
	}
}

// Running tells whether vectors or matrices are being computed or asked for now.
func (s *Session) Running() bool {
	if s.job != nil && s.job.running {
		return true
	}
	for _, a := range s.requests {
		if !a.stopped {
			return true
		}
	}
	return false
}

// Pending tells that results are on their way for the present texts and candidates, or
// will be in a moment.
func (s *Session) Pending() bool { return s.job != nil }

// Busy tells whether something runs, or will in a moment.
func (s *Session) Busy() bool { return s.job != nil || s.Running() }

// Recompute starts over what failed or was stopped. Texts that a server gave no vector
// for may be asked for again.
func (s *Session) Recompute() tea.Cmd {
	s.Touch()
	clear(s.anew)
	if s.trying.failed() {
		s.trying.key, s.trying.kept.embeddings, s.trying.kept.failed = trialKey{}, nil, nil
	}
	for key, emb := range s.embeddings {
		if again := emb.WithRetries(); again != nil && emb.Source.Model.Source != api.SourceBinary {
			s.embeddings[key] = again
		}
	}
	for id, o := range s.current.outcomes {
		if !o.complete() || o.refused() {
			delete(s.current.outcomes, id)
		}
	}
	return s.Invalidate(0)
}

// resume starts a round when candidates lack a result that none is under way for,
// as after a list of models has changed. While a round is under way it waits for its end.
func (s *Session) resume() tea.Cmd {
	switch {
	case s.job != nil:
		s.job.resumes = true
		return nil
	case len(s.unfinished("")) == 0:
		return nil
	}
	return s.schedule(0)
}

// unfinished are the candidates that can be asked and have no outcome for the
// present texts, or one that can become better: their source is being asked, or is
// the one that has arrived.
func (s *Session) unfinished(arrived string) map[string]bool {
	out := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil || s.engine.Available(m) != nil || s.stoppedCandidates[c.ID()] {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		_, asked := s.requests[source.Key()]
		o, ok := s.current.outcomes[c.ID()]
		nowFree := o.unpaid != nil && !s.engine.Paid(m) // its server has said what it is
		if !ok || s.Stale() || nowFree || (asked || source.Key() == arrived) && (!o.complete() || o.leavesOut()) {
			out[c.ID()] = true
		}
	}
	return out
}

// start starts the work of the job.
func (s *Session) start() tea.Cmd {
	s.Touch()
	s.job.running, s.job.texts = true, s.wordings()
	if s.Stale() {
		s.pending = newComparison(s.corpus.Revision(), s.corpus.Snapshot(), s.corpus.Origin())
	}
	s.evict()
	s.noticeDetached()
	if s.corpus.Len() == 0 {
		s.job.pending = nil
	}
	return tea.Batch(s.countTokens(), s.nameTexts(), s.step())
}

// nameTexts has texts that are new ready for labels before the loop asks for them so.
func (s *Session) nameTexts() tea.Cmd {
	if s.pending == nil {
		return nil
	}
	named := s.pending.named
	return func() tea.Msg {
		named()
		return nil
	}
}

// progressInterval is how often a running job's numbers are drawn anew.
const progressInterval = 100 * time.Millisecond

// tick redraws the progress a moment later, as long as something runs.
func (s *Session) tick() tea.Cmd {
	if s.ticking || !s.Running() {
		return nil
	}
	s.ticking, s.seen = true, time.Now()
	s.Touch()
	return s.after(s.life, progressInterval, s.ticked)
}

// ticked goes on with it.
func (s *Session) ticked() tea.Cmd {
	s.Touch()
	s.ticking = false
	return s.tick()
}

// step starts whatever a candidate of the running job needs next, and ends the
// job when none needs anything. It is called after everything that has ended, so
// that no candidate waits for nothing.
func (s *Session) step() tea.Cmd {
	s.Touch()
	if s.job == nil || !s.job.running {
		return s.tick()
	}
	var cmds []tea.Cmd
	present := map[string]bool{}
	for _, c := range s.candidates {
		if present[c.ID()] = true; s.job.pending[c.ID()] {
			cmds = append(cmds, s.nextStep(c))
		}
	}
	maps.DeleteFunc(s.job.pending, func(id string, _ bool) bool { return !present[id] })
	if len(s.job.pending) == 0 {
		resumes := s.job.resumes
		s.publish()
		if s.endJob(); resumes {
			cmds = append(cmds, s.resume())
		}
	}
	return tea.Batch(append(cmds, s.ensureDerived(), s.tick())...)
}

// nextStep starts the next step towards a candidate's result, unless one is under
// way.
func (s *Session) nextStep(c api.Candidate) tea.Cmd {
	m, err := s.Find(c.Model)
	if err != nil || s.engine.Available(m) != nil {
		delete(s.job.pending, c.ID())
		return nil
	}
	source := s.sourceFor(m, c)
	key := source.Key()
	p, emb := s.job.part(key), s.embeddings[key]
	_, asked := s.requests[key]
	_, comparing := s.job.compared[c.ID()]
	same := emb != nil && slices.Equal(emb.Texts, s.job.texts)
	switch {
	case comparing, asked, p.looking:
		return nil
	case same && !emb.Partial:
		_, together := s.awaiting(source)
		return s.analyse(m, together, emb, outcome{})
	case p.estimate != nil:
		return s.showKnown(m, c, p.known, outcome{err: p.err, unpaid: p.estimate})
	case p.asked:
		if p.err == nil {
			p.err = fmt.Errorf("%s gave no vectors; try again", m.Ref())
		}
		if !same {
			emb = nil
		}
		return s.showKnown(m, c, emb, outcome{err: p.err})
	case s.engine.Paid(m):
		p.looking = true
		return s.look(source, emb)
	case Inside(m):
		p.asked = true
		return s.embedHere(source)
	default:
		p.asked = true
		return s.embed(source, s.job.texts, Grant{})
	}
}

// wordings are those of the texts of a revision, which many ask for and keep.
type wordings struct {
	revision uint64
	texts    []string
}

// wordings are those of the texts of the corpus; nobody may change them.
func (s *Session) wordings() []string {
	if w := &s.worded; w.texts == nil || w.revision != s.corpus.Revision() {
		*w = wordings{s.corpus.Revision(), TextsOf(s.corpus.Snapshot())}
	}
	return s.worded.texts
}

// resultWordings are those of the texts that the results belong to.
func (s *Session) resultWordings() []string {
	if !s.Stale() {
		return s.wordings()
	}
	return TextsOf(s.current.texts)
}

// TextsOf are the wordings of texts, in their order: what is embedded.
func TextsOf(texts []corpus.Text) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.Text
	}
	return out
}

// spareBytes is up to how large the vectors are that stay for a candidate that was
// taken out, and may be put back.
const spareBytes = 8 << 20

// spares tells whether vectors that no candidate uses stay for one that may be put
// back: those of the present texts, while they are small.
func (s *Session) spares(emb *pipeline.Embedding) bool {
	return 4*emb.Vectors.Len()*emb.Vectors.Dim() <= spareBytes && slices.Equal(emb.Texts, s.job.texts)
}

// evict drops the vectors that no candidate uses any more, but for spare ones, and the outcomes of
// candidates that no longer take part, but for some that are kept aside.
func (s *Session) evict() {
	s.Touch()
	used := map[string]bool{}
	for _, c := range s.candidates {
		used[c.ID()] = true
		if m, err := s.Find(c.Model); err == nil {
			source, _ := pipeline.SourceOf(m, c)
			used[source.Key()] = true
		}
	}
	for key, emb := range s.embeddings {
		if !used[key] && !s.spares(emb) {
			delete(s.embeddings, key)
		}
	}
	for id, o := range s.current.outcomes {
		if !used[id] {
			s.keepResult(o)
			delete(s.current.outcomes, id)
			delete(s.current.orders, id)
		}
	}
	s.kept = slices.DeleteFunc(s.kept, func(r keptResult) bool { return !s.currentlyMade(r.of) })
}
