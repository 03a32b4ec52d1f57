package session

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
)

// paidWork works outside the loop on what servers may charge for, and takes note of
// what that took before the loop goes on with then: the program may be about to end.
func paidWork[T any](s *Session, work func() (T, error), then func(T, error) tea.Cmd, approvals ...*spending.Approval) tea.Cmd {
	gate := s.gate
	return func() tea.Msg {
		if !gate.begin() {
			return nil
		}
		defer gate.done()
		result, err := work()
		notes := make([]noteResult, len(approvals))
		for i, a := range approvals {
			notes[i] = noteOf(a)
		}
		return loop.Done(func() tea.Cmd {
			for _, n := range notes {
				s.noted(n)
			}
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

// send asks for a request's vectors.
func (s *Session) send(a *Request, before *pipeline.Embedding, then func(*pipeline.Embedding, error) tea.Cmd) tea.Cmd {
	return s.sendAndUse(a, before, func(*pipeline.Embedding) {}, then)
}

// sendAndUse asks for a request's vectors, and uses them outside the loop when all
// have come, before the loop goes on with then.
func (s *Session) sendAndUse(a *Request, before *pipeline.Embedding, use func(*pipeline.Embedding), then func(*pipeline.Embedding, error) tea.Cmd) tea.Cmd {
	how := s.optionsFor(a)
	how.Before = before
	how.Progress, how.Batch, how.Notice = a.progressed, a.answered, a.waits
	work := func() (*pipeline.Embedding, error) {
		emb, err := s.engine.Embed(a.ctx, a.source, a.texts, how)
		if err == nil && !emb.Partial {
			use(emb)
		}
		return emb, err
	}
	return tea.Batch(paidWork(s, work, then, a.grant.approval), s.tick())
}

// known is what is known of a source, and what the rest would take.
type known struct {
	embedding *pipeline.Embedding
	estimate  pipeline.Estimate
}

// look finds out what is known of one source.
func (s *Session) look(source pipeline.Source, before *pipeline.Embedding) tea.Cmd {
	j, engine, approval := s.job, s.engine, s.nothingApproved(source.Model)
	how := pipeline.EmbedOptions{Before: before, Long: s.Payments().Long(source), Count: s.counted.count, Approval: approval}
	approval.Begin()
	work := func() (known, error) {
		emb, est, err := engine.FromCache(j.ctx, source, j.texts, how)
		return known{emb, est}, err
	}
	return paidWork(s, work, func(k known, err error) tea.Cmd {
		approval.End() // also late: it is noted beyond this session, too
		if s.job != j {
			return nil
		}
		return s.looked(source.Key(), k, err)
	}, approval)
}

// noteResult tells whether something was noted, and why it could not be.
type noteResult struct {
	done bool
	err  error
}

// noteOf says what became of what an asking took.
func noteOf(a *spending.Approval) noteResult {
	done, err := a.Logged()
	return noteResult{done, err}
}
