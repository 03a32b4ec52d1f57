package session

import (
	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// What follows lets ui/uitest bring about, or see, what otherwise takes a server or a
// large model; the program calls none of it.

// SetLedger puts another ledger in the place of the session's, as one of a session that
// has spent something.
func (s *Session) SetLedger(l *spending.Ledger) { s.ledger = l }

// SetResult makes something the result of a candidate, by its id.
func (s *Session) SetResult(id string, r *pipeline.Result) {
	s.current.outcomes[id] = outcome{result: r}
	s.Touch()
}

// SetWaiting lets a request wait, as its provider would say.
func (a *Request) SetWaiting(n api.Notice) { a.waits(n) }

// WorkedOn tells whether a command is under way that brings the candidate further:
// without one it would wait for nothing.
func (s *Session) WorkedOn(c State) bool {
	source, _ := pipeline.SourceOf(c.Row, c.Candidate)
	_, asked := s.requests[source.Key()]
	return asked || c.Comparing || s.job != nil && s.job.part(source.Key()).looking
}

// Emit lets something have happened that a person may want to hear of.
func (s *Session) Emit(e Event) { s.emit(e) }

// SetRun makes that what is to be told at the end of a run.
func (s *Session) SetRun(r Run) { s.run = r }

// SetEnded puts requests in place of those that have ended. It is for tests.
func (s *Session) SetEnded(list []Ended) { s.ended = list }
