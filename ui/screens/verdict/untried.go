package verdict

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// untried are models that are not tried for one reason. Advice ends their sentence.
type untried struct {
	why, advice string
	names       []string
}

// untried are the models that are not tried, by the reason: those that failed, at their
// texts or at the queries, those that lack a key or are not offered, those whose server is
// away, and those that wait for the person's word.
func (s *Screen) untried() []untried {
	failed := untried{why: "it failed", advice: "; ! tells why."}
	unavailable := untried{why: "it cannot be asked", advice: "; ! tells why."}
	atQueries := untried{why: "it failed at the queries", advice: "; enter on its row tells why."}
	away := untried{why: "its server cannot be reached", advice: "."}
	unpriced := untried{why: "its price is unknown", advice: ". E embeds it once you agree."}
	unpaid := untried{why: "it costs money", advice: ". " + s.offer()}
	waiting := s.Session.Payments().Waiting()
	for _, c := range s.Session.States() {
		of := &unpaid
		switch failedRow := s.failedRow(c.ID()); {
		case c.Phase == session.PhaseUnavailable:
			of = &unavailable
		case c.Phase == session.PhaseFailed && !errors.Is(c.Err, session.ErrStopped):
			of = &failed
		case failedRow:
			of = &atQueries
		case !slices.Contains(waiting, c.ID()):
			continue
		case s.away(c.Row.Provider):
			of = &away
		case c.Row.Price == nil:
			of = &unpriced
		}
		of.names = append(of.names, term.Safe(c.Short()))
	}
	return slices.DeleteFunc([]untried{failed, unavailable, atQueries, away, unpriced, unpaid}, func(u untried) bool { return len(u.names) == 0 })
}

// offer says what embedding costs that waits for the person's word.
func (s *Screen) offer() string {
	total, known := s.Session.Payments().UnpaidEstimate()
	if !known {
		return "E says what that costs and embeds it."
	}
	return fmt.Sprintf("E embeds what is missing: %s, %s, %s.", format.Count(total.Missing(), "text"), candidate.TokensText(total), report.Cost(total))
}

// failedRow tells that a candidate has a row in the trial that something else than its
// cost or the limits kept from being tried.
func (s *Screen) failedRow(id string) bool {
	t := s.Session.Verdict().Trial()
	return t != nil && slices.ContainsFunc(t.Rows, func(r trial.Row) bool { return r.ID == id && failed(&r) })
}

// failed tells that a row could not be tried although nothing was in its way.
func failed(r *trial.Row) bool {
	return r.Err != nil && !errors.Is(r.Err, trial.ErrUnpaid) && !errors.Is(r.Err, session.ErrBeyondLimits) &&
		!errors.Is(r.Err, session.ErrUnderWay) && !errors.Is(r.Err, session.ErrStopped)
}

// away tells that a provider's server did not answer when it was last asked for its
// list.
func (s *Screen) away(provider string) bool {
	return slices.ContainsFunc(s.Session.Lists().All(), func(l session.ServerList) bool {
		var refused *api.ServerError
		return l.Server == provider && errors.As(l.Err, &refused) && refused.Status == 0
	})
}
