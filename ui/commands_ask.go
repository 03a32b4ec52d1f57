package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// send asks for an asking's vectors, and notes what that took before it gives them
// to answer: the program may be about to end.
func (a *asking) send(engine *pipeline.Engine, b *requestGate, how pipeline.EmbedOptions, answer func(*pipeline.Embedding, error, noteResult) tea.Msg) tea.Cmd {
	how.Progress, how.Batch, how.Notice = a.progressed, a.answered, a.waits
	return func() tea.Msg {
		if !b.begin() {
			return nil
		}
		defer b.done()
		emb, err := engine.Embed(a.ctx, a.source, a.texts, how)
		return answer(emb, err, noteOf(a.grant.approval))
	}
}

// embed asks for the vectors of one source.
func embed(a *asking, engine *pipeline.Engine, b *requestGate, how pipeline.EmbedOptions) tea.Cmd {
	return a.send(engine, b, how, func(emb *pipeline.Embedding, err error, n noteResult) tea.Msg {
		return vectorsMsg{ask: a, embedding: emb, err: err, noted: n}
	})
}

// look finds out what is known of one source, and what the rest would take; approval
// takes note of it.
func look(j *job, engine *pipeline.Engine, b *requestGate, s pipeline.Source, approval *spending.Approval, how pipeline.EmbedOptions) tea.Cmd {
	how.Approval = approval
	approval.Begin()
	return func() tea.Msg {
		if !b.begin() {
			return nil
		}
		defer b.done()
		emb, est, err := engine.FromCache(j.ctx, s, j.texts, how)
		return lookedMsg{job: j.id, source: s, embedding: emb, estimate: est, err: err, approval: approval, noted: noteOf(approval)}
	}
}

// estimate finds out what several sources would take.
func estimate(ctx context.Context, id int, engine *pipeline.Engine, wanted []wantedSource, texts []string, long pipeline.Long, count func(string) int) tea.Cmd {
	return func() tea.Msg {
		estimates := make([]pipeline.Estimate, len(wanted))
		for i, w := range wanted {
			est, err := engine.EstimateSource(ctx, w.source, texts, w.before, long, count)
			if err != nil {
				return estimatedMsg{id: id, err: err}
			}
			est.Candidates = w.candidates
			estimates[i] = est
		}
		return estimatedMsg{id: id, estimates: estimates}
	}
}

// sendQuery asks a source for the vector of a query, and notes what that took.
func sendQuery(number int, a *asking, engine *pipeline.Engine, b *requestGate, how pipeline.EmbedOptions) tea.Cmd {
	return a.send(engine, b, how, func(emb *pipeline.Embedding, err error, n noteResult) tea.Msg {
		return queryMsg{number: number, ask: a, embedding: emb, err: err, noted: n}
	})
}

// priceQuery finds out what sources would take for a query.
func priceQuery(q *textQuery, engine *pipeline.Engine, wanted []wantedSource, count func(string) int) tea.Cmd {
	ctx, number, text, offer := q.ctx, q.number, q.text, q.offer
	return func() tea.Msg {
		msg := queryPricedMsg{number: number, wanted: wanted, offer: offer, sends: make([]bool, len(wanted))}
		for i, w := range wanted {
			est, err := engine.EstimateSource(ctx, w.source, []string{text}, nil, pipeline.LongCut, count)
			if err != nil {
				return nil // it has been ended
			}
			msg.sends[i] = est.Sends()
		}
		return msg
	}
}

// sendReduced asks for the server's own vectors and compares them.
func sendReduced(a *asking, engine *pipeline.Engine, b *requestGate, how pipeline.EmbedOptions, derived compare.Vectors) tea.Cmd {
	return a.send(engine, b, how, func(emb *pipeline.Embedding, err error, n noteResult) tea.Msg {
		msg := reducedMsg{ask: a, embedding: emb, err: err, noted: n}
		switch {
		case err != nil:
		case emb.Partial:
			msg.err = errors.New("some of the server's vectors are no longer in the cache, and nothing was sent; a shows what they cost")
		default:
			msg.found, msg.err = pipeline.CompareReduced(emb.Vectors, derived)
		}
		return msg
	})
}
