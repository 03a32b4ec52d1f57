package models

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const (
	// detailsBeside is the width from which the details stand beside the list.
	detailsBeside = 110
	// measuredColumns is the list's width from which latency and bytes stand there.
	measuredColumns = 130
	// detailsUnder is the width from which the details stand under a list that has all of its
	// columns uncut in the whole width and not beside them, in windows of underHeight lines or
	// more; leastUnder of these are theirs.
	detailsUnder, underHeight, leastUnder = 140, 30, 12
)

// catalogLayout is how the catalog is divided. Without room for both, details is
// the whole screen while they are read and nothing otherwise.
type catalogLayout struct {
	bar, list, details ui.Rect
	// chart is where the selected models stand by price and score, beside details under the
	// list.
	chart ui.Rect
	// beside and under tell that the details are in sight beside the list or under it.
	beside, under bool
}

func (s *Screen) layout(z ui.Size) catalogLayout {
	l := catalogLayout{bar: ui.Rect{X: 0, Y: 0, W: z.W, H: 1}, list: ui.Rect{X: 0, Y: 1, W: z.W, H: max(z.H-1, 0)}}
	side := min(max(z.W*3/10, 42), 58)
	switch {
	case z.W >= detailsUnder && z.H >= underHeight && s.listNeeds(false) > z.W-side-3:
		l.under = true
		// All models, so that a filter does not move the details.
		l.list.H = min(len(s.Session.Engine().Catalog.Models())+1, l.list.H-leastUnder-1)
		l.details = ui.Rect{X: 1, Y: 2 + l.list.H, W: z.W - 2, H: z.H - 2 - l.list.H}
		if z.W >= chartBeside && len(s.scored()) > 0 {
			l.details.W -= chartWidth + 3
			l.chart = ui.Rect{X: z.W - chartWidth - 1, Y: l.details.Y, W: chartWidth, H: l.details.H}
		}
	case z.W >= detailsBeside:
		l.beside = true
		l.list.W = z.W - side - 3
		l.details = ui.Rect{X: z.W - side, Y: 1, W: side, H: l.list.H}
	case s.reading:
		l.details = ui.Rect{X: 0, Y: 0, W: z.W, H: z.H}
	}
	return l
}

// View draws the catalog, with the details of the model under the cursor beside it, under
// it or in its place.
func (s *Screen) View(z ui.Size) []string {
	l, rows := s.layout(z), s.rows()
	if !l.beside && !l.under && s.reading {
		return s.detailLines(rows, l.details.Size())
	}
	lines := []string{s.filterLine(len(rows), z.W)}
	table := s.table(rows, l.list.Size())
	list := s.drawTable(table, rows, l.list.Size())
	switch {
	case l.beside:
		rule := s.Theme.Codes.Dim + " │ " + theme.Reset
		if table.Fit(l.list.W, l.list.H).Bar {
			// The scroll bar parts them already.
			rule = "   "
		}
		for i, detail := range s.detailLines(rows, l.details.Size()) {
			list[i] += rule + detail
		}
	case l.under:
		list = append(list, s.Theme.Codes.Dim+strings.Repeat("─", z.W)+theme.Reset)
		chart := s.chartLines(l.chart.Size())
		for i, detail := range s.detailLines(rows, l.details.Size()) {
			if l.chart.W > 0 {
				detail += s.Theme.Codes.Dim + " │ " + theme.Reset + chart[i]
			}
			list = append(list, " "+detail+" ")
		}
	}
	return append(lines, list...)
}

// filterLine shows what the rows are narrowed to and how many there are.
func (s *Screen) filterLine(shown, w int) string {
	all := len(s.Session.Engine().Catalog.Models())
	right := format.Count(all, "model")
	if shown < all || s.query != "" {
		right = fmt.Sprintf("%d of %d", shown, all)
	}
	if order := " · " + s.orderWords(); w >= 60 && !s.listsNeed(w-term.Width(right+order)-4, term.Width(order)) {
		right += order
	}
	right = s.Theme.Codes.Dim + " " + right + " " + theme.Reset
	room := max(w-term.Width(right), 0)
	if s.editing {
		in := s.input
		in.SetWidth(max(room-5, 1))
		return term.Fit(" "+widget.InputLine(in, max(room-1, 1)), room) + theme.Reset + term.Truncate(right, w)
	}
	return term.Fit(" "+s.narrowing(room-1), room) + theme.Reset + term.Truncate(right, w)
}

// listsNeed tells that a list could not be read and that saying so in full takes more than the
// room, but no more than so many columns more.
func (s *Screen) listsNeed(room, more int) bool {
	if s.editing || s.query != "" || s.use != nil || !anyListFailed(s.Session.Lists().All()) {
		return false
	}
	full := term.Width(s.listsInFull())
	return full > room && full <= room+more
}

// narrowing says what the rows are narrowed to and how to undo it, or which key
// narrows them.
func (s *Screen) narrowing(room int) string {
	var parts []string
	if s.use != nil {
		parts = append(parts, s.Theme.Codes.Strong+"for: "+s.use.Question+theme.Reset)
	}
	if s.query != "" {
		parts = append(parts, s.Theme.Codes.Strong+"/ "+term.Safe(s.query)+theme.Reset)
	}
	if len(parts) == 0 {
		return s.listsLine(room)
	}
	clears := s.Theme.Codes.Dim + "esc clears" + theme.Reset
	if text := strings.Join(append(parts, clears), " · "); term.Width(text) <= room {
		if lists := s.listsText(room - term.Width(text) - 3); lists != "" && term.Width(text)+3+term.Width(lists) <= room {
			text += " · " + s.listsPen() + lists + theme.Reset
		}
		return text
	}
	return clears + " " + strings.Join(parts, " · ")
}

// listsLine says where the rows come from, and which key narrows them where there is
// room besides.
func (s *Screen) listsLine(room int) string {
	const hint = "/ filter · w model guide"
	lists := s.listsText(room)
	switch {
	case lists == "":
		return s.Theme.Codes.Dim + hint + theme.Reset
	case term.Width(lists)+3+term.Width(hint) <= room:
		return s.listsPen() + lists + theme.Reset + s.Theme.Codes.Dim + " · " + hint + theme.Reset
	}
	return s.listsPen() + lists + theme.Reset
}

// listsPen marks that a list could not be read.
func (s *Screen) listsPen() string {
	if anyListFailed(s.Session.Lists().All()) {
		return s.Theme.Codes.Warn
	}
	return s.Theme.Codes.Dim
}

// orderWords says how the rows are sorted.
func (s *Screen) orderWords() string {
	words := columnWords[s.sorted()]
	switch {
	case s.sorted() != columnNone && s.reverse:
		return "by " + words[0] + ", " + words[2]
	case s.sorted() != columnNone:
		return "by " + words[0] + ", " + words[1]
	case s.query != "":
		return "best match first"
	case s.use != nil:
		return "in the guide's order"
	case s.moved:
		return "usable now first"
	default:
		return "in catalog order"
	}
}

// table is the list of models for that much room, scrolled so that the cursor is
// in sight.
func (s *Screen) table(rows []catalogRow, z ui.Size) widget.Table {
	_, cursor, ok := s.current(rows)
	if !ok {
		cursor = -1
	}
	t := widget.Table{Rows: len(rows), Cursor: cursor, Top: s.list.Top, TellHidden: true, Styles: s.Theme.Codes,
		Empty: "No model matches. esc clears what narrows the list; w is the model guide."}
	for _, c := range s.columns(z.W) {
		t.Columns = append(t.Columns, c.Column)
	}
	g := t.Fit(z.W, z.H)
	t.Top = g.Scroll(max(cursor, 0), g.Top)
	return t
}

// drawTable draws the table with its rows filled in.
func (s *Screen) drawTable(t widget.Table, rows []catalogRow, z ui.Size) []string {
	decimals, cost := s.decimals(), s.costs()
	full, wide := s.inFull(z.W), z.W
	columns := s.columns(z.W)
	named := s.sharedNames()
	for _, p := range t.Fit(z.W, z.H).Places {
		switch columns[p.Column].of {
		case columnModel:
			wide = p.W
		case columnProvider:
			named = nil
		}
	}
	t.Row = func(i int) []widget.Cell {
		r := rows[i]
		all := s.cells(r, wide, full, named[r.model.ID])
		all[columnPrice].Text = format.Price(r.model.Price, decimals)
		all[columnCost].Text = cost.cell(r.model)
		cells := make([]widget.Cell, len(columns))
		for k, c := range columns {
			cells[k] = all[c.of]
		}
		if r.model.Unselectable() != "" || r.model.Unlikely {
			for c := range cells {
				cells[c].Pen = s.Theme.Codes.Dim
			}
		}
		return cells
	}
	return t.Draw(z.W, z.H)
}

// decimals is how many the prices of the whole catalog need, so that all stand
// under each other.
func (s *Screen) decimals() int {
	decimals := 0
	for _, m := range s.Session.Engine().Catalog.Models() {
		if m.Price != nil {
			decimals = max(decimals, format.PriceDecimals(*m.Price))
		}
	}
	return decimals
}

// shownColumn is a column of the table.
type shownColumn struct {
	of catalogColumn
	widget.Column
}

// columns are the table's columns in a list of that width.
func (s *Screen) columns(w int) []shownColumn { return s.columnsIn(w, s.inFull(w)) }

// inFull tells that the dimensions are written out, which they are where that cuts nothing.
func (s *Screen) inFull(w int) bool { return s.listNeeds(true) <= w }

// listNeeds is how wide the list is with nothing cut, the scroll bar included; full tells
// that the dimensions are written out.
func (s *Screen) listNeeds(full bool) int {
	need := 2
	for i, c := range s.columnsIn(ui.Unlimited, full) {
		need += c.Width
		if i > 0 {
			need += widget.ColumnGap
		}
	}
	return need
}

// The widest that names, providers and languages ask for; a server may list anything.
const mostModel, mostProvider, mostLanguages = 48, 16, 80

func (s *Screen) columnsIn(w int, full bool) []shownColumn {
	widths := s.prepare().widths
	dimensions := widget.Column{Title: "dims", Width: 8, Priority: 3}
	if full {
		dimensions = widget.Column{Title: "dimensions", Width: max(widths.dimensions, term.Width("dimensions")), Priority: 3}
	}
	cost := widget.Column{Title: "your texts", Width: 12, Min: 11, Priority: 2, Align: widget.AlignRight}
	if s.costs().perMillion {
		cost.Title, cost.Width, cost.Min = perMillionTitle, term.Width(perMillionTitle), 0
	}
	columns := []shownColumn{
		{columnChosen, widget.Column{Title: "●", Width: 2}},
		{columnModel, widget.Column{Title: "model", Width: min(max(widths.model, 22), mostModel), Min: 22, Flex: 1}},
		{columnProvider, widget.Column{Title: "provider", Width: min(max(widths.provider, 8), mostProvider), Min: 8, Priority: 6}},
		{columnDimensions, dimensions},
		{columnMaxTokens, widget.Column{Title: "tokens", Width: 7, Min: 6, Priority: 5, Align: widget.AlignRight}},
		{columnPrice, widget.Column{Title: "$/1M", Width: 6, Priority: 1, Align: widget.AlignRight}},
		{columnCost, cost},
	}
	if s.has(columnScore) {
		columns = append(columns, shownColumn{columnScore, widget.Column{Title: s.metric(), Width: max(term.Width(s.metric()), widths.score), Priority: 1, Align: widget.AlignRight}})
	}
	if w >= measuredColumns && s.has(columnLatency) {
		columns = append(columns, shownColumn{columnLatency, widget.Column{Title: "p50", Width: 7, Priority: 7, Align: widget.AlignRight}})
	}
	if w >= measuredColumns && s.has(columnBytes) {
		columns = append(columns, shownColumn{columnBytes, widget.Column{Title: "bytes", Width: 6, Priority: 7, Align: widget.AlignRight}})
	}
	const languages = "languages · use"
	columns = append(columns, shownColumn{columnLanguages, widget.Column{Title: languages, Width: min(max(widths.languages, term.Width(languages)), mostLanguages), Min: 10, Flex: 2, Priority: 4}})
	by := s.sorted()
	at := slices.IndexFunc(columns, func(c shownColumn) bool { return c.of == by })
	if at >= 0 {
		columns[at].Sort = widget.SortUp
		if s.reverse != (by == columnScore) {
			columns[at].Sort = widget.SortDown
		}
	}
	return columns
}

// contentWidths are how wide columns are in which nothing of any model is cut.
type contentWidths struct{ model, provider, dimensions, languages, score int }

func (c *contentWidths) add(m api.Model) {
	c.model = max(c.model, term.Width(fieldText(m, fieldID)+listedMark(m)))
	c.provider = max(c.provider, term.Width(fieldText(m, fieldProvider)))
	c.dimensions = max(c.dimensions, term.Width(dimensionsCell(m, false)))
	c.languages = max(c.languages, term.Width(languagesCell(m)))
}

// sharedNames are the names that models of several providers have.
func (s *Screen) sharedNames() map[string]bool {
	shared := map[string]bool{}
	for _, m := range s.Session.Engine().Catalog.Models() {
		_, seen := shared[m.ID]
		shared[m.ID] = seen
	}
	return shared
}

// cells are a row's cells by catalogColumn but for the money; reference tells that the model is
// named with its provider.
func (s *Screen) cells(r catalogRow, modelWidth int, full, reference bool) []widget.Cell {
	m := r.model
	mark := widget.Cell{Text: chosenMark(len(r.chosen))}
	if len(r.chosen) > 0 {
		mark.Pen = s.Theme.Candidate(r.first)
	}
	cells := make([]widget.Cell, catalogColumns)
	cells[columnChosen] = mark
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
	cells[columnModel] = widget.MiddleCut(name, modelWidth-term.Width(listed), hits)
	cells[columnModel].Text += listed
	cells[columnProvider] = widget.Cell{Text: fieldText(m, fieldProvider), Matches: r.match.hits[fieldProvider]}
	cells[columnDimensions] = widget.Cell{Text: dimensionsCell(m, !full)}
	cells[columnMaxTokens] = widget.Cell{Text: format.ThousandsOr(m.MaxTokens)}
	cells[columnScore], cells[columnLatency], cells[columnBytes] = r.scoreCell(), r.latencyCell(), r.bytesCell()
	cells[columnLanguages] = widget.Cell{Text: languagesCell(m), Matches: languagesHits(r)}
	for i := range cells {
		slices.Sort(cells[i].Matches)
	}
	return cells
}
