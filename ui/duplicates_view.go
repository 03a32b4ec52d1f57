package ui

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// pairsLayout is how the duplicates screen is divided.
type pairsLayout struct {
	summary rect // a line for every candidate under a header; or one line
	note    rect // may be empty
	curve   rect // may be empty
	list    rect
	foot    rect // the selected pair under the list; may be empty
	detail  rect // the selected pair in full, beside the list; may be empty
}

const (
	// detailFrom is the width from which on the pair stands beside the list.
	detailFrom = 150
	curveLines = 10
	columnsGap = 2
)

// layout divides a body of that size.
func (d *duplicatesScreen) layout(s size) pairsLayout {
	var l pairsLayout
	summary := len(d.store.candidates) + 1
	if summary > s.h/3 {
		summary = 1
	}
	l.summary = rect{0, 0, s.w, summary}
	y := summary
	if h := d.noteHeight(s); h > 0 {
		l.note = rect{0, y, s.w, h}
		y += h
	}
	left := s.w
	if s.w >= detailFrom && s.h >= 24 {
		left = s.w * 60 / 100
		right := rect{left + columnsGap, y, s.w - left - columnsGap, s.h - y}
		l.curve = rect{right.x, y, right.w, min(curveLines+4, right.h/2)}
		l.detail = rect{right.x, y + l.curve.h + 1, right.w, right.h - l.curve.h - 1}
	} else if s.h >= 32 {
		l.curve = rect{0, y, s.w, curveLines}
		y += curveLines
	}
	if l.detail.h == 0 {
		foot := 0
		switch {
		case s.h >= 16:
			foot = 3
		case s.h >= 10:
			foot = 2
		}
		l.foot = rect{0, s.h - foot, s.w, foot}
	}
	l.list = rect{0, y, left, max(s.h-y-l.foot.h, 0)}
	return l
}

func (d *duplicatesScreen) view(s size) []string {
	if empty := d.emptyText(); empty != "" {
		return centeredText(empty, s, d.theme)
	}
	l := d.layout(s)
	c := newCanvas(s)
	c.put(l.summary, d.summary(l.summary.size(), l.curve.h == 0))
	c.put(l.note, d.note(l.note.w))
	if l.curve.h > 0 {
		c.putExact(l.curve, d.curve().Draw(l.curve.w, l.curve.h))
	}
	if len(d.rows) > 0 {
		c.putExact(l.list, d.table(l.list.w, l.list.h).Draw(l.list.w, l.list.h))
		c.put(l.foot, d.foot(l.foot.size()))
		c.put(l.detail, d.detail(l.detail.size()))
	} else {
		c.put(rect{l.list.x, l.list.y, l.list.w, l.list.h + l.foot.h}, d.nothingFound(l.list.w, l.list.h+l.foot.h))
	}
	return c.lines()
}

// pairColumn is a column of the list with what a click on its title sorts by.
type pairColumn struct {
	Column
	sort   string
	source int // index among those with a result, or noSource
}

const noSource = -1

// columns are those of the list in a width.
func (d *duplicatesScreen) columns(w int) []pairColumn {
	digits := len(fmt.Sprint(len(d.store.texts())))
	sources := d.wanted.used()
	columns := []pairColumn{
		{Column{Title: "pair", Width: 2*digits + 3, Min: 2*digits + 3}, sortPair, noSource},
		{Column{Title: "text", Width: 16, Flex: 1, Priority: 3}, sortPair, noSource},
		{Column{Title: "its like", Width: 16, Flex: 1, Priority: 3}, sortPair, noSource},
	}
	titles := make([]string, len(sources))
	for i := range sources {
		titles[i] = d.sourceTitle(i)
	}
	// A column less for the mark of the sorting.
	if room := similarityWidth(w) - 1; w < 90 && len(sources) > 1 && !term.Distinct(term.Truncated(titles, room)) {
		titles = term.DistinctCuts(titles, room)
	}
	for i, s := range sources {
		column := Column{Title: titles[i], Width: similarityWidth(w), Align: AlignRight, Priority: min(i, 1)}
		switch {
		case w >= 90:
			column.Width = max(term.Width(column.Title)+2, column.Width)
		case len(sources) == 1: // beside which the texts have room
			room := aloneWidth(w)
			column.Title = term.DimensionsCut(titles[i], room, room/2)
			column.Min, column.Width = column.Width, max(term.Width(column.Title)+1, column.Width)
		}
		columns = append(columns, pairColumn{column, s.id, i})
	}
	if len(sources) > 1 {
		columns = append(columns,
			pairColumn{Column{Title: "best", Width: 7, Align: AlignRight, Priority: 4}, sortBest, noSource},
			pairColumn{Column{Title: "spread", Width: 8, Align: AlignRight, Priority: 5}, sortSpread, noSource})
	}
	d.markSorted(columns)
	return columns
}

// markSorted puts the mark of the sorting on the first column that has it; the
// best pair is the only candidate's best where there is one.
func (d *duplicatesScreen) markSorted(columns []pairColumn) {
	by := d.effectiveSort()
	if sources := d.wanted.used(); by == sortBest && len(sources) == 1 {
		by = sources[0].id
	}
	down := by != sortPair
	for i := range columns {
		if columns[i].sort == by {
			columns[i].Sort = SortUp
			if down != d.reversed {
				columns[i].Sort = SortDown
			}
			return
		}
	}
}

// aloneWidth is how wide the title of the only candidate is at the most.
func aloneWidth(w int) int {
	if w < 60 {
		return 14
	}
	return 20
}

// similarityWidth is how wide a candidate's column is at least.
func similarityWidth(w int) int {
	if w < 60 {
		return 7
	}
	return 9
}

// sourceTitle is a candidate's name over its column. Of one that takes part with
// several dimensions the dimensions come first.
func (d *duplicatesScreen) sourceTitle(i int) string {
	sources := d.wanted.used()
	model, dims, _ := strings.Cut(sources[i].id, "@")
	name := term.Safe(model[strings.LastIndexByte(model, '/')+1:])
	for k, other := range sources {
		if k != i && strings.HasPrefix(other.id, model+"@") {
			return dims + " " + name
		}
	}
	return name + "@" + dims
}

// table is the list of pairs.
func (d *duplicatesScreen) table(w, h int) Table {
	columns := d.columns(w)
	t := Table{Rows: len(d.rows), Cursor: d.list.cursor, Top: d.list.top, Styles: d.theme.sgr}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	g := t.Fit(w, h)
	if d.effectiveSort() == sortBest && len(d.wanted.used()) > 1 && !g.Shows(len(columns)-2) && g.Shows(1) {
		t.Columns[1].Title, t.Columns[1].Sort = "best first", SortDown
		if d.reversed {
			t.Columns[1].Title, t.Columns[1].Sort = "best last", SortUp
		}
	}
	var widths [3]int
	for _, p := range g.places {
		if p.column < len(widths) {
			widths[p.column] = p.w
		}
	}
	t.Row = func(i int) []Cell { return d.cells(columns, d.rows[i], widths[1], widths[2]) }
	return t
}

// cells are the cells of one pair; wa and wb are the widths of its texts.
func (d *duplicatesScreen) cells(columns []pairColumn, pair [2]int32, wa, wb int) []Cell {
	texts := d.store.texts()
	a, b := int(pair[0]), int(pair[1])
	digits := len(fmt.Sprint(len(texts)))
	cells := []Cell{{Text: fmt.Sprintf("%*d · %*d", digits, a+1, digits, b+1)}, {}, {}}
	if wa > 0 {
		cells[1].Text, cells[2].Text = d.marked.pair(texts, pair, wa, wb, d.theme.sgr.match)
	}
	sources := d.wanted.used()
	for _, c := range columns[3:] {
		switch {
		case c.source != noSource:
			cells = append(cells, d.similarityCell(sources[c.source], a, b, c.Width))
		case c.sort == sortBest:
			best, _ := bestAndSpread(sources, a, b)
			cells = append(cells, Cell{Text: numberOr(best), Pen: d.theme.sgr.dim})
		default:
			_, spread := bestAndSpread(sources, a, b)
			cells = append(cells, Cell{Text: numberOr(spread), Pen: d.theme.sgr.dim})
		}
	}
	return cells
}

// markedPairs remembers the lines of the pairs that were shown last, because finding
// where two texts differ is most of what drawing the list takes.
type markedPairs struct {
	of    markedOf
	lines map[[2]int32][2]string
}

// markedOf is what the lines were made for.
type markedOf struct {
	texts  *corpus.Text // the first one: a revision has texts of its own
	n      int
	wa, wb int
	look   string
}

// mostMarked is how many pairs are remembered at the most.
const mostMarked = 1000

// pair gives both texts of a pair in a line each, wa and wb columns wide at the
// most, with what differs in that look.
func (m *markedPairs) pair(texts []corpus.Text, pair [2]int32, wa, wb int, look string) (a, b string) {
	of := markedOf{&texts[0], len(texts), wa, wb, look}
	if m.of != of || len(m.lines) >= mostMarked {
		m.of, m.lines = of, map[[2]int32][2]string{}
	}
	lines, ok := m.lines[pair]
	if !ok {
		as, bs := markedWindows(texts[pair[0]].Text, texts[pair[1]].Text, max(wa, wb))
		lines = [2]string{markedLine(as, wa, look), markedLine(bs, wb, look)}
		m.lines[pair] = lines
	}
	return lines[0], lines[1]
}

func numberOr(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return format.Fixed(v, 3)
}

// similarityCell says by mark and look whether the pair is a duplicate.
func (d *duplicatesScreen) similarityCell(s pairSource, a, b, w int) Cell {
	v, duplicate, ok := s.similarity(a, b)
	if !ok {
		return Cell{Text: "–", Pen: d.theme.sgr.dim}
	}
	mark, pen := apartMark, d.theme.sgr.dim
	if duplicate {
		mark, pen = duplicateMark, d.theme.sgr.good+d.theme.sgr.strong
	}
	if w > 7 {
		mark += " "
	}
	return Cell{Text: mark + format.Near(v, s.threshold, 3, 6), Pen: pen}
}

// foot shows the texts of the selected pair, a line each.
func (d *duplicatesScreen) foot(s size) []string {
	if s.h < 2 {
		return nil
	}
	texts := d.store.texts()
	a, b := int(d.rows[d.list.cursor][0]), int(d.rows[d.list.cursor][1])
	digits := len(fmt.Sprint(len(texts)))
	room := max(s.w-digits-2, 1)
	as, bs := markedWindows(texts[a].Text, texts[b].Text, room)
	number := func(i int) string { return d.theme.accent.Bold(true).Render(term.PadLeft(fmt.Sprint(i+1), digits)) }
	lines := []string{
		number(a) + " " + markedLine(as, room, d.theme.sgr.match),
		number(b) + " " + markedLine(bs, room, d.theme.sgr.match),
	}
	if s.h > 2 {
		lines = append([]string{d.theme.dim.Render(strings.Repeat("─", s.w))}, lines...)
	}
	return lines
}

// detail shows the selected pair beside the list, of each text as much as there
// is room for.
func (d *duplicatesScreen) detail(s size) []string {
	if s.h < 8 {
		return nil
	}
	a, b := int(d.rows[d.list.cursor][0]), int(d.rows[d.list.cursor][1])
	values := append(pairValues(d.store, a, b, s.w, d.theme), "")
	room := s.h - len(values)
	lines := pairTexts(d.store, a, b, s.w, max(room/2-3, 1)*s.w, d.theme)
	if len(lines) > room {
		lines = append(lines[:max(room-1, 0)], d.theme.dim.Render("… enter shows the pair in full"))
	}
	return append(values, lines...)
}
