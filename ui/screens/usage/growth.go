package usage

import (
	"fmt"
	"math"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

const (
	// mostGrowing is how many models it is told of what more texts cost, and growingName how
	// much of their names.
	mostGrowing, growingName = 5, 20
	// leastGrowing and mostTexts are the powers of ten of the numbers of texts.
	leastGrowing, mostTexts = 3, 9
)

// growing are models of different prices: the selected ones that cost something, then
// others from the cheapest to the dearest.
func (p prices) growing() []priced {
	var chosen, others []priced
	seen := map[float64]bool{}
	for _, r := range p.rows {
		switch {
		case !(r.many > 0):
		case r.place >= 0:
			chosen = append(chosen, r)
			seen[r.many] = true
		case !seen[r.many]:
			others = append(others, r)
			seen[r.many] = true
		}
	}
	room := mostGrowing - min(len(chosen), mostGrowing)
	if step := max(len(others)-1, 1); len(others) > room && room > 1 {
		spread := make([]priced, room)
		for i := range spread {
			spread[i] = others[i*step/(room-1)]
		}
		others = spread
	}
	return append(chosen[:min(len(chosen), mostGrowing)], others[:min(len(others), room)]...)
}

// growthLines say what more texts like the present ones cost, in at most that room.
func (u *Screen) growthLines(z ui.Size) []string {
	models := u.priced.growing()
	n := min(z.H-2, mostTexts-leastGrowing+1)
	if len(models) == 0 || n < 3 {
		return nil
	}
	t := widget.Table{Rows: n, Cursor: -1, Styles: u.Theme.Codes, TellHidden: true, Columns: []widget.Column{
		{Title: "texts", Width: len(format.Thousands(int(math.Pow10(leastGrowing + n - 1)))), Align: widget.AlignRight},
		{Title: "tokens", Width: len("≈1,000,000 M"), Align: widget.AlignRight, Priority: 1},
	}}
	for _, r := range models {
		name := term.NameCut(r.name, growingName)
		pen := ""
		if r.place >= 0 {
			pen = u.Theme.Candidate(r.place)
		}
		t.Columns = append(t.Columns, widget.Column{Title: name, Width: max(term.Width(name), len("≈$1,000,000.00")), Align: widget.AlignRight, Priority: 2, Pen: pen})
	}
	t.Row = func(i int) []widget.Cell {
		texts := math.Pow10(leastGrowing + i)
		cells := []widget.Cell{{Text: format.Thousands(int(texts))}, {Text: "≈" + shortCount(float64(u.priced.tokens)/float64(u.priced.texts)*texts)}}
		for _, r := range models {
			cells = append(cells, widget.Cell{Text: r.cost(r.many / million * texts)})
		}
		return cells
	}
	title := u.Theme.Codes.Strong + term.Fit("What more texts like yours cost", z.W) + theme.Reset
	return append([]string{title}, t.Draw(z.W, n+1)...)
}

// shortCount writes a large number in thousands or millions.
func shortCount(n float64) string {
	switch {
	case n >= 10_000_000:
		return format.Thousands(int(n/1_000_000)) + " M"
	case n >= 10_000:
		return format.Thousands(int(n/1_000)) + " k"
	}
	return format.Thousands(int(n))
}

// limitLines say what may be spent and who says so.
func (u *Screen) limitLines(w int) []string {
	limits := u.Session.Payments().Ledger().Limits()
	d := &widget.DetailText{W: w, Theme: u.Theme}
	d.Text("what may be spent", u.Theme.Codes.Dim)
	d.Field("a run", fmt.Sprintf("%s at once: above it E asks once more (per_run)", format.Dollars(limits.PerRun)))
	d.Field("a session", fmt.Sprintf("%s until the program ends (per_session)", format.Dollars(limits.PerSession)))
	d.Field("a query", fmt.Sprintf("%s on Search without a box that asks (per_query)", format.Dollars(u.Session.Search().PerQuery())))
	d.Text("Set them under [spending] in the settings file. Nothing paid is sent without your word, and nothing is paid for twice: the cache keeps every vector.", u.Theme.Codes.Dim)
	return d.Lines
}
