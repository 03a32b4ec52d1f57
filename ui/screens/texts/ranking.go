package texts

import (
	"fmt"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// ranking tells that one candidate's ranking stands in the place of the list,
// because there is no room for all of them beside it.
func (s *Screen) ranking() bool {
	return s.query != nil && s.writing == nil && !s.filter.Shown() && !s.parts(s.Body).wide
}

// rankingHead is how many lines stand above the ranking: the candidate, and what
// goes before the query.
const rankingHead = 2

// queryLine says what is asked.
func (s *Screen) queryLine(w int) string {
	end := "  esc ends it "
	if w < 50 {
		end = " "
	}
	return " " + s.Theme.Strong.Render("Query “"+term.Excerpt(s.query.text, max(w-len(end)-10, 4))+"”") + s.Theme.Dim.Render(end)
}

// sentPrefix says what goes before the query under a candidate, and when not all
// of the query is read.
func (s *Screen) sentPrefix(c session.State) string {
	of, known := s.query.searched[c.ID()]
	if !known {
		of.Role = api.RoleQuery
	}
	words := "prefix: " + candidate.MannerWords(s.Session.Roles(c.Row).Of(of.Role))
	if of.Instead {
		words += ", as before the texts, which are not embedded as documents"
	}
	var answer queryAnswer
	if known {
		answer = s.query.answers[of.Query.Key()]
	}
	if answer.embedding != nil && len(answer.embedding.Clipped) > 0 {
		return "only its beginning is read; " + words
	}
	return words
}

// drawRanking draws the ranking under the candidate in focus.
func (s *Screen) drawRanking(z ui.Size) []string {
	c, ok := s.focusedState()
	if !ok {
		return widget.BlankLines(z)
	}
	head := fmt.Sprintf("%s%s%s%s", s.Theme.Candidate(s.Session.Focused()), s.Theme.Codes.Strong, term.Safe(c.ID()), theme.Reset)
	if n := len(s.Session.Candidates()); n > 1 {
		head += s.Theme.Dim.Render(fmt.Sprintf("  %d of %d, tab: next", s.Session.Focused()+1, n))
	}
	lines := []string{" " + head, s.Theme.Dim.Render(" " + term.Truncate(s.sentPrefix(c), max(z.W-1, 0)))}
	room := ui.Size{W: z.W, H: max(z.H-len(lines), 0)}
	if hits, why := s.hits(c); why != (candidate.Status{}) {
		for _, l := range why.Block(max(z.W-2, 1), max(room.H, 1)) {
			lines = append(lines, s.Theme.Warn.Render("  "+l))
		}
	} else if room.H > 0 {
		t := s.rankTable(hits)
		t.Top = s.query.list.Top
		lines = append(lines, t.Draw(room.W, room.H)...)
	}
	for len(lines) < z.H {
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = term.Fit(lines[i], z.W)
	}
	return lines[:z.H]
}

// rankTable is a ranking as a table; its cursor is the text that all screens share.
func (s *Screen) rankTable(hits []compare.Hit) widget.Table {
	texts := s.Session.Texts()
	digits := max(len(format.Thousands(len(texts))), 4)
	return widget.Table{
		Columns: []widget.Column{
			{Title: "rank", Width: digits, Align: widget.AlignRight},
			{Title: "cosine", Width: 7, Align: widget.AlignRight},
			{Title: "#", Width: max(len(format.Thousands(len(texts))), 2), Priority: 1, Align: widget.AlignRight},
			{Title: "text", Width: 24, Min: 10, Flex: 1},
		},
		Rows: len(hits), Cursor: rankUnder(hits, s.Session.CursorA()), Styles: s.Theme.Codes,
		Row: func(i int) []widget.Cell {
			h, pen := hits[i], ""
			if s.Session.Stale() {
				pen = s.Theme.Codes.Dim
			}
			return []widget.Cell{
				{Text: format.Thousands(i + 1), Pen: s.Theme.Codes.Dim},
				{Text: fmt.Sprintf("%.4f", h.Similarity), Pen: pen},
				{Text: format.Thousands(h.Text + 1), Pen: s.Theme.Codes.Dim},
				{Text: term.Excerpt(texts[h.Text].Text, s.Body.W), Pen: pen},
			}
		},
	}
}

// rankingRect is where the ranking's table lies in the list's place.
func rankingRect(list ui.Rect) ui.Rect {
	return ui.Rect{X: list.X, Y: list.Y + rankingHead, W: list.W, H: max(list.H-rankingHead, 0)}
}

// scrollRanking keeps the cursor in sight.
func (s *Screen) scrollRanking() {
	c, ok := s.focusedState()
	if !ok || !s.ranking() {
		return
	}
	if hits, why := s.hits(c); why == (candidate.Status{}) {
		r := rankingRect(s.parts(s.Body).list)
		t := s.rankTable(hits)
		if t.Cursor >= 0 {
			s.query.list.Cursor = t.Cursor
		}
		s.query.list.Fit(t.Rows, t.Fit(r.W, r.H).Rows)
	}
}

// moveRank moves the cursor through the ranking of the candidate in focus.
func (s *Screen) moveRank(by int) {
	c, ok := s.focusedState()
	if !ok {
		return
	}
	if hits, why := s.hits(c); why == (candidate.Status{}) {
		s.pointRank(hits, rankUnder(hits, s.Session.CursorA())+by)
	}
}

// pointRank puts the cursor on a rank, or the nearest there is.
func (s *Screen) pointRank(hits []compare.Hit, rank int) {
	s.query.cursorPlaced = true
	s.Session.PointAt(hits[min(max(rank, 0), len(hits)-1)].Text)
	s.firstRow = 0
}

// mouseInRanking puts the cursor on the rank that was clicked.
func (s *Screen) mouseInRanking(ev ui.Mouse, list ui.Rect) {
	c, ok := s.focusedState()
	if !ok {
		return
	}
	hits, why := s.hits(c)
	r := rankingRect(list)
	switch {
	case why != (candidate.Status{}):
	case ev.Wheel != 0:
		s.moveRank(3 * ev.Wheel)
	case ev.Y == list.Y:
		s.Session.CycleFocus(1)
	default:
		t := s.rankTable(hits)
		t.Top = s.query.list.Top
		if row, ok := t.Fit(r.W, r.H).RowAt(ev.Y - r.Y); ok {
			s.pointRank(hits, row)
		}
	}
}

// drawRankings draws the beginning of every candidate's ranking, one below the
// other, each with what goes before the query.
func (s *Screen) drawRankings(z ui.Size) []string {
	states := s.Session.States()
	each := max(z.H/max(len(states), 1)-rankingHead, 1)
	var lines []string
	for i, c := range states {
		head := s.Theme.Candidate(i) + s.Theme.Codes.Strong + "nearest to the query in " + term.Safe(c.ID()) + theme.Reset
		if s.Session.Stale() && c.Phase == session.PhaseReady {
			head += s.Theme.Dim.Render("  follows when you rest")
		}
		lines = append(lines, term.Fit(head, z.W), s.Theme.Dim.Render(term.Fit("  "+s.sentPrefix(c), z.W)))
		lines = append(lines, s.rankRows(c, z.W, each)...)
	}
	for len(lines) < z.H {
		lines = append(lines, "")
	}
	return lines[:z.H]
}

// rankRows are the texts nearest to the query under one candidate, the one under
// the cursor marked, or why there are none.
func (s *Screen) rankRows(c session.State, w, most int) (rows []string) {
	hits, why := s.hits(c)
	if why != (candidate.Status{}) {
		for _, l := range why.Block(max(w-2, 1), most) {
			rows = append(rows, s.Theme.Dim.Render(term.Fit("  "+l, w)))
		}
		return rows
	}
	texts := s.Session.Texts()
	digits := len(format.Thousands(len(texts)))
	for _, h := range hits[:min(len(hits), most)] {
		row := fmt.Sprintf("%7.4f  %*s  %s", h.Similarity, digits, format.Thousands(h.Text+1), term.Excerpt(texts[h.Text].Text, w))
		switch {
		case s.Session.Stale():
			row = s.Theme.Codes.Dim + term.Fit(row, w) + theme.Reset
		case h.Text == s.Session.CursorA():
			row = s.Theme.Codes.Selected + term.Fit(row, w) + theme.Reset
		default:
			row = term.Fit(row, w)
		}
		rows = append(rows, row)
	}
	return rows
}

// rankLines say which rank the text under the cursor has under each
// candidate.
func (s *Screen) rankLines(w, most int) []string {
	return s.linesOfAll("rank", " ", w, most, func(c session.State) string {
		if hits, why := s.hits(c); why == (candidate.Status{}) {
			if at := rankUnder(hits, s.Session.CursorA()); at >= 0 {
				return format.Thousands(at+1) + " (" + format.Similarity(hits[at].Similarity, 3) + ")"
			}
		}
		return "–"
	})
}
