package session

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Purpose is what vectors are asked for.
type Purpose int

const (
	ForCandidates     Purpose = iota // matrices
	ForQuery                         // the ranking of texts by a query
	ForReduction                     // the comparison of a server's shorter vectors with those cut here
	ForTriedQueries                  // the trial at labels for retrieval
	ForTriedDocuments                // the same, of texts that are sent otherwise than for matrices
	ForDocuments                     // texts that are searched, where they are sent otherwise than for matrices
)

// purposeKeys part the requests for no candidate from those for candidates, which go by
// the key of their source alone.
var purposeKeys = [...]string{"", "query ", "own ", "tried query ", "tried document ", "document "}

// purposes are what texts in a role are paid for; those in none are for candidates.
var purposes = map[api.Role]Purpose{api.RoleQuery: ForTriedQueries, api.RoleDocument: ForTriedDocuments}

// ofCandidates tells that candidates lack something until it has come.
func (p Purpose) ofCandidates() bool {
	return p == ForCandidates || p == ForTriedQueries || p == ForTriedDocuments
}

// requestKey is what the session finds a request under.
func requestKey(p Purpose, source pipeline.Source) string { return purposeKeys[p] + source.Key() }

// Request is one asking of a source for vectors. It has a life of its own: jobs wait
// for it, and end without ending it. One that costs money is stopped by nothing
// but the person's word.
type Request struct {
	id     int
	key    string // under which the session finds it
	source pipeline.Source
	texts  []string
	// revision is that of the corpus whose texts they are; NoRevision where they are others.
	revision uint64
	grant    Grant
	purpose  Purpose
	ctx      context.Context
	cancel   context.CancelFunc
	started  time.Time
	// stopped tells that the person has stopped it; what it had got is on its way.
	stopped bool
	// lastTold is what was last said of its going on, so that it is not repeated.
	lastTold toldDetached
	// compared is how far the comparing of the candidates is whose texts the same command
	// compares, by id.
	compared map[string]*comparing

	// The rest is written by the command that asks.
	done  atomic.Int64 // texts that have a vector
	batch atomic.Pointer[Batches]
	wait  atomic.Pointer[pause]
}

// Source is what is asked.
func (a *Request) Source() pipeline.Source { return a.source }

// Purpose is what it is asked for.
func (a *Request) Purpose() Purpose { return a.purpose }

// Role is as what texts are sent: empty for texts compared with each other.
func (a *Request) Role() api.Role {
	switch a.purpose {
	case ForTriedQueries:
		return api.RoleQuery
	case ForTriedDocuments:
		return api.RoleDocument
	}
	return ""
}

// Paid tells that money is spent; others are dropped when nobody wants them.
func (a *Request) Paid() bool { return a.grant.sends }

// Estimate is what the person has agreed to send; nil where nothing is sent for money.
func (a *Request) Estimate() *pipeline.Estimate { return a.grant.estimate }

// Cost is what that may cost.
func (a *Request) Cost() spending.Cost { return a.grant.approval.Cost() }

// toldDetached is what was said at a revision of the texts.
type toldDetached struct {
	Detached
	revision uint64
}

// newRequest notes that a source is asked. What the person has agreed to counts as
// spent until it is known what it took.
func (s *Session) newRequest(purpose Purpose, source pipeline.Source, texts []string, g Grant) *Request {
	s.lastRequest++
	key := requestKey(purpose, source)
	a := &Request{id: s.lastRequest, key: key, source: source, texts: texts, revision: NoRevision, grant: g, purpose: purpose, started: time.Now()}
	if now := s.wordings(); len(texts) > 0 && len(texts) == len(now) && &texts[0] == &now[0] {
		a.revision = s.corpus.Revision()
	}
	a.ctx, a.cancel = context.WithCancel(s.life)
	s.requests[key] = a
	s.Touch()
	if a.grant.approval == nil {
		a.grant.approval = s.nothingApproved(source.Model)
	}
	a.grant.approval.Begin()
	return a
}

// optionsFor is the way to ask that a grant allows. Without one that spends money a model
// that costs something gives only what is known: what was known when the costs
// were told can be gone by now.
func (s *Session) optionsFor(a *Request) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Approval: a.grant.approval}
	if s.engine.Paid(a.source.Model) {
		how.KnownOnly = !a.grant.sends
		how.Long, how.Count = a.grant.Long, s.counted.count
	}
	return how
}

// embed asks a source for the vectors of texts.
func (s *Session) embed(source pipeline.Source, texts []string, g Grant) tea.Cmd {
	a := s.newRequest(ForCandidates, source, texts, g)
	return s.send(a, s.embeddings[source.Key()], func(emb *pipeline.Embedding, err error) tea.Cmd { return s.received(a, emb, err) })
}

// finished ends an asking: what was spent is counted. current is false when another has taken its place.
func (s *Session) finished(a *Request, emb *pipeline.Embedding, err error) (current bool) {
	current = s.requests[a.key] == a
	if current {
		delete(s.requests, a.key)
	}
	s.Touch()
	a.cancel()
	a.grant.approval.End()
	s.gatherStopped(a, emb)
	s.noteEnded(a, emb, err)
	s.run.Refused.add(emb, s.embeddings[a.key])
	return current
}

// received takes in what an asking has brought, and goes on with its candidates.
func (s *Session) received(a *Request, emb *pipeline.Embedding, err error) tea.Cmd {
	if current := s.finished(a, emb, err); !current {
		return s.keepLate(emb)
	}
	if err == nil && emb.Partial {
		s.emit(UncachedEvent{a.source.Model.Ref()})
	}
	if err == nil && !emb.Partial {
		delete(s.anew, a.key)
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
			p.err = ErrStopped
		}
	}
	if planned {
		return s.start()
	}
	return tea.Batch(s.ensureDerived(), s.step())
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
	return tea.Batch(s.ensureDerived(), s.step())
}

// cancelUnwanted ends the free askings whose texts or candidates are gone.
func (s *Session) cancelUnwanted() {
	s.Touch()
	for key, a := range s.requests {
		if a.Paid() || a.purpose != ForCandidates {
			continue
		}
		if !s.isWanted(key) || !slices.Equal(a.texts, s.wordings()) {
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
	return s.sourceFor(m, c), true
}
