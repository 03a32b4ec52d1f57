package ui

import (
	"errors"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// absentMost is how many lines the candidates without a matrix take below the
// matrices.
const absentMost = 2

// absent tells that a candidate has nothing to show before somebody does
// something about it, so that it gets no panel.
func (c candidateState) absent() bool {
	return c.phase == phaseFailed || c.phase == phaseUnavailable || c.phase == phaseUnpaid
}

// absentReasons name the candidates that have no panel and why, those with the
// same reason together; the one in focus has its mark.
func (m *matrixScreen) absentReasons() []string {
	type group struct {
		names []string
		first candidateState
	}
	var groups []*group
	for i, c := range m.store.states() {
		if !c.absent() {
			continue
		}
		name := Safe(c.Short())
		if i == m.store.focused() {
			name = "▸" + name
		}
		at := slices.IndexFunc(groups, func(g *group) bool { return absentWords(g.first, false) == absentWords(c, false) })
		if at < 0 {
			groups = append(groups, &group{first: c})
			at = len(groups) - 1
		}
		groups[at].names = append(groups[at].names, name)
	}
	var out []string
	for _, g := range groups {
		out = append(out, strings.Join(g.names, ", ")+" "+absentWords(g.first, len(g.names) > 1))
	}
	return out
}

// absentWords go on after the name of one candidate, or of several.
func absentWords(c candidateState, several bool) string {
	verb := func(s string) string {
		if several {
			return s
		}
		return s + "s"
	}
	var noKey *api.KeyError
	switch {
	case c.phase == phaseUnpaid:
		return phaseText(c)
	case errors.As(c.err, &noKey):
		return verb("need") + " a key: set " + noKey.Env
	default:
		return "failed: " + Safe(c.err.Error())
	}
}

// absentLines are the reasons as they stand below the matrices, where all
// matrices are shown and the window is not low.
func (m *matrixScreen) absentLines(s size) []string {
	if m.solo || m.delta != nil || s.w < oneAtATime || s.h < 12 {
		return nil
	}
	reasons := m.absentReasons()
	if len(reasons) == 0 || len(m.shownPanels(s)) == 0 {
		return nil
	}
	lines := SafeLines(strings.Join(reasons, " · "), s.w-2)
	if len(lines) > absentMost {
		rest := strings.Join(lines[absentMost-1:], " ")
		lines = append(lines[:absentMost-1], Truncate(rest, s.w-2))
	}
	return lines
}
