package session

import (
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Batches are requests to a server: those answered of all that are sent.
type Batches struct{ Done, Total int }

// Plus adds others to them.
func (b Batches) Plus(o Batches) Batches { return Batches{b.Done + o.Done, b.Total + o.Total} }

// pause is something waited for.
type pause struct {
	until   time.Time // zero when nobody knows how long
	reason  string
	attempt int
	lost    bool // the answer before was lost, and its request may be billed
}

// progressed, answered and waits take what the request tells on its way.
func (a *Request) progressed(done int) { a.done.Store(int64(done)) }

func (a *Request) answered(done, total int) {
	a.batch.Store(&Batches{done, total})
	if p := a.wait.Load(); p != nil && p.until.IsZero() { // it is over, for batches are sent
		a.wait.CompareAndSwap(p, nil)
	}
}

func (a *Request) waits(n api.Notice) {
	p := &pause{reason: n.Reason, attempt: n.Attempt, lost: n.Lost}
	if n.Wait > 0 {
		p.until = time.Now().Add(n.Wait)
	}
	a.wait.Store(p)
}

// Progress is how many texts of all have come. Of what was agreed to, only those
// count that are sent: what was known before is not waited for.
func (a *Request) Progress() (done, total int) {
	done, total = int(a.done.Load()), len(a.texts)
	if sent := a.grant.texts; sent > 0 {
		done, total = max(sent-(total-done), 0), sent
	}
	return done, total
}

// Batches gives how many are answered; none are known of providers that send all
// texts at once.
func (a *Request) Batches() Batches {
	if b := a.batch.Load(); b != nil {
		return *b
	}
	return Batches{}
}

// Waiting is what a request waits for before it goes on.
type Waiting struct {
	Left    time.Duration
	Unknown bool   // nobody knows how long
	Reason  string // as the server gave it
	Attempt int
	Lost    bool // the answer before was lost, and its request may be billed
}

// SourceWork is how far the request for a source is.
type SourceWork struct {
	Checking bool     // it is not known yet what it would cost
	Stopping bool     // it was stopped, and its end is awaited
	Waits    *Waiting // nil while it waits for nothing
	Batches  Batches
	// Sends is what was agreed to; nil where nothing is sent for money.
	Sends   *pipeline.Estimate
	Elapsed time.Duration
	Rate    float64 // texts a second
}
