package search

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// pen is the colour of a row.
func (s *Screen) pen(r row) string {
	if r.at < 0 || r.kind != byVectors {
		return ""
	}
	return s.Theme.Candidate(r.at)
}

// head is the name of a row over how it searches.
func (s *Screen) head(at, w, h int) []string {
	r := s.rows()[at]
	pen := s.pen(r) + s.Theme.Codes.Strong
	if at == s.column {
		pen = s.Theme.Codes.Selected
	}
	lines := []string{pen + s.rowNames(w)[at] + theme.Reset}
	second := r.about
	if r.kind == byWords && term.Width(second) > w {
		second = wordsInShort
	}
	if r.lacks != "" {
		second = r.lacks
	}
	third := r.bestText()
	if floor := s.floorText(r); floor != "" && floor != floorUnknown {
		third = floor
		if h == 2 {
			second = floor
		}
	}
	look := s.Theme.Dim
	if r.lacks != "" {
		look = s.Theme.Warn
	}
	lines = append(lines, look.Render(term.Truncate(second, w)))
	return append(lines, s.Theme.Dim.Render(term.Truncate(third, w)))[:h]
}

// rowNames are the letters and names of all rows, in w columns.
func (s *Screen) rowNames(w int) []string {
	names := make([]string, len(s.rows()))
	for i, r := range s.rows() {
		names[i] = r.name
	}
	names = term.DistinctCuts(names, max(w-2, 1))
	for i, r := range s.rows() {
		names[i] = r.letter + " " + names[i]
	}
	return names
}

// ranks are the numbers at the left of all columns, as many as a row can have hits.
func (s *Screen) ranks(h int) []string {
	most := min(s.hits, len(s.Session.Texts()))
	var lines []string
	for i := range h {
		if rank := s.list.Top + i + 1; rank <= most && s.query != nil {
			lines = append(lines, s.Theme.Dim.Render(term.FitLeft(fmt.Sprint(rank), gutter-1)))
		}
	}
	return lines
}

// drawColumn draws the first hits of a row, or why there are none.
func (s *Screen) drawColumn(at, w, h int) []string {
	r := s.rows()[at]
	var lines []string
	if r.why != (candidate.Status{}) {
		for _, l := range r.why.Block(w, h) {
			lines = append(lines, s.Theme.Warn.Render(l))
		}
		return lines
	}
	under, has := s.hit()
	figures := s.scoreWidth(r)
	for i := s.list.Top; i < min(len(r.hits), s.list.Top+h); i++ {
		lines = append(lines, s.cell(r, at, i, w, figures, has && r.hits[i].Index == under))
	}
	return lines
}

// changeWidth is how wide it is said how a rank differs; distanceFrom is the width of a column
// from which the distance of a score from the background stands behind it, and distanceWidth
// how wide that is.
const changeWidth, distanceFrom, distanceWidth = 3, 34, 6

// scoreWidth is how wide the longest score of a row is: some lie under 0.
func (s *Screen) scoreWidth(r row) int {
	w, hits := len("0.000"), r.hits
	if s.layout(s.Body).further.H > 0 {
		hits = slices.Concat(r.hits, r.further)
	}
	for _, h := range hits {
		score, _ := s.score(r, h)
		w = max(w, term.Width(score))
	}
	return w
}

// cell is a hit: its marks, how its rank differs, its score in so many columns of figures,
// and its text.
func (s *Screen) cell(r row, at, i, w, figures int, same bool) string {
	h := r.hits[i]
	texts := s.Session.Texts()
	if h.Index >= len(texts) {
		return "" // of texts that are gone; its own hits are on their way
	}
	mark := s.shown.marks[h.Index]
	sign := " "
	if s.alone(h.Index) {
		sign = "◆"
	}
	left := term.PadRight(mark, 1) + sign + grade(s.gradeOf(h.Index))
	score, distance := s.score(r, h)
	if w >= readableColumn {
		left += " " + term.PadLeft(s.change(at, h.Index), changeWidth)
	}
	left += " " + term.PadLeft(score, figures)
	if w >= distanceFrom && r.kind == byVectors {
		left += " " + term.PadLeft(distance, distanceWidth)
	}
	text := term.Excerpt(texts[h.Index].Text, max(w-term.Width(left)-1, 1))
	pen := ""
	if mark != "" {
		pen = s.Theme.Candidate(s.shown.place[h.Index])
	}
	switch {
	case at == s.column && i == s.list.Cursor:
		return s.Theme.Codes.Selected + term.Fit(left+" "+text, w) + theme.Reset
	case same:
		return s.Theme.Codes.Match + term.Fit(left+" "+text, w) + theme.Reset
	case r.old || s.Session.Stale():
		return s.Theme.Codes.Dim + term.Fit(left+" "+text, w) + theme.Reset
	}
	return pen + left[:len(mark)] + theme.Reset + left[len(mark):] + " " + pen + text + theme.Reset
}

// furtherLines are the hits behind the first ones of a row, which count for nothing.
func (s *Screen) furtherLines(at, w, h int) []string {
	r, texts := s.rows()[at], s.Session.Texts()
	lines := []string{s.Theme.Dim.Render(strings.Repeat("─", w))}
	if r.kind == byWords && len(r.further) == 0 {
		return append(lines, s.wordLines(w, h-1)...)
	}
	figures := s.scoreWidth(r)
	for i := 0; i < min(len(r.further), h-1); i++ {
		hit := r.further[i]
		if hit.Index >= len(texts) {
			break
		}
		score, distance := s.score(r, hit)
		left := "  " + grade(s.gradeOf(hit.Index))
		if w >= readableColumn {
			left += term.Blanks(len(" ") + changeWidth)
		}
		left += " " + term.PadLeft(score, figures) + " "
		if w >= distanceFrom && r.kind == byVectors {
			left += term.PadLeft(distance, distanceWidth) + " "
		}
		lines = append(lines, s.Theme.Dim.Render(left+term.Excerpt(texts[hit.Index].Text, max(w-term.Width(left), 1))))
	}
	return lines
}

// furtherRanks are the numbers of those.
func (s *Screen) furtherRanks(h int) []string {
	lines := []string{""}
	for rank := s.hits + 1; rank <= min(s.hits+h-1, len(s.Session.Texts())); rank++ {
		lines = append(lines, s.Theme.Dim.Render(term.FitLeft(fmt.Sprint(rank), gutter-1)))
	}
	return lines
}
