package matrices

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// leastName is how much of a candidate's name makes way for nothing.
const leastName = 16

// titles are the lines over a matrix: which candidate, whether its vectors are
// derived, and its background. A name is cut in its middle, because the
// dimensions stand at its end.
func (m *Screen) titles(c session.State, p panel, lines int) []string {
	w := p.rect.W
	mark := " "
	if p.candidate == m.Session.Focused() && len(m.Session.Candidates()) > 1 {
		mark = focusMark
		if w < oneAtATime && m.Body.W < oneAtATime {
			mark += fmt.Sprintf("%d/%d ", p.candidate+1, len(m.Session.Candidates()))
		}
	}
	id := term.Safe(c.ID())
	if term.Width(id)+12 > w {
		id = term.Safe(c.Short())
	}
	title := mark + id
	if p.difference {
		title = m.differenceTitle(c, w)
	}
	note := ""
	if c.Derived() && !p.difference {
		note = " derived"
		if c.Row.Matryoshka == "" && w >= term.Width(title)+32 {
			note += ", not trained for it"
		}
	}
	if c.Phase == session.PhaseReady && !p.difference {
		note += strings.TrimPrefix(candidate.CachedText(c), ",")
	}
	partly := ""
	if c.Phase == session.PhaseReady && !p.difference {
		partly = readInPartText(c, w-term.Width(title)-term.Width(note))
		if n := len(c.Result.Failed); n > 0 && lines < 2 {
			partly += " no vector: " + format.Thousands(n)
		}
	}
	below := ""
	if room := w - term.Width(note) - term.Width(partly); room < min(term.Width(title), max(leastName, 2*term.Width(dimensionsOf(title))+1)) {
		note, partly, below = "", "", note+partly
	}
	if lines < 2 && !p.difference {
		note = m.scoreNote(c, note, w-term.Width(title)-term.Width(partly))
	}
	if room := w - term.Width(note) - term.Width(partly); !p.difference && term.Width(title) > room {
		title = mark + m.nameIn(c.ID(), room-term.Width(mark))
	}
	first := m.Theme.Candidate(p.candidate) + m.Theme.Codes.Strong + title + theme.Reset + m.Theme.Dim.Render(note) + m.Theme.Warn.Render(partly)
	out := []string{term.Fit(first, w)}
	switch {
	case lines < 2:
		return out
	case p.difference:
		below = m.apartText(w)
	default:
		score, background := m.scored(c, p.terse, w-term.Width(below)-1)
		if below != "" && score == "" {
			// How it does comes before how much it knows.
			if score, _ = m.scored(c, true, w-1); score != "" {
				return append(out, term.Fit(" "+score+m.Theme.Dim.Render(noteIn(c, below, w-1-term.Width(score))), w))
			}
		}
		below = noteIn(c, below, w)
		background = backgroundIn(c, background, w-term.Width(below+" "+score))
		return append(out, term.Fit(m.Theme.Dim.Render(below+" ")+score+m.Theme.Dim.Render(background), w))
	}
	return append(out, m.Theme.Dim.Render(term.Fit(below, w)))
}

// nameIn is the name of a candidate in w columns, cut so that it differs from the others.
func (m *Screen) nameIn(id string, w int) string {
	var names []string
	at := 0
	for i, c := range m.Session.States() {
		names = append(names, term.Safe(c.Short()))
		if c.ID() == id {
			at = i
		}
	}
	if len(names) == 0 {
		return ""
	}
	return term.DistinctCuts(names, max(w, 1))[at]
}

// differenceTitle names the two candidates of a difference, in w columns where they must be cut.
func (m *Screen) differenceTitle(c session.State, w int) string {
	const minus = " − "
	a, b := term.Safe(c.Short()), term.Safe(m.Session.ShortOf(m.against))
	if term.Width(a)+term.Width(b)+len(" ")+term.Width(minus) > w {
		each := (w - len(" ") - term.Width(minus)) / 2
		a, b = m.nameIn(c.ID(), each), m.nameIn(m.against, each)
	}
	return " " + a + minus + b
}

// noteIn is a note on a candidate in w columns: all of it, or in short what matters most, that
// it is derived or how many texts it read or knows only in part; empty where there is no room.
func noteIn(c session.State, note string, w int) string {
	short := ""
	switch {
	case note == "" || term.Width(note) <= w:
		return note
	case c.Derived():
		short = " derived"
	case c.Result.InPart() > 0:
		short = " " + format.Thousands(c.Result.InPart()) + " in part"
	}
	if term.Width(short) > w {
		return ""
	}
	return short
}

// backgroundIn is a background in w columns: rather no second figure than one that is cut, and
// rather none than how many texts have no vector.
func backgroundIn(c session.State, background string, w int) string {
	if term.Width(background) <= w || c.Phase != session.PhaseReady || candidate.Partial(c) {
		return background
	}
	terse := backgroundText(c, true)
	first, _, _ := strings.Cut(terse, " p95")
	gaps := ""
	if len(c.Result.Failed) > 0 {
		gaps, _, _ = strings.Cut(terse, " · ")
	}
	return term.Wording(w, terse, first, gaps)
}

// apartText says how far two candidates are apart at the most, and in what unit.
func (m *Screen) apartText(w int) string {
	texts := []string{
		fmt.Sprintf(" largest difference %.2f in raw similarities; %s standardises", m.delta.MaxAbs(), ui.KeyEach.Help().Key),
		fmt.Sprintf(" largest %.2f, raw", m.delta.MaxAbs()),
	}
	if m.standardised {
		texts = []string{
			fmt.Sprintf(" standardised: largest difference %.1f standard deviations; %s shows raw ones", m.delta.MaxAbs(), ui.KeyEach.Help().Key),
			fmt.Sprintf(" largest difference %.1f sd", m.delta.MaxAbs()),
			fmt.Sprintf(" largest %.1f sd", m.delta.MaxAbs()),
		}
	}
	return term.Wording(w, texts...)
}

// scored is how the candidate does at the labels, as far as there is room, and its
// background where that has room beside it.
func (m *Screen) scored(c session.State, terse bool, w int) (score, background string) {
	background = backgroundText(c, terse)
	figures, ok := labelling.FiguresOf(m.Session, c.ID())
	if !ok || candidate.Partial(c) || c.Phase != session.PhaseReady {
		return "", background
	}
	lines := figures.Lines()
	for i, line := range lines {
		beside := []string{background, backgroundText(c, true)}
		if gaps := gapsText(c, true); gaps != "" {
			beside = append(beside, gaps)
		}
		if figures.Lacks != "" && strings.Contains(line, figures.Lacks) { // it need not be said twice
			beside = []string{spreadText(c, terse), spreadText(c, true)}
		}
		for _, words := range beside {
			if term.Width(line)+3+term.Width(words) <= w {
				return line, " · " + words
			}
		}
		// What lacks a vector comes before further figures, and after the first, whose mark
		// says that it is over a part.
		told := len(c.Result.Failed) == 0 || figures.Lacks != "" && strings.Contains(line, figures.Lacks) || i == len(lines)-1
		if told && term.Width(line) <= w {
			return line, ""
		}
	}
	return "", background
}

// scoreNote puts the first figure before the note where there is one line of title, or
// in its place.
func (m *Screen) scoreNote(c session.State, note string, room int) string {
	figures, ok := labelling.FiguresOf(m.Session, c.ID())
	if !ok {
		return note
	}
	lines := figures.Lines()
	score := " " + lines[len(lines)-1]
	switch {
	case term.Width(score+note) <= room:
		return score + note
	case term.Width(score) <= room && !c.Derived():
		return score
	}
	return note
}

// indexOf is a candidate's index among all.
func (m *Screen) indexOf(c session.State) int {
	return slices.Index(m.Session.Candidates(), c.Candidate)
}

// dimensionsOf is the end of a name with the dimensions, which a name cut in its
// middle keeps when it has twice their room.
func dimensionsOf(title string) string { return title[max(strings.LastIndexByte(title, '@'), 0):] }

// readInPartText says how many texts the candidate read or knows only in part, at
// length where the width allows; empty when it read all of them.
func readInPartText(c session.State, w int) string {
	n := c.Result.InPart()
	if n == 0 {
		return ""
	}
	if text := " " + format.Count(n, "text") + " read in part"; term.Width(text) <= w {
		return text
	}
	return " " + format.Thousands(n) + " read in part"
}

// backgroundText says how similar any two texts are under the candidate, and how
// many texts have no place in that.
func backgroundText(c session.State, terse bool) string {
	if c.Phase != session.PhaseReady {
		return ""
	}
	gaps := gapsText(c, terse)
	if candidate.Partial(c) {
		terse = false // it comes first, for it says what to do
		gaps = strings.TrimSuffix(candidate.Of(c).Line(ui.Unlimited)+" · "+gaps, " · ")
	}
	if gaps == "" {
		return spreadText(c, terse)
	}
	return gaps + " · " + spreadText(c, terse)
}

// gapsText says how many texts have no vector; empty when all have one.
func gapsText(c session.State, terse bool) string {
	n := len(c.Result.Failed)
	switch {
	case n == 0:
		return ""
	case terse:
		return "no vector: " + format.Thousands(n)
	}
	return format.Count(n, "text") + " without a vector"
}

// spreadText says how similar any two texts are under the candidate.
func spreadText(c session.State, terse bool) string {
	b := c.Result.Scan.Background
	switch {
	case b.Pairs == 0:
		return "no pairs"
	case terse:
		return fmt.Sprintf("mean %.2f p95 %.2f", b.Mean, b.P95)
	}
	return fmt.Sprintf("background: mean %.2f, 95%% below %.2f", b.Mean, b.P95)
}
