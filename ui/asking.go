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

// asking is one asking of a source for vectors. It has a life of its own: jobs wait
// for it, and end without ending it. One that costs money is stopped by nothing
// but the person's word.
type asking struct {
	id     int
	key    string // under which the store finds it
	source pipeline.Source
	texts  []string
	grant  grant
	// sends tells that money is spent; others are dropped when nobody wants them.
	sends bool
	// aside tells that it is for no candidate's matrix, and how else it is asked for
	// again; empty for those of candidates.
	aside   string
	ctx     context.Context
	cancel  context.CancelFunc
	started time.Time
	// stopped tells that the person has stopped it; what it had got is on its way.
	stopped bool
	// told is what was last said of its going on, so that it is not repeated.
	told told

	// The rest is written by the command that asks.
	done  atomic.Int64 // texts that have a vector
	batch atomic.Pointer[batches]
	wait  atomic.Pointer[pause]
}

// told is what was said at a revision of the texts.
type told struct {
	detached
	revision uint64
}

// newAsk notes that a source is asked. What the person has agreed to counts as
// spent until it is known what it took.
func (s *store) newAsk(key string, source pipeline.Source, texts []string, g grant) *asking {
	s.lastAsk++
	a := &asking{id: s.lastAsk, key: key, source: source, texts: texts, grant: g, sends: g.sends, started: time.Now()}
	a.ctx, a.cancel = context.WithCancel(s.life)
	s.asks[key] = a
	s.touch()
	if a.grant.approval == nil {
		a.grant.approval = s.nothingApproved(source.Model)
	}
	a.grant.approval.Begin()
	return a
}

// how is the way to ask that a grant allows. Without one that spends money a model
// that costs something gives only what is known: what was known when the costs
// were told can be gone by now.
func (s *store) how(a *asking) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Approval: a.grant.approval}
	if s.engine.Paid(a.source.Model) {
		how.KnownOnly = !a.grant.sends
		how.Long, how.Count = a.grant.long, s.counts(a.texts)
	}
	return how
}

// ask asks a source for the vectors of texts.
func (s *store) ask(source pipeline.Source, texts []string, g grant) tea.Cmd {
	a := s.newAsk(source.Key(), source, texts, g)
	return s.send(a, s.embeddings[source.Key()], func(emb *pipeline.Embedding, err error) tea.Cmd { return s.embedded(a, emb, err) })
}

// landed ends an asking: what was spent is counted. current is false when another has taken its place.
func (s *store) landed(a *asking, emb *pipeline.Embedding) (current bool) {
	current = s.asks[a.key] == a
	if current {
		delete(s.asks, a.key)
	}
	s.touch()
	a.cancel()
	a.grant.approval.End()
	s.gatherStopped(a, emb)
	s.refused.add(emb, s.embeddings[a.key])
	return current
}

// embedded takes in what an asking has brought, and goes on with its candidates.
func (s *store) embedded(a *asking, emb *pipeline.Embedding, err error) tea.Cmd {
	if current := s.landed(a, emb); !current {
		return s.keepLate(emb)
	}
	if err == nil && emb.Partial {
		s.emit(uncachedEvent{a.source.Model.Ref()})
	}
	if emb != nil && emb.Vectors.Present() > 0 {
		s.embeddings[a.key] = emb
		s.trust(emb)
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
		return s.run()
	}
	return tea.Batch(s.ensureOrder(), s.advance())
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
		return s.run()
	}
	return tea.Batch(s.ensureOrder(), s.advance())
}

// dropUnwanted ends the free askings whose texts or candidates are gone.
func (s *store) dropUnwanted() {
	s.touch()
	var texts []string
	for key, a := range s.asks {
		if a.sends || a.aside != "" {
			continue
		}
		if texts == nil {
			texts = textsOf(s.corpus.Texts())
		}
		if !s.wanted(key) || !slices.Equal(a.texts, texts) {
			a.cancel()
			delete(s.asks, key)
		}
	}
}

// wanted tells whether a candidate is made from the source.
func (s *store) wanted(key string) bool {
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

// sending are the askings that money is being spent on, in the order in which
// they began.
func (s *store) sending() []*asking {
	return s.asksThat(func(a *asking) bool { return a.sends })
}

// asksThat are the askings under way of that kind, in the order in which they
// began.
func (s *store) asksThat(are func(*asking) bool) []*asking {
	var out []*asking
	for _, a := range s.asks {
		if are(a) && !a.stopped {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y *asking) int { return x.id - y.id })
	return out
}

// stopAsk ends an asking at the person's word. One that costs money is awaited:
// it tells what has been charged.
func (s *store) stopAsk(a *asking) {
	s.touch()
	if s.asks[a.key] != a || a.stopped {
		return
	}
	a.cancel()
	if !a.sends {
		delete(s.asks, a.key)
		return
	}
	a.stopped = true
	if a.aside == "" {
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
