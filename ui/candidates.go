package ui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// The keys that open and close the list, and what they do to a candidate in it.
var (
	keyCandidates = bind("c", "candidates…", "c")
	keyCarryUp    = bind("K", "move up", "K", "shift+up")
	keyCarryDown  = bind("J", "move down", "J", "shift+down")
	keyTakeOut    = bind("d", "take out", "d", "delete")
)

// candidateList shows the candidates in their order with how far each has come;
// they can be moved and taken out.
type candidateList struct {
	closable
	list
	*shared
}

func newCandidateList(s *shared) *candidateList {
	l := &candidateList{shared: s}
	l.list.fit(len(s.store.candidates), len(s.store.candidates))
	return l
}

func (l *candidateList) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(press, keyBack, keyCandidates, keyEnter, keyQuit):
		l.dismiss()
	case key.Matches(press, keyCarryUp):
		return l.carry(-1)
	case key.Matches(press, keyCarryDown):
		return l.carry(1)
	case key.Matches(press, keyTakeOut, keyChoose):
		return l.takeOut()
	default:
		l.pressed(press)
	}
	return nil
}

// carry moves the candidate under the cursor, the cursor with it.
func (l *candidateList) carry(by int) tea.Cmd {
	cmd := l.store.moveCandidate(l.cursor, by)
	l.put(l.cursor + by)
	return cmd
}

func (l *candidateList) takeOut() tea.Cmd {
	if l.cursor >= len(l.store.candidates) {
		return nil
	}
	c := l.store.candidates[l.cursor]
	cmd := l.store.toggle(c)
	l.info("Taken out: %s.", c.ID())
	return cmd
}

const (
	candidateHead  = 1 // lines above the list
	candidateWidth = 74
	candidateRest  = 36 // columns of the number, the mark and the state
)

func (l *candidateList) fit(room size, _ *theme) {
	states := l.store.states()
	l.list.fit(len(states), l.shown)
	if len(states) == 0 {
		return
	}
	about := l.about(states[l.cursor], min(candidateWidth, room.w), room.h-candidateHead-len(states)-1)
	l.list.fit(len(states), max(min(len(states), room.h-candidateHead-len(about)-1), 1))
}

func (l *candidateList) view(room size, t *theme) []string {
	states := l.store.states()
	w := min(candidateWidth, room.w)
	head := t.title.Render("Candidates") + t.dim.Render(fmt.Sprintf("  %d of %d", len(states), maxCandidates))
	lines := []string{term.Fit(head, w)}
	if len(states) == 0 {
		for _, line := range term.SafeLines("No candidates yet: space on a model chooses it at its usual dimensions, d at others.", w) {
			lines = append(lines, term.Fit(line, w))
		}
		return append(lines, term.Fit(hints(t, "esc", "back"), w))
	}
	about := l.about(states[l.cursor], w, room.h-candidateHead-len(states)-1)
	names := 0
	for _, c := range states {
		names = max(names, term.Width(term.Safe(c.ID())))
	}
	names = min(names, max(w-candidateRest, w*2/5, 8))
	for i := l.top; i < min(l.top+l.shown, len(states)); i++ {
		lines = append(lines, l.row(i, states[i], names, w, t))
	}
	for _, line := range about {
		lines = append(lines, t.dim.Render(term.Fit(line, w)))
	}
	foot := hints(t, "K J", "move", "d", "take out", "esc", "back")
	if w < 40 {
		foot = hints(t, "KJ", "move", "d", "out", "esc", "back")
	}
	return append(lines, term.Fit(foot, w))
}

// aboutLines is how many lines the state of the candidate under the cursor has
// below the list.
const aboutLines = 3

// about writes that state in full; nothing where there is no room.
func (l *candidateList) about(c candidateState, w, room int) []string {
	if room < aboutLines {
		return nil
	}
	text := stateText(c)
	if c.phase != phaseFailed && c.model.Provider != "" {
		text = fmt.Sprintf("%s: %s. %s", dimensionsList([]api.Candidate{c.Candidate}), dimensionsOrigin(c.model, c.Dimensions), sentence(text))
	}
	lines := term.SafeLines(text, w)
	if c.err != nil {
		if lines = term.SafeLines(wholeError(c), w); len(lines) > aboutLines {
			lines = problemOf(c).lines(w, aboutLines)
		}
	}
	for len(lines) < aboutLines {
		lines = append(lines, "")
	}
	return lines[:aboutLines]
}

func (l *candidateList) row(i int, c candidateState, names, w int, t *theme) string {
	base := ""
	if i == l.cursor {
		base = t.sgr.selected
	}
	pen := t.sgr.good
	switch c.phase {
	case phaseFailed, phaseUnavailable, phaseUnpaid:
		pen = t.sgr.warn
	case phaseWaiting, phaseRunning:
		pen = t.sgr.dim
	}
	state := stateText(c)
	if c.phase == phaseReady && c.derived() {
		state += ", derived"
	}
	left := fmt.Sprintf("%s%d %s●%s%s %s  %s", base, i+1, t.candidate(i), sgrReset, base, term.Fit(middleCut(term.Safe(c.ID()), names, nil).Text, names), pen)
	room := max(w-names-6, 1)
	if c.phase == phaseFailed {
		state = phaseLine(c, room)
	}
	return left + term.SafeFit(state, room) + sgrReset
}

func (l *candidateList) mouse(ev mouseEvent) tea.Cmd {
	l.list.mouse(ev.wheel, ev.y-candidateHead)
	return nil
}
