package export

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// IsCurrent guards what is taken from the screen: it must be of the present texts.
func IsCurrent(s *session.Session) ui.Guard {
	return ui.All(ui.HasCandidates(s), ui.HasTexts(s), func() string {
		switch {
		case !s.Stale():
			return ""
		case s.Pending():
			return "these texts have not been compared yet"
		}
		return "the texts were changed and not compared since: R does"
	})
}

// HasResult guards what is taken from the candidate in focus.
func HasResult(s *session.Session) ui.Guard {
	return ui.All(IsCurrent(s), func() string {
		c := focused(s)
		if c.Phase == session.PhaseReady {
			return ""
		}
		return c.Short() + " has no result: " + candidate.Summary(c)
	})
}

// HasAnyResult guards what is taken from whichever candidates have results.
func HasAnyResult(s *session.Session) ui.Guard {
	return ui.All(IsCurrent(s), func() string {
		if len(s.Ready()) > 0 {
			return ""
		}
		return HasResult(s)()
	})
}

// HasFinalResult guards what is of use only when nothing more comes for the candidate
// in focus.
func HasFinalResult(s *session.Session) ui.Guard {
	return ui.All(HasResult(s), func() string { return atWork(s, focused(s)) })
}

// HasFinalResults guards what is taken from all candidates together: one must have a
// result, and none be at work.
func HasFinalResults(s *session.Session) ui.Guard {
	return ui.All(IsCurrent(s), func() string { return atWork(s, s.States()...) }, HasAnyResult(s))
}

// HasTableOfPairs guards writing down every pair, for which there can be too many.
func HasTableOfPairs(s *session.Session) ui.Guard {
	return ui.All(HasFinalResults(s), func() string { return tooManyPairs(len(s.Texts())) })
}

// tooManyPairs says that those of n texts fit no table; empty where they do.
func tooManyPairs(n int) string {
	if n <= compare.DenseLimit {
		return ""
	}
	return fmt.Sprintf("%s pairs are too many for a table: Duplicates exports the most similar", format.Thousands(n*(n-1)/2))
}

// focused is the candidate in focus; there must be one.
func focused(s *session.Session) session.State { return s.State(s.Candidates()[s.Focused()]) }

// atWork names the first candidate that more is going to come for; empty when none
// is.
func atWork(s *session.Session, states ...session.State) string {
	at := slices.IndexFunc(states, func(c session.State) bool {
		return c.Working || c.Phase == session.PhaseWaiting && s.Busy()
	})
	if at < 0 {
		return ""
	}
	return states[at].Short() + " is still at work; esc stops it"
}
