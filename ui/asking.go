package ui

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// request is one asking of a source for vectors. It has a life of its own: jobs wait
// for it, and end without ending it. One that costs money is stopped by nothing
// but the person's word.
type request struct {
	id     int
	key    string // under which the store finds it
	source pipeline.Source
	texts  []string
	grant  grant
	// sends tells that money is spent; others are dropped when nobody wants them.
	sends bool
	// besides tells that it is for no candidate's matrix, and how else it is asked for
	// again; empty for those of candidates.
	besides string
	ctx     context.Context
	cancel  context.CancelFunc
	started time.Time
	// stopped tells that the person has stopped it; what it had got is on its way.
	stopped bool
	// lastTold is what was last said of its going on, so that it is not repeated.
	lastTold toldDetached

	// The rest is written by the command that asks.
	done  atomic.Int64 // texts that have a vector
	batch atomic.Pointer[batches]
	wait  atomic.Pointer[pause]
}

// toldDetached is what was said at a revision of the texts.
type toldDetached struct {
	detached
	revision uint64
}

// newRequest notes that a source is asked. What the person has agreed to counts as
// spent until it is known what it took.
func (s *store) newRequest(key string, source pipeline.Source, texts []string, g grant) *request {
	s.lastRequest++
	a := &request{id: s.lastRequest, key: key, source: source, texts: texts, grant: g, sends: g.sends, started: time.Now()}
	a.ctx, a.cancel = context.WithCancel(s.life)
	s.requests[key] = a
	s.touch()
	if a.grant.approval == nil {
		a.grant.approval = s.nothingApproved(source.Model)
	}
	a.grant.approval.Begin()
	return a
}

// optionsFor is the way to ask that a grant allows. Without one that spends money a model
// that costs something gives only what is known: what was known when the costs
// were told can be gone by now.
func (s *store) optionsFor(a *request) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Approval: a.grant.approval}
	if s.engine.Paid(a.source.Model) {
		how.KnownOnly = !a.grant.sends
		how.Long, how.Count = a.grant.long, s.counts(a.texts)
	}
	return how
}

// embed asks a source for the vectors of texts.
func (s *store) embed(source pipeline.Source, texts []string, g grant) tea.Cmd {
	a := s.newRequest(source.Key(), source, texts, g)
	return s.send(a, s.embeddings[source.Key()], func(emb *pipeline.Embedding, err error) tea.Cmd { return s.received(a, emb, err) })
}

// finished ends an asking: what was spent is counted. current is false when another has taken its place.
func (s *store) finished(a *request, emb *pipeline.Embedding) (current bool) {
	current = s.requests[a.key] == a
	if current {
		delete(s.requests, a.key)
	}
	s.touch()
	a.cancel()
	a.grant.approval.End()
	s.gatherStopped(a, emb)
	s.refused.add(emb, s.embeddings[a.key])
	return current
}

// received takes in what an asking has brought, and goes on with its candidates.
func (s *store) received(a *request, emb *pipeline.Embedding, err error) tea.Cmd {
	if current := s.finished(a, emb); !current {
		return s.keepLate(emb)
	}
	if err == nil && emb.Partial {
		s.emit(uncachedEvent{a.source.Model.Ref()})
	}
	if emb != nil && emb.Vectors.Present() > 0 {
		s.embeddings[a.key] = emb
		s.learnDimensions(emb)
	}
	planned := s.job == nil && s.plan(a.key)
	if s.job != nil && err != nil {
		p := s.job.part(a.key)
		p.err = err
		if a.stopped {
			p.err = errStopped
		}
	}
	if planned {
		return s.start()
	}
	return tea.Batch(s.ensureOrder(), s.step())
}

// keepLate keeps what an asking brought that another one has replaced, where
// nothing better is there, and goes on with its candidates.
func (s *store) keepLate(emb *pipeline.Embedding) tea.Cmd {
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
func (s *store) cancelUnwanted() {
	s.touch()
	var texts []string
	for key, a := range s.requests {
		if a.sends || a.besides != "" {
			continue
		}
		if texts == nil {
			texts = textsOf(s.corpus.Texts())
		}
		if !s.isWanted(key) || !slices.Equal(a.texts, texts) {
			a.cancel()
			delete(s.requests, key)
		}
	}
}

// isWanted tells whether a candidate is made from the source.
func (s *store) isWanted(key string) bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool {
		source, ok := s.sourceOf(c)
		return ok && source.Key() == key
	})
}

// sourceOf is what a candidate is made from; ok is false when the catalog does
// not have it.
func (s *store) sourceOf(c api.Candidate) (source pipeline.Source, ok bool) {
	m, err := s.find(c.Model)
	if err != nil {
		return pipeline.Source{}, false
	}
	source, _ = pipeline.SourceOf(m, c)
	return source, true
}

// paidRequests are the askings that money is being spent on, in the order in which
// they began.
func (s *store) paidRequests() []*request {
	return s.requestsThat(func(a *request) bool { return a.sends })
}

// requestsThat are the askings under way of that kind, in the order in which they
// began.
func (s *store) requestsThat(are func(*request) bool) []*request {
	var out []*request
	for _, a := range s.requests {
		if are(a) && !a.stopped {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y *request) int { return x.id - y.id })
	return out
}

// stopRequest ends an asking at the person's word. One that costs money is awaited:
// it tells what has been charged.
func (s *store) stopRequest(a *request) {
	s.touch()
	if s.requests[a.key] != a || a.stopped {
		return
	}
	a.cancel()
	if !a.sends {
		delete(s.requests, a.key)
		return
	}
	a.stopped = true
	if a.besides == "" {
		s.stopping.left++
	}
}

// madeFrom are the candidates made from a source.
func (s *store) madeFrom(key string) []api.Candidate {
	var out []api.Candidate
	for _, c := range s.candidates {
		if source, ok := s.sourceOf(c); ok && source.Key() == key {
			out = append(out, c)
		}
	}
	return out
}
