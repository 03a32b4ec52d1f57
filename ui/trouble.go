package ui

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/pipeline"
)

// trouble says in short what stands in the way of a candidate and what can be
// done about it, for panes without the room for the whole error.
type trouble struct{ what, advice string }

// troubleOf puts an error in short. Errors end with their advice after a
// semicolon where they have any.
func troubleOf(err error) trouble {
	var refused *api.ServerError
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	var absent *pipeline.NotReachableError
	switch {
	case errors.Is(err, errStopped):
		return trouble{errStopped.Error(), "R goes on"}
	case errors.As(err, &refused):
		return refusal(refused)
	case errors.As(err, &noKey):
		return trouble{"no key", "set " + noKey.Env}
	case errors.As(err, &insecure):
		return trouble{"not asked: the key would go unencrypted to " + Safe(insecure.Host), "E asks whether to send it"}
	case errors.As(err, &absent):
		return trouble{absent.Provider + " is not set up", "name its server in the settings file"}
	}
	text := Safe(err.Error())
	if at := strings.LastIndex(text, "; "); at > 0 {
		return trouble{text[:at], text[at+2:]}
	}
	return trouble{what: text}
}

// refusal is what a server, or the way to it, says in short.
func refusal(e *api.ServerError) trouble {
	message := strings.TrimRight(Safe(e.Message), ". ")
	if message == "" {
		message = http.StatusText(e.Status)
	}
	t := trouble{advice: Safe(e.Advice)}
	switch e.Status {
	case 0:
		t.what = Safe(e.Provider) + ": " + message
	case http.StatusOK:
		t.what = "unusable answer: " + message
	default:
		t.what = fmt.Sprintf("%d: %s", e.Status, message)
	}
	if !e.OpensAt.IsZero() {
		t.advice = "opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04")
	}
	return t
}

// line is the trouble in w columns; what is wrong gives way to what to do.
func (t trouble) line(w int) string {
	const leastWhat = 5 // a status and the cut
	switch whole := t.what + "; " + t.advice; {
	case t.advice == "":
		return Truncate(t.what, w)
	case Width(whole) <= w:
		return whole
	case Width(t.advice)+2+leastWhat <= w:
		return Truncate(t.what, w-2-Width(t.advice)) + "; " + t.advice
	default:
		return Truncate(t.advice, w)
	}
}

// lines are the trouble in at most h lines of w columns, the advice on lines of
// its own, which are the last to be cut.
func (t trouble) lines(w, h int) []string {
	if t.advice == "" {
		return atMost(SafeLines(t.what, w), w, h)
	}
	if h == 1 {
		return []string{t.line(w)}
	}
	// A path in the advice can be long; a line is kept for what is wrong.
	advice := atMost(SafeLines(t.advice, w), w, max(h-1, 1))
	return append(atMost(SafeLines(t.what, w), w, h-len(advice)), advice...)
}

// atMost are the first h of lines, a mark at the end where more are left out.
func atMost(lines []string, w, h int) []string {
	if len(lines) <= h {
		return lines
	}
	cut := append([]string(nil), lines[:max(h, 0)]...)
	if h > 0 {
		cut[h-1] = Truncate(cut[h-1]+ellipsis, w)
	}
	return cut
}

// trouble is phaseText in its two parts. What is waited for can be stopped.
func (c candidateState) trouble() trouble {
	switch {
	case c.err != nil:
		return troubleOf(c.err)
	case c.phase == phaseRunning && c.work.waits != "":
		return trouble{workText(c), "esc stops it"}
	}
	return trouble{what: phaseText(c)}
}

// phaseLine is phaseText in w columns.
func phaseLine(c candidateState, w int) string {
	if c.err == nil {
		return Truncate(phaseText(c), w)
	}
	return c.trouble().line(w)
}

// phaseLines is phaseText in at most h lines of w columns.
func phaseLines(c candidateState, w, h int) []string { return c.trouble().lines(w, h) }

// wholeError is the one line that tells everything, without what the candidate's
// name says already.
func wholeError(err error) string {
	var refused *api.ServerError
	if errors.As(err, &refused) {
		err = refused
	}
	return Safe(err.Error())
}

// focusTrouble is the whole error of the candidate in focus in one line; empty
// when nothing is wrong with it.
func (s *store) focusTrouble(w int) string {
	if len(s.candidates) == 0 {
		return ""
	}
	c := s.state(s.candidates[s.focused()])
	if c.err == nil || c.phase == phaseReady && lackReason(c) == nil {
		return ""
	}
	const more = " · ! in full"
	text := "▸" + Safe(c.Short()) + ": " + wholeError(c.err)
	if Width(text) <= w {
		return text
	}
	// The advice and the number of the request stand at the end.
	room := w - Width(more)
	return tailedCut(text, room, room/2) + more
}

// nothingInTheWay gives the reason why there is nothing to tell in full.
func (s *store) nothingInTheWay() string {
	for _, c := range s.states() {
		if c.absent() || lackReason(c) != nil {
			return ""
		}
	}
	return "nothing is in the way of any candidate"
}

// openTroubles shows in full what stands in the way of candidates, that in focus
// first.
func (a *app) openTroubles() {
	var plain []string
	states := a.store.states()
	for i := range states {
		c := states[(a.store.focused()+i)%len(states)]
		switch {
		case c.err != nil:
			plain = append(plain, Safe(c.ID())+"\n"+wholeError(c.err))
		case c.absent():
			plain = append(plain, Safe(c.ID())+"\n"+phaseText(c))
		}
	}
	a.open(&reading{shared: &a.shared, title: "What is in the way", plain: strings.Join(plain, "\n\n"),
		write: func(w int, t *theme) []string {
			var lines []string
			for i, entry := range plain {
				if i > 0 {
					lines = append(lines, "")
				}
				name, why, _ := strings.Cut(entry, "\n")
				lines = append(lines, t.strong.Render(Truncate(name, w)))
				lines = append(lines, SafeLines(why, w)...)
			}
			return lines
		}})
}
