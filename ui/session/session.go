package session

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
)

// Session is what all screens share: the texts, the candidates, the settings of
// the comparison, and what was computed from them. It belongs to the loop: only
// Update changes it, and screens call its methods directly.
//
// What it answers itself is about candidates, texts and results. The rest goes by
// what it is about: Edits changes the texts, Thresholds says what is a duplicate,
// Requests are the askings under way, Payments what costs money, Lists the models of
// servers, and Restore takes up an earlier session.
type Session struct {
	// life ends with the program; all work is done under it.
	life context.Context
	// after goes on after a delay; tests let no time pass.
	after  func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	engine *pipeline.Engine

	corpus     *corpus.Corpus
	candidates []api.Candidate

	// roles are those that the person has edited, by model reference.
	roles map[string]api.Roles

	threshold    float64
	overrides    map[string]float64 // thresholds of single candidates, by id
	perCandidate bool

	// cursorA and cursorB are the texts under the cursor that all comparing
	// screens share, as indices into the corpus.
	cursorA, cursorB int

	// marked is the text that all screens compare with; nil for none.
	marked *markedText

	selected selection

	// focus is the index of the candidate that keys about one candidate act on.
	focus int

	order       OrderMode
	orderCancel context.CancelFunc // ends the computing of an order; nil before the first

	current    *comparison                    // what screens show
	pending    *comparison                    // of changed texts, until it has something to show
	embeddings map[string]*pipeline.Embedding // by source key
	kept       keptResults                    // of candidates that are none now
	counted    *tokenCounts                   // of texts
	worded     wordings                       // of the corpus
	sum        tokenSum

	job *job
	// held keeps any further job from beginning.
	held bool
	// requests are by source key, those for no candidate by another.
	requests    map[string]*Request
	lastRequest int
	ended       []Ended // the newest first
	// anew are the sources, by their keys, that are asked past what is kept until they
	// have answered.
	anew map[string]bool
	// stoppedCandidates are the candidates, by id, whose work the person has stopped since
	// anything changed.
	stoppedCandidates map[string]bool
	// stopping gathers what stopped requests bring, and run what is to be told at the
	// end of a run.
	stopping Stopping
	run      Run
	// seen is when the progress was looked at last, and ticking that it will be
	// again.
	seen    time.Time
	ticking bool

	// long is what the person wants of texts that are too long, by source key.
	long   map[string]pipeline.Long
	ledger *spending.Ledger
	// perQuery is up to what a query is sent without a box that asks.
	perQuery float64
	logged   int // how often what was spent was noted beyond this session
	gate     *gate

	labelled labelled
	trying   trying
	// searching is what searches share.
	searching searching

	lists serverLists
	// setKey takes a provider's key; nil takes none.
	setKey func(provider string, key api.Secret) error
	// readNews finds out what came up beside the work; nil has none.
	readNews func() news
	// persistErr is why nothing can be kept for later; nil when it can.
	persistErr error
	// warnings are what was said of the program itself, to be read again.
	warnings []string
	// events are those that nobody has taken yet.
	events []Event

	// version is raised by every change, and derived is what was computed since.
	version uint64
	derived *derived
	// unsaved tells that something changed that the remembered state lacks.
	unsaved bool
}

// Config is what a session works with. Engine and Counter must be there; what else
// is nil is not there.
type Config struct {
	Engine  *pipeline.Engine
	Counter *corpus.Counter
	Limits  spending.Limits
	// PerQuery is up to what a query of a search is sent without a box that asks, in US
	// dollars.
	PerQuery float64
	// Usage keeps what was spent over all sessions.
	Usage spending.Log
	// After goes on with then on the loop after the delay; nil is loop.Later.
	After func(ctx context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd
	// Servers are those whose lists of models ReadList reads; it says in a few words
	// what has changed, if anything has.
	Servers  []string
	ReadList func(ctx context.Context, provider string) (changes string, err error)
	// ForgetLimits forgets what a server has shown of its limits; nil has nothing to forget.
	ForgetLimits func(provider string)
	// Unasked names those of Servers that are asked nothing before they have a key, and
	// Origin says where one comes from that nobody has named; empty for others.
	Unasked func() []string
	Origin  func(provider string) string
	// Find finds servers that run here and gives the names of new ones; it takes no more
	// than a second or two.
	Find func(ctx context.Context) []string
	// SetKey takes a key for a provider until the program ends.
	SetKey func(provider string, key api.Secret) error
	// News gives lines on what came up beside the work, each once, and PersistErr tells
	// why nothing can be kept for later. Both may take their time.
	News       func() []string
	PersistErr func() error
}

// New begins a session without texts and candidates; all its work ends with life.
func New(life context.Context, o Config) *Session {
	after := o.After
	if after == nil {
		after = loop.Later
	}
	return &Session{
		life: life, after: after, engine: o.Engine, corpus: corpus.New(nil),
		ledger: spending.NewLedger(o.Limits, o.Usage),
		lists: serverLists{
			servers: slices.Clone(o.Servers), unasked: o.Unasked, read: o.ReadList, forget: o.ForgetLimits, find: o.Find, origin: o.Origin, failed: map[string]error{},
		},
		perQuery:  o.PerQuery,
		setKey:    o.SetKey,
		readNews:  o.readNews(),
		roles:     map[string]api.Roles{},
		gate:      newGate(),
		requests:  map[string]*Request{},
		anew:      map[string]bool{},
		long:      map[string]pipeline.Long{},
		threshold: defaultThreshold, overrides: map[string]float64{},
		current:    newComparison(NoRevision, nil, corpus.Origin{}),
		embeddings: map[string]*pipeline.Embedding{},
		counted:    newTokenCounts(o.Counter),
		sum:        tokenSum{revision: NoRevision},
		labelled:   labelled{marks: labels.NewMarks(nil), asked: labels.NewAsked(nil)},
		trying:     trying{seed: DefaultSeed},
		cursorB:    1,
		selected:   selection{texts: map[string]bool{}},
	}
}

// Life ends with the program; work that a screen starts goes on under it.
func (s *Session) Life() context.Context { return s.life }

// After goes on with then on the loop when the delay is over, unless the program
// ends first.
func (s *Session) After(delay time.Duration, then func() tea.Cmd) tea.Cmd {
	return s.after(s.life, delay, then)
}

// Close lets no further request begin, and waits until what those under way take is
// noted beyond this session, but no longer than patience. It is called after the loop
// has ended.
func (s *Session) Close(patience time.Duration) { s.gate.close(patience) }

// Engine knows the catalog and the providers.
func (s *Session) Engine() *pipeline.Engine { return s.engine }

// Corpus is the texts as they are now, to be read; Edits changes them.
type Corpus interface {
	Len() int
	At(i int) corpus.Text
	Texts() []corpus.Text // a copy
	// Snapshot is the list as it is now, not to be changed; no change of the corpus does.
	Snapshot() []corpus.Text
	// Revision is another after every change.
	Revision() uint64
	// Since tells what parts the list of an earlier revision from that of now, as far as
	// that is known.
	Since(revision uint64) (at, gone, come int, ok bool)
	Origin() corpus.Origin
	// Replaced are texts of the person's own that an undo would bring back; nil when
	// there are none.
	Replaced() (texts []corpus.Text, from corpus.Origin)
	// Undoable and Redoable name what Undo takes back and Redo makes again; empty for
	// nothing.
	Undoable() string
	Redoable() string
}

// Corpus is the texts as they are now; the results may be of those before.
func (s *Session) Corpus() Corpus { return s.corpus }

// Texts are the ones the results belong to; they follow the corpus as soon as
// the first new result is there.
func (s *Session) Texts() []corpus.Text { return s.current.texts }

// ResultsRevision is the revision of the corpus that the results belong to;
// NoRevision before the first.
func (s *Session) ResultsRevision() uint64 { return s.current.revision }

// Stale tells that the texts have changed and the results have not followed yet.
func (s *Session) Stale() bool { return s.current.revision != s.corpus.Revision() }

// PersistErr is why nothing can be kept for later sessions; nil when it can.
func (s *Session) PersistErr() error { return s.persistErr }

// Unsaved tells that something has changed since MarkSaved that the remembered state
// lacks.
func (s *Session) Unsaved() bool { return s.unsaved }

// MarkUnsaved notes that the remembered state lacks something.
func (s *Session) MarkUnsaved() { s.unsaved = true }

// MarkSaved notes that the state as it is now is being written.
func (s *Session) MarkSaved() { s.unsaved = false }
