package usage

import (
	"slices"
	"strings"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const (
	// usageBeside is the width from which the details stand beside the table.
	usageBeside = 130
	// usageRoomy is the height from which the foot says more than the details.
	usageRoomy = 12
	// usageMargined is the width from which the table has a margin at both sides.
	usageMargined = 60
	// usageFewLines are left for the details below a table that does not fit.
	usageFewLines = 4
)

// usageLayout is how the screen is divided: the table, all of the row under the
// cursor below or beside it, in what is left what embedding costs and what was asked for
// last, and at the bottom what holds for all rows.
type usageLayout struct {
	filter, table, details, prices, growth, ended, foot ui.Rect
	beside                                              bool
	footLines                                           []string
}

func (u *Screen) layout(list []usageRow, z ui.Size) usageLayout {
	l := usageLayout{beside: z.W >= usageBeside}
	w := z.W
	if l.beside {
		side := min(z.W*3/10, 62)
		w = z.W - side - 3
		l.details = ui.Rect{X: z.W - side, Y: 0, W: side, H: z.H}
	}
	if z.H >= usageRoomy {
		l.footLines = slices.Concat(u.unkeptLines(w), []string{u.limitLine(w)}, u.balanceLines(w))
		l.footLines = l.footLines[:min(len(l.footLines), z.H/2)]
	}
	top := 0
	if u.filter.Shown() {
		l.filter, top = ui.Rect{X: 0, Y: 0, W: w, H: 1}, 1
	}
	margin := 0
	if z.W >= usageMargined {
		margin = 1
	}
	bottom := z.H - len(l.footLines)
	l.foot = ui.Rect{Y: bottom, W: w, H: len(l.footLines)}
	l.table = ui.Rect{X: margin, Y: top, W: w - 2*margin, H: max(bottom-top, 0)}
	from := top + len(list) + 1
	if !l.beside {
		// As high as the highest, so that the table does not jump with the cursor; but a
		// long table takes all but a few lines.
		for _, r := range list {
			l.details.H = max(l.details.H, len(u.summary(r, z)))
		}
		spare := max(l.table.H-(len(list)+1), usageFewLines)
		l.details.H = max(min(l.details.H, spare, l.table.H-3), 0)
		l.table.H -= l.details.H
		l.details = ui.Rect{X: 0, Y: top + l.table.H, W: w, H: l.details.H}
		from += l.details.H
	}
	if free := bottom - from; free > leastFree {
		l.table.H = len(list) + 1
		if !l.beside {
			l.details.Y = top + l.table.H
		}
		l.share(ui.Rect{X: l.table.X, Y: from + 1, W: l.table.W, H: free - 1}, len(u.priced.rows)+2, len(u.ended)+2)
	}
	return l
}

// leastFree are so few lines that nothing else stands in them.
const leastFree = 5

// share gives the lines that are free to what embedding costs and to what was asked for
// last, which need so many.
func (l *usageLayout) share(free ui.Rect, prices, ended int) {
	if ended > 2 && free.H >= 2*leastFree {
		l.ended = free
		l.ended.H = max(min(ended, free.H/3), min(ended, free.H-prices-1))
		free.H -= l.ended.H + 1
		l.ended.Y = free.Y + min(free.H, prices) + 1
	}
	l.prices = free
	l.prices.H = min(free.H, prices)
	if left := free.H - prices - 1; left > leastFree {
		l.growth = ui.Rect{X: free.X, Y: free.Y + prices + 1, W: free.W, H: min(left, growthHeight)}
		l.ended.Y += l.growth.H + 1
	}
}

// growthHeight is how many lines it takes to say what more texts cost.
const growthHeight = mostTexts - leastGrowing + 3

// View draws the sums, the table of models and the row under the cursor, and in the room
// that is left what embedding costs.
func (u *Screen) View(z ui.Size) []string {
	list := u.rows()
	l := u.layout(list, z)
	row := list[u.at(list)]
	c := widget.NewCanvas(z)
	if l.filter.H > 0 {
		c.PutExact(l.filter, []string{u.filterLine(list, l.filter.W)})
	}
	c.PutExact(l.table, u.table(list, l.table).Draw(l.table.W, l.table.H))
	c.Put(l.foot, l.footLines)
	if l.prices.H > 2 {
		c.Put(l.prices, u.priceLines(l.prices.Size()))
	}
	c.Put(l.growth, u.growthLines(l.growth.Size()))
	c.Put(l.ended, u.endedLines(l.ended.Size()))
	if !l.beside {
		c.Put(l.details, widget.Abridged(u.summary(row, z), l.details.H))
		return c.Lines()
	}
	rule := slices.Repeat([]string{u.Theme.Codes.Dim + "│" + theme.Reset}, z.H)
	c.Put(ui.Rect{X: l.details.X - 2, W: 1, H: z.H}, rule)
	panel := u.panel(row, l.details.W)
	for _, more := range [][]string{u.affordable(l.details.W), u.limitLines(l.details.W)} {
		if room := l.details.H - len(panel) - 1; len(more) > 0 && room > leastFree {
			panel = append(append(panel, ""), widget.Abridged(more, room)...)
		}
	}
	c.Put(l.details, panel)
	return c.Lines()
}

// unkeptLines say why nothing is noted for later, in two lines at the most.
func (u *Screen) unkeptLines(w int) []string {
	text := u.unkeptText()
	if text == "" {
		return nil
	}
	lines := term.CutLines(term.SafeLines(text, w-2), w-2, 2)
	for i, l := range lines {
		lines[i] = u.Theme.Codes.Warn + term.Fit(" "+l, w) + theme.Reset
	}
	return lines
}

func (u *Screen) unkeptText() string {
	if u.Session.PersistErr() == nil {
		return ""
	}
	return "Not noted for later, ! in full: " + term.Safe(u.Session.PersistErr().Error())
}

// The columns of the usage table.
const (
	usageModel = iota
	usageTexts
	usageCached
	usageTokens
	usageCost
	usageRequests
	usageFailed
	usageP50
	usageP95
	usageColumns
)

var usageTitles = [usageColumns]string{"model", "texts", "cached", "tokens", "cost", "requests", "failed", "p50", "p95"}

// usagePriorities tell which columns go first when the window is narrow: the
// largest.
var usagePriorities = [usageColumns]int{0, 3, 5, 1, 0, 6, 7, 2, 4}

// Of a model's name leastModelName is left beside the numbers, and mostModelName
// before they take room that not all need.
const leastModelName, mostModelName = 12, 26

// besideColumns is how much of the width the scroll bar and the mark of hidden columns take.
const besideColumns = 3

// table is the table in that place, scrolled so that the cursor is in sight. Each
// column is as wide as its longest number, so that none is ever cut.
func (u *Screen) table(list []usageRow, place ui.Rect) widget.Table {
	cells := make([][]widget.Cell, len(list))
	for i, r := range list {
		cells[i] = u.cells(r)
	}
	alignMarks(cells)
	t := widget.Table{
		Columns: usageColumnsFor(cells, place.W-besideColumns), Rows: len(list), TellHidden: true, Cursor: u.at(list), Top: u.list.Top, Styles: u.Theme.Codes,
		Row: func(i int) []widget.Cell { return cells[i] },
	}
	g := t.Fit(place.W, place.H)
	t.Top = g.Scroll(t.Cursor, u.list.Top)
	for _, p := range g.Places {
		if p.Column == usageModel {
			u.shortenNames(list, cells, p.W)
		}
	}
	return t
}

// usageColumnsFor are the columns for rows of cells in w columns of the terminal.
func usageColumnsFor(cells [][]widget.Cell, w int) []widget.Column {
	columns := make([]widget.Column, usageColumns)
	failures := false
	core := 0 // what matters in every row
	for i := range columns {
		columns[i] = widget.Column{Title: usageTitles[i], Priority: usagePriorities[i], Align: widget.AlignRight}
		for _, row := range cells {
			columns[i].Width = max(columns[i].Width, term.Width(row[i].Text))
			failures = failures || i == usageFailed && strings.Trim(row[i].Text, "0-") != ""
		}
		if i == usageModel {
			columns[i].Align = widget.AlignLeft
			continue
		}
		if i != usageRequests {
			columns[i].Width = max(columns[i].Width, term.Width(columns[i].Title))
		}
		if i != usageFailed || failures {
			core += columns[i].Width + widget.ColumnGap
		}
	}
	model := &columns[usageModel]
	model.Min = max(min(model.Width, mostModelName, w-core), leastModelName)
	need := core + model.Min
	requests := &columns[usageRequests]
	if need-requests.Width+max(requests.Width, term.Width(requests.Title)) > w {
		requests.Title = "reqs"
	}
	requests.Width = max(requests.Width, term.Width(requests.Title))
	return columns
}

// alignMarks keeps the digits of the costs below one another where some have a
// "+" behind them.
func alignMarks(cells [][]widget.Cell) {
	marked := false
	for _, row := range cells {
		marked = marked || strings.HasSuffix(row[usageCost].Text, "+")
	}
	for _, row := range cells {
		if marked && row[usageCost].Text != "" && !strings.HasSuffix(row[usageCost].Text, "+") {
			row[usageCost].Text += " "
		}
	}
}

// shortenNames makes the names of models fit, and marks in them what the filter looks for.
func (u *Screen) shortenNames(list []usageRow, cells [][]widget.Cell, w int) {
	var at []int
	var names []string
	for i, r := range list {
		if name, ok := strings.CutPrefix(cells[i][usageModel].Text, modelIndent); ok && r.key.model != "" {
			at, names = append(at, i), append(names, name)
		}
	}
	// The same model stands in both sections.
	cuts := map[string]string{}
	once := slices.Compact(slices.Sorted(slices.Values(names)))
	for i, cut := range term.DistinctCuts(once, max(w-len(modelIndent), 1)) {
		cuts[once[i]] = cut
	}
	for k, i := range at {
		cells[i][usageModel].Text = modelIndent + cuts[names[k]]
	}
	for i, r := range list {
		if u.filter.Words() != "" && r.key.provider != "" {
			cells[i][usageModel].Matches = widget.WordHits(cells[i][usageModel].Text, u.filter.Words())
		}
	}
}

func (u *Screen) cells(r usageRow) []widget.Cell {
	s := r.Spent
	cells := make([]widget.Cell, usageColumns)
	cells[usageModel].Text = r.title
	if !r.empty {
		for i, text := range map[int]string{
			usageTexts: counted(s.Texts, s), usageCached: counted(s.Cached, s), usageTokens: costs.SpentTokens(s), usageCost: r.Cost(),
			usageRequests: format.Thousands(s.Requests), usageFailed: counted(s.Failed, s), usageP50: costs.LatencyOf(s, 0.5), usageP95: costs.LatencyOf(s, 0.95),
		} {
			cells[i].Text = text
		}
	}
	for i := range cells {
		switch {
		case r.section():
			cells[i].Pen = u.Theme.Codes.Strong
		case i == usageFailed && s.Failed > 0:
			cells[i].Pen = u.Theme.Codes.Warn
		}
	}
	return cells
}

// limitBar is how wide the bar of what is spent of a limit is.
const limitBar = 20

// limitLine draws how much of what the session may cost is spent.
func (u *Screen) limitLine(w int) string {
	spent, limits := u.Session.Payments().Ledger().Spent(), u.Session.Payments().Ledger().Limits()
	share, pen := 0.0, u.Theme.Codes.Good
	switch {
	case limits.PerSession > 0:
		share = spent / limits.PerSession
	case spent > 0:
		share = 1
	}
	switch {
	case share >= 1:
		pen = u.Theme.Codes.Bad
	case share >= 0.8:
		pen = u.Theme.Codes.Warn
	}
	full := min(int(share*limitBar+0.5), limitBar)
	bar := strings.Repeat("█", full)
	if full == 0 && share > 0 {
		full, bar = 1, "▏" // a whole cell would be 5%
	}
	line := ""
	for _, part := range []string{
		" " + u.Theme.Codes.Strong + u.limitText() + theme.Reset,
		"  " + pen + bar + u.Theme.Codes.Dim + strings.Repeat("░", limitBar-full) + theme.Reset,
		u.Theme.Codes.Dim + "  limit " + format.Dollars(limits.PerRun) + " a run" + theme.Reset,
	} {
		if term.Width(line+part) <= w {
			line += part
		}
	}
	return term.Fit(line, w) + theme.Reset
}
