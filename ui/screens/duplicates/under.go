package duplicates

import (
	"fmt"
	"slices"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// underList are the pairs that lie just under all thresholds, the best first: what lowering
// them would bring.
type underList struct {
	of    underOf
	pairs [][2]int32
}

// underOf is what they were found for.
type underOf struct {
	query     pairQuery
	selection uint64
	short     bool // the list leaves room for some
}

const (
	// underFrom is the height of a body from which on they stand below a short list, and
	// leastUnder how many lines that has to leave.
	underFrom  = 30
	leastUnder = 5
	// mostUnder is how many of them are looked for.
	mostUnder = 100
)

// underRect is where they stand below a list that leaves room; empty where there are none.
func (d *Screen) underRect(s ui.Size, list ui.Rect) ui.Rect {
	rows, above := len(d.rows), 1 // what says what they are
	if d.clusters.on {
		rows, above = len(d.clusters.rows), 2 // and their titles
	}
	used := rows + 1 // with the header
	if s.H < underFrom || rows == 0 || list.H-used < leastUnder || !d.clusters.on && d.wanted.disagree || d.wanted.words != "" {
		return ui.Rect{}
	}
	n := min(len(d.under.pairs), list.H-used-1-above)
	if n <= 0 {
		return ui.Rect{}
	}
	return ui.Rect{X: list.X, Y: list.Y + used + 1, W: list.W, H: n + above}
}

// underNothing is where they stand below what is said, in so many lines, where no pair reaches
// a threshold; empty in low windows and where a filter leaves nothing.
func (d *Screen) underNothing(s ui.Size, list ui.Rect, said int) ui.Rect {
	room := list.H - said - 1
	if s.H < underFrom || room < leastUnder || len(d.under.pairs) == 0 || !d.clusters.on && d.wanted.disagree || d.wanted.words != "" {
		return ui.Rect{}
	}
	return ui.Rect{X: list.X, Y: list.Y + said + 1, W: list.W, H: min(len(d.under.pairs)+2, room)}
}

// findUnder looks for them where they are other ones by now. Of very many pairs over the
// thresholds, of which few are of texts that are selected, nobody waits for them.
func (d *Screen) findUnder() {
	of := underOf{d.found.query, d.Session.SelectionChanges(), d.Body.H >= underFrom && len(d.rows) < d.Body.H}
	if of == d.under.of {
		return
	}
	d.under = underList{of: of}
	if !of.short || d.found.query.size() > searchAside {
		return
	}
	sources := d.found.query.used()
	scans, thresholds := make([]*compare.Scan, len(sources)), make([]float64, len(sources))
	for i, s := range sources {
		scans[i], thresholds[i] = s.scan, min(s.threshold, s.scan.ThresholdOf(s.scan.CountAt(s.threshold)+mostUnder))
	}
	pairs, _, err := compare.Union(scans, thresholds, 0)
	if err != nil {
		return
	}
	over := func(p [2]int32) bool {
		return slices.ContainsFunc(sources, func(s pairSource) bool {
			_, duplicate, _ := s.similarity(int(p[0]), int(p[1]))
			return duplicate
		}) || !d.Session.Shows(int(p[0])) || !d.Session.Shows(int(p[1]))
	}
	pairs = slices.DeleteFunc(pairs, over)
	d.under.pairs = pairs[:min(len(pairs), mostUnder)]
}

// drawUnder draws them under a line that says what they are.
func (d *Screen) drawUnder(s ui.Size) []string {
	head := "Under the threshold, the strictest first: " + keyLower.Help().Key + " lowers it"
	if d.Session.Thresholds().Each() || d.clusters.on {
		head = "Under all thresholds, the strictest first"
	}
	t := d.tableOf(d.under.pairs, s.W, s.H)
	t.Cursor, t.Top = -1, 0
	lines := t.Draw(s.W, s.H)
	if len(d.rows) > 0 && !d.clusters.on { // the titles stand over the list above
		lines = lines[1:]
	}
	return append([]string{d.Theme.Dim.Render(term.Fit(head, s.W))}, lines...)
}

// labelledOver counts the pairs over a candidate's threshold of which labels say that they
// belong together, and those of which they say that they do not.
type labelledOver struct {
	of          labelledOf
	same, other int
}

// labelledOf is what they were counted of.
type labelledOf struct {
	scan      *compare.Scan
	threshold float64
	tied      *labels.Tied
}

// countOver counts them for every candidate where they are others by now; of very many pairs
// nobody waits for them.
func (d *Screen) countOver() {
	tied := d.Session.Labels().Tied()
	counted := map[string]labelledOver{}
	for _, c := range d.Session.Ready() {
		of := labelledOf{c.Result.Scan, d.Session.Thresholds().Of(c.ID()), tied}
		if n := d.over[c.ID()]; n.of == of {
			counted[c.ID()] = n
			continue
		}
		pairs := of.scan.Over(of.threshold)
		if len(pairs) > searchAside || len(pairs) < of.scan.CountAt(of.threshold) || tied.Texts != len(d.Session.Texts()) {
			continue
		}
		n := labelledOver{of: of}
		for _, p := range pairs {
			switch same, known := tied.Same(int(p.A), int(p.B)); {
			case known && same:
				n.same++
			case known:
				n.other++
			}
		}
		counted[c.ID()] = n
	}
	d.over = counted
}

// overCells are these numbers of a candidate.
func (d *Screen) overCells(c session.State) []widget.Cell {
	n, counted := d.over[c.ID()]
	if !counted {
		return []widget.Cell{{Text: "–"}, {Text: "–"}}
	}
	return []widget.Cell{{Text: format.Thousands(n.same), Pen: d.Theme.Codes.Good}, {Text: format.Thousands(n.other), Pen: d.Theme.Codes.Warn}}
}

// overColumns are for them.
func overColumns() []widget.Column {
	return []widget.Column{
		{Title: labelling.SameSign + " over", Width: 6, Align: widget.AlignRight, Priority: 5},
		{Title: labelling.DifferentSign + " over", Width: 6, Align: widget.AlignRight, Priority: 5},
	}
}

// leastSpread is how high a histogram is below a pair at least, with its title and its axis.
const leastSpread = 5

// spreadsBelow draw below the pair beside the list how similarities lie around the thresholds:
// of all models where there is room, else of as many as fit, the one in focus among them.
func (d *Screen) spreadsBelow(s ui.Size) []string {
	const highest = 8
	ready := d.Session.Ready()
	fit := (s.H - 1) / leastSpread
	if d.spread || len(ready) == 0 || fit < 1 {
		return nil
	}
	head := "Around the thresholds"
	if n := len(ready); fit < n {
		at := max(slices.IndexFunc(ready, func(c session.State) bool { return d.placeOf(c.ID()) == d.Session.Focused() }), 0)
		first := min(at/fit*fit, n-fit)
		ready = ready[first : first+fit]
		head = fmt.Sprintf("%s: %d of %d models, tab for others", head, fit, n)
	}
	lines := []string{d.Theme.Title.Render(term.Fit(head, s.W))}
	h := min((s.H-1)/len(ready), highest)
	for _, c := range ready {
		lines = append(lines, d.drawSpread(c, ui.Size{W: s.W, H: h})...)
	}
	return lines
}
