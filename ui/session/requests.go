package session

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Request is one asking of a source for vectors. It has a life of its own: jobs wait
// for it, and end without ending it. One that costs money is stopped by nothing
// but the person's word.
type Request struct {
	id     int
	Key    string // under which the store finds it
	Source pipeline.Source
	texts  []string
	Grant  Grant
	// Sends tells that money is spent; others are dropped when nobody wants them.
	Sends bool
	// Besides tells that it is for no candidate's matrix, and how else it is asked for
	// again; empty for those of candidates.
	Besides string
	ctx     context.Context
	cancel  context.CancelFunc
	started time.Time
	// stopped tells that the person has stopped it; what it had got is on its way.
	stopped bool
	// lastTold is what was last said of its going on, so that it is not repeated.
	lastTold toldDetached

	// The rest is written by the command that asks.
	done  atomic.Int64 // texts that have a vector
	batch atomic.Pointer[Batches]
	wait  atomic.Pointer[pause]
}

// toldDetached is what was said at a revision of the texts.
type toldDetached struct {
	Detached
	revision uint64
}

// newRequest notes that a source is asked. What the person has agreed to counts as
// spent until it is known what it took.
func (s *Session) newRequest(key string, source pipeline.Source, texts []string, g Grant) *Request {
	s.lastRequest++
	a := &Request{id: s.lastRequest, Key: key, Source: source, texts: texts, Grant: g, Sends: g.sends, started: time.Now()}
	a.ctx, a.cancel = context.WithCancel(s.life)
	s.requests[key] = a
	s.Touch()
	if a.Grant.Approval == nil {
		a.Grant.Approval = s.nothingApproved(source.Model)
	}
	a.Grant.Approval.Begin()
	return a
}

// optionsFor is the way to ask that a grant allows. Without one that spends money a model
// that costs something gives only what is known: what was known when the costs
// were told can be gone by now.
func (s *Session) optionsFor(a *Request) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Approval: a.Grant.Approval}
	if s.engine.Paid(a.Source.Model) {
		how.KnownOnly = !a.Grant.sends
		how.Long, how.Count = a.Grant.Long, s.counts(a.texts)
	}
	return how
}

// embed asks a source for the vectors of texts.
func (s *Session) embed(source pipeline.Source, texts []string, g Grant) tea.Cmd {
	a := s.newRequest(source.Key(), source, texts, g)
	return s.send(a, s.embeddings[source.Key()], func(emb *pipeline.Embedding, err error) tea.Cmd { return s.received(a, emb, err) })
}

// finished ends an asking: what was spent is counted. current is false when another has taken its place.
func (s *Session) finished(a *Request, emb *pipeline.Embedding) (current bool) {
	current = s.requests[a.Key] == a
	if current {
		delete(s.requests, a.Key)
	}
	s.Touch()
	a.cancel()
	a.Grant.Approval.End()
	s.gatherStopped(a, emb)
	s.refused.add(emb, s.embeddings[a.Key])
	return current
}

// received takes in what an asking has brought, and goes on with its candidates.
func (s *Session) received(a *Request, emb *pipeline.Embedding, err error) tea.Cmd {
	if current := s.finished(a, emb); !current {
		return s.keepLate(emb)
	}
	if err == nil && emb.Partial {
		s.emit(UncachedEvent{a.Source.Model.Ref()})
	}
	if emb != nil && emb.Vectors.Present() > 0 {
		s.embeddings[a.Key] = emb
		s.learnDimensions(emb)
	}
	planned := s.job == nil && s.plan(a.Key)
	if s.job != nil && err != nil {
		p := s.job.Part(a.Key)
		p.err = err
		if a.stopped {
			p.err = ErrStopped
		}
	}
	if planned {
		return s.start()
	}
	return tea.Batch(s.ensureOrder(), s.step())
}

// keepLate keeps what an asking brought that another one has replaced, where
// nothing better is there, and goes on with its candidates.
func (s *Session) keepLate(emb *pipeline.Embedding) tea.Cmd {
	if emb == nil || emb.Vectors.Present() == 0 {
		return nil
	}
	key := emb.Source.Key()
	if had := s.embeddings[key]; had != nil && (!had.Partial || had.Vectors.Present() >= emb.Vectors.Present()) {
		return nil
	}
	s.embeddings[key] = emb
	if s.job == nil && s.plan(key) {
		return s.start()
	}
	return tea.Batch(s.ensureOrder(), s.step())
}

// cancelUnwanted ends the free askings whose texts or candidates are gone.
func (s *Session) cancelUnwanted() {
	s.Touch()
	var texts []string
	for key, a := range s.requests {
		if a.Sends || a.Besides != "" {
			continue
		}
		if texts == nil {
			texts = TextsOf(s.corpus.Texts())
		}
		if !s.isWanted(key) || !slices.Equal(a.texts, texts) {
			a.cancel()
			delete(s.requests, key)
		}
	}
}

// isWanted tells whether a candidate is made from the source.
func (s *Session) isWanted(key string) bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool {
		source, ok := s.sourceOf(c)
		return ok && source.Key() == key
	})
}

// sourceOf is what a candidate is made from; ok is false when the catalog does
// not have it.
func (s *Session) sourceOf(c api.Candidate) (source pipeline.Source, ok bool) {
	m, err := s.Find(c.Model)
	if err != nil {
		return pipeline.Source{}, false
	}
	source, _ = pipeline.SourceOf(m, c)
	return source, true
}

// PaidRequests are the askings that money is being spent on, in the order in which
// they began.
func (s *Session) PaidRequests() []*Request {
	return s.RequestsThat(func(a *Request) bool { return a.Sends })
}

// RequestsThat are the askings under way of that kind, in the order in which they
// began.
func (s *Session) RequestsThat(are func(*Request) bool) []*Request {
	var out []*Request
	for _, a := range s.requests {
		if are(a) && !a.stopped {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y *Request) int { return x.id - y.id })
	return out
}

// StopRequest ends an asking at the person's word. One that costs money is awaited:
// it tells what has been charged.
func (s *Session) StopRequest(a *Request) {
	s.Touch()
	if s.requests[a.Key] != a || a.stopped {
		return
	}
	a.cancel()
	if !a.Sends {
		delete(s.requests, a.Key)
		return
	}
	a.stopped = true
	if a.Besides == "" {
		s.stopping.Left++
	}
}

// MadeFrom are the candidates made from a source.
func (s *Session) MadeFrom(key string) []api.Candidate {
	var out []api.Candidate
	for _, c := range s.candidates {
		if source, ok := s.sourceOf(c); ok && source.Key() == key {
			out = append(out, c)
		}
	}
	return out
}
