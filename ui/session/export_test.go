package session

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// HasOrder tells whether the order by similarity is known that begins with a candidate.
func (x *Session) HasOrder(id string) bool { return x.current.orders[id] != nil }

// ForgetResults makes every candidate one that nothing was computed of.
func (x *Session) ForgetResults() { x.current.outcomes = map[string]outcome{} }

func (x *Session) Embeddings() map[string]*pipeline.Embedding { return x.embeddings }

func (x *Session) Counts() map[string]int { return x.counted.byText }

func (x *Session) RequestOf(key string) *Request { return x.requests[key] }

// DropRequest lets another take the place of a request.
func (x *Session) DropRequest(a *Request) { delete(x.requests, a.key) }

func (x *Session) Ticked() tea.Cmd { return x.ticked() }

// End is what a request's end does to what was approved of.
func (x *Request) End() { x.grant.approval.End() }

// SendingGrant is one that lets money be spent.
var SendingGrant = Grant{sends: true}

// SendingOf is one for what was estimated.
func SendingOf(e *pipeline.Estimate) Grant { return Grant{sends: true, estimate: e} }

const MostCounts = mostCounts

// UnderWay is how many requests the end of the program awaits.
func (x *Session) UnderWay() int { return x.gate.open }

func (x *Request) Answered(done int, total int) { x.answered(done, total) }

func (x *Request) Ctx() context.Context { return x.ctx }

func (x *Request) Texts() []string { return x.texts }

func (x *Session) Counted(counts map[string]int) {
	maps.Copy(x.counted.byText, counts)
	x.counted.forget(x.corpus.Texts())
}

func (x *Session) Counter() *corpus.Counter { return x.counted.counter }

func (x *Session) Look(source pipeline.Source, before *pipeline.Embedding) tea.Cmd {
	return x.look(source, before)
}

func (x *Session) NewRequest(purpose Purpose, source pipeline.Source, texts []string, grant Grant) *Request {
	return x.newRequest(purpose, source, texts, grant)
}

func (x *Session) OptionsFor(request *Request) pipeline.EmbedOptions { return x.optionsFor(request) }

// PublishTexts lets the screens follow texts that have no results yet.
func (x *Session) PublishTexts(revision uint64, texts []corpus.Text) {
	x.pending = newComparison(revision, texts, corpus.Origin{})
	x.publish()
}

func (x *Session) Received(request *Request, emb *pipeline.Embedding, err error) tea.Cmd {
	return x.received(request, emb, err)
}

func (x *Session) SourceOf(c api.Candidate) (pipeline.Source, bool) { return x.sourceOf(c) }

func (x *Session) Start() tea.Cmd { return x.start() }

// Asking is a request for the texts as they are now.
func (s *Session) Asking() *Request {
	return &Request{texts: s.wordings(), revision: s.corpus.Revision()}
}

// Unasked counts the texts that a request does not ask for.
func (s *Session) Unasked(a *Request) int { return s.unasked(a) }
