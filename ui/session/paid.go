package session

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
)

// paidWork works outside the loop on what servers may charge for, and takes note of
// what that took before the loop goes on with then: the program may be about to end.
func paidWork[T any](s *Session, approval *spending.Approval, work func() (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	books := s.gate
	return func() tea.Msg {
		if !books.begin() {
			return nil
		}
		defer books.done()
		result, err := work()
		noted := noteOf(approval)
		return loop.Done(func() tea.Cmd {
			s.noted(noted)
			return tea.Batch(then(result, err), s.askNews())
		})
	}
}

// noted counts what the log has taken, and tells when it could not.
func (s *Session) noted(n noteResult) {
	if n.done {
		s.logged++
	}
	if n.err != nil {
		s.emit(UnrecordedEvent{n.err})
	}
}

// send asks for an asking's vectors.
func (s *Session) send(a *Request, before *pipeline.Embedding, then func(*pipeline.Embedding, error) tea.Cmd) tea.Cmd {
	how := s.optionsFor(a)
	how.Before = before
	how.Progress, how.Batch, how.Notice = a.progressed, a.answered, a.Waits
	work := func() (*pipeline.Embedding, error) { return s.engine.Embed(a.ctx, a.Source, a.texts, how) }
	return tea.Batch(paidWork(s, a.Grant.Approval, work, then), s.tick())
}

// EmbedBesides asks a source for the vectors of texts that are for no candidate's
// matrix; again says how it is asked for once more. It has a place of its own among
// the askings, by the key.
func (s *Session) EmbedBesides(key, again string, source pipeline.Source, texts []string, g Grant, then func(*pipeline.Embedding, error) tea.Cmd) (*Request, tea.Cmd) {
	a := s.newRequest(key, source, texts, g)
	a.Besides = again
	return a, s.send(a, nil, func(emb *pipeline.Embedding, err error) tea.Cmd {
		s.finished(a, emb)
		return then(emb, err)
	})
}

// known is what is known of a source, and what the rest would take.
type known struct {
	embedding *pipeline.Embedding
	estimate  pipeline.Estimate
}

// look finds out what is known of one source.
func (s *Session) look(source pipeline.Source, before *pipeline.Embedding) tea.Cmd {
	j, engine, approval := s.job, s.engine, s.nothingApproved(source.Model)
	how := pipeline.EmbedOptions{Before: before, Long: s.LongOf(source), Count: s.counts(j.texts), Approval: approval}
	approval.Begin()
	work := func() (known, error) {
		emb, est, err := engine.FromCache(j.ctx, source, j.texts, how)
		return known{emb, est}, err
	}
	return paidWork(s, approval, work, func(k known, err error) tea.Cmd {
		approval.End() // also late: it is noted beyond this session, too
		if s.job != j {
			return nil
		}
		return s.looked(source.Key(), k, err)
	})
}

// Estimate finds out what several sources would take for texts, where before is what
// is known already. The error is that of ctx.
func (s *Session) Estimate(ctx context.Context, wanted []WantedSource, texts []string, long pipeline.Long, then func([]pipeline.Estimate, error) tea.Cmd) tea.Cmd {
	engine, count := s.engine, s.counts(texts)
	return loop.Async(ctx, func(ctx context.Context) ([]pipeline.Estimate, error) {
		estimates := make([]pipeline.Estimate, len(wanted))
		for i, w := range wanted {
			est, err := engine.EstimateSource(ctx, w.Source, texts, w.before, long, count)
			if err != nil {
				return nil, err
			}
			est.Candidates = w.Candidates
			estimates[i] = est
		}
		return estimates, nil
	}, then)
}
