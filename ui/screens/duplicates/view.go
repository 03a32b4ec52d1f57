package duplicates

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// pairsLayout is how the duplicates screen is divided.
type pairsLayout struct {
	summary ui.Rect // a line for every candidate under a header; or one line
	note    ui.Rect // may be empty
	curve   ui.Rect // may be empty
	list    ui.Rect
	foot    ui.Rect // the selected pair under the list; may be empty
	detail  ui.Rect // the selected pair in full, beside the list; may be empty
}

const (
	// detailFrom is the width from which on the pair stands beside the list.
	detailFrom = 150
	curveLines = 10
	columnsGap = 2
)

// layout divides a body of that size.
func (d *Screen) layout(s ui.Size) pairsLayout {
	var l pairsLayout
	summary := len(d.Session.Candidates()) + 1
	if summary > s.H/3 {
		summary = 1
	}
	l.summary = ui.Rect{X: 0, Y: 0, W: s.W, H: summary}
	y := summary
	if h := d.noteHeight(s); h > 0 {
		l.note = ui.Rect{X: 0, Y: y, W: s.W, H: h}
		y += h
	}
	left := s.W
	if s.W >= detailFrom && s.H >= 24 {
		left = s.W * 60 / 100
		right := ui.Rect{X: left + columnsGap, Y: y, W: s.W - left - columnsGap, H: s.H - y}
		l.curve = ui.Rect{X: right.X, Y: y, W: right.W, H: min(curveLines+4, right.H/2)}
		l.detail = ui.Rect{X: right.X, Y: y + l.curve.H + 1, W: right.W, H: right.H - l.curve.H - 1}
	} else if s.H >= 32 {
		l.curve = ui.Rect{X: 0, Y: y, W: s.W, H: curveLines}
		y += curveLines
	} else if d.spread && s.H >= leastForSpread {
		l.curve = ui.Rect{X: 0, Y: y, W: s.W, H: spreadLines}
		y += spreadLines
	}
	if l.detail.H == 0 {
		foot := 0
		switch {
		case s.H >= 16:
			foot = 3
		case s.H >= 10:
			foot = 2
		}
		l.foot = ui.Rect{X: 0, Y: s.H - foot, W: s.W, H: foot}
	}
	l.list = ui.Rect{X: 0, Y: y, W: left, H: max(s.H-y-l.foot.H, 0)}
	return l
}

// View draws the candidates with their curves over the list of pairs or clusters, and
// the pair under the cursor.
func (d *Screen) View(s ui.Size) []string {
	if empty := d.emptyText(); empty != "" {
		return widget.CenteredText(empty, s, d.Theme)
	}
	l := d.layout(s)
	c := widget.NewCanvas(s)
	c.Put(l.summary, d.summary(l.summary.Size(), l.curve.H == 0))
	c.Put(l.note, d.note(l.note.W))
	switch {
	case l.curve.H == 0:
	case d.spread:
		c.Put(l.curve, d.drawSpreads(l.curve.Size()))
	default:
		c.PutExact(l.curve, d.curve().Draw(l.curve.W, l.curve.H))
	}
	if p, ok := d.shown(); ok {
		c.PutExact(l.list, d.drawnTable(l.list.Size()).Draw(l.list.W, l.list.H))
		c.Put(l.foot, d.foot(p, l.foot.Size()))
		c.Put(l.detail, d.detail(p, l.detail.Size()))
	} else if d.clusters.on {
		c.Put(ui.Rect{X: l.list.X, Y: l.list.Y, W: l.list.W, H: l.list.H + l.foot.H}, d.clusters.nothing(l.list.W))
	} else {
		c.Put(ui.Rect{X: l.list.X, Y: l.list.Y, W: l.list.W, H: l.list.H + l.foot.H}, d.nothingFound(l.list.W, l.list.H+l.foot.H))
	}
	return c.Lines()
}

// pairColumn is a column of the list with what a click on its title sorts by.
type pairColumn struct {
	widget.Column
	sort   string
	source int // index among those with a result, or noSource
}

const noSource = -1

// columns are those of the list in a width.
func (d *Screen) columns(w int) []pairColumn {
	digits := len(fmt.Sprint(len(d.Session.Texts())))
	sources := d.wanted.used()
	numbers := 2*digits + 3
	if labelling.Any(d.Session) {
		numbers += 1 + labelling.SignsWidth
	}
	columns := []pairColumn{
		{widget.Column{Title: "pair", Width: numbers, Min: numbers}, sortPair, noSource},
		{widget.Column{Title: "text", Width: 16, Flex: 1, Priority: 3}, sortPair, noSource},
		{widget.Column{Title: "its like", Width: 16, Flex: 1, Priority: 3}, sortPair, noSource},
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
		column := widget.Column{Title: titles[i], Width: similarityWidth(w), Align: widget.AlignRight, Priority: min(i, 1)}
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
			pairColumn{widget.Column{Title: "best", Width: 7, Align: widget.AlignRight, Priority: 4}, sortBest, noSource},
			pairColumn{widget.Column{Title: "spread", Width: 8, Align: widget.AlignRight, Priority: 5}, sortSpread, noSource})
	}
	d.markSorted(columns)
	return columns
}

// markSorted puts the mark of the sorting on the first column that has it; the
// best pair is the only candidate's best where there is one.
func (d *Screen) markSorted(columns []pairColumn) {
	by := d.effectiveSort()
	if sources := d.wanted.used(); by == sortBest && len(sources) == 1 {
		by = sources[0].id
	}
	down := by != sortPair
	for i := range columns {
		if columns[i].sort == by {
			columns[i].Sort = widget.SortUp
			if down != d.reversed {
				columns[i].Sort = widget.SortDown
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
func (d *Screen) sourceTitle(i int) string {
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
func (d *Screen) table(w, h int) widget.Table {
	columns := d.columns(w)
	t := widget.Table{Rows: len(d.rows), Cursor: d.list.Cursor, Top: d.list.Top, Styles: d.Theme.Codes}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	g := t.Fit(w, h)
	if d.effectiveSort() == sortBest && len(d.wanted.used()) > 1 && !g.Shows(len(columns)-2) && g.Shows(1) {
		t.Columns[1].Title, t.Columns[1].Sort = "best first", widget.SortDown
		if d.reversed {
			t.Columns[1].Title, t.Columns[1].Sort = "best last", widget.SortUp
		}
	}
	var widths [3]int
	for _, p := range g.Places {
		if p.Column < len(widths) {
			widths[p.Column] = p.W
		}
	}
	t.Row = func(i int) []widget.Cell { return d.cells(columns, d.rows[i], widths[1], widths[2]) }
	return t
}

// cells are the cells of one pair; wa and wb are the widths of its texts.
func (d *Screen) cells(columns []pairColumn, pair [2]int32, wa, wb int) []widget.Cell {
	texts := d.Session.Texts()
	a, b := int(pair[0]), int(pair[1])
	digits := len(fmt.Sprint(len(texts)))
	cells := []widget.Cell{{Text: fmt.Sprintf("%*d · %*d", digits, a+1, digits, b+1)}, {}, {}}
	if labelling.Any(d.Session) {
		cells[0].Text += " " + labelling.Signs(d.Session, a, b)
	}
	if wa > 0 {
		cells[1].Text, cells[2].Text = d.marked.pair(texts, pair, wa, wb, d.Theme.Codes.Match)
	}
	sources := d.wanted.used()
	for _, c := range columns[3:] {
		switch {
		case c.source != noSource:
			cells = append(cells, d.similarityCell(sources[c.source], a, b, c.Width))
		case c.sort == sortBest:
			best, _ := bestAndSpread(sources, a, b)
			cells = append(cells, widget.Cell{Text: numberOr(best), Pen: d.Theme.Codes.Dim})
		default:
			_, spread := bestAndSpread(sources, a, b)
			cells = append(cells, widget.Cell{Text: numberOr(spread), Pen: d.Theme.Codes.Dim})
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
func (m *markedPairs) pair(texts []corpus.Text, of [2]int32, wa, wb int, look string) (a, b string) {
	drawing := markedOf{&texts[0], len(texts), wa, wb, look}
	if m.of != drawing || len(m.lines) >= mostMarked {
		m.of, m.lines = drawing, map[[2]int32][2]string{}
	}
	lines, ok := m.lines[of]
	if !ok {
		as, bs := pair.MarkedWindows(texts[of[0]].Text, texts[of[1]].Text, max(wa, wb))
		lines = [2]string{pair.MarkedLine(as, wa, look), pair.MarkedLine(bs, wb, look)}
		m.lines[of] = lines
	}
	return lines[0], lines[1]
}

func numberOr(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return format.Similarity(v, 3)
}

// similarityCell says by mark and look whether the pair is a duplicate. What is
// shown is exact, so that it can be taken for the threshold.
func (d *Screen) similarityCell(s pairSource, a, b, w int) widget.Cell {
	_, duplicate, ok := s.similarity(a, b)
	if !ok {
		return widget.Cell{Text: "–", Pen: d.Theme.Codes.Dim}
	}
	mark, pen := pair.ApartMark, d.Theme.Codes.Dim
	if duplicate {
		mark, pen = pair.DuplicateMark, d.Theme.Codes.Good+d.Theme.Codes.Strong
	}
	if w > 7 {
		mark += " "
	}
	return widget.Cell{Text: mark + format.Near(s.matrix.Vectors().Similarity(a, b), s.threshold, 3, 6), Pen: pen}
}

// foot shows the texts of a pair, a line each.
func (d *Screen) foot(p [2]int32, s ui.Size) []string {
	if s.H < 2 {
		return nil
	}
	texts := d.Session.Texts()
	a, b := int(p[0]), int(p[1])
	digits := len(fmt.Sprint(len(texts)))
	room := max(s.W-digits-2, 1)
	as, bs := pair.MarkedWindows(texts[a].Text, texts[b].Text, room)
	number := func(i int) string { return d.Theme.Accent.Bold().Render(term.PadLeft(fmt.Sprint(i+1), digits)) }
	lines := []string{
		number(a) + " " + pair.MarkedLine(as, room, d.Theme.Codes.Match),
		number(b) + " " + pair.MarkedLine(bs, room, d.Theme.Codes.Match),
	}
	if s.H > 2 {
		rule := strings.Repeat("─", s.W)
		if d.clusters.on {
			rule = d.clusters.headRule(s.W)
		}
		lines = append([]string{d.Theme.Dim.Render(rule)}, lines...)
	}
	return lines
}

// detail shows a pair beside the list, of each text as much as there is room for.
func (d *Screen) detail(p [2]int32, s ui.Size) []string {
	if s.H < 8 {
		return nil
	}
	a, b := int(p[0]), int(p[1])
	values := append(pair.Values(d.Session, a, b, s.W, d.Theme), "")
	room := s.H - len(values)
	lines := pair.Texts(d.Session, a, b, s.W, max(room/2-3, 1)*s.W, d.Theme)
	if len(lines) > room {
		lines = append(lines[:max(room-1, 0)], d.Theme.Dim.Render("… enter shows the pair in full"))
	}
	return append(values, lines...)
}
