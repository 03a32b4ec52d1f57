package ui

import (
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// What follows lets tests bring about what otherwise takes a server.

// setLedger puts another ledger in the place of the session's.
func (s *store) setLedger(l *spending.Ledger) { s.ledger = l }

// setResult makes something the result of a candidate, by its id.
func (s *store) setResult(id string, r *pipeline.Result) {
	s.current.outcomes[id] = outcome{result: r}
	s.touch()
}
