package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const (
	// detailsBeside is the width from which the details stand beside the list.
	detailsBeside = 110
	// fullColumns is the list's width from which the dimensions are written out.
	fullColumns = 101
)

// catalogLayout is how the catalog is divided. Without room for both, details is
// the whole screen while they are read and nothing otherwise.
type catalogLayout struct {
	bar, list, details rect
	beside             bool
}

func (s *modelsScreen) layout(z size) catalogLayout {
	l := catalogLayout{bar: rect{0, 0, z.w, 1}, list: rect{0, 1, z.w, max(z.h-1, 0)}}
	switch {
	case z.w >= detailsBeside:
		l.beside = true
		w := min(max(z.w*3/10, 42), 58)
		l.list.w = z.w - w - 3
		l.details = rect{z.w - w, 1, w, l.list.h}
	case s.reading:
		l.details = rect{0, 0, z.w, z.h}
	}
	return l
}

func (s *modelsScreen) view(z size) []string {
	l, rows := s.layout(z), s.rows()
	if !l.beside && s.reading {
		return s.detailLines(rows, l.details.size())
	}
	lines := []string{s.filterLine(len(rows), z.w)}
	table := s.table(rows, l.list.size())
	list := s.drawTable(table, rows, l.list.size())
	if l.beside {
		rule := s.theme.sgr.dim + " │ " + sgrReset
		if table.Fit(l.list.w, l.list.h).bar {
			// The scroll bar parts them already.
			rule = "   "
		}
		for i, detail := range s.detailLines(rows, l.details.size()) {
			list[i] += rule + detail
		}
	}
	return append(lines, list...)
}

// filterLine shows what the rows are narrowed to and how many there are.
func (s *modelsScreen) filterLine(shown, w int) string {
	all := len(s.store.engine.Catalog.Models())
	right := format.Count(all, "model")
	if shown < all || s.query != "" {
		right = fmt.Sprintf("%d of %d", shown, all)
	}
	if order := s.orderWords(); w >= 60 {
		right += " · " + order
	}
	right = s.theme.sgr.dim + " " + right + " " + sgrReset
	room := max(w-term.Width(right), 0)
	if s.editing {
		in := s.input
		in.SetWidth(max(room-5, 1))
		return term.Fit(" "+inputLine(in, max(room-1, 1)), room) + sgrReset + term.Truncate(right, w)
	}
	return term.Fit(" "+s.narrowing(room-1), room) + sgrReset + term.Truncate(right, w)
}

// narrowing says what the rows are narrowed to and how to undo it, or which key
// narrows them.
func (s *modelsScreen) narrowing(room int) string {
	var parts []string
	if s.use != nil {
		parts = append(parts, s.theme.sgr.strong+"for: "+s.use.Question+sgrReset)
	}
	if s.query != "" {
		parts = append(parts, s.theme.sgr.strong+"/ "+term.Safe(s.query)+sgrReset)
	}
	if len(parts) == 0 {
		return s.listsLine(room)
	}
	clears := s.theme.sgr.dim + "esc clears" + sgrReset
	if text := strings.Join(append(parts, clears), " · "); term.Width(text) <= room {
		if lists := s.listsText(room - term.Width(text) - 3); lists != "" && term.Width(text)+3+term.Width(lists) <= room {
			text += " · " + s.listsPen() + lists + sgrReset
		}
		return text
	}
	return clears + " " + strings.Join(parts, " · ")
}

// listsLine says where the rows come from, and which key narrows them where there is
// room besides.
func (s *modelsScreen) listsLine(room int) string {
	const hint = "/ filters, w asks which model for what"
	lists := s.listsText(room)
	switch {
	case lists == "":
		return s.theme.sgr.dim + hint + sgrReset
	case term.Width(lists)+3+term.Width(hint) <= room:
		return s.listsPen() + lists + sgrReset + s.theme.sgr.dim + " · " + hint + sgrReset
	}
	return s.listsPen() + lists + sgrReset
}

// listsPen marks that a list could not be read.
func (s *modelsScreen) listsPen() string {
	if len(s.store.lists.failed) > 0 {
		return s.theme.sgr.warn
	}
	return s.theme.sgr.dim
}

// orderWords says how the rows are sorted.
func (s *modelsScreen) orderWords() string {
	words := columnWords[s.sort]
	switch {
	case s.sort != columnNone && s.reverse:
		return "by " + words[0] + ", " + words[2]
	case s.sort != columnNone:
		return "by " + words[0] + ", " + words[1]
	case s.query != "":
		return "best match first"
	case s.use != nil:
		return "in the guide's order"
	default:
		return "in catalog order"
	}
}

// table is the list of models for that much room, scrolled so that the cursor is
// in sight.
func (s *modelsScreen) table(rows []catalogRow, z size) Table {
	_, cursor, ok := s.current(rows)
	if !ok {
		cursor = -1
	}
	t := Table{Columns: s.columns(z.w >= fullColumns), Rows: len(rows), Cursor: cursor, Top: s.list.top, Styles: s.theme.sgr,
		Empty: "No model matches. esc clears what narrows the list; w asks which model for what."}
	g := t.Fit(z.w, z.h)
	t.Top = g.Scroll(max(cursor, 0), g.Top)
	return t
}

// drawTable draws the table with its rows filled in.
func (s *modelsScreen) drawTable(t Table, rows []catalogRow, z size) []string {
	decimals := s.decimals()
	tokens, counted := s.store.corpusTokens()
	full, wide := z.w >= fullColumns, z.w
	named := s.sharedNames()
	for _, p := range t.Fit(z.w, z.h).places {
		switch catalogColumn(p.column + 1) {
		case columnModel:
			wide = p.w
		case columnProvider:
			named = nil
		}
	}
	t.Row = func(i int) []Cell {
		r := rows[i]
		cells := s.cells(r, wide, full, named[r.model.ID])
		cells[columnPrice-1].Text = format.Price(r.model.Price, decimals)
		cells[columnCost-1].Text = costCell(r.model, tokens, counted)
		if r.model.Unselectable() != "" {
			for c := range cells {
				cells[c].Pen = s.theme.sgr.dim
			}
		}
		return cells
	}
	return t.Draw(z.w, z.h)
}

// decimals is how many the prices of the whole catalog need, so that all stand
// under each other.
func (s *modelsScreen) decimals() int {
	decimals := 0
	for _, m := range s.store.engine.Catalog.Models() {
		if m.Price != nil {
			decimals = max(decimals, format.PriceDecimals(*m.Price))
		}
	}
	return decimals
}

// columns are the table's columns; the index of each is its catalogColumn − 1.
func (s *modelsScreen) columns(full bool) []Column {
	dimensions := Column{Title: "dims→min", Width: 8, Priority: 3}
	if full {
		dimensions = Column{Title: "dimensions", Width: 32, Min: 16, Priority: 3}
	}
	columns := []Column{
		{Title: "●", Width: 2},
		{Title: "model", Width: 36, Min: 22, Flex: 1},
		{Title: "provider", Width: 10, Min: 8, Priority: 6},
		dimensions,
		{Title: "tokens", Width: 7, Min: 6, Priority: 5, Align: AlignRight},
		{Title: "$/1M", Width: 6, Priority: 1, Align: AlignRight},
		{Title: "your texts", Width: 12, Min: 11, Priority: 2, Align: AlignRight},
		{Title: "languages · use", Width: 44, Min: 10, Flex: 2, Priority: 4},
	}
	if s.sort != columnNone {
		mark := SortUp
		if s.reverse {
			mark = SortDown
		}
		columns[s.sort-1].Sort = mark
	}
	return columns
}

// sharedNames are the names that models of several providers have.
func (s *modelsScreen) sharedNames() map[string]bool {
	shared := map[string]bool{}
	for _, m := range s.store.engine.Catalog.Models() {
		_, seen := shared[m.ID]
		shared[m.ID] = seen
	}
	return shared
}

// cells are a row's cells but for the money; reference tells that the model is
// named with its provider.
func (s *modelsScreen) cells(r catalogRow, modelWidth int, full, reference bool) []Cell {
	m := r.model
	mark := Cell{Text: chosenMark(len(r.chosen))}
	if len(r.chosen) > 0 {
		mark.Pen = s.theme.candidate(r.first)
	}
	cells := make([]Cell, catalogColumns-1)
	cells[columnChosen-1] = mark
	listed := listedMark(m)
	name, hits := fieldText(m, fieldID), slices.Clone(r.match.hits[fieldID])
	if reference {
		before := fieldText(m, fieldProvider) + "/"
		name = before + name
		for i := range hits {
			hits[i] += len(before)
		}
		hits = append(hits, r.match.hits[fieldProvider]...)
	}
	cells[columnModel-1] = middleCut(name, modelWidth-term.Width(listed), hits)
	cells[columnModel-1].Text += listed
	cells[columnProvider-1] = Cell{Text: fieldText(m, fieldProvider), Matches: r.match.hits[fieldProvider]}
	cells[columnDimensions-1] = Cell{Text: dimensionsCell(m, !full)}
	cells[columnMaxTokens-1] = Cell{Text: format.ThousandsOr(m.MaxTokens)}
	cells[columnLanguages-1] = Cell{Text: languagesCell(m), Matches: languagesHits(r)}
	for i := range cells {
		slices.Sort(cells[i].Matches)
	}
	return cells
}

// middleCut makes a safe text fit by leaving out its middle: names of models
// differ at their ends.
func middleCut(text string, w int, hits []int) Cell {
	text, hits = term.MiddleCut(text, w, hits)
	return Cell{Text: text, Matches: hits}
}
