package session

import (
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Batches are those answered of all that are sent.
type Batches struct{ Done, Total int }

func (b Batches) Plus(o Batches) Batches { return Batches{b.Done + o.Done, b.Total + o.Total} }

// pause is something waited for.
type pause struct {
	until   time.Time // zero when nobody knows how long
	reason  string
	attempt int
	lost    bool // the answer before was lost, and its request may be billed
}

// progressed, answered and waits take what the asking tells on its way.
func (a *Request) progressed(done int) { a.done.Store(int64(done)) }

func (a *Request) answered(done, total int) {
	a.batch.Store(&Batches{done, total})
	if p := a.wait.Load(); p != nil && p.until.IsZero() { // it is over, for batches are sent
		a.wait.CompareAndSwap(p, nil)
	}
}

func (a *Request) Waits(n api.Notice) {
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
	if sent := a.Grant.texts; sent > 0 {
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

// Waiting is what an asking waits for before it goes on.
type Waiting struct {
	Left    time.Duration
	Unknown bool   // nobody knows how long
	Reason  string // as the server gave it
	Attempt int
	Lost    bool // the answer before was lost, and its request may be billed
}

// SourceWork is how far the asking for a source is.
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

// WorkOf is how far an asking is; nil is one that has not begun.
func (s *Session) WorkOf(a *Request) SourceWork {
	if a == nil {
		return SourceWork{Checking: true}
	}
	w := SourceWork{Stopping: a.stopped, Batches: a.Batches(), Sends: a.Grant.Estimate, Elapsed: max(s.seen.Sub(a.started), 0)}
	if p := a.wait.Load(); p != nil {
		if left := p.until.Sub(s.seen); left > 0 || p.until.IsZero() {
			w.Waits = &Waiting{Left: left, Unknown: p.until.IsZero(), Reason: p.reason, Attempt: p.attempt, Lost: p.lost}
		}
	}
	if seconds := w.Elapsed.Seconds(); seconds >= 1 {
		done, _ := a.Progress()
		w.Rate = float64(done) / seconds
	}
	return w
}

// Progress is how many texts of all that are being asked for have come.
func (s *Session) Progress() (done, total int) {
	for _, a := range s.requests {
		d, t := a.Progress()
		done, total = done+d, total+t
	}
	return done, total
}
