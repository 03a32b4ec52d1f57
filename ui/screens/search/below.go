package search

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// roomyBelow is the height from which the text under the cursor stands in full beside the
// query, over the hits that differ between the rows; mostOverlap is how many lines then say
// what rows have in common.
const roomyBelow, mostOverlap = 14, 4

// belowLines are the text under the cursor, what rows have in common, and their figures.
func (s *Screen) belowLines(w, h int) []string {
	if s.query == nil || h == 0 {
		return nil
	}
	most := 1
	switch {
	case h >= roomyBelow:
		most = mostOverlap
	case h >= 6:
		most = 2
	}
	overlap := s.overlapLines(max(w-2, 1), most)
	figures := s.figureLines(w)
	room := h - 1
	if room > 0 {
		room -= len(overlap)
	}
	if len(figures) > 0 && room > len(figures)+1 {
		room -= len(figures)
	} else {
		figures = nil
	}
	var text []string
	if h >= roomyBelow {
		text = s.contextLines(w, max(room, 1))
	} else {
		text = s.hitLines(w, min(max(room+1, 1), 6))
	}
	var lines []string
	if h > len(text)+len(overlap)+len(figures) {
		lines = append(lines, "")
	}
	lines = append(lines, text...)
	for _, l := range overlap {
		lines = append(lines, s.Theme.Dim.Render(" "+l))
	}
	lines = append(lines, figures...)
	return append(lines, s.scaleLines(w, h-len(lines))...)
}

// contextLines are the text under the cursor in full beside the query, and the hits that
// differ, as far as there is room.
func (s *Screen) contextLines(w, h int) []string {
	text, ok := s.hit()
	if !ok {
		return nil
	}
	lines := s.openedAt(text).lines(max(w-2, 1), s.Theme)
	if len(lines) > h {
		more := fmt.Sprintf("… %s more: %s", format.Count(len(lines)-h+1, "line"), ui.KeyEnter.Help().Key)
		lines = append(lines[:h-1], s.Theme.Dim.Render(term.Truncate(more, max(w-2, 1))))
	}
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}

// leastForGroup is the width from which the group of a text stands before it.
const leastForGroup = 36

// hitLines is the beginning of the text under the cursor, the words that it has in common
// with the query marked.
func (s *Screen) hitLines(w, h int) []string {
	text, ok := s.hit()
	if !ok {
		return nil
	}
	group := ""
	if g := term.Safe(s.Session.Texts()[text].Group); g != "" && w >= leastForGroup {
		group = term.Excerpt(g, w/4) + " · "
	}
	lines := s.marked(text, max(w-2-term.Width(group), 1), max(h, 1))
	for i := range lines {
		before := s.Theme.Dim.Render(group)
		if i > 0 {
			before = term.Blanks(term.Width(group))
		}
		lines[i] = " " + before + lines[i]
	}
	return lines
}

// figureTitle says over which queries figures are, and where hits were not judged how those
// count, as fully as the width allows.
func figureTitle(queries string, unjudged bool, w int) string {
	title := " Over the " + queries + " with a known answer"
	if !unjudged {
		return title
	}
	return term.Wording(w, title+"; hits not judged count as not relevant", title+"; not judged counts as not relevant", title+"; not judged = not relevant",
		" Over "+queries+"; not judged = not relevant")
}

// figureLines are the figures of every row at the judged queries.
func (s *Screen) figureLines(w int) []string {
	n, unjudged := 0, 0
	for _, r := range s.rows() {
		if m, ok := s.measuredOf(r.id); ok {
			n, unjudged = max(n, m.Queries), unjudged+m.Unjudged
		}
	}
	if n == 0 {
		return nil
	}
	lines := []string{s.Theme.Dim.Render(term.Truncate(figureTitle(countQueries(n), unjudged > 0, w), w)),
		s.Theme.Codes.Header + term.Truncate(fmt.Sprintf(" %-*s%7s%7s%7s%7s%9s  %s", figureName, "", "hit@1", "hit@3", "hit@10", "MRR", "nDCG@10", "not judged"), w) + theme.Reset}
	names := s.rowNames(figureName)
	var fewer []string
	for i, r := range s.rows() {
		lines = append(lines, s.figures(r, names[i], n, w))
		if m, ok := s.measuredOf(r.id); ok && m.Queries < n {
			fewer = append(fewer, r.letter+" "+format.Thousands(m.Queries))
		}
	}
	if len(fewer) > 0 {
		note := fmt.Sprintf(" %s over fewer of the %s, for it lacks vectors: %s", labelling.PartMark, format.Thousands(n), strings.Join(fewer, ", "))
		lines = append(lines, s.Theme.Warn.Render(term.Truncate(note, w)))
	}
	return lines
}

// figureName is how wide the names of rows are before their figures.
const figureName = 24

// figures are those of one row, of which others are measured at n queries.
func (s *Screen) figures(r row, name string, n, w int) string {
	m, ok := s.measuredOf(r.id)
	if ok && m.Queries < n {
		name = term.NameCut(name, figureName-1) + labelling.PartMark
	}
	name = term.PadRight(name, figureName)
	if !ok {
		why := format.Unknown
		if m.Err != nil {
			why = term.Safe(m.Err.Error())
		}
		return term.Truncate(" "+s.pen(r)+name+theme.Reset+" "+why, w)
	}
	line := fmt.Sprintf("%7s%7s%7s%7s%9s  %s of %s", findings.Score(m.Hit1), findings.Score(m.Hit3), findings.Score(m.Hit10), findings.Score(m.MRR), findings.Score(m.NDCG),
		format.Thousands(m.Unjudged), format.Thousands(m.Hits))
	return term.Truncate(" "+s.pen(r)+name+theme.Reset+line, w)
}

// countQueries is "1 query" or "3 queries".
func countQueries(n int) string {
	return format.Thousands(n) + " " + format.Agree(n, "query", "queries")
}

// marked is the beginning of a text in at most so many lines, the words that it has in
// common with the query marked.
func (s *Screen) marked(text, w, h int) []string {
	words := s.Session.Texts()[text].Text
	if len(words) > 8*w*h {
		words = words[:term.RuneStart(words, 8*w*h)]
	}
	return term.CutLines(markedLines(words, search.InCommon(s.query.text, words).Marks, w, s.Theme), w, h)
}
