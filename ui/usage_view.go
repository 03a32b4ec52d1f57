package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

const (
	// usageBeside is the width from which the details stand beside the table.
	usageBeside = 130
	// usageRoomy is the height from which the foot says more than the details.
	usageRoomy = 12
	// usageFewLines are left for the details below a table that does not fit.
	usageFewLines = 4
)

// usageLayout is how the screen is divided: the table, all of the row under the
// cursor below or beside it, and at the bottom what holds for all rows.
type usageLayout struct {
	table, details rect
	beside         bool
	foot           []string
}

func (u *usageScreen) layout(list []usageRow, z size) usageLayout {
	l := usageLayout{beside: z.w >= usageBeside}
	w := z.w
	if l.beside {
		side := min(z.w*3/10, 62)
		w = z.w - side - 3
		l.details = rect{z.w - side, 0, side, z.h}
	}
	if z.h >= usageRoomy {
		l.foot = slices.Concat(u.unkeptLines(w), []string{u.limitLine(w)}, u.balanceLines(w))
		l.foot = l.foot[:min(len(l.foot), z.h/2)]
	}
	l.table = rect{0, 0, w, z.h - len(l.foot)}
	if l.beside {
		return l
	}
	// As high as the highest, so that the table does not jump with the cursor; but a
	// long table takes all but a few lines.
	for _, r := range list {
		l.details.h = max(l.details.h, len(u.summary(r, z)))
	}
	spare := max(l.table.h-(len(list)+1), usageFewLines)
	l.details.h = max(min(l.details.h, spare, l.table.h-3), 0)
	l.table.h -= l.details.h
	l.details = rect{0, l.table.h, w, l.details.h}
	return l
}

func (u *usageScreen) view(z size) []string {
	list := u.rows()
	l := u.layout(list, z)
	row := list[u.at(list)]
	lines := u.table(list, l.table).Draw(l.table.w, l.table.h)
	if !l.beside {
		lines = append(lines, fillTo(abridged(u.summary(row, z), l.details.h), l.details.size())...)
	}
	lines = append(lines, l.foot...)
	if l.beside {
		rule := u.theme.sgr.dim + " │ " + sgrReset
		for i, detail := range fillTo(u.panel(row, l.details.w), l.details.size()) {
			lines[i] += rule + detail
		}
	}
	return lines
}

// unkeptLines say why nothing is noted for later, in two lines at the most.
func (u *usageScreen) unkeptLines(w int) []string {
	text := u.unkeptText()
	if text == "" {
		return nil
	}
	lines := term.CutLines(term.SafeLines(text, w-2), w-2, 2)
	for i, l := range lines {
		lines[i] = u.theme.sgr.warn + term.Fit(" "+l, w) + sgrReset
	}
	return lines
}

func (u *usageScreen) unkeptText() string {
	if u.store.persistErr == nil {
		return ""
	}
	return "Not noted for later, ! in full: " + term.Safe(u.store.persistErr.Error())
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
const leastModelName, mostModelName = 14, 26

// table is the table in that place, scrolled so that the cursor is in sight. Each
// column is as wide as its longest number, so that none is ever cut.
func (u *usageScreen) table(list []usageRow, place rect) Table {
	cells := make([][]Cell, len(list))
	for i, r := range list {
		cells[i] = u.cells(r)
	}
	alignMarks(cells)
	t := Table{
		Columns: usageColumnsFor(cells, place.w-2), Rows: len(list), Cursor: u.at(list), Top: u.list.top, Styles: u.theme.sgr,
		Row: func(i int) []Cell { return cells[i] },
	}
	g := t.Fit(place.w, place.h)
	t.Top = g.Scroll(t.Cursor, u.list.top)
	for _, p := range g.places {
		if p.column == usageModel {
			shortenNames(cells, p.w)
		}
	}
	return t
}

// usageColumnsFor are the columns for rows of cells in w columns of the terminal.
func usageColumnsFor(cells [][]Cell, w int) []Column {
	columns := make([]Column, usageColumns)
	failures := false
	core := 0 // what matters in every row
	for i := range columns {
		columns[i] = Column{Title: usageTitles[i], Priority: usagePriorities[i], Align: AlignRight, Flex: 1}
		for _, row := range cells {
			columns[i].Width = max(columns[i].Width, term.Width(row[i].Text))
			failures = failures || i == usageFailed && strings.Trim(row[i].Text, "0-") != ""
		}
		if i == usageModel {
			columns[i].Align = AlignLeft
			continue
		}
		if i != usageRequests {
			columns[i].Width = max(columns[i].Width, term.Width(columns[i].Title))
		}
		if i != usageFailed || failures {
			core += columns[i].Width + columnGap
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
func alignMarks(cells [][]Cell) {
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

// shortenNames cuts long names of models in front, because they differ at their
// ends.
func shortenNames(cells [][]Cell, w int) {
	for _, row := range cells {
		name := row[usageModel].Text
		if cut := term.Width(name) - w; cut > 0 && strings.HasPrefix(name, "  ") {
			row[usageModel].Text = "  " + ansi.TruncateLeft(name[2:], cut+1, term.Ellipsis)
		}
	}
}

func (u *usageScreen) cells(r usageRow) []Cell {
	s := r.spent
	cells := make([]Cell, usageColumns)
	cells[usageModel].Text = r.title
	if !r.empty {
		for i, text := range map[int]string{
			usageTexts: counted(s.Texts, s), usageCached: counted(s.Cached, s), usageTokens: spentTokens(s), usageCost: r.cost(),
			usageRequests: format.Thousands(s.Requests), usageFailed: counted(s.Failed, s), usageP50: latencyOf(s, 0.5), usageP95: latencyOf(s, 0.95),
		} {
			cells[i].Text = text
		}
	}
	for i := range cells {
		switch {
		case r.section():
			cells[i].Pen = u.theme.sgr.strong
		case i == usageFailed && s.Failed > 0:
			cells[i].Pen = u.theme.sgr.warn
		}
	}
	return cells
}

// limitBar is how wide the bar of what is spent of a limit is.
const limitBar = 20

// limitLine draws how much of what the session may cost is spent.
func (u *usageScreen) limitLine(w int) string {
	spent, limits := u.store.ledger.Spent(), u.store.ledger.Limits()
	share, pen := 0.0, u.theme.sgr.good
	switch {
	case limits.PerSession > 0:
		share = spent / limits.PerSession
	case spent > 0:
		share = 1
	}
	switch {
	case share >= 1:
		pen = u.theme.sgr.bad
	case share >= 0.8:
		pen = u.theme.sgr.warn
	}
	full := min(int(share*limitBar+0.5), limitBar)
	bar := strings.Repeat("█", full)
	if full == 0 && share > 0 {
		full, bar = 1, "▏" // a whole cell would be 5%
	}
	line := ""
	for _, part := range []string{
		" " + u.theme.sgr.strong + u.limitText() + sgrReset,
		"  " + pen + bar + u.theme.sgr.dim + strings.Repeat("░", limitBar-full) + sgrReset,
		u.theme.sgr.dim + "  limit " + format.Dollars(limits.PerRun) + " a run" + sgrReset,
	} {
		if term.Width(line+part) <= w {
			line += part
		}
	}
	return term.Fit(line, w) + sgrReset
}
