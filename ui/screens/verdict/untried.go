package verdict

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// untried are models that are not tried for one reason, or only with a part of their texts.
// Advice ends their sentence.
type untried struct {
	how, advice string
	why         [2]string // of one model, and of several
	names       []string
}

// How models are tried that lack something.
const notTried, triedInPart = "Not tried", "Tried in part"

// restCosts is why models are tried in part.
const restCosts = "the rest costs money"

func (u untried) sentence() string {
	return u.how + ", for " + format.Agree(len(u.names), u.why[0], u.why[1]) + ": " + strings.Join(u.names, ", ") + u.advice
}

// untried are the models that are not tried, or in part, by the reason: those that failed, at their
// texts or at the queries, those that lack a key or are not offered, those whose server is
// away, and those that wait for the person's word.
func (s *Screen) untried() []untried {
	failed := untried{how: notTried, why: [2]string{"it failed", "they failed"}, advice: "; ! tells why."}
	unavailable := untried{how: notTried, why: [2]string{"it cannot be asked", "they cannot be asked"}, advice: "; ! tells why."}
	atQueries := untried{how: notTried, why: [2]string{"it failed at the queries", "they failed at the queries"}, advice: "; enter on its row tells why."}
	both := func(one, several, advice string) [2]untried {
		why := [2]string{one, several}
		return [2]untried{{how: notTried, why: why, advice: advice}, {how: triedInPart, why: why, advice: advice}}
	}
	away, unpriced := both("its server cannot be reached", "their server cannot be reached", "."), both("its price is unknown", "their prices are unknown", ". E embeds what is missing once you agree.")
	unpaid := both("it costs money", "they cost money", ".")
	unpaid[1].why = [2]string{restCosts, restCosts}
	waiting := s.Session.Payments().Waiting()
	for _, c := range s.Session.States() {
		part := 0
		if s.Session.Verdict().Score(c.ID()) != nil {
			part = 1
		}
		of := &unpaid[part]
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
			of = &away[part]
		case c.Row.Price == nil:
			of = &unpriced[part]
		}
		of.names = append(of.names, term.Safe(c.Short()))
	}
	// What all that waits costs is said once, at the end.
	if last := slices.IndexFunc(unpaid[:], func(u untried) bool { return len(u.names) > 0 }); last >= 0 {
		unpaid[last].advice = ". " + s.offer()
	}
	all := []untried{failed, unavailable, atQueries, away[1], away[0], unpriced[1], unpriced[0], unpaid[1], unpaid[0]}
	return slices.DeleteFunc(all, func(u untried) bool { return len(u.names) == 0 })
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
