package usage

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// million is for how many texts costs and sizes are told besides the present ones.
const million = 1_000_000

// priced is a model with what embedding costs with it.
type priced struct {
	model api.Model
	name  string
	// dimensions are those of the vectors, 0 where they are not known, and place is that of
	// the candidate, -1 for a model that was not selected.
	dimensions, place int
	// yours is what the present texts cost and many what a million like them do; NaN where
	// that is not known.
	yours, many float64
}

// prices are the models that can be asked, made ready by Refresh.
type prices struct {
	texts, tokens int
	// counted tells that the tokens of the texts are known.
	counted bool
	rows    []priced
}

// makePrices lists the selected models in their order, then the others, the cheapest first,
// as far as they have the words of the filter.
func (u *Screen) makePrices() prices {
	p := prices{texts: u.Session.Corpus().Len()}
	tokens, counted := u.Session.CorpusTokens()
	p.tokens, p.counted = tokens, counted && p.texts > 0
	row := func(m api.Model) priced {
		r := priced{model: m, place: -1, name: term.Safe(m.Ref()), dimensions: m.Dimensions, yours: math.NaN(), many: math.NaN()}
		if usd, ok := m.Cost(tokens); ok && p.counted {
			r.yours, r.many = usd, usd/float64(p.texts)*million
		}
		return r
	}
	words := func(ref string) bool { return len(matching([]api.Tally{splitRef(ref)}, u.filter.Words())) > 0 }
	for i, c := range u.Session.Candidates() {
		if m, err := u.Session.Find(c.Model); err == nil && words(c.Model) {
			r := row(m)
			r.name, r.dimensions, r.place = term.Safe(c.ID()), c.Dimensions, i
			p.rows = append(p.rows, r)
		}
	}
	var others []priced
	for _, m := range u.Session.Engine().Catalog.Models() {
		if m.Unselectable() == "" && !m.Unlikely && !u.Session.Has(m.Ref()) && words(m.Ref()) {
			others = append(others, row(m))
		}
	}
	slices.SortStableFunc(others, func(a, b priced) int { return cmp.Compare(priceOf(a.model), priceOf(b.model)) })
	p.rows = append(p.rows, others...)
	return p
}

// splitRef names a model for the filter of tallies.
func splitRef(ref string) api.Tally {
	provider, model, _ := strings.Cut(ref, "/")
	return api.Tally{Provider: provider, Model: model}
}

// priceOf sorts unknown prices last.
func priceOf(m api.Model) float64 {
	if m.Price == nil {
		return math.Inf(1)
	}
	return *m.Price
}

// The columns of the table of prices.
const (
	pricesModel = iota
	pricesPrice
	pricesYours
	pricesMany
	pricesVector
	pricesSize
	pricesBar
	pricesColumns
)

// leastBar is how wide the bars are at the least.
const leastBar = 8

// priceLines are the title and the table of what embedding costs, in exactly that room.
func (u *Screen) priceLines(z ui.Size) []string {
	title := "What embedding costs"
	if u.priced.counted {
		title = fmt.Sprintf("What embedding your %s costs, and a million like them", format.Count(u.priced.texts, "text"))
	}
	lines := []string{u.Theme.Codes.Strong + term.Fit(title, z.W) + theme.Reset}
	shown := u.priced.rows
	hidden := len(shown) - (z.H - 2)
	if hidden > 0 {
		hidden++ // the line that says so takes the place of one
		shown = shown[:max(z.H-3, 0)]
	}
	lines = append(lines, u.priceTable(shown, z.W).Draw(z.W, len(shown)+1)...)
	if hidden > 0 {
		lines = append(lines, u.Theme.Dim.Render(fmt.Sprintf("… %s more: Models", format.Thousands(hidden))))
	}
	return lines
}

// priceTable draws the models, with bars as long as what a million texts cost.
func (u *Screen) priceTable(rows []priced, w int) widget.Table {
	cells, most, decimals := make([][]widget.Cell, len(rows)), 0., 2
	for _, r := range rows {
		if r.model.Price != nil {
			decimals = max(decimals, format.PriceDecimals(*r.model.Price))
		}
	}
	for i, r := range rows {
		cells[i] = u.priceCells(r, decimals)
		if worth := r.worth(); !math.IsNaN(worth) && !math.IsInf(worth, 0) {
			most = max(most, worth)
		}
	}
	t := widget.Table{Rows: len(rows), Cursor: -1, Styles: u.Theme.Codes, Row: func(i int) []widget.Cell { return cells[i] }}
	for i, title := range [pricesColumns]string{"model", "$/1M tokens", "your texts", "1M texts", "a vector", "1M vectors", "cost"} {
		c := widget.Column{Title: title, Width: term.Width(title), Align: widget.AlignRight, Priority: [pricesColumns]int{0, 0, 4, 1, 3, 2, 5}[i]}
		for _, row := range cells {
			c.Width = max(c.Width, term.Width(row[i].Text))
		}
		switch i {
		case pricesModel:
			c.Align, c.CutMiddle, c.Min = widget.AlignLeft, true, min(c.Width, mostModelName)
		case pricesBar:
			c.Align, c.Width, c.Flex = widget.AlignLeft, leastBar, 1
		}
		t.Columns = append(t.Columns, c)
	}
	for _, p := range t.Fit(w, len(rows)+1).Places {
		if p.Column == pricesBar && most > 0 {
			for i, r := range rows {
				if share := r.worth() / most; share > 0 && share <= 1 {
					cells[i][pricesBar].Text = strings.Repeat("█", max(int(math.Round(share*float64(p.W))), 1))
				}
			}
		}
	}
	return t
}

// worth is what bars are drawn of: the cost of a million texts, or the price.
func (r priced) worth() float64 {
	if math.IsNaN(r.many) {
		return priceOf(r.model)
	}
	return r.many
}

// priceCells are a model's cells but for the bar.
func (u *Screen) priceCells(r priced, decimals int) []widget.Cell {
	cells := make([]widget.Cell, pricesColumns)
	cells[pricesModel], cells[pricesBar] = widget.Cell{Text: "  " + r.name}, widget.Cell{Pen: u.Theme.Codes.Accent}
	if r.place >= 0 {
		pen := u.Theme.Candidate(r.place)
		cells[pricesModel], cells[pricesBar] = widget.Cell{Text: "● " + r.name, Pen: pen}, widget.Cell{Pen: pen}
	}
	cells[pricesPrice].Text = format.Price(r.model.Price, decimals)
	cells[pricesYours].Text, cells[pricesMany].Text = r.cost(r.yours), r.cost(r.many)
	cells[pricesVector].Text, cells[pricesSize].Text = format.Unknown, format.Unknown
	if r.dimensions > 0 {
		bytes := int64(4 * r.dimensions)
		cells[pricesVector].Text, cells[pricesSize].Text = format.Bytes(bytes), format.Bytes(bytes*million)
	}
	return cells
}

// cost writes what some texts cost.
func (r priced) cost(usd float64) string {
	switch {
	case r.model.Price != nil && r.model.Free():
		return "free"
	case math.IsNaN(usd):
		return format.Unknown
	case r.model.CountsExactly() || usd < format.SmallestShown:
		return format.Dollars(usd)
	}
	return "≈" + format.Dollars(usd)
}

// affordable says how many texts like the present ones what is left of the session's limit
// pays for, with each model that costs something, the selected ones first.
func (u *Screen) affordable(w int) []string {
	ledger := u.Session.Payments().Ledger()
	left := ledger.Limits().PerSession - ledger.Committed()
	if left <= 0 || !u.priced.counted {
		return nil
	}
	var lines []string
	for _, r := range u.priced.rows {
		if !(r.many > 0) {
			continue
		}
		texts := "≈" + format.Thousands(threeDigits(left/r.many*million))
		name, _ := term.MiddleCut(r.name, max(w-term.Width(texts)-2, 1), nil)
		pen := ""
		if r.place >= 0 {
			pen = u.Theme.Candidate(r.place)
		}
		lines = append(lines, pen+term.Fit(name, w-term.Width(texts)-1)+theme.Reset+" "+texts)
	}
	if len(lines) == 0 {
		return nil
	}
	title := fmt.Sprintf("texts like yours for the %s left", format.Dollars(left))
	return append([]string{u.Theme.Codes.Dim + term.Fit(title, w) + theme.Reset}, lines...)
}

// threeDigits rounds a number of texts down to three digits that count: others will not be
// exactly as long as the present ones.
func threeDigits(n float64) int {
	n = min(n, math.MaxInt32)
	last := math.Pow10(max(int(math.Log10(max(n, 1)))-2, 0))
	return int(math.Floor(n/last) * last)
}
