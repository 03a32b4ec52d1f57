package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// titles are the lines over a matrix: which candidate, whether its vectors are
// derived, and its background. A name is cut in its middle, because the
// dimensions stand at its end.
func (m *matrixScreen) titles(c candidateState, p panel, lines int) []string {
	w := p.rect.w
	mark := " "
	if p.candidate == m.store.focused() && len(m.store.candidates) > 1 {
		mark = "▸"
	}
	id := term.Safe(c.ID())
	if term.Width(id)+12 > w {
		id = term.Safe(c.Short())
	}
	title := mark + id
	if p.difference {
		title = " " + term.Safe(c.Short()) + " − " + term.Safe(shortOf(m.against))
	}
	note := ""
	if c.derived() && !p.difference {
		note = " derived"
		if c.model.Matryoshka == "" && w >= term.Width(title)+32 {
			note += ", not trained for it"
		}
	}
	if c.phase == phaseReady && !p.difference {
		note += strings.TrimPrefix(cachedText(c), ",")
	}
	partly := ""
	if c.phase == phaseReady && !p.difference {
		partly = readInPartText(c, w-term.Width(title)-term.Width(note))
		if n := len(c.result.Failed); n > 0 && lines < 2 {
			partly += " no vector: " + format.Thousands(n)
		}
	}
	below := ""
	if room := w - term.Width(note) - term.Width(partly); room < min(term.Width(title), leastName) {
		note, partly, below = "", "", note+partly
	}
	title = middleCut(title, w-term.Width(note)-term.Width(partly), nil).Text
	first := m.theme.candidate(p.candidate) + m.theme.sgr.strong + title + sgrReset + m.theme.dim.Render(note) + m.theme.warn.Render(partly)
	out := []string{term.Fit(first, w)}
	switch {
	case lines < 2:
		return out
	case p.difference:
		below = fmt.Sprintf(" up to %.2f apart", m.delta.MaxAbs())
	default:
		below += " " + backgroundText(c, p.terse)
	}
	return append(out, m.theme.dim.Render(term.Fit(below, w)))
}

// readInPartText says how many texts the candidate read only in part, at length
// where the width allows; empty when it read all of them.
func readInPartText(c candidateState, w int) string {
	n := len(c.result.Clipped)
	if n == 0 {
		return ""
	}
	if text := " " + format.Count(n, "text") + " read only in part"; term.Width(text) <= w {
		return text
	}
	return " " + format.Thousands(n) + " cut short"
}

// backgroundText says how similar any two texts are under the candidate, and how
// many texts have no place in that.
func backgroundText(c candidateState, terse bool) string {
	if c.phase != phaseReady {
		return ""
	}
	gaps := ""
	if n := len(c.result.Failed); n > 0 {
		gaps = format.Count(n, "text") + " without a vector"
		if terse {
			gaps = "no vector: " + format.Thousands(n)
		}
	}
	if lacks := lackText(c); lacks != "" {
		terse = false // it comes first, for it says what to do
		gaps = strings.TrimSuffix(lacks+" · "+gaps, " · ")
	}
	b := c.result.Scan.Background
	switch {
	case b.Pairs == 0 && gaps != "":
		return gaps + " · no pairs"
	case b.Pairs == 0:
		return "no pairs"
	case terse && gaps != "":
		return fmt.Sprintf("%s · mean %.2f p95 %.2f", gaps, b.Mean, b.P95)
	case terse:
		return fmt.Sprintf("mean %.2f p95 %.2f", b.Mean, b.P95)
	case gaps != "":
		gaps += " · "
	}
	return fmt.Sprintf("%sbackground: mean %.2f, 95%% below %.2f", gaps, b.Mean, b.P95)
}
