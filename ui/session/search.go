package session

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/loop"
)

// searching is what searches of the texts of the results share.
type searching struct {
	// wanted are the words of a text that more like it is wanted of; empty for none.
	wanted string
	// index finds the texts of a revision by words; nil while it is made.
	index     *lexical.Index
	indexOf   uint64
	indexing  bool
	documents map[string]*documents // by the key of their source
	measuring measuring
}

// documents are the texts of a revision as a model has them that are searched.
type documents struct {
	revision   uint64
	asking     bool
	embedding  *pipeline.Embedding
	background search.Background
	results    map[string]*pipeline.Result // by candidate id
	incomplete bool
	err        error
}

// Search is what a search needs beside the vector of its query.
type Search struct{ session *Session }

// Search is that of this session.
func (s *Session) Search() Search { return Search{s} }

// PerQuery is up to what a query is sent without a box that asks, in US dollars.
func (x Search) PerQuery() float64 { return x.session.perQuery }

// Index finds the texts of the results by words; nil while it is made, which the command
// does.
func (x Search) Index() (*lexical.Index, tea.Cmd) {
	s := x.session
	t := &s.searching
	revision := s.current.revision
	if t.index != nil && t.indexOf == revision {
		return t.index, nil
	}
	if t.indexing && t.indexOf == revision || revision == NoRevision {
		return nil, nil
	}
	t.index, t.indexOf, t.indexing = nil, revision, true
	texts := s.resultWordings()
	work := func(ctx context.Context) (*lexical.Index, error) { return lexical.NewIndex(ctx, texts) }
	return nil, loop.Async(s.life, work, func(index *lexical.Index, err error) tea.Cmd {
		if t.indexOf == revision && err == nil {
			t.index, t.indexing = index, false
		}
		return nil
	})
}

// Searched is what a candidate searches: its result, with the vectors of the texts as
// documents, and what its queries are asked of.
type Searched struct {
	Result     *pipeline.Result
	Background search.Background
	// Query is the source of queries, in Role; DocumentRole is that of the texts.
	Query              pipeline.Source
	Role, DocumentRole api.Role
	// Instead tells that the texts are not known as documents, so that both are sent as
	// texts that are compared with each other; Err says why, where that is an error.
	Instead bool
	Err     error
}

// Ask asks for the texts as documents, as far as it costs nothing, where a candidate that
// has a result searches them so and they were not asked for yet.
func (x Search) Ask(c State) tea.Cmd {
	m := x.session.edited(c.Row)
	source := pipeline.DocumentSource(m, c.Candidate)
	if own, _ := pipeline.SourceOf(m, c.Candidate); source.Key() == own.Key() || x.documentsOf(source) != nil {
		return nil
	}
	return x.askDocuments(source)
}

// documentsOf are the texts as a source's documents; nil when they were not asked for.
func (x Search) documentsOf(source pipeline.Source) *documents {
	d := x.session.searching.documents[source.Key()]
	if d == nil || d.revision != x.session.current.revision {
		return nil
	}
	return d
}

// Of is what a candidate that has a result searches; ok is false until its texts are there
// as documents, for which Ask asks.
func (x Search) Of(c State) (of Searched, ok bool) {
	m := x.session.edited(c.Row)
	source := pipeline.DocumentSource(m, c.Candidate)
	own, _ := pipeline.SourceOf(m, c.Candidate)
	b := c.Result.Scan.Background
	of = Searched{
		Result: c.Result, Background: search.Background{Mean: b.Mean, SD: b.SD},
		Query: pipeline.QuerySource(m, c.Candidate), Role: api.RoleQuery, DocumentRole: api.RoleDocument,
	}
	if source.Key() == own.Key() {
		return of, true
	}
	d := x.documentsOf(source)
	switch {
	case d == nil || d.asking:
		return Searched{}, false
	case d.incomplete:
		of.Query, _ = pipeline.SourceIn(m, c.Candidate, api.RoleSymmetric)
		of.Role, of.DocumentRole, of.Instead, of.Err = api.RoleSymmetric, api.RoleSymmetric, true, d.err
		return of, true
	}
	of.Background = d.background
	of.Result, of.Err = d.resultOf(c)
	return of, true
}

// resultOf gives a candidate's result with these vectors, cut as its own are.
func (d *documents) resultOf(c State) (*pipeline.Result, error) {
	if r := d.results[c.ID()]; r != nil {
		return r, nil
	}
	r := *c.Result
	r.Norms = d.embedding.Norms
	if r.Vectors, r.From = d.embedding.Vectors, d.embedding.Vectors.Dim(); r.Derived && r.From > c.Result.Vectors.Dim() {
		cut, err := pipeline.Cut(r.Model, c.Candidate, d.embedding)
		if err != nil {
			return nil, err
		}
		r.Vectors, r.Failed = cut.Vectors, cut.Failed
	}
	d.results[c.ID()] = &r
	return &r, nil
}

// askDocuments asks a source for the texts, or takes what is known of them where they
// cost something.
func (x Search) askDocuments(source pipeline.Source) tea.Cmd {
	s := x.session
	if s.searching.documents == nil {
		s.searching.documents = map[string]*documents{}
	}
	d := &documents{revision: s.current.revision, asking: true, results: map[string]*pipeline.Result{}}
	s.searching.documents[source.Key()] = d
	_, cmd := s.Requests().Embed(ForDocuments, source, s.resultWordings(), Grant{Long: pipeline.LongCut}, func(emb *pipeline.Embedding, err error) tea.Cmd {
		if err != nil || emb.Partial || emb.Vectors.Present() == 0 {
			if errors.Is(err, context.Canceled) {
				err = ErrStopped
			}
			d.asking, d.incomplete, d.err = false, true, err
			return nil
		}
		work := func(ctx context.Context) (search.Background, error) { return search.BackgroundOf(ctx, emb.Vectors) }
		return loop.Async(s.life, work, func(b search.Background, err error) tea.Cmd {
			d.asking, d.embedding, d.background, d.err = false, emb, b, err
			return nil
		})
	})
	return cmd
}
