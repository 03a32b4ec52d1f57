package session

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Requests are the askings of sources for vectors that are under way.
type Requests struct{ session *Session }

// Requests are those of this session.
func (s *Session) Requests() Requests { return Requests{s} }

// Open is how many have not ended, those that were stopped included.
func (r Requests) Open() int { return len(r.session.requests) }

// Paid are those that money is being spent on and that are not stopped, in the order
// in which they began.
func (r Requests) Paid() []*Request {
	return r.session.requestsThat((*Request).Paid)
}

// requestsThat are the requests of that kind that are not stopped, in the order in
// which they began.
func (s *Session) requestsThat(are func(*Request) bool) []*Request {
	var out []*Request
	for _, a := range s.requests {
		if are(a) && !a.stopped {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y *Request) int { return x.id - y.id })
	return out
}

// Embed asks a source for the vectors of texts for another purpose than the
// candidates' matrices, and gives the command that does. It ends with then.
func (r Requests) Embed(purpose Purpose, source pipeline.Source, texts []string, g Grant, then func(*pipeline.Embedding, error) tea.Cmd) (*Request, tea.Cmd) {
	s := r.session
	a := s.newRequest(purpose, source, texts, g)
	return a, s.send(a, nil, func(emb *pipeline.Embedding, err error) tea.Cmd {
		s.finished(a, emb, err)
		return then(emb, err)
	})
}

// Stop ends a request at the person's word; what has ended already stays as it is.
// One that costs money is awaited: it tells what has been charged.
func (r Requests) Stop(a *Request) {
	s := r.session
	s.Touch()
	if s.requests[a.key] != a || a.stopped {
		return
	}
	a.cancel()
	if !a.Paid() {
		delete(s.requests, a.key)
		return
	}
	a.stopped = true
	if a.purpose.ofCandidates() {
		s.stopping.awaited++
	}
}

// CandidatesOf are the candidates that a request is for; nil when none is any more.
func (r Requests) CandidatesOf(a *Request) []api.Candidate {
	s := r.session
	var out []api.Candidate
	for _, c := range s.candidates {
		if source, ok := s.sourceOf(c); ok && source.Key() == a.key || ok && s.triedFrom(a, c) {
			out = append(out, c)
		}
	}
	return out
}

// Work is how far a request is; nil is one that has not begun.
func (r Requests) Work(a *Request) SourceWork {
	s := r.session
	if a == nil {
		return SourceWork{Checking: true}
	}
	w := SourceWork{Stopping: a.stopped, Batches: a.Batches(), Sends: a.grant.estimate, Elapsed: max(s.seen.Sub(a.started), 0)}
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

// Progress is how many texts of all that are asked for have come.
func (r Requests) Progress() (done, total int) {
	s := r.session
	for _, a := range s.requests {
		d, t := a.Progress()
		done, total = done+d, total+t
	}
	return done, total
}

// Activity is something under way: for a candidate without the result that is wanted,
// or a request for another purpose than candidates' matrices, or for a candidate that
// takes part no longer.
type Activity struct {
	// State is that of the candidate; of what is for none it has the work alone.
	State
	Source pipeline.Source
}

// ForNone tells that it is for no candidate.
func (k Activity) ForNone() bool { return k.Model == "" }

// Activities are what is under way, those for candidates in their order.
func (r Requests) Activities() []Activity {
	s := r.session
	var out []Activity
	seen := map[string]bool{}
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil {
			continue
		}
		source, _ := pipeline.SourceOf(m, c)
		seen[source.Key()] = true
		if st := (State{Candidate: c, Row: m}); s.atWorkOn(st) {
			out = append(out, Activity{s.withProgress(st), source})
		}
	}
	for _, a := range s.requestsThat(func(a *Request) bool { return a.Paid() || a.purpose != ForCandidates }) {
		if !seen[a.key] {
			st := State{Work: r.Work(a)}
			st.Done, st.Total = a.Progress()
			out = append(out, Activity{st, a.source})
		}
	}
	return out
}
