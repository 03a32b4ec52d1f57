package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/corpus"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// job is one round of work for the present texts and candidates. Starting
// another cancels it; whatever it still brings is dropped by its number.
type job struct {
	id      int
	ctx     context.Context
	cancel  context.CancelFunc
	running bool // its waiting time is over
	started time.Time
	elapsed time.Duration   // since started, as of the last tick
	total   int             // texts
	pending map[string]bool // candidates without a result, by id
	// done counts the texts embedded per source; commands write it.
	done map[string]*atomic.Int64
	// granted are the sources that may cost money in this job, by key.
	granted map[string]grant
	// waits are what each source waits for; commands write them.
	waits map[string]*atomic.Pointer[pause]
	// compared is the percentage of pairs compared per candidate; commands write it.
	compared map[string]*atomic.Int64
}

// track gives the function through which a command tells its progress.
func (j *job) track(source string) func(done int) {
	counter := &atomic.Int64{}
	j.done[source] = counter
	return func(done int) { counter.Store(int64(done)) }
}

// trackPairs is track for a candidate's pairs.
func (j *job) trackPairs(candidate string) func(done, total int) {
	percent := &atomic.Int64{}
	j.compared[candidate] = percent
	return func(done, total int) { percent.Store(int64(100 * done / max(total, 1))) }
}

// comparedOf gives the percentage of pairs compared; ok is false before the
// comparing has begun.
func (j *job) comparedOf(candidate string) (percent int, ok bool) {
	if c, ok := j.compared[candidate]; ok {
		return int(c.Load()), true
	}
	return 0, false
}

func (j *job) progressOf(source string) (done, total int) {
	if c, ok := j.done[source]; ok {
		done = int(c.Load())
	}
	return done, j.total
}

// progress adds up all sources.
func (j *job) progress() (done, total int) {
	for _, c := range j.done {
		done += int(c.Load())
		total += j.total
	}
	return done, total
}

// stateOf is a candidate's state with how far its work has come.
func (j *job) stateOf(c candidateState) candidateState {
	source, _ := pipeline.SourceOf(c.model, c.Candidate)
	c.phase = phaseRunning
	c.done, c.total = j.progressOf(source.Key())
	c.compared, c.comparing = j.comparedOf(c.ID())
	c.work = j.workOf(source.Key())
	return c
}

// changed starts a new round after texts or candidates have changed.
func (s *store) changed(delay time.Duration) tea.Cmd {
	s.unsaved = true
	s.clampCursor()
	s.stop()
	granted := s.money.granted
	s.money.granted = nil
	pending := s.lacking()
	if len(pending) == 0 && !s.stale() {
		return s.ensureOrder()
	}
	s.lastJob++
	ctx, cancel := context.WithCancel(s.life)
	s.job = &job{id: s.lastJob, ctx: ctx, cancel: cancel, pending: pending, done: map[string]*atomic.Int64{}, compared: map[string]*atomic.Int64{}, total: s.corpus.Len(), granted: granted, waits: map[string]*atomic.Pointer[pause]{}}
	return s.after(ctx, delay, runMsg{s.job.id})
}

func (s *store) clampCursor() {
	last := max(s.corpus.Len()-1, 0)
	s.cursorA, s.cursorB = min(max(s.cursorA, 0), last), min(max(s.cursorB, 0), last)
}

// stop cancels what runs; results that have arrived stay.
func (s *store) stop() {
	if s.job != nil {
		s.job.cancel()
		s.job = nil
	}
}

// running tells whether vectors or matrices are being computed now.
func (s *store) running() bool { return s.job != nil && s.job.running }

// nothingToCompute gives the reason why computing again makes no sense.
func (s *store) nothingToCompute() string {
	switch {
	case len(s.candidates) == 0:
		return "no candidates: choose models on screen 1"
	case s.corpus.Len() == 0:
		return "no texts: add some on screen 2"
	}
	return ""
}

// recompute starts over what failed or was stopped.
func (s *store) recompute() tea.Cmd {
	for id, o := range s.shown.outcomes {
		if o.err != nil || o.unpaid != nil {
			delete(s.shown.outcomes, id)
		}
	}
	return s.changed(0)
}

// lacking are the candidates that can be asked and have no outcome for the
// present texts.
func (s *store) lacking() map[string]bool {
	out := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil || s.engine.Available(m) != nil {
			continue
		}
		if _, ok := s.shown.outcomes[c.ID()]; !ok || s.stale() {
			out[c.ID()] = true
		}
	}
	return out
}

// run starts the work of the job that has waited long enough.
func (s *store) run(msg runMsg) tea.Cmd {
	if s.job == nil || s.job.id != msg.job {
		return nil
	}
	s.job.running, s.job.started = true, time.Now()
	if s.stale() {
		s.next = newComparison(s.corpus.Revision(), s.corpus.Texts())
		if s.corpus.Len() == 0 || len(s.job.pending) == 0 {
			s.adopt()
		}
	}
	s.forget()
	count := s.countMissingTokens()
	if s.corpus.Len() == 0 || len(s.job.pending) == 0 {
		s.finish()
		return count
	}
	return tea.Batch(append(s.work(), count, s.tick())...)
}

// tick redraws the progress of the running job a moment later.
func (s *store) tick() tea.Cmd {
	s.job.elapsed = time.Since(s.job.started)
	return s.after(s.job.ctx, progressInterval, tickMsg{s.job.id})
}

// work gives one command for every source that must be asked, and one for every
// candidate whose source is there already.
func (s *store) work() []tea.Cmd {
	texts := textsOf(s.corpus.Texts())
	var cmds []tea.Cmd
	asked := map[string]bool{}
	for _, c := range s.candidates {
		if !s.job.pending[c.ID()] {
			continue
		}
		m, _ := s.engine.Catalog.Find(c.Model)
		source, _ := pipeline.SourceOf(m, c)
		before := s.embeddings[source.Key()]
		switch {
		case before != nil && !before.Partial && slices.Equal(before.Texts, texts):
			cmds = append(cmds, analyse(s.job, m, c, before))
		case asked[source.Key()]:
		case s.needsGrant(source):
			asked[source.Key()] = true
			cmds = append(cmds, price(s.job, s.engine, source, texts, before, s.counts(texts)))
		default:
			asked[source.Key()] = true
			cmds = append(cmds, embed(s.job, s.engine, source, texts, s.asking(source, texts)))
		}
	}
	return cmds
}

func textsOf(texts []corpus.Text) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.Text
	}
	return out
}

// forget drops the vectors that no candidate uses any more, and the outcomes of
// candidates that no longer take part.
func (s *store) forget() {
	used := map[string]bool{}
	for _, c := range s.candidates {
		used[c.ID()] = true
		if m, err := s.engine.Catalog.Find(c.Model); err == nil {
			source, _ := pipeline.SourceOf(m, c)
			used[source.Key()] = true
		}
	}
	for key := range s.embeddings {
		if !used[key] {
			delete(s.embeddings, key)
		}
	}
	for id := range s.shown.outcomes {
		if !used[id] {
			delete(s.shown.outcomes, id)
			delete(s.shown.orders, id)
		}
	}
}

func (s *store) countMissingTokens() tea.Cmd {
	var texts []string
	for i := range s.corpus.Len() {
		t := s.corpus.At(i).Text
		if _, ok := s.tokens[t]; !ok {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return countTokens(s.life, s.counter, s.corpus.Revision(), texts)
}

// counted takes in token counts, whatever has changed meanwhile. When there are
// too many to remember, those of texts that are gone are forgotten.
func (s *store) counted(msg tokensMsg) {
	maps.Copy(s.tokens, msg.counts)
	if len(s.tokens) > mostCounts {
		kept := make(map[string]int, s.corpus.Len())
		for i := range s.corpus.Len() {
			t := s.corpus.At(i).Text
			if n, ok := s.tokens[t]; ok {
				kept[t] = n
			}
		}
		s.tokens = kept
	}
	s.rounds++
}

// mostCounts is how many token counts are remembered.
const mostCounts = 4 * corpus.MaxTexts

// embedded takes in a source's vectors and starts its candidates' analysis.
func (s *store) embedded(msg vectorsMsg) tea.Cmd {
	log := s.spent(msg.embedding)
	if s.job == nil || s.job.id != msg.job {
		s.keep(msg)
		return log
	}
	if msg.embedding != nil {
		s.embeddings[msg.source.Key()] = msg.embedding
		s.trust(msg.embedding)
	}
	cmds := []tea.Cmd{log}
	for _, c := range s.candidates {
		if s.job == nil { // the last candidate it waited for has failed
			break
		}
		m, err := s.engine.Catalog.Find(c.Model)
		if err != nil || !s.job.pending[c.ID()] {
			continue
		}
		if source, _ := pipeline.SourceOf(m, c); source.Key() != msg.source.Key() {
			continue
		}
		if msg.err != nil {
			s.settle(c.ID(), outcome{err: msg.err})
			continue
		}
		cmds = append(cmds, analyse(s.job, m, c, msg.embedding))
	}
	return tea.Batch(cmds...)
}

// computed takes in a candidate's result.
func (s *store) computed(msg resultMsg) tea.Cmd {
	if s.job == nil || s.job.id != msg.job {
		return nil
	}
	s.settle(msg.candidate, outcome{result: msg.result, err: msg.err})
	return s.ensureOrder()
}

// settle notes a candidate's outcome in the running job.
func (s *store) settle(id string, o outcome) {
	if errors.Is(o.err, context.Canceled) {
		return
	}
	s.adopt()
	s.shown.outcomes[id] = o
	delete(s.shown.orders, id)
	s.settled(id)
}

// settled notes that there is nothing more to do for a candidate in this job.
func (s *store) settled(id string) {
	delete(s.job.pending, id)
	if len(s.job.pending) == 0 {
		s.adopt()
		s.finish()
	}
}

// adopt lets the screens follow the texts that the job works on.
func (s *store) adopt() {
	if s.next == nil {
		return
	}
	if len(s.next.texts) == len(s.shown.texts) {
		s.next.meanwhile = s.shown.meanwhile
	}
	s.shown, s.next = s.next, nil
}

func (s *store) finish() {
	s.job.cancel()
	s.job = nil
}

// ordered takes in an order of the texts by similarity.
func (s *store) ordered(msg orderMsg) error {
	if msg.revision != s.shown.revision {
		return nil
	}
	if msg.err == nil {
		s.shown.orders[msg.candidate], s.shown.meanwhile = msg.order, msg.order
	}
	if errors.Is(msg.err, context.Canceled) {
		return nil
	}
	return msg.err
}
