package ui

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

const (
	// maxCandidates is how many matrices stand side by side at the most.
	maxCandidates = 6
	// restDelay is how long typing must rest before vectors are computed.
	restDelay = 250 * time.Millisecond
	// defaultThreshold is the similarity from which two texts count as duplicates
	// until the person says otherwise.
	defaultThreshold = 0.95
)

// store is what all screens share: the texts, the candidates, the settings of
// the comparison, and what was computed from them. It belongs to the loop: only
// Update changes it, and screens call its methods directly.
type store struct {
	// life ends with the program; all work is done under it.
	life context.Context
	// after goes on after a delay; tests let no time pass.
	after   func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	engine  *pipeline.Engine
	counter *corpus.Counter

	corpus     *corpus.Corpus
	candidates []api.Candidate

	// prefixes are the query prefixes that the person has edited, by model
	// reference.
	prefixes map[string]string

	threshold    float64
	overrides    map[string]float64 // thresholds of single candidates, by id
	perCandidate bool

	// cursorA and cursorB are the texts under the cursor that all comparing
	// screens share, as indices into the corpus.
	cursorA, cursorB int

	// focus is the index of the candidate that keys about one candidate act on.
	focus int

	order       orderMode
	orderCancel context.CancelFunc // ends the computing of an order; nil before the first

	current    *comparison
	pending    *comparison
	embeddings map[string]*pipeline.Embedding // by source key
	tokens     map[string]int                 // by text
	rounds     int                            // how often tokens have been counted
	sum        tokenSum
	requests   map[string]*request // by source key, or another for those aside
	// long is what the person wants of texts that are too long, by source key.
	long        map[string]pipeline.Long
	lastRequest int
	stopping    stopping
	// ended is what was stopped, until its end is told, and refused the texts without
	// a vector of a run, until that is.
	ended   *stopping
	refused refused
	lists   lists
	// readList reads the list of a server, and news and keeps find out what came up
	// beside the work; each may be nil.
	readList       func(ctx context.Context, provider string) (changes string, err error)
	news           func() []string
	readPersistErr func() error
	// persistErr is why nothing can be kept for later; nil when it can.
	persistErr error
	// warnings are what was said of the program itself, to be read again.
	warnings []string
	// stoppedCandidates are the candidates, by id, whose work the person has stopped since
	// anything changed.
	stoppedCandidates map[string]bool
	job               *job
	// seen is when the progress was looked at last, and ticking that it will be
	// again.
	seen    time.Time
	ticking bool
	ledger  *spending.Ledger
	logged  int // how often what was spent was noted beyond this session
	gate    *requestGate
	// events are those that nobody has taken yet.
	events []event
	// lengthChanges are the vectors of another length than listed since that was told.
	lengthChanges []lengthChange
	// version is raised by every change, and derived is what was computed since.
	version uint64
	derived *derived
	// unsaved tells that something changed that the remembered state lacks.
	unsaved bool
}

// sessionConfig is what a session works with; what is nil is not there.
type sessionConfig struct {
	engine  *pipeline.Engine
	counter *corpus.Counter
	limits  spending.Limits
	usage   spending.Log
	// after goes on with then on the loop after the delay; nil is later.
	after func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	// servers are those whose lists readList reads.
	servers  []string
	readList func(ctx context.Context, provider string) (changes string, err error)
	// news gives lines on what came up beside the work, each once, and unkept tells why
	// nothing can be kept for later.
	news       func() []string
	persistErr func() error
}

func newStore(life context.Context, o sessionConfig) *store {
	after := o.after
	if after == nil {
		after = later
	}
	return &store{
		life: life, after: after, engine: o.engine, counter: o.counter, corpus: corpus.New(nil),
		ledger:   spending.NewLedger(o.limits, o.usage),
		lists:    lists{servers: o.servers},
		readList: o.readList, news: o.news, readPersistErr: o.persistErr,
		prefixes:  map[string]string{},
		gate:      newRequestGate(),
		requests:  map[string]*request{},
		long:      map[string]pipeline.Long{},
		threshold: defaultThreshold, overrides: map[string]float64{},
		current:    newComparison(noRevision, nil),
		embeddings: map[string]*pipeline.Embedding{},
		tokens:     map[string]int{},
		sum:        tokenSum{revision: noRevision},
		cursorB:    1,
	}
}

// markUnsaved notes that the remembered state lacks something, and saved that it is
// being written.
func (s *store) markUnsaved() { s.unsaved = true }

func (s *store) saved() { s.unsaved = false }

// phase is how far a candidate has come.
type phase int

const (
	phaseWaiting     phase = iota // the work has not begun
	phaseRunning                  // vectors or matrices are being computed
	phaseReady                    // there is a result
	phaseFailed                   // it went wrong; err says why
	phaseUnavailable              // its provider cannot be asked; err says why
	phaseUnpaid                   // it costs money and waits for a word
)

// candidateState is everything a screen needs to show of a candidate.
type candidateState struct {
	api.Candidate
	model api.Model
	phase phase
	// working tells that something is under way for it; its result, if there is one,
	// is of before.
	working     bool
	done, total int // texts embedded, while running
	comparing   bool
	compared    int // percentage of pairs, while comparing
	work        sourceWork
	result      *pipeline.Result
	// missing is how many texts the result lacks because they are still to be
	// embedded; err then says why no more came.
	missing int
	err     error
	// again is the key that asks for it again after it has failed.
	again string
	// unpaid is what it, or the rest of it, takes; nil when it waits for no word.
	unpaid *pipeline.Estimate
}

// derived tells that the vectors are, or will be, cut from longer ones.
func (c candidateState) derived() bool {
	_, derived := pipeline.SourceOf(c.model, c.Candidate)
	return derived
}

// texts are the ones the results belong to; they follow the corpus as soon as
// the first new result is there.
func (s *store) texts() []corpus.Text { return s.current.texts }

// stale tells that the texts have changed and the results have not followed yet.
func (s *store) stale() bool { return s.current.revision != s.corpus.Revision() }

// compute finds out how far a candidate has come.
func (s *store) compute(c api.Candidate) candidateState {
	st := candidateState{Candidate: c}
	m, err := s.find(c.Model)
	if err != nil {
		st.phase, st.err = phaseFailed, err
		return st
	}
	st.model, st.again = m, "R"
	if s.engine.Paid(m) {
		st.again = "E"
	}
	if err := s.engine.Available(m); err != nil {
		st.phase, st.err = phaseUnavailable, err
		return st
	}
	o, ok := s.current.outcomes[c.ID()]
	if s.atWorkOn(st) && (o.result == nil || !o.complete()) {
		st = s.withProgress(st)
		o.err, o.unpaid = nil, nil
	}
	if !ok || st.working && o.result == nil {
		return st
	}
	st.result, st.err, st.unpaid = o.result, o.err, o.unpaid
	switch {
	case o.result != nil:
		st.phase, st.missing = phaseReady, o.result.Missing()
	case o.err != nil:
		st.phase = phaseFailed
	case o.unpaid != nil:
		st.phase = phaseUnpaid
	}
	return st
}

// atWorkOn tells whether something is under way for a candidate.
func (s *store) atWorkOn(c candidateState) bool {
	source, _ := pipeline.SourceOf(c.model, c.Candidate)
	_, asked := s.requests[source.Key()]
	return asked || s.job != nil && s.job.running && s.job.pending[c.ID()]
}

// withProgress is a candidate's state with how far its work has come.
func (s *store) withProgress(c candidateState) candidateState {
	source, _ := pipeline.SourceOf(c.model, c.Candidate)
	c.phase, c.working, c.total = phaseRunning, true, s.corpus.Len()
	if s.job != nil {
		if percent, ok := s.job.compared[c.ID()]; ok {
			c.comparing, c.compared = true, int(percent.Load())
		}
	}
	if a := s.requests[source.Key()]; a != nil {
		c.done, c.total = a.progress()
	}
	c.work = s.workOf(s.requests[source.Key()])
	return c
}

// has tells whether the model takes part, at whatever dimensions.
func (s *store) has(ref string) bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool { return c.Model == ref })
}

// full tells that no further candidate can be added.
func (s *store) full() bool { return len(s.candidates) >= maxCandidates }

// toggle adds the candidate, or takes it out when it takes part already.
func (s *store) toggle(c api.Candidate) tea.Cmd {
	if slices.Contains(s.candidates, c) {
		return s.takeOut(func(other api.Candidate) bool { return other == c })
	}
	if s.full() {
		return nil
	}
	s.candidates = append(s.candidates, c)
	return s.invalidate(0)
}

// toggleModel adds the model at its usual dimensions, or takes it out at all
// dimensions when it takes part already.
func (s *store) toggleModel(m api.Model) tea.Cmd {
	if s.has(m.Ref()) {
		return s.takeOut(func(c api.Candidate) bool { return c.Model == m.Ref() })
	}
	return s.toggle(api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions})
}

func (s *store) takeOut(which func(api.Candidate) bool) tea.Cmd {
	s.keepFocus(func() { s.candidates = slices.DeleteFunc(s.candidates, which) })
	return s.invalidate(0)
}

// focused is the index of the candidate in focus; 0 when there is none.
func (s *store) focused() int { return min(s.focus, max(len(s.candidates)-1, 0)) }

// setFocus puts the i-th candidate in focus, or the last one.
func (s *store) setFocus(i int) { s.focus = min(i, len(s.candidates)-1) }

// cycleFocus moves the focus to a candidate further on, around the end.
func (s *store) cycleFocus(by int) {
	if n := len(s.candidates); n > 0 {
		s.focus = (s.focused() + by + n) % n
	}
}

// keepFocus keeps the same candidate in focus while f changes their list, as
// long as it takes part.
func (s *store) keepFocus(f func()) {
	if len(s.candidates) == 0 {
		f()
		return
	}
	c := s.candidates[s.focused()]
	f()
	if at := slices.Index(s.candidates, c); at >= 0 {
		s.focus = at
	}
}

// resize puts another number of dimensions in the place of the i-th candidate.
func (s *store) resize(i, dimensions int) tea.Cmd {
	s.touch()
	c := api.Candidate{Model: s.candidates[i].Model, Dimensions: dimensions}
	if slices.Contains(s.candidates, c) {
		return nil
	}
	if own, ok := s.overrides[s.candidates[i].ID()]; ok {
		s.overrides[c.ID()] = own
	}
	s.candidates[i] = c
	return s.invalidate(0)
}

// moveCandidate changes the i-th candidate's place.
func (s *store) moveCandidate(i, by int) tea.Cmd {
	to := i + by
	if i < 0 || i >= len(s.candidates) || to < 0 || to >= len(s.candidates) {
		return nil
	}
	s.keepFocus(func() { s.candidates[i], s.candidates[to] = s.candidates[to], s.candidates[i] })
	s.touch()
	s.unsaved = true
	return s.ensureOrder()
}

// thresholdOf is the similarity from which a pair is a duplicate under the
// candidate.
func (s *store) thresholdOf(id string) float64 {
	if own, ok := s.overrides[id]; ok && s.perCandidate {
		return own
	}
	return s.threshold
}

// setThreshold sets the threshold shared by all, or the candidate's own one
// when each has its own. It is kept within −1 and 1, to four decimals.
func (s *store) setThreshold(id string, value float64) {
	value = math.Round(min(max(value, -1), 1)*1e4) / 1e4
	if s.perCandidate && id != "" {
		s.overrides[id] = value
	} else {
		s.threshold = value
	}
	s.unsaved = true
}

// setPerCandidate gives each candidate a threshold of its own, which begins at
// the common one, or all of them the common one. Own ones are kept meanwhile.
func (s *store) setPerCandidate(each bool) {
	s.perCandidate = each
	s.unsaved = true
}

// setCursor moves the cursor that all comparing screens share to two texts. The
// results may still be of more texts than there are now.
func (s *store) setCursor(a, b int) {
	s.cursorA, s.cursorB = a, b
	s.clampCursor()
}

// waitsForWord tells that nothing but the person's word is lacking; what has
// failed may be paid for again, but does not wait for that.
func (c candidateState) waitsForWord() bool {
	return c.unpaid != nil && (c.err == nil || errors.Is(c.err, errStopped))
}
