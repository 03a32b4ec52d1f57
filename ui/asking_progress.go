package ui

import (
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// batches are those answered of all that are sent.
type batches struct{ done, total int }

func (b batches) plus(o batches) batches { return batches{b.done + o.done, b.total + o.total} }

// pause is something waited for.
type pause struct {
	until   time.Time // zero when nobody knows how long
	reason  string
	attempt int
	lost    bool // the answer before was lost, and its request may be billed
}

// progressed, answered and waits take what the asking tells on its way.
func (a *request) progressed(done int) { a.done.Store(int64(done)) }
func (a *request) answered(done, total int) {
	a.batch.Store(&batches{done, total})
	if p := a.wait.Load(); p != nil && p.until.IsZero() { // it is over, for batches are sent
		a.wait.CompareAndSwap(p, nil)
	}
}
func (a *request) waits(n api.Notice) {
	p := &pause{reason: n.Reason, attempt: n.Attempt, lost: n.Lost}
	if n.Wait > 0 {
		p.until = time.Now().Add(n.Wait)
	}
	a.wait.Store(p)
}

// progress is how many texts of all have come. Of what was agreed to, only those
// count that are sent: what was known before is not waited for.
func (a *request) progress() (done, total int) {
	done, total = int(a.done.Load()), len(a.texts)
	if sent := a.grant.texts; sent > 0 {
		done, total = max(sent-(total-done), 0), sent
	}
	return done, total
}

// batches gives how many are answered; none are known of providers that send all
// texts at once.
func (a *request) batches() batches {
	if b := a.batch.Load(); b != nil {
		return *b
	}
	return batches{}
}

// waiting is what an asking waits for before it goes on.
type waiting struct {
	left    time.Duration
	unknown bool   // nobody knows how long
	reason  string // as the server gave it
	attempt int
	lost    bool // the answer before was lost, and its request may be billed
}

// sourceWork is how far the asking for a source is.
type sourceWork struct {
	checking bool     // it is not known yet what it would cost
	stopping bool     // it was stopped, and its end is awaited
	waits    *waiting // nil while it waits for nothing
	batches  batches
	// sends is what was agreed to; nil where nothing is sent for money.
	sends   *pipeline.Estimate
	elapsed time.Duration
	rate    float64 // texts a second
}

// workOf is how far an asking is; nil is one that has not begun.
func (s *store) workOf(a *request) sourceWork {
	if a == nil {
		return sourceWork{checking: true}
	}
	w := sourceWork{stopping: a.stopped, batches: a.batches(), sends: a.grant.estimate, elapsed: max(s.seen.Sub(a.started), 0)}
	if p := a.wait.Load(); p != nil {
		if left := p.until.Sub(s.seen); left > 0 || p.until.IsZero() {
			w.waits = &waiting{left: left, unknown: p.until.IsZero(), reason: p.reason, attempt: p.attempt, lost: p.lost}
		}
	}
	if seconds := w.elapsed.Seconds(); seconds >= 1 {
		done, _ := a.progress()
		w.rate = float64(done) / seconds
	}
	return w
}

// progress is how many texts of all that are being asked for have come.
func (s *store) progress() (done, total int) {
	for _, a := range s.requests {
		d, t := a.progress()
		done, total = done+d, total+t
	}
	return done, total
}
