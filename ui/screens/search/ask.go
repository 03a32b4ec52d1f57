package search

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
)

// searchAll asks the query of every source that is not asked yet, as far as it costs
// nothing, and searches where that is possible.
func (s *Screen) searchAll() tea.Cmd {
	q := s.query
	index, cmd := s.Session.Search().Index()
	if q == nil {
		return cmd
	}
	cmds := []tea.Cmd{cmd, s.searchWords(index)}
	var dear []session.WantedSource
	for _, c := range s.Session.Ready() {
		cmds = append(cmds, s.Session.Search().Ask(c))
		of, ok := s.Session.Search().Of(c)
		if !ok || of.Err != nil && !of.Instead || of.Result.Vectors.Present() == 0 {
			continue
		}
		source := of.Query
		a, known := q.answers[source.Key()]
		switch {
		case known && a.phase == answered && a.err == nil:
			cmds = append(cmds, s.search(c, of, a.embedding))
		case known:
		case session.Inside(source.Model):
			cmds = append(cmds, s.embedHere(source))
		case s.paying[source.Key()]:
		case s.Session.Engine().Paid(source.Model):
			q.answers[source.Key()] = answer{phase: lookedUp}
			dear = append(dear, session.WantedSource{Source: source, Candidates: s.candidatesOf(source)})
		case s.typing:
			cmds = append(cmds, s.rest(q, source))
		default:
			cmds = append(cmds, s.send(source, session.Grant{}))
		}
	}
	if len(dear) > 0 {
		cmds = append(cmds, s.price(q, dear))
	}
	return tea.Batch(cmds...)
}

// rest asks a server that charges nothing when typing has rested.
func (s *Screen) rest(q *query, source pipeline.Source) tea.Cmd {
	q.answers[source.Key()] = answer{phase: waiting}
	return s.Session.After(session.RestDelay, func() tea.Cmd {
		if s.query != q {
			return nil
		}
		return s.send(source, session.Grant{})
	})
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

// embedHere embeds the query with a model inside the program.
func (s *Screen) embedHere(source pipeline.Source) tea.Cmd {
	q, engine := s.query, s.Session.Engine()
	q.answers[source.Key()] = answer{phase: asking}
	work := func(ctx context.Context) (*pipeline.Embedding, error) {
		return engine.Embed(ctx, source, []string{q.text}, pipeline.EmbedOptions{})
	}
	return loop.Async(q.ctx, work, func(emb *pipeline.Embedding, err error) tea.Cmd {
		s.answer(q, source, emb, err)
		return nil
	})
}

// send asks a server the query.
func (s *Screen) send(source pipeline.Source, g session.Grant) tea.Cmd {
	q := s.query
	var paid bool
	a, cmd := s.Session.Requests().Embed(session.ForQuery, source, []string{q.text}, g, func(emb *pipeline.Embedding, err error) tea.Cmd {
		if paid {
			delete(s.paying, source.Key())
		}
		s.answer(q, source, emb, err)
		return nil
	})
	if paid = a.Paid(); paid {
		s.paying[source.Key()] = true
	}
	q.answers[source.Key()] = answer{phase: asking, ask: a}
	q.asks = append(q.asks, a)
	return cmd
}

// errStopped is why a query that the person has stopped has no answer.
var errStopped = errors.New("stopped; . asks again")

// answer takes in what a source has answered.
func (s *Screen) answer(q *query, source pipeline.Source, emb *pipeline.Embedding, err error) {
	if s.query != q {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = errStopped
	}
	a := answer{embedding: emb, err: err}
	if err == nil && emb.Partial {
		delete(q.answers, source.Key()) // it was known when it was priced: price it anew
		return
	}
	q.answers[source.Key()] = a
}

// price finds out what sources would take for the query, asks those that know it, and
// has the person decide on the others where they asked.
func (s *Screen) price(q *query, wanted []session.WantedSource) tea.Cmd {
	return s.Session.Payments().Estimate(q.ctx, wanted, []string{q.text}, pipeline.LongCut, func(estimates []pipeline.Estimate, err error) tea.Cmd {
		if err != nil || s.query != q {
			return nil
		}
		var cmds []tea.Cmd
		for i, w := range wanted {
			if !estimates[i].Sends() {
				cmds = append(cmds, s.send(w.Source, session.Grant{Long: pipeline.LongCut}))
				continue
			}
			q.answers[w.Source.Key()] = answer{phase: unpaid, estimate: estimates[i]}
		}
		return tea.Batch(append(cmds, s.pay())...)
	})
}

// pay asks the models that cost something: at once where that can cost no more than the sum
// that needs no box, else after the person has said so.
func (s *Screen) pay() tea.Cmd {
	q := s.query
	if q == nil || !q.entered {
		return nil
	}
	estimates, wanted := s.unpaid()
	if len(estimates) == 0 {
		return nil
	}
	total := pipeline.Total(estimates)
	if total.Priced && spending.AtMost(pipeline.Costs(estimates)) <= s.Session.Search().PerQuery() && costs.OverLimit(s.Session, estimates) == "" {
		s.Inform("Asked %s the query: %s.", format.Count(len(estimates), "paid model"), report.Cost(total))
		return s.buy(estimates, pipeline.LongCut)
	}
	if !s.Undisturbed(ID) {
		return nil
	}
	q.entered = false // esc leaves the box, and . asks again
	return costs.OpenQuery(s.Context, q.text, wanted, func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
		if s.query != q {
			return nil
		}
		return s.buy(estimates, long)
	})
}

// unpaid are the sources that wait for a word and can be asked.
func (s *Screen) unpaid() (estimates []pipeline.Estimate, wanted []session.WantedSource) {
	seen := map[string]bool{}
	for _, c := range s.Session.Ready() {
		of, ok := s.Session.Search().Of(c)
		a := s.query.answers[of.Query.Key()]
		if !ok || a.phase != unpaid || seen[of.Query.Key()] || a.estimate.Unavailable != nil {
			continue
		}
		seen[of.Query.Key()] = true
		estimates = append(estimates, a.estimate)
		wanted = append(wanted, session.WantedSource{Source: of.Query, Candidates: s.candidatesOf(of.Query)})
	}
	return estimates, wanted
}

// buy asks the sources that the person has agreed to pay for.
func (s *Screen) buy(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	var cmds []tea.Cmd
	grants := s.Session.Payments().Grants(estimates, long)
	for i, e := range estimates {
		cmds = append(cmds, s.send(e.Source, grants[i]))
	}
	return tea.Batch(cmds...)
}

// search finds the first hits of a candidate outside the loop, if that has not been done
// yet: first as many as can be in sight, which takes the least time, and then those that
// the hybrid is made of.
func (s *Screen) search(c session.State, searched session.Searched, emb *pipeline.Embedding) tea.Cmd {
	q, id, of := s.query, c.ID(), foundOf{c.Result, emb, string(searched.DocumentRole)}
	f := q.found[id]
	if f.of != of {
		f = found{of: of}
	}
	depth := s.depth(id, f)
	if f.asked >= depth {
		return nil
	}
	f.asked = depth
	q.found[id] = f
	work := func(ctx context.Context) ([]search.Hit, error) { return hitsOf(ctx, searched, emb, depth) }
	return loop.Async(q.ctx, work, func(hits []search.Hit, err error) tea.Cmd {
		if f := q.found[id]; s.query == q && f.of == of && depth > f.depth {
			f.hits, f.err, f.over, f.depth = hits, err, true, depth
			q.found[id] = f
		}
		return nil
	})
}

// depth is how many hits of a candidate are wanted: those in sight, and when they are there
// those of a hybrid, while one types of the candidate alone that it is made of.
func (s *Screen) depth(id string, f found) int {
	inSight := s.hits + mostFurther + 1 // one may be the text that the query was made of
	if len(s.Session.Texts()) <= search.FuseDepth {
		return search.FuseDepth // which are all
	}
	if c, ok := s.fused(); f.depth >= inSight && (!s.typing || ok && c.ID() == id) {
		return search.FuseDepth
	}
	return inSight
}

// hitsOf searches the vectors of texts with that of the query.
func hitsOf(ctx context.Context, of session.Searched, emb *pipeline.Embedding, depth int) ([]search.Hit, error) {
	vector, err := pipeline.QueryVector(emb, of.Result)
	if err != nil {
		return nil, err
	}
	return search.ByVectors(ctx, of.Result.Vectors, vector, depth)
}

// searchWords finds the first hits by words.
func (s *Screen) searchWords(index *lexical.Index) tea.Cmd {
	q := s.query
	if index == nil || q.words.index == index {
		return nil
	}
	q.words = wordsFound{index: index, weights: index.Weights(q.text)}
	work := func(context.Context) ([]search.Hit, error) {
		return search.ByWords(index, q.text, search.FuseDepth), nil
	}
	return loop.Async(q.ctx, work, func(hits []search.Hit, _ error) tea.Cmd {
		if s.query == q && q.words.index == index {
			q.words.hits, q.words.over = hits, true
		}
		return nil
	})
}

// costLine says what enter would cost; empty where nothing waits for it.
func (s *Screen) costLine() string {
	if s.query == nil {
		return ""
	}
	estimates, _ := s.unpaid()
	if len(estimates) == 0 {
		return ""
	}
	how := "enter"
	if !s.typing {
		how = "."
	}
	return fmt.Sprintf("%s asks %s: %s", how, format.Count(len(estimates), "paid model"), report.Cost(pipeline.Total(estimates)))
}

// place is the index of the words that the query was made of; -1 for none.
func (s *Screen) place() int {
	if s.query == nil || s.query.source == "" {
		return -1
	}
	for i, t := range s.Session.Texts() {
		if t.Text == s.query.source {
			return i
		}
	}
	return -1
}
