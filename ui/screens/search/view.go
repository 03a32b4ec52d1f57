package search

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// layout is how the screen is divided: the query, the columns under their heads, and
// below them the text under the cursor, what the rows have in common, and their figures.
type layout struct {
	query, heads, ranks, below ui.Rect
	columns                    []ui.Rect // those in sight, as wide as they are, over the whole height
	first                      int
}

const (
	// gutter is where the ranks stand, leastColumn how wide a column is at the least where
	// all are side by side, and atATime how many are shown where they do not fit.
	gutter, leastColumn, atATime = 3, 26, 2
	columnGap                    = 1
)

func (s *Screen) layout(z ui.Size) layout {
	n := len(s.rows())
	l := layout{query: ui.Rect{W: z.W, H: 1}}
	heads := 1
	switch {
	case z.H >= 18:
		heads = 3
	case z.H >= 12:
		heads = 2
	}
	l.heads = ui.Rect{Y: 1, W: z.W, H: heads}
	rest := max(z.H-1-heads, 0)
	below := 0
	if rest > s.hits {
		below = rest - s.hits
	} else if rest >= 8 {
		below = 2
	}
	l.ranks = ui.Rect{Y: 1 + heads, W: z.W, H: rest - below}
	l.below = ui.Rect{Y: 1 + heads + rest - below, W: z.W, H: below}
	in := n
	if (z.W-gutter)/max(n, 1) < leastColumn+columnGap {
		in = min(n, atATime)
	}
	l.first = max(min(s.first, n-in), 0)
	for i := range in {
		from, to := (z.W-gutter)*i/in, (z.W-gutter)*(i+1)/in
		l.columns = append(l.columns, ui.Rect{X: gutter + from, Y: 1, W: max(to-from-columnGap, 1), H: heads + l.ranks.H})
	}
	return l
}

// fit keeps the cursor among the hits and the focus in sight.
func (s *Screen) fit() {
	s.column = max(min(s.column, len(s.rows())-1), 0)
	l := s.layout(s.Body)
	if in := len(l.columns); in > 0 {
		s.first = term.Scrolled(s.column, s.first, in, len(s.rows()))
	}
	most := 0
	for _, r := range s.rows() {
		most = max(most, len(r.hits))
	}
	s.list.Fit(most, l.ranks.H)
}

// View draws the query over the columns, and nothing else while they would tell the
// person who judges what found a text.
func (s *Screen) View(z ui.Size) []string {
	if empty := s.empty(); empty != "" {
		return widget.CenteredText(empty, z, s.Theme)
	}
	l := s.layout(z)
	c := widget.NewCanvas(z)
	c.Put(l.query, []string{s.queryLine(z.W, l)})
	if s.blind() {
		return c.Lines()
	}
	for i, place := range l.columns {
		at := l.first + i
		c.Put(ui.Rect{X: place.X, Y: l.heads.Y, W: place.W, H: l.heads.H}, s.head(at, place.W, l.heads.H))
		c.Put(ui.Rect{X: place.X, Y: l.ranks.Y, W: place.W, H: l.ranks.H}, s.drawColumn(at, place.W, l.ranks.H))
	}
	c.Put(ui.Rect{Y: l.ranks.Y, W: gutter - 1, H: l.ranks.H}, s.ranks(l.ranks.H))
	c.Put(l.below, s.belowLines(z.W, l.below.H))
	return c.Lines()
}

// empty says what is lacking before anything can be searched.
func (s *Screen) empty() string {
	if s.typing || s.query != nil {
		if len(s.Session.Texts()) > 0 {
			return ""
		}
	}
	if text := candidate.EmptyText(s.Session); text != "" {
		return text
	}
	if s.query != nil || s.typing {
		return ""
	}
	text := "Search your texts: / begins a query, Q lists those you have asked. Every model's first hits stand side by side; j judges them without names, and the verdict counts what you say."
	if n := len(s.Session.Asked().List()); n > 0 {
		text += " " + format.Count(n, "query") + " so far."
	}
	return strings.Replace(text, "querys", "queries", 1)
}

// queryLine is the query, or the field into which it is typed, and which columns are not
// in sight.
func (s *Screen) queryLine(w int, l layout) string {
	hidden := ""
	if n := len(s.rows()) - len(l.columns); n > 0 {
		hidden = fmt.Sprintf(" %d more: tab ", n)
	}
	room := max(w-term.Width(hidden), 1)
	cost := s.costLine()
	if cost != "" && term.Width(cost)+20 < room {
		hidden = " " + cost + hidden
		room = max(w-term.Width(hidden), 1)
	}
	line := ""
	if s.typing {
		in := s.input
		in.SetWidth(max(room-4, 1))
		line = " " + widget.InputLine(in, max(room-2, 1))
	} else if s.query != nil {
		what := "Query"
		if s.query.source != "" {
			what = "Like"
		}
		line = " " + s.Theme.Strong.Render(what+" “"+term.Excerpt(s.query.text, max(room-len(what)-5, 4))+"”")
	}
	return term.Fit(line, room) + s.Theme.Warn.Render(hidden)
}

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
	name := r.letter + " " + r.name
	if r.kind == byBoth {
		name = r.letter + " " + r.name
	}
	lines := []string{pen + term.TailedCut(name, w, w/2) + theme.Reset}
	second := r.about
	if r.lacks != "" {
		second = r.lacks
	}
	third := s.floorText(r)
	if third == "" {
		third = r.bestText()
	}
	if h == 2 && s.floorText(r) != "" {
		second = third
	}
	look := s.Theme.Dim
	if r.lacks != "" {
		look = s.Theme.Warn
	}
	lines = append(lines, look.Render(term.Truncate(second, w)))
	return append(lines, s.Theme.Dim.Render(term.Truncate(third, w)))[:h]
}

// ranks are the numbers at the left of all columns.
func (s *Screen) ranks(h int) []string {
	var lines []string
	for i := range h {
		if rank := s.list.Top + i + 1; rank <= s.hits && s.query != nil {
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
	for i := s.list.Top; i < min(len(r.hits), s.list.Top+h); i++ {
		lines = append(lines, s.cell(r, at, i, w, has && r.hits[i].Index == under))
	}
	return lines
}

// cell is a hit: its marks, how its rank differs, its score and its text.
func (s *Screen) cell(r row, at, i, w int, same bool) string {
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
	judged, ok := s.Session.Asked().Query(s.shown.query.text).GradeOf(texts[h.Index].Text)
	left := term.PadRight(mark, 1) + sign + grade(judged, ok)
	score, distance := s.score(r, h)
	if w >= 30 {
		left += " " + term.PadLeft(s.change(at, h.Index), 3)
	}
	left += " " + term.PadLeft(score, 5)
	if w >= 34 && r.kind == byVectors {
		left += " " + term.PadLeft(distance, 6)
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

// belowLines are the text under the cursor, what rows have in common, and their figures.
func (s *Screen) belowLines(w, h int) []string {
	if s.query == nil || h == 0 {
		return nil
	}
	figures := s.figureLines(w)
	overlap := s.overlapText()
	room := h - 1
	var lines []string
	if overlap != "" && room > 0 {
		room--
	}
	if len(figures) > 0 && room > len(figures)+1 {
		room -= len(figures)
	} else {
		figures = nil
	}
	text := s.hitLines(w, min(max(room+1, 1), 6))
	if h > len(text)+1+len(figures) {
		lines = append(lines, "")
	}
	lines = append(lines, text...)
	if overlap != "" {
		lines = append(lines, s.Theme.Dim.Render(" "+term.Truncate(overlap, max(w-1, 1))))
	}
	return append(lines, figures...)
}

// hitLines is the beginning of the text under the cursor, the words that it has in common
// with the query marked.
func (s *Screen) hitLines(w, h int) []string {
	text, ok := s.hit()
	if !ok {
		return nil
	}
	lines := s.marked(text, max(w-2, 1), max(h, 1))
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
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
	title := fmt.Sprintf(" %s judged, with an answer", countQueries(n))
	if unjudged > 0 {
		title += "; hits that nobody judged count as not relevant"
	}
	lines := []string{s.Theme.Dim.Render(term.Truncate(title, w)),
		s.Theme.Codes.Header + term.Truncate(fmt.Sprintf(" %-24s%7s%7s%7s%7s%9s  %s", "", "hit@1", "hit@3", "hit@10", "MRR", "nDCG@10", "not judged"), w) + theme.Reset}
	for _, r := range s.rows() {
		lines = append(lines, s.figures(r, w))
	}
	return lines
}

// figures are those of one row.
func (s *Screen) figures(r row, w int) string {
	name := term.Fit(r.letter+" "+r.name, 24)
	m, ok := s.measuredOf(r.id)
	if !ok {
		why := format.Unknown
		if m.Err != nil {
			why = m.Err.Error()
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

// Move moves the cursor by ranks and columns.
func (s *Screen) Move(rows, columns int) {
	s.list.Put(s.list.Cursor + rows)
	if columns != 0 {
		s.column = max(min(s.column+columns, len(s.rows())-1), 0)
		s.focus()
	}
	s.point()
}

// focus has the candidate of the column in focus be the one that other screens and the
// hybrid act on.
func (s *Screen) focus() {
	if s.column < len(s.rows()) && s.rows()[s.column].kind == byVectors {
		s.Session.SetFocus(s.rows()[s.column].at)
	}
}

// point moves the cursor that all screens share to the text under it.
func (s *Screen) point() {
	if text, ok := s.hit(); ok && !s.Session.Stale() {
		s.Session.PointAt(text)
	}
}

// Page is how many rows a page key moves.
func (s *Screen) Page() int { return s.list.Page() }

// page shows the next columns, around the end.
func (s *Screen) page(by int) {
	n, in := len(s.rows()), len(s.layout(s.Body).columns)
	switch {
	case n == 0:
	case in >= n:
		s.column = (s.column + by + n) % n
	default:
		s.first += by * in
		if s.first >= n {
			s.first = 0
		} else if s.first < 0 {
			s.first = (n - 1) / in * in
		}
		s.first = max(min(s.first, n-in), 0)
		s.column = s.first
	}
	s.focus()
	s.point()
}

// Mouse puts the cursor on the hit that was clicked, into the query, or scrolls.
func (s *Screen) Mouse(ev ui.Mouse, z ui.Size) tea.Cmd {
	l := s.layout(z)
	switch {
	case s.empty() != "":
		return nil
	case ev.Wheel != 0:
		s.Move(ev.Wheel, 0)
		return nil
	case ev.Y == 0:
		if s.canSearch() == "" {
			s.beginTyping(s.last())
		}
		return nil
	}
	for i, place := range l.columns {
		if !place.Contains(ev.X, ev.Y) {
			continue
		}
		s.Move(0, l.first+i-s.column)
		if ev.Y >= l.ranks.Y {
			s.Move(s.list.Top+ev.Y-l.ranks.Y-s.list.Cursor, 0)
		}
	}
	return nil
}

// Status says what a candidate in focus lacks, and how many queries are judged.
func (s *Screen) Status() string {
	judged, all := s.Session.Asked().Decided()
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s judged", judged, countQueries(all))
}

// Legend explains the marks.
func (s *Screen) Legend() [][2]string {
	out := [][2]string{
		{"a b c", "the same letter is the same text, in the same colour"},
		{"◆", "only this row finds the text (the hybrid aside)"},
		{"✓ ~ ✗", "you have judged it relevant, partly, not"},
		{"↑2 ↓1 = new", "its rank against the column before, or against the best row (=)"},
		{"+3.1σ", "how far the cosine lies over that of any two texts; short queries are often under 0: compare queries with each other"},
		{"local/bm25", "a search by words: its score has no upper end and is no cosine"},
		{"3·1", "under both together: rank under the model · rank by words"},
		{"", "Rows are of length 1, so that cosine, dot product and Euclidean distance rank alike."},
	}
	return append(out, s.lengths()...)
}

// lengths names the candidates whose vectors did not come with length 1.
func (s *Screen) lengths() [][2]string {
	var out [][2]string
	for _, c := range s.Session.States() {
		if c.Phase == session.PhaseReady {
			out = append(out, lengthOf(c)...)
		}
	}
	return out
}
