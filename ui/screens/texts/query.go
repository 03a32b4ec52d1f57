package texts

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// textQuery is what the texts are ranked by instead of the text under the cursor.
// Its vectors and ranks follow candidates, texts and prefixes as these change.
type textQuery struct {
	text   string
	ctx    context.Context
	cancel context.CancelFunc
	asks   []*session.Request
	// offer tells that the costs are to be shown as soon as they are known: the
	// person has just asked.
	offer bool
	// answers are the query's vectors, by the key of their source.
	answers map[string]queryAnswer
	// ranks are the texts by their similarity to it, by candidate id.
	ranks map[string]queryRank
	// searched is what candidates search for it, by id: the texts as documents.
	searched map[string]session.Searched
	// cursorPlaced tells that the cursor has been taken to the nearest text, or elsewhere by
	// the person.
	cursorPlaced bool
	list         widget.List // of the ranks
}

// queryAnswer is how far the asking of one source is; without a phase of its own
// it is over.
type queryAnswer struct {
	phase     queryPhase
	ask       *session.Request // while it goes on
	embedding *pipeline.Embedding
	err       error
}

type queryPhase int

const (
	queryAnswered queryPhase = iota
	queryLookedUp            // what it would cost is being found out
	queryUnpaid              // it costs money and waits for a word
	queryAsking
)

// queryRank is a ranking and what it was made of.
type queryRank struct {
	of   rankOf
	hits []compare.Hit // nil while they are computed
	err  error
}

// rankOf is what a ranking is made of.
type rankOf struct {
	result *pipeline.Result
	query  *pipeline.Embedding
}

// askQuery takes a query, the present one to begin with.
func (s *Screen) askQuery() {
	p := widget.NewPrompt(s.Theme, "Ask a query",
		"Ranks the texts under every model. A model's query prefix goes before it.", "a question, or some words",
		func(text string) (tea.Cmd, string) {
			switch {
			case text == "":
				return nil, "type a query"
			case len([]rune(text)) > corpus.MaxTextLength:
				return nil, "a query has at most " + format.Thousands(corpus.MaxTextLength) + " characters"
			}
			s.startQuery(text)
			return nil, ""
		})
	if s.query != nil {
		p.Input.SetValue(s.query.text)
		p.Input.CursorEnd()
	}
	s.Open(p)
}

// startQuery begins a query; refresh asks. The same one again asks only what is
// lacking or failed.
func (s *Screen) startQuery(text string) {
	answers := map[string]queryAnswer{}
	if s.query != nil && s.query.text == text {
		for key, a := range s.query.answers {
			if a.phase == queryAnswered && a.err == nil {
				answers[key] = a
			}
		}
	}
	s.endQuery()
	s.endFilter()
	s.reading = false
	q := &textQuery{text: text, offer: true, answers: answers, ranks: map[string]queryRank{}, searched: map[string]session.Searched{}}
	q.ctx, q.cancel = context.WithCancel(s.Session.Life())
	s.query = q
}

// endQuery stops what is asked and shows the nearest texts of the text under the
// cursor again.
func (s *Screen) endQuery() {
	if s.query != nil {
		s.query.cancel()
		for _, a := range s.query.asks {
			s.Session.Requests().Stop(a)
		}
		s.query = nil
	}
}

// leaveQuery ends the query, and asks first while money is being spent on it.
func (s *Screen) leaveQuery() {
	asked := s.query
	paid := func() int {
		isOther := func(a *session.Request) bool { return !slices.Contains(asked.asks, a) }
		return len(slices.DeleteFunc(s.Session.Requests().Paid(), isOther))
	}
	n := paid()
	if n == 0 {
		s.endQuery()
		return
	}
	question := "The query is being asked of " + format.Count(n, "paid model") + ". What arrived is kept, the rest may be charged. Stop?"
	s.Open(widget.NewQuestion(s.Context, question, nil, widget.Option{Key: "y", Label: "yes, stop", Run: func() tea.Cmd {
		if s.query != asked || paid() == 0 {
			s.Notify(ui.NoticeInfo, "Nothing was stopped: it has ended meanwhile.")
			return nil
		}
		s.endQuery()
		return nil
	}}))
}

// refreshQuery asks the query of every source that is not asked yet, as far as it
// costs nothing, and ranks the texts where that is possible.
func (s *Screen) refreshQuery() tea.Cmd {
	q := s.query
	if q == nil {
		return nil
	}
	var cmds []tea.Cmd
	var dear []session.WantedSource
	for _, c := range s.Session.Ready() {
		cmds = append(cmds, s.Session.Search().Ask(c))
		of, ok := s.Session.Search().Of(c)
		if delete(q.searched, c.ID()); ok {
			q.searched[c.ID()] = of
		}
		if !ok || of.Result == nil {
			continue
		}
		source := of.Query
		answer, known := q.answers[source.Key()]
		switch {
		case known && answer.phase == queryAnswered && answer.err == nil:
			cmds = append(cmds, s.rank(c, of.Result, answer.embedding))
		case known:
		case s.Session.Engine().Paid(c.Row):
			q.answers[source.Key()] = queryAnswer{phase: queryLookedUp}
			dear = append(dear, session.WantedSource{Source: source, Candidates: s.candidatesOf(source)})
		default:
			cmds = append(cmds, s.send(source, session.Grant{}))
		}
	}
	if len(dear) > 0 {
		cmds = append(cmds, s.price(q, dear))
		q.offer = false
	}
	s.lead()
	return tea.Batch(cmds...)
}

// candidatesOf are the ids of the candidates that a query's source answers.
func (s *Screen) candidatesOf(source pipeline.Source) (ids []string) {
	for _, c := range s.Session.Ready() {
		if of, ok := s.Session.Search().Of(c); ok && of.Query.Key() == source.Key() {
			ids = append(ids, c.ID())
		}
	}
	return ids
}

// send asks a source the query.
func (s *Screen) send(source pipeline.Source, g session.Grant) tea.Cmd {
	q := s.query
	a, cmd := s.Session.Requests().Embed(session.ForQuery, source, []string{q.text}, g,
		func(emb *pipeline.Embedding, err error) tea.Cmd {
			s.answered(q, source, emb, err)
			return nil
		})
	q.answers[source.Key()] = queryAnswer{phase: queryAsking, ask: a}
	q.asks = append(q.asks, a)
	return cmd
}

// price finds out what sources would take for a query.
func (s *Screen) price(q *textQuery, wanted []session.WantedSource) tea.Cmd {
	offer := q.offer
	return s.Session.Payments().Estimate(q.ctx, wanted, []string{q.text}, pipeline.LongCut, func(estimates []pipeline.Estimate, err error) tea.Cmd {
		if err != nil || s.query != q { // it has been ended
			return nil
		}
		return s.priced(wanted, estimates, offer)
	})
}

// priced asks the sources that know the query already, and shows what the others
// cost where that was asked for and nothing else is open.
func (s *Screen) priced(wanted []session.WantedSource, estimates []pipeline.Estimate, offer bool) tea.Cmd {
	var cmds []tea.Cmd
	var dear []session.WantedSource
	for i, w := range wanted {
		if !estimates[i].Sends() {
			cmds = append(cmds, s.send(w.Source, session.Grant{Long: pipeline.LongCut}))
			continue
		}
		s.query.answers[w.Source.Key()] = queryAnswer{phase: queryUnpaid}
		dear = append(dear, w)
	}
	if len(dear) > 0 && offer && s.Undisturbed(ID) {
		cmds = append(cmds, costs.OpenQuery(s.Context, s.query.text, dear, s.buyQuery))
	}
	return tea.Batch(cmds...)
}

// buyQuery asks the sources that the person has agreed to pay for.
func (s *Screen) buyQuery(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	if s.query == nil {
		return nil
	}
	var cmds []tea.Cmd
	grants := s.Session.Payments().Grants(estimates, long)
	for i, e := range estimates {
		cmds = append(cmds, s.send(e.Source, grants[i]))
	}
	return tea.Batch(cmds...)
}

// errQueryStopped is why a query that the person has stopped has no answer.
var errQueryStopped = errors.New("stopped; Q and enter ask again")

// answered takes in what a source has answered.
func (s *Screen) answered(q *textQuery, source pipeline.Source, emb *pipeline.Embedding, err error) {
	if s.query != q {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = errQueryStopped
	}
	answer := queryAnswer{embedding: emb, err: err}
	if err == nil && emb.Partial {
		answer = queryAnswer{phase: queryUnpaid} // it was known when it was priced
	}
	q.answers[source.Key()] = answer
}

// quickRank is up to how many numbers a ranking is no wait.
const quickRank = 1 << 20

// rank ranks the texts under a candidate, if that has not been done yet: at once,
// or by a command when there is much to do.
func (s *Screen) rank(c session.State, texts *pipeline.Result, query *pipeline.Embedding) tea.Cmd {
	q, of := s.query, rankOf{texts, query}
	if q.ranks[c.ID()].of == of {
		return nil
	}
	if texts.Vectors.Present()*texts.Vectors.Dim() <= quickRank {
		hits, err := pipeline.Rank(q.ctx, query, texts)
		q.ranks[c.ID()] = queryRank{of: of, hits: hits, err: err}
		return nil
	}
	q.ranks[c.ID()] = queryRank{of: of}
	id := c.ID()
	work := func(ctx context.Context) ([]compare.Hit, error) { return pipeline.Rank(ctx, of.query, of.result) }
	return loop.Async(q.ctx, work, func(hits []compare.Hit, err error) tea.Cmd {
		s.ranked(q, id, queryRank{of: of, hits: hits, err: err})
		return nil
	})
}

// ranked takes in a ranking, if it is still wanted.
func (s *Screen) ranked(q *textQuery, candidate string, rank queryRank) {
	if s.query == q && q.ranks[candidate].of == rank.of {
		q.ranks[candidate] = rank
	}
}

// lead takes the cursor to the nearest text under the candidate in focus, once.
func (s *Screen) lead() {
	c, ok := s.focusedState()
	if !ok || s.query.cursorPlaced || s.writing != nil || s.Session.Stale() {
		return
	}
	if hits, why := s.hits(c); len(hits) > 0 && why == (candidate.Status{}) {
		s.query.cursorPlaced = true
		s.Session.PointAt(hits[0].Text)
		s.firstRow = 0
	}
}

func (s *Screen) focusedState() (c session.State, ok bool) {
	if len(s.Session.Candidates()) == 0 {
		return session.State{}, false
	}
	return s.Session.State(s.Session.Candidates()[s.Session.Focused()]), true
}

// hits are the texts by their similarity to the query under a candidate, or why
// there are none.
func (s *Screen) hits(c session.State) (hits []compare.Hit, why candidate.Status) {
	switch {
	case c.Err != nil && c.Phase != session.PhaseReady:
		return nil, candidate.OfError(c.Err)
	case c.Phase != session.PhaseReady:
		return nil, candidate.Status{What: candidate.Of(c).Line(ui.Unlimited)}
	}
	of, known := s.query.searched[c.ID()]
	answer := s.query.answers[of.Query.Key()]
	switch {
	case !known:
		return nil, candidate.Status{What: "embedding the texts as documents" + term.Ellipsis}
	case of.Result == nil:
		return nil, candidate.OfError(of.Err)
	case answer.phase == queryUnpaid:
		return nil, candidate.Status{What: "not asked", Advice: "Q and enter show what it costs"}
	case answer.phase == queryAsking:
		t := candidate.Status{What: "asking" + term.Ellipsis}
		if waits := s.Session.Requests().Work(answer.ask).Waits; waits != nil {
			t.Advice = candidate.WaitText(*waits)
		}
		return nil, t
	case answer.err != nil:
		return nil, candidate.OfError(answer.err)
	}
	rank := s.query.ranks[c.ID()]
	switch {
	case rank.err != nil:
		return nil, candidate.OfError(rank.err)
	case rank.of.query == nil || rank.of != (rankOf{of.Result, answer.embedding}) || rank.hits == nil && of.Result.Vectors.Present() > 0:
		return nil, candidate.Status{What: term.Ellipsis}
	case len(rank.hits) == 0:
		return nil, candidate.Status{What: "no text has a vector"}
	}
	return rank.hits, candidate.Status{}
}

// rankUnder is the place of a text among the hits from 0; -1 when it has none.
func rankUnder(hits []compare.Hit, text int) int {
	return slices.IndexFunc(hits, func(h compare.Hit) bool { return h.Text == text })
}
