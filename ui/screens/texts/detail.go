package texts

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// drawDetail draws the text under the cursor in full, or the editor, and the
// texts nearest to it.
func (s *Screen) drawDetail(p textsParts) []string {
	if p.detail.H <= 0 {
		return nil
	}
	if s.writing == nil && s.rows() == 0 { // of texts, or of those that the filter finds
		return widget.BlankLines(p.detail.Size())
	}
	d := s.detailParts(p.detail, p.wide)
	lines := []string{s.heading(d.heading.W, p.wide)}
	if s.writing != nil {
		lines = append(lines, s.drawEditor(d.text.Size())...)
	} else {
		lines = append(lines, s.drawText(p, d.text)...)
	}
	switch {
	case d.nearest.H <= 0:
	case p.wide && s.query != nil:
		lines = append(append(lines, ""), s.drawRankings(d.nearest.Size())...)
	case p.wide:
		lines = append(append(lines, ""), s.drawNearest(d.nearest.Size())...)
	default:
		lines = append(lines, s.candidateLines(d.nearest.W, d.nearest.H)...)
	}
	for len(lines) < p.detail.H {
		lines = append(lines, "")
	}
	for i, l := range lines {
		lines[i] = term.Fit(l, p.detail.W)
	}
	return lines[:p.detail.H]
}

// heading names the text: what happens to it, its number, id and group.
func (s *Screen) heading(w int, wide bool) string {
	t, _ := s.current()
	title := textTitle(t, s.Session.CursorA())
	if s.writing != nil {
		title = s.writingTitle(t)
	} else if n := len(s.wrapped.lines); s.cannotRead() == "" {
		h := s.textLines()
		title += fmt.Sprintf(" · lines %s–%s of %s", format.Thousands(s.firstRow+1), format.Thousands(min(s.firstRow+h, n)), format.Thousands(n))
		if !s.reading {
			title += ", tab scrolls"
		}
	}
	style := s.Theme.Title
	if s.reading || s.writing != nil {
		title = "▸ " + title
	}
	if wide {
		return style.Render(term.Fit(title, w))
	}
	title = term.Truncate(title, max(w-4, 1))
	return s.Theme.Dim.Render("─ ") + style.Render(title) + s.Theme.Dim.Render(" "+strings.Repeat("─", max(w-3-term.Width(title), 0)))
}

func (s *Screen) writingTitle(t corpus.Text) string {
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

func (s *Screen) drawEditor(z ui.Size) []string {
	e := *s.writing.editor
	e.Fit(z.W, z.H)
	return e.Draw(s.Theme, "type the text")
}

// drawText draws what is in sight of the text.
func (s *Screen) drawText(p textsParts, r ui.Rect) []string {
	lines := s.wrap(p).lines
	first := min(s.firstRow, max(len(lines)-r.H, 0))
	out := make([]string, r.H)
	copy(out, lines[first:])
	return out
}

// drawNearest lists the nearest texts under every candidate.
func (s *Screen) drawNearest(z ui.Size) []string {
	states := s.Session.States()
	if len(states) == 0 {
		return []string{s.Theme.Dim.Render(term.Fit("No models yet: space on Models selects one.", z.W))}
	}
	each := min(max(z.H/len(states)-1, 1), nearestShown)
	var lines []string
	for i, c := range states {
		head := s.Theme.Candidate(i) + s.Theme.Codes.Strong + "nearest in " + term.Safe(c.ID()) + theme.Reset
		if s.Session.Stale() && c.Phase == session.PhaseReady {
			head += s.Theme.Dim.Render("  follows when you rest")
		}
		lines = append(lines, term.Fit(head+s.hitsText(c), z.W))
		lines = append(lines, s.nearestRows(c, z.W, each)...)
	}
	for len(lines) < z.H {
		lines = append(lines, "")
	}
	return lines[:z.H]
}

// nearestRows are the nearest texts under one candidate, or why there are none.
func (s *Screen) nearestRows(c session.State, w, most int) []string {
	list, reason := s.nearestOf(c)
	if reason != "" {
		lines := []string{term.Truncate(reason, w-2)}
		if c.Phase != session.PhaseReady {
			lines = candidate.Of(c).Block(max(w-2, 1), most)
		}
		for i, l := range lines {
			lines[i] = s.Theme.Dim.Render(term.Fit("  "+l, w))
		}
		return lines
	}
	texts := s.Session.Texts()
	digits := len(format.Thousands(len(texts)))
	var rows []string
	for _, n := range list[:min(len(list), most)] {
		sign := ""
		if labelling.Any(s.Session) {
			sign = cmp.Or(s.belongs(n.text), " ")
		}
		row := fmt.Sprintf(" %6s  %*s %s %s", format.Similarity(n.similarity, 3), digits, format.Thousands(n.text+1), sign, term.Excerpt(texts[n.text].Text, w))
		if s.Session.Stale() {
			row = s.Theme.Codes.Dim + term.Truncate(row, w) + theme.Reset
		}
		rows = append(rows, term.Fit(row, w))
	}
	return rows
}

// belongs is the sign of whether another text belongs with the one under the cursor, as
// labels say: by group, pair or mark; empty where they say nothing.
func (s *Screen) belongs(other int) string {
	tied, at := s.Session.Labels().Tied(), s.Session.CursorA()
	if !s.Session.Labels().Any() || tied.Texts != len(s.Session.Texts()) || max(at, other) >= tied.Texts {
		return ""
	}
	switch same, known := tied.Same(at, other); {
	case !known:
		return ""
	case same:
		return labelling.SameSign
	}
	return labelling.DifferentSign
}

// hitsText counts how many of the nearest texts under a candidate belong with the one
// under the cursor; empty where labels say nothing of them.
func (s *Screen) hitsText(c session.State) string {
	list, _ := s.nearestOf(c)
	hits, known := 0, 0
	for _, n := range list[:min(len(list), nearestCounted)] {
		switch s.belongs(n.text) {
		case labelling.SameSign:
			hits++
			known++
		case labelling.DifferentSign:
			known++
		}
	}
	if known == 0 {
		return ""
	}
	return s.Theme.Dim.Render(fmt.Sprintf("  %s %d of %d nearest", labelling.SameSign, hits, known))
}

// nearestOf gives the nearest texts under a candidate, or the reason why there
// are none.
func (s *Screen) nearestOf(c session.State) (list []neighbour, reason string) {
	if s.writing != nil && !s.writing.edit.Present() {
		return nil, "type, and the nearest texts appear"
	}
	if c.Phase != session.PhaseReady {
		return nil, candidate.Of(c).Line(ui.Unlimited)
	}
	if t, ok := s.current(); ok {
		if why := s.failure(c, s.Session.CursorA(), t); why != nil {
			return nil, term.Safe(why.Error())
		}
		if s.notEmbedded(c, t) {
			return nil, "not embedded · " + candidate.Of(c).Line(ui.Unlimited)
		}
	}
	list, known := s.nearest(c.ID())
	switch {
	case !known:
		return nil, "…"
	case len(s.Session.Texts()) < 2:
		return nil, "needs a second text"
	case len(list) == 0:
		return nil, "no other text has a vector"
	}
	return list, ""
}

// notEmbedded tells that the text under the cursor, t, is none of those that a candidate has
// embedded so far.
func (s *Screen) notEmbedded(c session.State, t corpus.Text) bool {
	at := s.Session.CursorA()
	return candidate.Partial(c) && s.compared(at, t) && !c.Result.Vectors.Has(at)
}

// nearestLines name the nearest text under each candidate.
func (s *Screen) nearestLines(w, most int) []string {
	if len(s.Session.Candidates()) == 0 {
		return []string{term.Truncate(s.Theme.Dim.Render("nearest needs models: select some on Models"), w)}
	}
	return s.linesOfAll("nearest", " → ", w, most, func(c session.State) string {
		if list, reason := s.nearestOf(c); reason == "" {
			value := format.Thousands(list[0].text+1) + " " + format.Similarity(list[0].similarity, 3)
			if sign := s.belongs(list[0].text); sign != "" {
				value += " " + sign
			}
			return value
		}
		return s.noNearest(c)
	})
}

// noNearest says in a word or two why there is no nearest text under a candidate.
func (s *Screen) noNearest(c session.State) string {
	t, ok := s.current()
	_, known := s.nearest(c.ID())
	switch {
	case s.writing != nil && !s.writing.edit.Present():
		return "–"
	case candidate.Absent(c):
		return "no result"
	case c.Phase != session.PhaseReady:
		return "embedding"
	case ok && s.failure(c, s.Session.CursorA(), t) != nil:
		return "no vector"
	case ok && s.notEmbedded(c, t) && c.Working:
		return "embedding"
	case ok && s.notEmbedded(c, t):
		return "not embedded"
	case !known:
		return "…"
	}
	return "no other text"
}

// candidateLines say in at most so many lines which text is the nearest under each candidate,
// or, beside a query, which rank the text under the cursor has.
func (s *Screen) candidateLines(w, most int) []string {
	if s.query != nil {
		return s.rankLines(w, most)
	}
	return s.nearestLines(w, most)
}

// leastShortName is what a candidate's name keeps in lines of all candidates.
const leastShortName = 9

// linesOfAll write a value for each candidate into at most so many lines; the names give
// way so that no value is lost, and then the last candidates, which are counted.
func (s *Screen) linesOfAll(head, between string, w, most int, value func(session.State) string) []string {
	states := s.Session.States()
	full, values := make([]string, len(states)), make([]string, len(states))
	longest := 0
	for i, c := range states {
		full[i], values[i] = term.Safe(c.Short()), value(c)
		longest = max(longest, term.Width(full[i]))
	}
	pen := s.Theme.Strong
	if s.Session.Stale() {
		pen = s.Theme.Dim
	}
	lines, left := s.namedLines(head, between, full, values, pen, w, min(most, 2))
	if left == 0 {
		return lines
	}
	if lettered := s.letteredLines(head, full, values, pen, w, most); lettered != nil {
		return lettered
	}
	for room := max(longest, leastShortName); room >= leastShortName; room-- {
		parts := make([]string, len(states))
		for i, name := range term.DistinctCuts(full, room) {
			parts[i] = s.Theme.Candidate(i) + name + theme.Reset + between + pen.Render(values[i])
		}
		if lines, left = s.flowed(head, parts, w, min(most, 2)); left == 0 {
			break
		}
	}
	return lines
}

// namedLines write the values behind the names in full, and say how many have no room.
func (s *Screen) namedLines(head, between string, names, values []string, pen theme.Pen, w, most int) (lines []string, left int) {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = s.Theme.Candidate(i) + name + theme.Reset + between + pen.Render(values[i])
	}
	return s.flowed(head, parts, w, most)
}

// letteredLines write the values behind letters under a line that says whose these are; nil
// where they have no room.
func (s *Screen) letteredLines(head string, names, values []string, pen theme.Pen, w, most int) []string {
	if most < mostLines {
		return nil
	}
	parts := make([]string, len(names))
	need := -1
	for i, name := range names {
		need += len("A ") + term.Width(name) + 1
		parts[i] = s.Theme.Candidate(i) + string(rune('A'+i)) + theme.Reset + " " + pen.Render(values[i])
	}
	if need > w {
		names = term.DistinctCuts(names, max(w/max(len(names), 1)-len("A  "), 1))
	}
	legend := ""
	for i, name := range names {
		legend += s.Theme.Candidate(i) + string(rune('A'+i)) + theme.Reset + " " + name + " "
	}
	lines, left := s.flowed(head, parts, w, most-1)
	if left > 0 {
		return nil
	}
	return append([]string{term.Truncate(strings.TrimSuffix(legend, " "), w)}, lines...)
}

// flowed puts parts behind a head into at most so many lines, and says how many of them have
// no room: that is at the end of the last line.
func (s *Screen) flowed(head string, parts []string, w, most int) (lines []string, left int) {
	line := s.Theme.Dim.Render(head)
	for i, part := range parts {
		last, room := len(lines) == most-1, w-term.Width(line)
		more := s.Theme.Dim.Render(fmt.Sprintf(" +%d", len(parts)-i))
		if last && i < len(parts)-1 {
			room -= term.Width(more)
		}
		switch {
		case 2+term.Width(part) <= room || term.Width(line) <= len(head):
		case last:
			return append(lines, term.Truncate(line+more, w)), len(parts) - i
		default:
			lines, line = append(lines, line), term.Blanks(len(head))
		}
		line += "  " + part
	}
	return append(lines, term.Truncate(line, w)), 0
}
