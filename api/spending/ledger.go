package spending

import (
	"context"
	"slices"
	"sync"

	"github.com/vecscope/vecscope/api"
)

// Limits are what may be spent in US dollars before a person is asked once more.
type Limits struct {
	// PerRun is for what is approved together, PerSession for all of a session.
	PerRun, PerSession float64
}

// Log keeps what was spent over all sessions. It is safe for concurrent use.
type Log interface {
	// Add notes what was spent.
	Add(ctx context.Context, spent api.Tally) error
	// Totals gives the sums by provider and model, those of this session included. An
	// error comes with what is known nevertheless.
	Totals(ctx context.Context) ([]api.Tally, error)
}

// Ledger is what a session has spent and what it has approved. It may be used by
// several goroutines. Make one with NewLedger; nothing was spent of one that is nil.
type Ledger struct {
	limits Limits
	log    Log // may be nil

	mu    sync.Mutex // guards the rest, and what approvals may take
	spent []entry
	open  map[*Approval]bool // begun and not ended
}

// entry is what was spent on one model; paid tells that it costs money, or may.
type entry struct {
	api.Tally
	paid bool
}

// NewLedger makes the ledger of a session. What is recorded goes to log at once,
// which may be nil.
func NewLedger(limits Limits, log Log) *Ledger {
	return &Ledger{limits: limits, log: log, open: map[*Approval]bool{}}
}

// Limits are what may be spent.
func (l *Ledger) Limits() Limits { return l.limits }

// Log keeps what is spent over all sessions; nil when nothing does.
func (l *Ledger) Log() Log { return l.log }

// Add counts something as spent on a model that costs money.
func (l *Ledger) Add(t api.Tally) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(t, true)
}

func (l *Ledger) add(t api.Tally, paid bool) {
	for i, e := range l.spent {
		if e.Provider == t.Provider && e.Model == t.Model {
			l.spent[i].Tally = e.Plus(t)
			return
		}
	}
	l.spent = append(l.spent, entry{t, paid})
}

// Session is what has been spent on each model, in the order in which they were
// first used. What an approval takes counts when it has ended.
func (l *Ledger) Session() []api.Tally {
	return l.tallies(func(entry) bool { return true })
}

// Paid is Session without the models that cost nothing.
func (l *Ledger) Paid() []api.Tally {
	return l.tallies(func(e entry) bool { return e.paid })
}

func (l *Ledger) tallies(which func(entry) bool) []api.Tally {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []api.Tally
	for _, e := range l.spent {
		if which(e) {
			list = append(list, e.Tally)
		}
	}
	return list
}

// Of is what has been spent on one model, by its reference; ok is false when it was
// not used.
func (l *Ledger) Of(ref string) (t api.Tally, ok bool) {
	list := l.Session()
	at := slices.IndexFunc(list, func(t api.Tally) bool { return t.Ref() == ref })
	if at < 0 {
		return api.Tally{}, false
	}
	return list[at], true
}

// Spent is what the session has cost in US dollars, what may be charged although no
// answer came included.
func (l *Ledger) Spent() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.spentUSD()
}

func (l *Ledger) spentUSD() float64 {
	sum := 0.0
	for _, e := range l.spent {
		sum += e.USD + e.LostUSD
	}
	return sum
}

// Committed is what the session has cost at the most when everything that was begun
// has ended.
func (l *Ledger) Committed() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.committed()
}

func (l *Ledger) committed() float64 {
	sum := l.spentUSD()
	for a := range l.open {
		sum += a.cost.AtMost() + a.again
	}
	return sum
}

// Excess is a limit that spending something would exceed.
type Excess struct {
	// Session tells that it is the limit of the session rather than that of a run.
	Session bool
	// Limit is the limit in US dollars.
	Limit float64
	// Perhaps tells that it is exceeded only if a server counts more tokens than were
	// estimated.
	Perhaps bool
}

// Exceeds gives the limits that these costs would exceed, that of the run first, as
// far as their prices are known.
func (l *Ledger) Exceeds(costs []Cost) []Excess {
	usd, most := 0.0, AtMost(costs)
	for _, c := range costs {
		usd += c.USD
	}
	var list []Excess
	weigh := func(before float64, e Excess) {
		within := func(usd float64) bool { return before+usd <= e.Limit*(1+tiny) }
		if e.Perhaps = within(usd); !e.Perhaps || !within(most) {
			list = append(list, e)
		}
	}
	weigh(0, Excess{Limit: l.limits.PerRun})
	weigh(l.Committed(), Excess{Session: true, Limit: l.limits.PerSession})
	return list
}
