package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// drawDetail draws the text under the cursor in full, or the editor, and the
// texts nearest to it.
func (s *textsScreen) drawDetail(p textsParts) []string {
	if p.detail.h <= 0 {
		return nil
	}
	if s.writing == nil && s.rows() == 0 { // of texts, or of those that the filter finds
		return blankLines(p.detail.size())
	}
	d := s.detailParts(p.detail, p.wide)
	lines := []string{s.heading(d.heading.w, p.wide)}
	if s.writing != nil {
		lines = append(lines, s.drawEditor(d.text.size())...)
	} else {
		lines = append(lines, s.drawText(p, d.text)...)
	}
	switch {
	case d.nearest.h <= 0:
	case p.wide && s.query != nil:
		lines = append(append(lines, ""), s.drawRankings(d.nearest.size())...)
	case s.query != nil:
		lines = append(lines, s.rankLine(d.nearest.w))
	case p.wide:
		lines = append(append(lines, ""), s.drawNearest(d.nearest.size())...)
	default:
		lines = append(lines, s.nearestLine(d.nearest.w))
	}
	for len(lines) < p.detail.h {
		lines = append(lines, "")
	}
	for i, l := range lines {
		lines[i] = term.Fit(l, p.detail.w)
	}
	return lines[:p.detail.h]
}

// heading names the text: what happens to it, its number, id and group.
func (s *textsScreen) heading(w int, wide bool) string {
	t, _ := s.current()
	title := textTitle(t, s.store.cursorA)
	if s.writing != nil {
		title = s.writingTitle(t)
	} else if n := len(s.wrapped.lines); s.cannotRead() == "" {
		h := s.detailParts(s.parts(s.body).detail, s.parts(s.body).wide).text.h
		title += fmt.Sprintf(" · lines %s–%s of %s", format.Thousands(s.firstRow+1), format.Thousands(min(s.firstRow+h, n)), format.Thousands(n))
		if !s.reading {
			title += ", tab scrolls"
		}
	}
	style := s.theme.title
	if s.reading || s.writing != nil {
		title = "▸ " + title
	}
	if wide {
		return style.Render(term.Fit(title, w))
	}
	title = term.Truncate(title, max(w-4, 1))
	return s.theme.dim.Render("─ ") + style.Render(title) + s.theme.dim.Render(" "+strings.Repeat("─", max(w-3-term.Width(title), 0)))
}

func (s *textsScreen) writingTitle(t corpus.Text) string {
	e := s.writing.edit
	switch {
	case e.Adding() && !e.Present():
		return fmt.Sprintf("New text %d", e.At()+1)
	case !e.Present():
		return fmt.Sprintf("Text %d is empty: ending now deletes it", e.At()+1)
	}
	return "Writing " + strings.ToLower(textTitle(t, e.At())[:1]) + textTitle(t, e.At())[1:]
}

// textTitle names a text: its number, its id and its group.
func textTitle(t corpus.Text, i int) string {
	title := "Text " + format.Thousands(i+1)
	for _, tag := range []string{t.ID, t.Group} {
		if tag != "" {
			title += " · " + term.Excerpt(tag, 30)
		}
	}
	return title
}

func (s *textsScreen) drawEditor(z size) []string {
	e := *s.writing.editor
	e.fit(z.w, z.h)
	return e.draw(s.theme, "type the text")
}

// drawText draws what is in sight of the text.
func (s *textsScreen) drawText(p textsParts, r rect) []string {
	lines := s.wrap(p).lines
	first := min(s.firstRow, max(len(lines)-r.h, 0))
	out := make([]string, r.h)
	copy(out, lines[first:])
	return out
}

// drawNearest lists the nearest texts under every candidate.
func (s *textsScreen) drawNearest(z size) []string {
	states := s.store.states()
	if len(states) == 0 {
		return []string{s.theme.dim.Render(term.Fit("No candidates yet: space on Models chooses one.", z.w))}
	}
	each := min(max(z.h/len(states)-1, 1), nearestShown)
	var lines []string
	for i, c := range states {
		head := s.theme.candidate(i) + s.theme.sgr.strong + "nearest in " + term.Safe(c.ID()) + sgrReset
		if s.store.stale() && c.phase == phaseReady {
			head += s.theme.dim.Render("  follows when you rest")
		}
		lines = append(lines, term.Fit(head, z.w))
		lines = append(lines, s.nearestRows(c, z.w, each)...)
	}
	for len(lines) < z.h {
		lines = append(lines, "")
	}
	return lines[:z.h]
}

// nearestRows are the nearest texts under one candidate, or why there are none.
func (s *textsScreen) nearestRows(c candidateState, w, most int) []string {
	list, reason := s.nearestOf(c)
	if reason != "" {
		lines := []string{term.Truncate(reason, w-2)}
		if c.phase != phaseReady {
			lines = phaseLines(c, max(w-2, 1), most)
		}
		for i, l := range lines {
			lines[i] = s.theme.dim.Render(term.Fit("  "+l, w))
		}
		return lines
	}
	texts := s.store.texts()
	digits := len(format.Thousands(len(texts)))
	var rows []string
	for _, n := range list[:min(len(list), most)] {
		row := fmt.Sprintf(" %6.3f  %*s  %s", n.similarity, digits, format.Thousands(n.text+1), term.Excerpt(texts[n.text].Text, w))
		if s.store.stale() {
			row = s.theme.sgr.dim + term.Truncate(row, w) + sgrReset
		}
		rows = append(rows, term.Fit(row, w))
	}
	return rows
}

// nearestOf gives the nearest texts under a candidate, or the reason why there
// are none.
func (s *textsScreen) nearestOf(c candidateState) (list []neighbour, reason string) {
	if s.writing != nil && !s.writing.edit.Present() {
		return nil, "type, and the nearest texts appear"
	}
	if c.phase != phaseReady {
		return nil, phaseText(c)
	}
	if t, ok := s.current(); ok {
		if why := s.failure(c, s.store.cursorA, t); why != nil {
			return nil, term.Safe(why.Error())
		}
	}
	list, known := s.nearest(c.ID())
	switch {
	case !known:
		return nil, "…"
	case len(s.store.texts()) < 2:
		return nil, "needs a second text"
	case len(list) == 0:
		return nil, "no other text has a vector"
	}
	return list, ""
}

// nearestLine names the nearest text under each candidate in one line.
func (s *textsScreen) nearestLine(w int) string {
	if len(s.store.candidates) == 0 {
		return term.Truncate(s.theme.dim.Render("nearest needs candidates: choose some on Models"), w)
	}
	return s.candidateLine("nearest", " → ", w, func(c candidateState) string {
		if list, reason := s.nearestOf(c); reason == "" {
			return fmt.Sprintf("%s %.3f", format.Thousands(list[0].text+1), list[0].similarity)
		}
		return "–"
	})
}

// leastShortName is what a candidate's name keeps in a line of all candidates.
const leastShortName = 5

// candidateLine writes a value for each candidate in one line; the names give way so
// that no value is lost.
func (s *textsScreen) candidateLine(head, between string, w int, value func(candidateState) string) string {
	states := s.store.states()
	names, values := make([]string, len(states)), make([]string, len(states))
	longest, room := 0, w-term.Width(head)
	for i, c := range states {
		names[i], values[i] = term.Safe(c.Short()), value(c)
		longest = max(longest, term.Width(names[i]))
		room -= term.Width("  " + between + values[i])
	}
	if each := room / max(len(states), 1); each < longest {
		names = term.DistinctCuts(names, max(each, leastShortName))
	}
	pen := s.theme.strong
	if s.store.stale() {
		pen = s.theme.dim
	}
	var b strings.Builder
	b.WriteString(s.theme.dim.Render(head))
	for i := range states {
		b.WriteString("  " + s.theme.candidate(i) + names[i] + sgrReset + between + pen.Render(values[i]))
	}
	return term.Truncate(b.String(), w)
}
