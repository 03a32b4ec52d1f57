package ui

import (
	"fmt"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// ranking tells that one candidate's ranking stands in the place of the list,
// because there is no room for all of them beside it.
func (s *textsScreen) ranking() bool {
	return s.query != nil && s.writing == nil && !s.filter.typing && s.filter.query == "" && !s.parts(s.body).wide
}

// rankingHead is how many lines stand above the ranking: the candidate, and what
// goes before the query.
const rankingHead = 2

// queryLine says what is asked.
func (s *textsScreen) queryLine(w int) string {
	end := "  esc ends it "
	if w < 50 {
		end = " "
	}
	return " " + s.theme.strong.Render("Query “"+term.Excerpt(s.query.text, max(w-len(end)-10, 4))+"”") + s.theme.dim.Render(end)
}

// sentPrefix says what goes before the query under a candidate, and when not all
// of the query is read.
func (s *textsScreen) sentPrefix(c candidateState) string {
	words := "prefix: " + prefixWords(s.store.queryPrefix(c.model))
	answer := s.query.answers[s.store.querySource(c).Key()]
	if answer.embedding != nil && len(answer.embedding.Clipped) > 0 {
		return "only its beginning is read; " + words
	}
	return words
}

// drawRanking draws the ranking under the candidate in focus.
func (s *textsScreen) drawRanking(z size) []string {
	c, ok := s.focusedState()
	if !ok {
		return blankLines(z)
	}
	head := fmt.Sprintf("%s%s%s%s", s.theme.candidate(s.store.focused()), s.theme.sgr.strong, term.Safe(c.ID()), sgrReset)
	if n := len(s.store.candidates); n > 1 {
		head += s.theme.dim.Render(fmt.Sprintf("  %d of %d, tab: next", s.store.focused()+1, n))
	}
	lines := []string{" " + head, s.theme.dim.Render(" " + term.Truncate(s.sentPrefix(c), max(z.w-1, 0)))}
	room := size{z.w, max(z.h-len(lines), 0)}
	if hits, why := s.hits(c); why != (problem{}) {
		for _, l := range why.lines(max(z.w-2, 1), max(room.h, 1)) {
			lines = append(lines, s.theme.warn.Render("  "+l))
		}
	} else if room.h > 0 {
		t := s.rankTable(hits)
		t.Top = s.query.list.top
		lines = append(lines, t.Draw(room.w, room.h)...)
	}
	for len(lines) < z.h {
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = term.Fit(lines[i], z.w)
	}
	return lines[:z.h]
}

// rankTable is a ranking as a table; its cursor is the text that all screens share.
func (s *textsScreen) rankTable(hits []compare.Hit) Table {
	texts := s.store.texts()
	digits := max(len(format.Thousands(len(texts))), 4)
	return Table{
		Columns: []Column{
			{Title: "rank", Width: digits, Align: AlignRight},
			{Title: "cosine", Width: 7, Align: AlignRight},
			{Title: "#", Width: max(len(format.Thousands(len(texts))), 2), Priority: 1, Align: AlignRight},
			{Title: "text", Width: 24, Min: 10, Flex: 1},
		},
		Rows: len(hits), Cursor: rankUnder(hits, s.store.cursorA), Styles: s.theme.sgr,
		Row: func(i int) []Cell {
			h, pen := hits[i], ""
			if s.store.stale() {
				pen = s.theme.sgr.dim
			}
			return []Cell{
				{Text: format.Thousands(i + 1), Pen: s.theme.sgr.dim},
				{Text: fmt.Sprintf("%.4f", h.Similarity), Pen: pen},
				{Text: format.Thousands(h.Text + 1), Pen: s.theme.sgr.dim},
				{Text: term.Excerpt(texts[h.Text].Text, s.body.w), Pen: pen},
			}
		},
	}
}

// rankingRect is where the ranking's table lies in the list's place.
func rankingRect(list rect) rect {
	return rect{list.x, list.y + rankingHead, list.w, max(list.h-rankingHead, 0)}
}

// scrollRanking keeps the cursor in sight.
func (s *textsScreen) scrollRanking() {
	c, ok := s.focusedState()
	if !ok || !s.ranking() {
		return
	}
	if hits, why := s.hits(c); why == (problem{}) {
		r := rankingRect(s.parts(s.body).list)
		t := s.rankTable(hits)
		if t.Cursor >= 0 {
			s.query.list.cursor = t.Cursor
		}
		s.query.list.fit(t.Rows, t.Fit(r.w, r.h).Rows)
	}
}

// moveRank moves the cursor through the ranking of the candidate in focus.
func (s *textsScreen) moveRank(by int) {
	c, ok := s.focusedState()
	if !ok {
		return
	}
	if hits, why := s.hits(c); why == (problem{}) {
		s.pointRank(hits, rankUnder(hits, s.store.cursorA)+by)
	}
}

// pointRank puts the cursor on a rank, or the nearest there is.
func (s *textsScreen) pointRank(hits []compare.Hit, rank int) {
	s.query.cursorPlaced = true
	s.store.pointAt(hits[min(max(rank, 0), len(hits)-1)].Text)
	s.firstRow = 0
}

// mouseInRanking puts the cursor on the rank that was clicked.
func (s *textsScreen) mouseInRanking(ev mouseEvent, list rect) {
	c, ok := s.focusedState()
	if !ok {
		return
	}
	hits, why := s.hits(c)
	r := rankingRect(list)
	switch {
	case why != (problem{}):
	case ev.wheel != 0:
		s.moveRank(3 * ev.wheel)
	case ev.y == list.y:
		s.store.cycleFocus(1)
	default:
		t := s.rankTable(hits)
		t.Top = s.query.list.top
		if row, ok := t.Fit(r.w, r.h).RowAt(ev.y - r.y); ok {
			s.pointRank(hits, row)
		}
	}
}

// drawRankings draws the beginning of every candidate's ranking, one below the
// other, each with what goes before the query.
func (s *textsScreen) drawRankings(z size) []string {
	states := s.store.states()
	each := max(z.h/max(len(states), 1)-rankingHead, 1)
	var lines []string
	for i, c := range states {
		head := s.theme.candidate(i) + s.theme.sgr.strong + "nearest to the query in " + term.Safe(c.ID()) + sgrReset
		if s.store.stale() && c.phase == phaseReady {
			head += s.theme.dim.Render("  follows when you rest")
		}
		lines = append(lines, term.Fit(head, z.w), s.theme.dim.Render(term.Fit("  "+s.sentPrefix(c), z.w)))
		lines = append(lines, s.rankRows(c, z.w, each)...)
	}
	for len(lines) < z.h {
		lines = append(lines, "")
	}
	return lines[:z.h]
}

// rankRows are the texts nearest to the query under one candidate, the one under
// the cursor marked, or why there are none.
func (s *textsScreen) rankRows(c candidateState, w, most int) (rows []string) {
	hits, why := s.hits(c)
	if why != (problem{}) {
		for _, l := range why.lines(max(w-2, 1), most) {
			rows = append(rows, s.theme.dim.Render(term.Fit("  "+l, w)))
		}
		return rows
	}
	texts := s.store.texts()
	digits := len(format.Thousands(len(texts)))
	for _, h := range hits[:min(len(hits), most)] {
		row := fmt.Sprintf("%7.4f  %*s  %s", h.Similarity, digits, format.Thousands(h.Text+1), term.Excerpt(texts[h.Text].Text, w))
		switch {
		case s.store.stale():
			row = s.theme.sgr.dim + term.Fit(row, w) + sgrReset
		case h.Text == s.store.cursorA:
			row = s.theme.sgr.selected + term.Fit(row, w) + sgrReset
		default:
			row = term.Fit(row, w)
		}
		rows = append(rows, row)
	}
	return rows
}

// rankLine says in one line which rank the text under the cursor has under each
// candidate.
func (s *textsScreen) rankLine(w int) string {
	return s.candidateLine("rank", " ", w, func(c candidateState) string {
		if hits, why := s.hits(c); why == (problem{}) {
			if at := rankUnder(hits, s.store.cursorA); at >= 0 {
				return fmt.Sprintf("%s (%.3f)", format.Thousands(at+1), hits[at].Similarity)
			}
		}
		return "–"
	})
}
