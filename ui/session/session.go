package session

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
	"github.com/vecscope/vecscope/ui/loop"
)

// Inside tells that the model is part of this program.
func Inside(m api.Model) bool { return m.Source == api.SourceBinary }

func OriginOfSet(s corpus.Set) corpus.Origin { return corpus.Origin{Source: s.Title, Set: s.Name} }

func CandidateIDs(candidates []api.Candidate) []string {
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.ID()
	}
	return ids
}

const (
	// MaxCandidates is how many matrices stand side by side at the most.
	MaxCandidates = 6
	// RestDelay is how long typing must rest before vectors are computed.
	RestDelay = 250 * time.Millisecond
	// defaultThreshold is the similarity from which two texts count as duplicates
	// until the person says otherwise.
	defaultThreshold = 0.95
)

// Session is what all screens share: the texts, the candidates, the settings of
// the comparison, and what was computed from them. It belongs to the loop: only
// Update changes it, and screens call its methods directly.
type Session struct {
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

	current    *Comparison
	pending    *Comparison
	embeddings map[string]*pipeline.Embedding // by source key
	tokens     map[string]int                 // by text
	rounds     int                            // how often tokens have been counted
	sum        tokenSum
	requests   map[string]*Request // by source key, or another for those aside
	// long is what the person wants of texts that are too long, by source key.
	long        map[string]pipeline.Long
	lastRequest int
	stopping    Stopping
	// ended is what was stopped, until its end is told, and refused the texts without
	// a vector of a run, until that is.
	ended   *Stopping
	refused Refused
	lists   Lists
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
	lengthChanges []LengthChange
	// version is raised by every change, and derived is what was computed since.
	version uint64
	derived *derived
	// unsaved tells that something changed that the remembered state lacks.
	unsaved bool
}

// Life gives the life.
func (s *Session) Life() context.Context { return s.life }

// After gives the after.
func (s *Session) After() func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
	return s.after
}

// Engine gives the engine.
func (s *Session) Engine() *pipeline.Engine { return s.engine }

// Corpus gives the corpus.
func (s *Session) Corpus() *corpus.Corpus { return s.corpus }

// Candidates gives the candidates.
func (s *Session) Candidates() []api.Candidate { return s.candidates }

// Prefixes gives the prefixes.
func (s *Session) Prefixes() map[string]string { return s.prefixes }

// Threshold gives the threshold.
func (s *Session) Threshold() float64 { return s.threshold }

// Overrides gives the overrides.
func (s *Session) Overrides() map[string]float64 { return s.overrides }

// PerCandidate gives the perCandidate.
func (s *Session) PerCandidate() bool { return s.perCandidate }

// CursorA gives the cursorA.
func (s *Session) CursorA() int { return s.cursorA }

// CursorB gives the cursorB.
func (s *Session) CursorB() int { return s.cursorB }

// Focus gives the focus.
func (s *Session) Focus() int { return s.focus }

// Order gives the order.
func (s *Session) Order() orderMode { return s.order }

// Current gives the current.
func (s *Session) Current() *Comparison { return s.current }

// Embeddings gives the embeddings.
func (s *Session) Embeddings() map[string]*pipeline.Embedding { return s.embeddings }

// Tokens gives the tokens.
func (s *Session) Tokens() map[string]int { return s.tokens }

// Requests gives the requests.
func (s *Session) Requests() map[string]*Request { return s.requests }

// Stopping gives the stopping.
func (s *Session) Stopping() Stopping { return s.stopping }

// Ended gives the ended.
func (s *Session) Ended() *Stopping { return s.ended }

// Refused gives the refused.
func (s *Session) Refused() Refused { return s.refused }

// Lists gives the lists.
func (s *Session) Lists() Lists { return s.lists }

// PersistErr gives the persistErr.
func (s *Session) PersistErr() error { return s.persistErr }

// Warnings gives the warnings.
func (s *Session) Warnings() []string { return s.warnings }

// Job gives the job.
func (s *Session) Job() *job { return s.job }

// Ledger gives the ledger.
func (s *Session) Ledger() *spending.Ledger { return s.ledger }

// Logged gives the logged.
func (s *Session) Logged() int { return s.logged }

// Gate gives the gate.
func (s *Session) Gate() *requestGate { return s.gate }

// LengthChanges gives the lengthChanges.
func (s *Session) LengthChanges() []LengthChange { return s.lengthChanges }

// Unsaved gives the unsaved.
func (s *Session) Unsaved() bool { return s.unsaved }

// SessionConfig is what a session works with; what is nil is not there.
type SessionConfig struct {
	Engine  *pipeline.Engine
	Counter *corpus.Counter
	Limits  spending.Limits
	Usage   spending.Log
	// After goes on with then on the loop after the delay; nil is later.
	After func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	// Servers are those whose lists readList reads.
	Servers  []string
	ReadList func(ctx context.Context, provider string) (changes string, err error)
	// News gives lines on what came up beside the work, each once, and unkept tells why
	// nothing can be kept for later.
	News       func() []string
	PersistErr func() error
}

func New(life context.Context, o SessionConfig) *Session {
	after := o.After
	if after == nil {
		after = loop.Later
	}
	return &Session{
		life: life, after: after, engine: o.Engine, counter: o.Counter, corpus: corpus.New(nil),
		ledger:   spending.NewLedger(o.Limits, o.Usage),
		lists:    Lists{Servers: o.Servers},
		readList: o.ReadList, news: o.News, readPersistErr: o.PersistErr,
		prefixes:  map[string]string{},
		gate:      newRequestGate(),
		requests:  map[string]*Request{},
		long:      map[string]pipeline.Long{},
		threshold: defaultThreshold, overrides: map[string]float64{},
		current:    NewComparison(NoRevision, nil),
		embeddings: map[string]*pipeline.Embedding{},
		tokens:     map[string]int{},
		sum:        tokenSum{revision: NoRevision},
		cursorB:    1,
	}
}

// MarkUnsaved notes that the remembered state lacks something, and saved that it is
// being written.
func (s *Session) MarkUnsaved() { s.unsaved = true }

func (s *Session) Saved() { s.unsaved = false }

// Phase is how far a candidate has come.
type Phase int

const (
	PhaseWaiting     Phase = iota // the work has not begun
	PhaseRunning                  // vectors or matrices are being computed
	PhaseReady                    // there is a result
	PhaseFailed                   // it went wrong; err says why
	PhaseUnavailable              // its provider cannot be asked; err says why
	PhaseUnpaid                   // it costs money and waits for a word
)

// State is everything a screen needs to show of a candidate.
type State struct {
	api.Candidate
	Row   api.Model
	Phase Phase
	// Working tells that something is under way for it; its result, if there is one,
	// is of before.
	Working     bool
	Done, Total int // texts embedded, while running
	Comparing   bool
	Compared    int // percentage of pairs, while comparing
	Work        SourceWork
	Result      *pipeline.Result
	// Missing is how many texts the result lacks because they are still to be
	// embedded; err then says why no more came.
	Missing int
	Err     error
	// Again is the key that asks for it again after it has failed.
	Again string
	// Unpaid is what it, or the rest of it, takes; nil when it waits for no word.
	Unpaid *pipeline.Estimate
}

// Derived tells that the vectors are, or will be, cut from longer ones.
func (c State) Derived() bool {
	_, derived := pipeline.SourceOf(c.Row, c.Candidate)
	return derived
}

// Texts are the ones the results belong to; they follow the corpus as soon as
// the first new result is there.
func (s *Session) Texts() []corpus.Text { return s.current.texts }

// Stale tells that the texts have changed and the results have not followed yet.
func (s *Session) Stale() bool { return s.current.Revision != s.corpus.Revision() }

// compute finds out how far a candidate has come.
func (s *Session) compute(c api.Candidate) State {
	st := State{Candidate: c}
	m, err := s.Find(c.Model)
	if err != nil {
		st.Phase, st.Err = PhaseFailed, err
		return st
	}
	st.Row, st.Again = m, "R"
	if s.engine.Paid(m) {
		st.Again = "E"
	}
	if err := s.engine.Available(m); err != nil {
		st.Phase, st.Err = PhaseUnavailable, err
		return st
	}
	o, ok := s.current.Outcomes[c.ID()]
	if s.atWorkOn(st) && (o.result == nil || !o.complete()) {
		st = s.withProgress(st)
		o.err, o.unpaid = nil, nil
	}
	if !ok || st.Working && o.result == nil {
		return st
	}
	st.Result, st.Err, st.Unpaid = o.result, o.err, o.unpaid
	switch {
	case o.result != nil:
		st.Phase, st.Missing = PhaseReady, o.result.Missing()
	case o.err != nil:
		st.Phase = PhaseFailed
	case o.unpaid != nil:
		st.Phase = PhaseUnpaid
	}
	return st
}

// atWorkOn tells whether something is under way for a candidate.
func (s *Session) atWorkOn(c State) bool {
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	_, asked := s.requests[source.Key()]
	return asked || s.job != nil && s.job.running && s.job.pending[c.ID()]
}

// withProgress is a candidate's state with how far its work has come.
func (s *Session) withProgress(c State) State {
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	c.Phase, c.Working, c.Total = PhaseRunning, true, s.corpus.Len()
	if s.job != nil {
		if percent, ok := s.job.compared[c.ID()]; ok {
			c.Comparing, c.Compared = true, int(percent.Load())
		}
	}
	if a := s.requests[source.Key()]; a != nil {
		c.Done, c.Total = a.Progress()
	}
	c.Work = s.WorkOf(s.requests[source.Key()])
	return c
}

// Has tells whether the model takes part, at whatever dimensions.
func (s *Session) Has(ref string) bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool { return c.Model == ref })
}

// Full tells that no further candidate can be added.
func (s *Session) Full() bool { return len(s.candidates) >= MaxCandidates }

// Toggle adds the candidate, or takes it out when it takes part already.
func (s *Session) Toggle(c api.Candidate) tea.Cmd {
	if slices.Contains(s.candidates, c) {
		return s.takeOut(func(other api.Candidate) bool { return other == c })
	}
	if s.Full() {
		return nil
	}
	s.candidates = append(s.candidates, c)
	return s.Invalidate(0)
}

// ToggleModel adds the model at its usual dimensions, or takes it out at all
// dimensions when it takes part already.
func (s *Session) ToggleModel(m api.Model) tea.Cmd {
	if s.Has(m.Ref()) {
		return s.takeOut(func(c api.Candidate) bool { return c.Model == m.Ref() })
	}
	return s.Toggle(api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions})
}

func (s *Session) takeOut(which func(api.Candidate) bool) tea.Cmd {
	s.keepFocus(func() { s.candidates = slices.DeleteFunc(s.candidates, which) })
	return s.Invalidate(0)
}

// Focused is the index of the candidate in focus; 0 when there is none.
func (s *Session) Focused() int { return min(s.focus, max(len(s.candidates)-1, 0)) }

// SetFocus puts the i-th candidate in focus, or the last one.
func (s *Session) SetFocus(i int) { s.focus = min(i, len(s.candidates)-1) }

// CycleFocus moves the focus to a candidate further on, around the end.
func (s *Session) CycleFocus(by int) {
	if n := len(s.candidates); n > 0 {
		s.focus = (s.Focused() + by + n) % n
	}
}

// keepFocus keeps the same candidate in focus while f changes their list, as
// long as it takes part.
func (s *Session) keepFocus(f func()) {
	if len(s.candidates) == 0 {
		f()
		return
	}
	c := s.candidates[s.Focused()]
	f()
	if at := slices.Index(s.candidates, c); at >= 0 {
		s.focus = at
	}
}

// Resize puts another number of dimensions in the place of the i-th candidate.
func (s *Session) Resize(i, dimensions int) tea.Cmd {
	s.Touch()
	c := api.Candidate{Model: s.candidates[i].Model, Dimensions: dimensions}
	if slices.Contains(s.candidates, c) {
		return nil
	}
	if own, ok := s.overrides[s.candidates[i].ID()]; ok {
		s.overrides[c.ID()] = own
	}
	s.candidates[i] = c
	return s.Invalidate(0)
}

// MoveCandidate changes the i-th candidate's place.
func (s *Session) MoveCandidate(i, by int) tea.Cmd {
	to := i + by
	if i < 0 || i >= len(s.candidates) || to < 0 || to >= len(s.candidates) {
		return nil
	}
	s.keepFocus(func() { s.candidates[i], s.candidates[to] = s.candidates[to], s.candidates[i] })
	s.Touch()
	s.unsaved = true
	return s.ensureOrder()
}

// ThresholdOf is the similarity from which a pair is a duplicate under the
// candidate.
func (s *Session) ThresholdOf(id string) float64 {
	if own, ok := s.overrides[id]; ok && s.perCandidate {
		return own
	}
	return s.threshold
}

// SetThreshold sets the threshold shared by all, or the candidate's own one
// when each has its own. It is kept within −1 and 1, to four decimals.
func (s *Session) SetThreshold(id string, value float64) {
	value = math.Round(min(max(value, -1), 1)*1e4) / 1e4
	if s.perCandidate && id != "" {
		s.overrides[id] = value
	} else {
		s.threshold = value
	}
	s.unsaved = true
}

// SetPerCandidate gives each candidate a threshold of its own, which begins at
// the common one, or all of them the common one. Own ones are kept meanwhile.
func (s *Session) SetPerCandidate(each bool) {
	s.perCandidate = each
	s.unsaved = true
}

// SetCursor moves the cursor that all comparing screens share to two texts. The
// results may still be of more texts than there are now.
func (s *Session) SetCursor(a, b int) {
	s.cursorA, s.cursorB = a, b
	s.clampCursor()
}

// waitsForWord tells that nothing but the person's word is lacking; what has
// failed may be paid for again, but does not wait for that.
func (c State) waitsForWord() bool {
	return c.Unpaid != nil && (c.Err == nil || errors.Is(c.Err, ErrStopped))
}
