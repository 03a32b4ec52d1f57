package duplicates

import (
	"fmt"
	"math"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// pairColumn is a column of the list with what a click on its title sorts by.
type pairColumn struct {
	widget.Column
	sort   string
	source int // index among those with a result, or noSource
}

const noSource = -1

// How wide the columns of the list are: a similarity behind its mark, the strictness of a
// pair, a text as it should be at least and where there is hardly any room.
const (
	valueWidth      = 7
	strictnessWidth = 7
	textWidth       = 20
	leastTextWidth  = 9
	leastBothWidth  = 15
)

// letter names a candidate over its column; the legend above says whose it is.
func letter(i int) string { return string(rune('A' + i)) }

// numbersWidth is how wide the numbers of two texts and the signs behind them are.
func (d *Screen) numbersWidth() int {
	w := 2*len(fmt.Sprint(len(d.Session.Texts()))) + 3
	if labelling.Any(d.Session) {
		w += 1 + labelling.SignsWidth
	}
	return w
}

// columns are those of the list in a width. Texts are always shown, and take what the
// others leave; of the candidates the one in focus goes last.
func (d *Screen) columns(w int) []pairColumn {
	sources, numbers := d.wanted.used(), d.numbersWidth()
	columns := []pairColumn{
		{widget.Column{Title: "pair", Width: numbers}, sortPair, noSource},
		{widget.Column{Title: "text A", Width: textWidth, Flex: 1}, sortPair, noSource},
		{widget.Column{Title: "text B", Width: textWidth, Flex: 1, Priority: 4}, sortPair, noSource},
	}
	values := 0
	for i := range sources {
		column := d.sourceColumn(i, w)
		column.Tight = i > 0
		values += column.Width + 1
		columns = append(columns, pairColumn{column, sources[i].id, i})
	}
	columns[1].Min = min(max(w-4-numbers-widget.ColumnGap-values, leastTextWidth), textWidth)
	if each := (w - 6 - numbers - 2*widget.ColumnGap - values) / 2; each >= leastBothWidth { // both rather than more of one
		columns[1].Min, columns[2].Min = min(each, textWidth), min(each, textWidth)
	}
	if len(sources) > 1 {
		columns = append(columns,
			pairColumn{widget.Column{Title: "best", Width: strictnessWidth, Align: widget.AlignRight, Priority: 5}, sortBest, noSource},
			pairColumn{widget.Column{Title: "spread", Width: strictnessWidth, Align: widget.AlignRight, Priority: 6}, sortSpread, noSource})
	}
	d.markSorted(columns)
	return columns
}

// sourceColumn is the column of a candidate: its letter where there are several.
func (d *Screen) sourceColumn(i, w int) widget.Column {
	s := d.wanted.used()[i]
	column := widget.Column{Width: max(valueWidth, 2+term.Width(pair.ThresholdNumber(s.threshold))), Align: widget.AlignRight}
	if len(d.wanted.used()) > 1 {
		at := d.placeOf(s.id)
		column.Title, column.Pen, column.Priority = letter(at), d.Theme.Candidate(at), 2
		if at == d.Session.Focused() {
			column.Priority = 0
		}
		return column
	}
	room := aloneWidth(w) // beside one candidate the texts have room
	column.Title = term.DimensionsCut(sourceTitle(s.id), room, room/2)
	column.Min, column.Width = column.Width, max(term.Width(column.Title)+1, column.Width)
	return column
}

// listNeeds is how wide the list is with all of its columns.
func (d *Screen) listNeeds() int {
	if d.clusters.on {
		return 0
	}
	need := 2 // for the scroll bar
	for i, c := range d.columns(1000) {
		need += c.Width
		if i > 0 {
			need += widget.ColumnGap
		}
		if c.Tight {
			need--
		}
	}
	return need
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

// sourceTitle is the name of the only candidate over its column.
func sourceTitle(id string) string {
	model, dims, _ := strings.Cut(id, "@")
	return term.Safe(model[strings.LastIndexByte(model, '/')+1:]) + "@" + dims
}

// placeOf is the place of a candidate among all.
func (d *Screen) placeOf(id string) int {
	for i, c := range d.Session.Candidates() {
		if c.ID() == id {
			return i
		}
	}
	return 0
}

// table is the list of pairs.
func (d *Screen) table(w, h int) widget.Table { return d.tableOf(d.rows, w, h) }

// tableOf is the list with other rows.
func (d *Screen) tableOf(rows [][2]int32, w, h int) widget.Table {
	columns := d.columns(w)
	t := widget.Table{Rows: len(rows), Cursor: d.list.Cursor, Top: d.list.Top, TellHidden: true, Styles: d.Theme.Codes}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	g := t.Fit(w, h)
	if d.effectiveSort() == sortBest && len(d.wanted.used()) > 1 && !g.Shows(len(columns)-2) {
		t.Columns[1].Title, t.Columns[1].Sort = "best first", widget.SortDown
		if d.reversed {
			t.Columns[1].Title, t.Columns[1].Sort = "best last", widget.SortUp
		}
		for _, p := range g.Places {
			if p.Column == 1 && p.W < term.Width(t.Columns[1].Title)+1 {
				t.Columns[1].Title = "best"
			}
		}
	}
	var widths [3]int
	for _, p := range g.Places {
		if p.Column < len(widths) {
			widths[p.Column] = p.W
		}
	}
	t.Row = func(i int) []widget.Cell { return d.cells(columns, rows[i], widths[1], widths[2]) }
	return t
}

// cells are the cells of one pair; wa and wb are the widths of its texts.
func (d *Screen) cells(columns []pairColumn, of [2]int32, wa, wb int) []widget.Cell {
	texts := d.Session.Texts()
	a, b := int(of[0]), int(of[1])
	digits := len(fmt.Sprint(len(texts)))
	cells := []widget.Cell{{Text: fmt.Sprintf("%*d · %*d", digits, a+1, digits, b+1)}, {}, {}}
	if labelling.Any(d.Session) {
		cells[0].Text += " " + labelling.Signs(d.Session, a, b)
	}
	if d.filter.Words() != "" {
		cells[1], cells[2] = d.filter.cell("", a, wa), d.filter.cell("", b, wb)
	} else {
		cells[1].Text, cells[2].Text = d.marked.pair(texts, of, wa, wb, d.Theme.Codes.Match)
	}
	sources := d.wanted.used()
	best, spread := bestAndSpread(sources, a, b)
	for _, c := range columns[3:] {
		switch {
		case c.source != noSource:
			cells = append(cells, d.similarityCell(sources[c.source], a, b))
		case c.sort == sortBest:
			cells = append(cells, widget.Cell{Text: pair.Strictness(best), Pen: d.Theme.Codes.Dim})
		default:
			cells = append(cells, widget.Cell{Text: spreadText(spread), Pen: d.Theme.Codes.Dim})
		}
	}
	return cells
}

// spreadText writes how many standard deviations candidates lie apart.
func spreadText(spread float64) string {
	if math.IsNaN(spread) {
		return "–"
	}
	return format.Fixed(spread, 1) + "σ"
}

// similarityCell says by mark and look whether the pair is a duplicate. What is
// shown is exact, so that it can be taken for the threshold.
func (d *Screen) similarityCell(s pairSource, a, b int) widget.Cell {
	_, duplicate, ok := s.similarity(a, b)
	if !ok {
		return widget.Cell{Text: "–", Pen: d.Theme.Codes.Dim}
	}
	mark, pen := pair.ApartMark, d.Theme.Codes.Dim
	if duplicate {
		mark, pen = pair.DuplicateMark, d.Theme.Codes.Good+d.Theme.Codes.Strong
	}
	number := format.Near(s.matrix.Vectors().Similarity(a, b), s.threshold, 3, 6)
	return widget.Cell{Text: mark + term.PadLeft(number, valueWidth-1), Pen: pen}
}
