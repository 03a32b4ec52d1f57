package candidate

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// Problem says in short what stands in the way of a candidate and what can be
// done about it, for panes without the room for the whole error.
type Problem struct{ What, Advice string }

// ProblemOfError puts an error in short. Errors end with their advice after a
// semicolon where they have any.
func ProblemOfError(err error) Problem {
	var refused *api.ServerError
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	var absent *pipeline.NotReachableError
	switch {
	case errors.Is(err, session.ErrStopped):
		return Problem{session.ErrStopped.Error(), "R goes on"}
	case errors.As(err, &refused):
		return refusal(refused)
	case errors.As(err, &noKey):
		return Problem{"no key", "set " + noKey.Env}
	case errors.As(err, &insecure):
		return Problem{"not asked: the key would go unencrypted to " + term.Safe(insecure.Host), "E asks whether to send it"}
	case errors.As(err, &absent):
		return Problem{absent.Provider + " is not set up", "name its server in the settings file"}
	}
	text := term.Safe(err.Error())
	if at := strings.LastIndex(text, "; "); at > 0 {
		return Problem{text[:at], text[at+2:]}
	}
	return Problem{What: text}
}

// refusal is what a server, or the way to it, says in short.
func refusal(e *api.ServerError) Problem {
	message := strings.TrimRight(term.Safe(e.Message), ". ")
	if message == "" {
		message = http.StatusText(e.Status)
	}
	t := Problem{Advice: term.Safe(e.Advice)}
	switch e.Status {
	case 0:
		t.What = term.Safe(e.Provider) + ": " + message
	case http.StatusOK:
		t.What = "unusable answer: " + message
	default:
		t.What = fmt.Sprintf("%d: %s", e.Status, message)
	}
	if !e.OpensAt.IsZero() {
		t.Advice = "opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04 MST")
	}
	return t
}

// Line is the trouble in w columns; what is wrong gives way to what to do, or to half
// of it where that is long.
func (t Problem) Line(w int) string {
	const leastWhat = 5 // a status and the cut
	switch whole := t.What + "; " + t.Advice; {
	case t.Advice == "":
		return term.Truncate(t.What, w)
	case term.Width(whole) <= w:
		return whole
	case term.Width(t.Advice)+2+leastWhat <= w:
		return term.Truncate(t.What, w-2-term.Width(t.Advice)) + "; " + t.Advice
	case w < 4*leastWhat:
		return term.Truncate(t.What, w)
	}
	what := term.Truncate(t.What, w/2)
	return what + "; " + term.Truncate(t.Advice, w-2-term.Width(what))
}

// Lines are the trouble in at most h lines of w columns, the advice on lines of
// its own, which are the last to be cut.
func (t Problem) Lines(w, h int) []string {
	if t.Advice == "" {
		return term.CutLines(term.SafeLines(t.What, w), w, h)
	}
	if h == 1 {
		return []string{t.Line(w)}
	}
	// A path in the advice can be long; a line is kept for what is wrong.
	advice := term.CutLines(term.SafeLines(t.Advice, w), w, max(h-1, 1))
	return append(term.CutLines(term.SafeLines(t.What, w), w, h-len(advice)), advice...)
}

// ProblemOf is phaseText in its two parts. What is waited for can be stopped.
func ProblemOf(c session.State) Problem {
	switch {
	case c.Err != nil:
		t := ProblemOfError(c.Err)
		t.Advice = adviceWithKey(c, t.Advice)
		return t
	case c.Phase == session.PhaseRunning && c.Work.Waits != nil:
		return Problem{WorkText(c), "esc stops it"}
	}
	return Problem{What: PhaseText(c)}
}

// adviceWithKey names the key that asks again in an advice that says to do so.
func adviceWithKey(c session.State, advice string) string {
	if c.Again == "" {
		return advice
	}
	const again, later = "try again", "try again later"
	switch {
	case strings.Contains(advice, later):
		return strings.Replace(advice, later, "press "+c.Again+" later to try again", 1)
	case strings.Contains(advice, again):
		return strings.Replace(advice, again, "press "+c.Again+" to try again", 1)
	case strings.Contains(advice, "ask once more"):
		return strings.Replace(advice, "ask once more", "press "+c.Again, 1)
	}
	return advice
}

// PhaseLine is phaseText in w columns.
func PhaseLine(c session.State, w int) string {
	if c.Err == nil {
		return term.Truncate(PhaseText(c), w)
	}
	return ProblemOf(c).Line(w)
}

// PhaseLines is phaseText in at most h lines of w columns.
func PhaseLines(c session.State, w, h int) []string { return ProblemOf(c).Lines(w, h) }

// wholeError is the one line that tells everything, without what the candidate's
// name says already.
func wholeError(c session.State) string {
	err := c.Err
	var refused *api.ServerError
	if errors.As(err, &refused) {
		keyed := *refused
		if keyed.Advice = adviceWithKey(c, refused.Advice); keyed.Advice == refused.Advice && keyed.Advice != "" && c.Again != "" {
			keyed.Advice += ", then press " + c.Again
		}
		if refused.Advice == "" && !refused.OpensAt.IsZero() && c.Again != "" {
			keyed.Advice = "press " + c.Again + " then"
		}
		err = &keyed
	}
	return term.Safe(err.Error())
}

// problemText is all that stands in the way of a candidate's result, or of a part of it;
// empty for nothing.
func problemText(c session.State) string {
	switch {
	case c.Phase == session.PhaseReady && !c.Working && LackReason(c) == nil:
		return RefusedText(c)
	case c.Err != nil:
		return wholeError(c)
	case Absent(c):
		return PhaseText(c)
	case c.Work.Waits != nil:
		return widget.SentenceStart(WaitText(*c.Work.Waits)) + "; esc stops it"
	}
	return ""
}

// RefusedText says which texts have no vector although it was asked for, and why;
// empty for none.
func RefusedText(c session.State) string {
	if c.Result == nil {
		return ""
	}
	places := pipeline.Refused(c.Result.Failed)
	if len(places) == 0 {
		return ""
	}
	var parts []string
	for _, at := range places[:min(len(places), mostRefused)] {
		parts = append(parts, term.Safe(c.Result.Failed[at].Error()))
	}
	text := format.Count(len(places), "text") + " " + format.Agree(len(places), "has", "have") + " no vector: " + strings.Join(parts, "; ")
	if more := len(places) - mostRefused; more > 0 {
		text += fmt.Sprintf("; and %s more", format.Thousands(more))
	}
	switch {
	case session.Inside(c.Row):
		return text
	case c.Again == "E":
		return text + ". " + refusedAgain
	}
	return text + ". R asks again."
}

const (
	// mostRefused is how many texts without a vector are named.
	mostRefused = 10
	// refusedAgain says how such texts are sent again for money.
	refusedAgain = "They are not sent again unless R, then E, asks for it."
)

// FocusProblem is the whole error of the candidate in focus in one line; empty
// when nothing is wrong with it.
func FocusProblem(s *session.Session, w int) string {
	if len(s.Candidates()) == 0 {
		return ""
	}
	c := s.State(s.Candidates()[s.Focused()])
	why := problemText(c)
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
	return "nothing is in the way of any candidate"
}

// RetryKeys tells which keys ask again for candidates that have failed, or for texts
// without a vector.
func RetryKeys(s *session.Session) (keys map[string]bool) {
	keys = map[string]bool{}
	for _, c := range s.States() {
		if c.Phase == session.PhaseFailed && !errors.Is(c.Err, session.ErrStopped) || LackReason(c) != nil {
			keys[c.Again] = true
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
		return c.Result != nil && !session.Inside(c.Row) && len(pipeline.Refused(c.Result.Failed)) > 0
	})
}

// Problems are what stands in the way of each candidate, that in focus first, each
// as its name and the reason; then the warnings.
func Problems(s *session.Session) [][2]string {
	var out [][2]string
	states := s.States()
	for i := range states {
		c := states[(s.Focused()+i)%len(states)]
		if why := problemText(c); why != "" {
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
