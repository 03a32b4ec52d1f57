package search

import (
	"context"

	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/session"
)

// query is what is searched for. Its vectors and hits follow candidates, texts and roles
// as these change.
type query struct {
	text, source string
	ctx          context.Context
	cancel       context.CancelFunc
	// entered tells that the person has asked it of what costs something too.
	entered bool
	asks    []*session.Request
	// answers are the query's vectors, by the key of their source.
	answers map[string]answer
	// found are the first hits by candidate id, and words those of BM25.
	found map[string]found
	words wordsFound
	// before are the hits of the query that this one was typed from, by row; they stay in
	// sight until its own are there.
	before map[string][]search.Hit
	// inCommon is what the beginnings of texts have in common with the query, by text; it is
	// found out when it is drawn first.
	inCommon map[int]search.Shared
	// revision is that of the texts in which all of these were found.
	revision uint64
}

// answer is how far the asking of one source is; without a phase of its own it is over.
type answer struct {
	phase     phase
	ask       *session.Request // while it goes on; nil inside the program
	embedding *pipeline.Embedding
	estimate  pipeline.Estimate // while it is unpaid
	err       error
}

type phase int

const (
	answered phase = iota
	waiting        // typing may go on
	lookedUp       // what it would cost is being found out
	unpaid         // it costs money and waits for a word
	asking
)

// found are hits and what they were found with; nil hits are still looked for.
type found struct {
	of   foundOf
	hits []search.Hit
	err  error
	over bool
	// depth is how many hits these are at the most, and asked how many are looked for.
	depth, asked int
}

// fuses tells that the hits are as many as a hybrid is made of.
func (f found) fuses() bool { return f.over && f.depth >= search.FuseDepth }

// foundOf is what hits are made of.
type foundOf struct {
	result *pipeline.Result
	query  *pipeline.Embedding
	role   string
}

type wordsFound struct {
	index *lexical.Index
	hits  []search.Hit
	over  bool
	// weights are those of the words of the query.
	weights []lexical.Weight
}

// start begins a query; the same one again asks only what is lacking.
func (s *Screen) start(text, source string) {
	if s.query != nil && s.query.text == text && s.query.source == source {
		return
	}
	q := &query{text: text, source: source, answers: map[string]answer{}, found: map[string]found{}, before: map[string][]search.Hit{}, inCommon: map[int]search.Shared{}, revision: s.Session.ResultsRevision()}
	if s.query != nil {
		for _, r := range s.rows() {
			if s.query.revision == q.revision {
				q.before[r.id] = r.hits
			}
		}
		s.end()
	}
	q.ctx, q.cancel = context.WithCancel(s.Session.Life())
	s.query = q
	s.list.Put(0)
}

// dropGone drops what was found in texts that are no longer those of the results.
func (s *Screen) dropGone() {
	if q, revision := s.query, s.Session.ResultsRevision(); q != nil && q.revision != revision {
		q.revision, q.words = revision, wordsFound{}
		clear(q.found)
		clear(q.before)
		clear(q.inCommon)
	}
}

// end stops what is asked for nothing; what is paid for goes on and is kept.
func (s *Screen) end() {
	s.query.cancel()
	for _, a := range s.query.asks {
		if !a.Paid() {
			s.Session.Requests().Stop(a)
		}
	}
}
