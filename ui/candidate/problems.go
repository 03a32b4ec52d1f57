package candidate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Full says at full length all that stands in the way of a candidate's result, or of a part of it;
// empty for nothing.
func Full(c session.State) string {
	switch {
	case c.Phase == session.PhaseReady && !c.Working && !restFailed(c):
		return refusedText(c)
	case c.Err != nil:
		return wholeError(c)
	case Absent(c):
		return Of(c).Line(ui.Unlimited)
	case c.Work.Waits != nil:
		return widget.SentenceStart(WaitText(*c.Work.Waits)) + "; esc stops it"
	}
	return ""
}

// refusedText says which texts have no vector although it was asked for, and why;
// empty for none.
func refusedText(c session.State) string {
	if c.Result == nil {
		return ""
	}
	places := c.Result.Refused()
	if len(places) == 0 {
		return ""
	}
	text := term.Safe(c.Result.Failed[places[0]].Error())
	if len(places) > 1 {
		text = severalRefused(c.Result.Failed, places)
	}
	switch {
	case session.Inside(c.Row):
		return text
	case c.Again == "E":
		return text + ". " + format.Agree(len(places), "It is not sent again unless R, then E, asks for it.", "They are not sent again unless R, then E, asks for them.")
	}
	return text + ". R asks again."
}

// mostRefused is how many texts without a vector are named.
const mostRefused = 10

// severalRefused counts texts without a vector and says of the first why.
func severalRefused(failed map[int]error, places []int) string {
	var parts []string
	for _, at := range places[:min(len(places), mostRefused)] {
		part := failed[at].Error()
		var of *api.TextError
		if errors.As(failed[at], &of) {
			part = of.Name() + ", " + of.Err.Error()
		}
		parts = append(parts, term.Safe(part))
	}
	text := format.Count(len(places), "text") + " have no vector: " + strings.Join(parts, "; ")
	if more := len(places) - mostRefused; more > 0 {
		text += fmt.Sprintf("; and %s more", format.Thousands(more))
	}
	return text
}

// FocusProblem is the whole error of the candidate in focus in one line; empty
// when nothing is wrong with it.
func FocusProblem(s *session.Session, w int) string {
	if len(s.Candidates()) == 0 {
		return ""
	}
	c := s.State(s.Candidates()[s.Focused()])
	why := Full(c)
	if c.Err == nil && (why == "" || c.Phase != session.PhaseReady || session.Inside(c.Row)) {
		return ""
	}
	if why == "" {
		return ""
	}
	const more = " · ! in full"
	text := "▸" + term.Safe(c.Short()) + ": " + why
	if term.Width(text) <= w {
		return text
	}
	// The advice and the number of the request stand at the end.
	room := w - term.Width(more)
	return term.TailedCut(text, room, room/2) + more
}

// NothingInTheWay gives the reason why there is nothing to tell in full.
func NothingInTheWay(s *session.Session) string {
	if len(Problems(s)) > 0 {
		return ""
	}
	return "no model has an error"
}

// RetryKeys tells which keys ask again for candidates that have failed, or for texts
// without a vector.
func RetryKeys(s *session.Session) (keys map[string]bool) {
	keys = map[string]bool{}
	for _, c := range s.States() {
		if c.Phase == session.PhaseFailed && !errors.Is(c.Err, session.ErrStopped) || restFailed(c) {
			keys[failed(c).Key] = true
		}
	}
	return keys
}

// AnyWaits tells that something is waited for before it is asked for again.
func AnyWaits(s *session.Session) bool {
	return slices.ContainsFunc(s.States(), func(c session.State) bool { return c.Work.Waits != nil })
}

// AnyRefused tells that a server gave no vector for some text of a candidate.
func AnyRefused(s *session.Session) bool {
	return slices.ContainsFunc(s.States(), func(c session.State) bool {
		return c.Result != nil && !session.Inside(c.Row) && len(c.Result.Refused()) > 0
	})
}

// Problems are what stands in the way of each candidate, that in focus first, each
// as its name and the reason; then the warnings.
func Problems(s *session.Session) [][2]string {
	var out [][2]string
	states := s.States()
	for i := range states {
		c := states[(s.Focused()+i)%len(states)]
		if why := Full(c); why != "" {
			out = append(out, [2]string{term.Safe(c.ID()), why})
		}
	}
	for i, w := range s.Warnings() {
		title := ""
		if i == 0 {
			title = "Besides"
		}
		out = append(out, [2]string{title, term.Safe(w)})
	}
	return out
}
