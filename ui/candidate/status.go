package candidate

import (
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// Status is what a candidate is at, or what stands in its way, in few words. Of makes
// it of a candidate's state and OfError of an error; Line and Block write it into the
// room there is.
type Status struct {
	// What is how far it has come, or what is wrong.
	What string
	// Advice is what can be done about it; empty for nothing, and where What says it.
	Advice string
	// Key is the one that the advice means, or that asks again; empty for none.
	Key string

	// joint stands between both in a line, "; " where it is empty.
	joint string
	// inBlocks tells that the advice is worth lines of its own and no part of one.
	inBlocks bool
}

// Of is the status of a candidate, whatever its phase.
func Of(c session.State) Status {
	switch {
	case c.Phase == session.PhaseReady:
		return ready(c)
	case c.Err != nil:
		return failed(c)
	case c.Phase == session.PhaseRunning && c.Work.Waits != nil:
		return Status{What: WorkText(c), Advice: "esc stops it", Key: "esc", inBlocks: true}
	case c.Phase == session.PhaseRunning:
		return Status{What: WorkText(c)}
	case c.Phase == session.PhaseUnpaid && c.HeldBack:
		return Status{What: "not embedded: beyond your limits, f on Verdict"}
	case c.Phase == session.PhaseUnpaid:
		return Status{What: "not embedded yet: E shows its cost", Key: "E"}
	}
	return Status{What: "waiting"}
}

// ready is the status of a candidate that has a result, or a part of one.
func ready(c session.State) Status {
	if !Partial(c) {
		text := "ready" + CachedText(c)
		if n := len(c.Result.Failed); n > 0 {
			text += "; no vector for " + format.Count(n, "text")
		}
		return Status{What: text}
	}
	n := c.Result.Vectors.Len()
	s := Status{What: fmt.Sprintf("%s of %s", format.Thousands(n-c.Missing), format.Count(n, "text")), joint: " · "}
	if c.Working {
		s.Advice = WorkText(c)
		return s
	}
	if errors.Is(c.Err, session.ErrStopped) {
		s.What = "stopped at " + s.What
	}
	if s.Advice, s.Key = "R tries the rest", "R"; c.Unpaid != nil && c.HeldBack {
		s.Advice, s.Key = "the rest is beyond your limits, f on Verdict", ""
	} else if c.Unpaid != nil {
		s.Advice, s.Key = "E embeds "+format.Thousands(c.Unpaid.Missing()), "E"
	}
	return s
}

// failed is the status of a candidate that an error keeps from its result, or from the
// rest of it.
func failed(c session.State) Status {
	s := OfError(c.Err)
	s.Advice = adviceWithKey(c, s.Advice)
	if c.Phase != session.PhaseUnavailable && !errors.Is(c.Err, session.ErrStopped) {
		s.Key = c.Again
	}
	return s
}

// Problem is the status of a candidate that gets no further, or no vectors of the rest
// of its texts, before somebody does something about it; ok is false of all others.
func Problem(c session.State) (s Status, ok bool) {
	switch {
	case restFailed(c):
		return failed(c), true
	case Absent(c):
		return Of(c), true
	}
	return Status{}, false
}

// Absent tells that a candidate has nothing to show before somebody does
// something about it, so that it gets no panel.
func Absent(c session.State) bool {
	return c.Phase == session.PhaseFailed || c.Phase == session.PhaseUnavailable || c.Phase == session.PhaseUnpaid
}

// Partial tells that a candidate's result lacks texts that are still to be embedded.
func Partial(c session.State) bool { return c.Phase == session.PhaseReady && c.Missing > 0 }

// restFailed tells that the rest of a result's texts could not be embedded, rather
// than that it was stopped or not tried.
func restFailed(c session.State) bool {
	return Partial(c) && c.Err != nil && !errors.Is(c.Err, session.ErrStopped)
}

// Summary is a candidate's status in one line of any length, with the whole error
// where there is one.
func Summary(c session.State) string {
	switch text := Of(c).Line(ui.Unlimited); {
	case c.Phase == session.PhaseUnavailable:
		return Unavailable(c.Err).Line(ui.Unlimited)
	case c.Phase == session.PhaseFailed:
		return "failed: " + ErrorOf(c).Error()
	case restFailed(c):
		return text + "; failed: " + c.Err.Error()
	default:
		return text
	}
}

// Reads tells whether two statuses say the same, whatever their keys.
func (s Status) Reads(other Status) bool { return s.What == other.What && s.Advice == other.Advice }

// Line is the status in w columns; what is wrong gives way to what to do, or to half
// of it where that is long.
func (s Status) Line(w int) string {
	const leastWhat = 5 // a status and the cut
	if s.Advice == "" || s.inBlocks {
		return term.Truncate(s.What, w)
	}
	joint := s.joint
	if joint == "" {
		joint = "; "
	}
	switch whole := s.What + joint + s.Advice; {
	case term.Width(whole) <= w:
		return whole
	case term.Width(joint+s.Advice)+leastWhat <= w:
		return term.Truncate(s.What, w-term.Width(joint+s.Advice)) + joint + s.Advice
	case w < 4*leastWhat:
		return term.Truncate(s.What, w)
	}
	what := term.Truncate(s.What, w/2)
	return what + joint + term.Truncate(s.Advice, w-term.Width(what+joint))
}

// Block is the status in at most h lines of w columns, the advice on lines of its
// own, which are the last to be cut.
func (s Status) Block(w, h int) []string {
	if s.Advice == "" {
		return term.CutLines(term.SafeLines(s.What, w), w, h)
	}
	if h == 1 {
		s.inBlocks = false // said, as there is no other place for it
		return []string{s.Line(w)}
	}
	// A path in the advice can be long; a line is kept for what is wrong.
	advice := term.CutLines(term.SafeLines(s.Advice, w), w, max(h-1, 1))
	return append(term.CutLines(term.SafeLines(s.What, w), w, h-len(advice)), advice...)
}

// CachedText tells how much of a result's vectors was known already: ", 12 cached";
// empty for nothing, and where the number counts texts that are gone.
func CachedText(c session.State) string {
	u := c.Result.Usage
	switch {
	case u.Cached == 0:
		return ""
	case u.Requests == 0:
		return ", cached: $0"
	case c.Result.UsageOfOthers:
		return ""
	default:
		return fmt.Sprintf(", %s cached", format.Thousands(u.Cached))
	}
}
