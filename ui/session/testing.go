package session

import (
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// What follows lets tests bring about what otherwise takes a server.

// SetLedger puts another ledger in the place of the session's.
func (s *Session) SetLedger(l *spending.Ledger) { s.ledger = l }

// SetResult makes something the result of a candidate, by its id.
func (s *Session) SetResult(id string, r *pipeline.Result) {
	s.current.Outcomes[id] = Outcome{result: r}
	s.Touch()
}
