package ui

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// problem says in short what stands in the way of a candidate and what can be
// done about it, for panes without the room for the whole error.
type problem struct{ what, advice string }

// problemOfError puts an error in short. Errors end with their advice after a
// semicolon where they have any.
func problemOfError(err error) problem {
	var refused *api.ServerError
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	var absent *pipeline.NotReachableError
	switch {
	case errors.Is(err, errStopped):
		return problem{errStopped.Error(), "R goes on"}
	case errors.As(err, &refused):
		return refusal(refused)
	case errors.As(err, &noKey):
		return problem{"no key", "set " + noKey.Env}
	case errors.As(err, &insecure):
		return problem{"not asked: the key would go unencrypted to " + term.Safe(insecure.Host), "E asks whether to send it"}
	case errors.As(err, &absent):
		return problem{absent.Provider + " is not set up", "name its server in the settings file"}
	}
	text := term.Safe(err.Error())
	if at := strings.LastIndex(text, "; "); at > 0 {
		return problem{text[:at], text[at+2:]}
	}
	return problem{what: text}
}

// refusal is what a server, or the way to it, says in short.
func refusal(e *api.ServerError) problem {
	message := strings.TrimRight(term.Safe(e.Message), ". ")
	if message == "" {
		message = http.StatusText(e.Status)
	}
	t := problem{advice: term.Safe(e.Advice)}
	switch e.Status {
	case 0:
		t.what = term.Safe(e.Provider) + ": " + message
	case http.StatusOK:
		t.what = "unusable answer: " + message
	default:
		t.what = fmt.Sprintf("%d: %s", e.Status, message)
	}
	if !e.OpensAt.IsZero() {
		t.advice = "opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04 MST")
	}
	return t
}

// line is the trouble in w columns; what is wrong gives way to what to do, or to half
// of it where that is long.
func (t problem) line(w int) string {
	const leastWhat = 5 // a status and the cut
	switch whole := t.what + "; " + t.advice; {
	case t.advice == "":
		return term.Truncate(t.what, w)
	case term.Width(whole) <= w:
		return whole
	case term.Width(t.advice)+2+leastWhat <= w:
		return term.Truncate(t.what, w-2-term.Width(t.advice)) + "; " + t.advice
	case w < 4*leastWhat:
		return term.Truncate(t.what, w)
	}
	what := term.Truncate(t.what, w/2)
	return what + "; " + term.Truncate(t.advice, w-2-term.Width(what))
}

// lines are the trouble in at most h lines of w columns, the advice on lines of
// its own, which are the last to be cut.
func (t problem) lines(w, h int) []string {
	if t.advice == "" {
		return term.CutLines(term.SafeLines(t.what, w), w, h)
	}
	if h == 1 {
		return []string{t.line(w)}
	}
	// A path in the advice can be long; a line is kept for what is wrong.
	advice := term.CutLines(term.SafeLines(t.advice, w), w, max(h-1, 1))
	return append(term.CutLines(term.SafeLines(t.what, w), w, h-len(advice)), advice...)
}

// problemOf is phaseText in its two parts. What is waited for can be stopped.
func problemOf(c candidateState) problem {
	switch {
	case c.err != nil:
		t := problemOfError(c.err)
		t.advice = adviceWithKey(c, t.advice)
		return t
	case c.phase == phaseRunning && c.work.waits != nil:
		return problem{workText(c), "esc stops it"}
	}
	return problem{what: phaseText(c)}
}

// adviceWithKey names the key that asks again in an advice that says to do so.
func adviceWithKey(c candidateState, advice string) string {
	if c.again == "" {
		return advice
	}
	const again, later = "try again", "try again later"
	switch {
	case strings.Contains(advice, later):
		return strings.Replace(advice, later, "press "+c.again+" later to try again", 1)
	case strings.Contains(advice, again):
		return strings.Replace(advice, again, "press "+c.again+" to try again", 1)
	case strings.Contains(advice, "ask once more"):
		return strings.Replace(advice, "ask once more", "press "+c.again, 1)
	}
	return advice
}

// phaseLine is phaseText in w columns.
func phaseLine(c candidateState, w int) string {
	if c.err == nil {
		return term.Truncate(phaseText(c), w)
	}
	return problemOf(c).line(w)
}

// phaseLines is phaseText in at most h lines of w columns.
func phaseLines(c candidateState, w, h int) []string { return problemOf(c).lines(w, h) }

// wholeError is the one line that tells everything, without what the candidate's
// name says already.
func wholeError(c candidateState) string {
	err := c.err
	var refused *api.ServerError
	if errors.As(err, &refused) {
		keyed := *refused
		if keyed.Advice = adviceWithKey(c, refused.Advice); keyed.Advice == refused.Advice && keyed.Advice != "" && c.again != "" {
			keyed.Advice += ", then press " + c.again
		}
		if refused.Advice == "" && !refused.OpensAt.IsZero() && c.again != "" {
			keyed.Advice = "press " + c.again + " then"
		}
		err = &keyed
	}
	return term.Safe(err.Error())
}

// problemText is all that stands in the way of a candidate's result, or of a part of it;
// empty for nothing.
func problemText(c candidateState) string {
	switch {
	case c.phase == phaseReady && !c.working && lackReason(c) == nil:
		return refusedText(c)
	case c.err != nil:
		return wholeError(c)
	case absent(c):
		return phaseText(c)
	case c.work.waits != nil:
		return sentenceStart(waitText(*c.work.waits)) + "; esc stops it"
	}
	return ""
}

// refusedText says which texts have no vector although it was asked for, and why;
// empty for none.
func refusedText(c candidateState) string {
	if c.result == nil {
		return ""
	}
	places := pipeline.Refused(c.result.Failed)
	if len(places) == 0 {
		return ""
	}
	var parts []string
	for _, at := range places[:min(len(places), mostRefused)] {
		parts = append(parts, term.Safe(c.result.Failed[at].Error()))
	}
	text := format.Count(len(places), "text") + " " + format.Agree(len(places), "has", "have") + " no vector: " + strings.Join(parts, "; ")
	if more := len(places) - mostRefused; more > 0 {
		text += fmt.Sprintf("; and %s more", format.Thousands(more))
	}
	switch {
	case inside(c.model):
		return text
	case c.again == "E":
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

// focusProblem is the whole error of the candidate in focus in one line; empty
// when nothing is wrong with it.
func focusProblem(s *store, w int) string {
	if len(s.candidates) == 0 {
		return ""
	}
	c := s.state(s.candidates[s.focused()])
	why := problemText(c)
	if c.err == nil && (why == "" || c.phase != phaseReady || inside(c.model)) {
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

// nothingInTheWay gives the reason why there is nothing to tell in full.
func nothingInTheWay(s *store) string {
	if len(problems(s)) > 0 {
		return ""
	}
	return "nothing is in the way of any candidate"
}

// retryKeys tells which keys ask again for candidates that have failed, or for texts
// without a vector.
func retryKeys(s *store) (keys map[string]bool) {
	keys = map[string]bool{}
	for _, c := range s.states() {
		if c.phase == phaseFailed && !errors.Is(c.err, errStopped) || lackReason(c) != nil {
			keys[c.again] = true
		}
	}
	return keys
}

// anyWaits tells that something is waited for before it is asked for again.
func anyWaits(s *store) bool {
	return slices.ContainsFunc(s.states(), func(c candidateState) bool { return c.work.waits != nil })
}

// anyRefused tells that a server gave no vector for some text of a candidate.
func anyRefused(s *store) bool {
	return slices.ContainsFunc(s.states(), func(c candidateState) bool {
		return c.result != nil && !inside(c.model) && len(pipeline.Refused(c.result.Failed)) > 0
	})
}

// problems are what stands in the way of each candidate, that in focus first, each
// as its name and the reason; then the warnings.
func problems(s *store) [][2]string {
	var out [][2]string
	states := s.states()
	for i := range states {
		c := states[(s.focused()+i)%len(states)]
		if why := problemText(c); why != "" {
			out = append(out, [2]string{term.Safe(c.ID()), why})
		}
	}
	for i, w := range s.warnings {
		title := ""
		if i == 0 {
			title = "Besides"
		}
		out = append(out, [2]string{title, term.Safe(w)})
	}
	return out
}

// openTroubles shows in full what stands in the way of candidates, that in focus
// first, and follows what changes.
func (a *app) openTroubles() {
	var plain []string
	for _, o := range problems(a.store) {
		plain = append(plain, strings.TrimSpace(o[0]+"\n"+o[1]))
	}
	a.open(newReader(&a.shared, "What is in the way", strings.Join(plain, "\n\n"), func(w int, t *theme) []string {
		var lines []string
		for i, o := range problems(a.store) {
			if i > 0 {
				lines = append(lines, "")
			}
			if o[0] != "" {
				lines = append(lines, t.strong.Render(term.Truncate(o[0], w)))
			}
			lines = append(lines, term.SafeLines(o[1], w)...)
		}
		if len(lines) == 0 {
			return []string{term.Truncate("Nothing any more.", w)}
		}
		return lines
	}))
}
