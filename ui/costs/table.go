package costs

import (
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// The columns of the table of costs.
const (
	costsNames = iota
	costsTexts
	costsCached
	costsTokens
	costsPrice
	costsCost
	costsColumns
)

var costsTitles = [costsColumns]string{"models", "texts", "cached", "tokens", "$/1M", "cost"}

// costsPriorities tell which columns go first when the window is narrow: the
// largest.
var costsPriorities = [costsColumns]int{0, 3, 1, 2, 4, 0}

// leastCostsName is left of the candidates' names before numbers go.
const leastCostsName = 22

// table lists the sources with their costs in that room. Each column is as wide as
// its longest number, so that the names have all the rest; of those that are too
// long the middle is left out.
func (c *Box) table(z ui.Size, t *theme.Theme) widget.Table {
	cells := c.cells()
	table := widget.Table{
		Columns: costsColumnsFor(cells, z.W), Rows: len(cells), Cursor: -1, Top: c.top, Styles: t.Codes,
		Row: func(i int) []widget.Cell { return cells[i] },
	}
	names := make([]string, len(cells))
	for i, row := range cells {
		names[i] = row[costsNames].Text
	}
	for i, name := range term.DistinctCuts(names, table.Fit(z.W, z.H).Places[0].W) {
		cells[i][costsNames].Text = name
	}
	return table
}

// cells are the rows of the table, the names in full.
func (c *Box) cells() [][]widget.Cell {
	decimals := 2
	for _, e := range c.estimates {
		if e.Source.Model.Price != nil {
			decimals = max(decimals, format.PriceDecimals(*e.Source.Model.Price))
		}
	}
	cells := make([][]widget.Cell, len(c.estimates))
	for i, e := range c.estimates {
		cells[i] = []widget.Cell{
			costsNames: {Text: c.sourceName(e)}, costsTexts: {Text: format.Thousands(e.Texts)}, costsCached: {Text: format.Thousands(e.Cached)},
			costsTokens: {Text: candidate.TokensNumber(e)}, costsPrice: {Text: format.Price(e.Source.Model.Price, decimals)}, costsCost: {Text: report.Cost(e)},
		}
	}
	return append(cells, c.runningCells(decimals)...)
}

// costsColumnsFor are the columns for rows of cells in w columns of the terminal.
func costsColumnsFor(cells [][]widget.Cell, w int) []widget.Column {
	columns := make([]widget.Column, costsColumns)
	for i := range columns {
		columns[i] = widget.Column{Title: costsTitles[i], Width: term.Width(costsTitles[i]), Priority: costsPriorities[i], Align: widget.AlignRight}
		for _, row := range cells {
			columns[i].Width = max(columns[i].Width, term.Width(row[i].Text))
		}
	}
	names, bar := &columns[costsNames], 2
	names.Align, names.Flex = widget.AlignLeft, 1
	names.Min = max(min(names.Width, leastCostsName, w-bar-widget.ColumnGap-columns[costsCost].Width), 1)
	return columns
}

// rolesSaid are what is sent where it is not the texts compared with each other.
var rolesSaid = map[api.Role]string{api.RoleQuery: ", queries", api.RoleDocument: ", documents"}

// sourceName names the candidates that a source is for, and what else than texts
// compared with each other is sent.
func (c *Box) sourceName(e pipeline.Estimate) string {
	names := make([]string, len(e.Candidates))
	for i, id := range e.Candidates {
		names[i] = term.Safe(c.Session.ShortOf(id))
		if i > 0 {
			_, names[i], _ = strings.Cut(names[i], "@")
			names[i] = "@" + names[i]
		}
	}
	return strings.Join(names, " ") + rolesSaid[e.Role]
}
