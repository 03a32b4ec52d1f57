package duplicates

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// summary says for every candidate its threshold, how many pairs that finds, and
// the background it stands against. In one line it is the candidate in focus.
func (d *Screen) summary(s ui.Size, sparks bool) []string {
	if s.H <= len(d.Session.Candidates()) {
		return append([]string{d.oneLine(s.W)}, d.legendLine(s.W))[:s.H]
	}
	states := d.Session.States()
	columns := []widget.Column{
		{Title: "threshold", Width: 9, Align: widget.AlignRight, Tight: true},
		{Title: "pairs", Width: d.countWidth(), Align: widget.AlignRight, Tight: true},
		{Title: "background mean, p95", Width: 20, Align: widget.AlignRight, Priority: 1},
		{Title: "best", Width: 6, Align: widget.AlignRight, Priority: 3},
		{Title: "of all pairs", Width: 12, Align: widget.AlignRight, Priority: 5},
		{Title: "strictness", Width: 10, Align: widget.AlignRight, Priority: 4},
	}
	scored := d.anyFigures()
	if s.W < 72 || scored && s.W < 90 {
		columns[2].Title, columns[2].Width = "background", 12
	}
	if scored {
		columns = slices.Insert(columns, scoreAt, d.scoreColumns(s.W)...)
	}
	var spark map[string]string
	if sparks {
		var title string
		title, spark = d.sparks()
		columns = append(columns, widget.Column{Title: title, Width: sparkWidth, Priority: 2})
	}
	row := func(c session.State) []widget.Cell {
		cells := d.summaryCells(c)
		if scored {
			cells = slices.Insert(cells, scoreAt, d.scoreCells(c)...)
		}
		return append(cells, widget.Cell{Text: spark[c.ID()]})
	}
	lead := d.leads()
	lines := pair.CandidateTable(states, columns, s.W-term.Width(lead[0]), d.Theme, row)
	for i := range lines {
		lines[i] = lead[i] + lines[i]
	}
	return lines
}

// leads stand before the lines of the summary: what marks the candidate whose threshold
// moves, and the letter that names each over its column.
func (d *Screen) leads() []string {
	n := len(d.Session.Candidates())
	leads := make([]string, n+1)
	for i := range leads {
		leads[i] = " "
		if (d.clusters.on || d.Session.Thresholds().Each()) && i == d.Session.Focused()+1 {
			leads[i] = d.Theme.Codes.Accent + d.Theme.Codes.Strong + "▸" + theme.Reset
		}
		switch {
		case n < 2:
			leads[i] += " "
		case i == 0:
			leads[i] += "  "
		default:
			leads[i] += d.Theme.Candidate(i-1) + letter(i-1) + theme.Reset + " "
		}
	}
	return leads
}

// legendHeight is how many lines the summary takes in low windows: the candidate in
// focus, and what the letters mean.
const legendHeight = 2

// summaryHeight is how many lines the summary takes in a body of that size.
func (d *Screen) summaryHeight(s ui.Size) int {
	n := len(d.Session.Candidates())
	switch {
	case n+1 <= s.H/3:
		return n + 1
	case s.H >= 8 && n > 1:
		return legendHeight
	}
	return 1
}

// legendLine says whose letter is whose, all in one line.
func (d *Screen) legendLine(w int) string {
	states := d.Session.States()
	names := make([]string, len(states))
	room := w/len(states) - 3 // the letter and what parts them
	longest := 0
	for i, c := range states {
		names[i] = term.Safe(c.Short())
		longest = max(longest, term.Width(names[i]))
	}
	if longest > room {
		names = term.DistinctCuts(names, max(room, 1))
	}
	var b strings.Builder
	for i, name := range names {
		b.WriteString(d.Theme.Candidate(i) + letter(i) + theme.Reset + " " + name + " ")
	}
	return b.String()
}

// scoreAt is where the scores stand among the columns: behind the background.
const scoreAt = 3

// scoreColumns are for how candidates do at the labels; what else stands beside
// the background gives way to them.
func (d *Screen) scoreColumns(w int) []widget.Column {
	nearest := widget.Column{Title: "in group", Width: 8, Align: widget.AlignRight, Priority: 2}
	if w >= 120 {
		nearest.Title, nearest.Width = "nearest in group", 16
	}
	at := widget.Column{Title: "best F1 at", Width: term.Width("0.000 at 0.000"), Align: widget.AlignRight, Priority: 1, Tight: true}
	for _, c := range d.Session.Ready() { // a threshold can lie under 0
		if f, ok := labelling.FiguresOf(d.Session, c.ID()); ok {
			at.Width = max(at.Width, term.Width(bestF1(f)))
		}
	}
	score := widget.Column{Title: labelling.ScoreName(d.Session, "AUC"), Width: 5, Align: widget.AlignRight, Priority: 1}
	columns := []widget.Column{score, nearest, at}
	if !d.anyNearest() {
		columns = []widget.Column{score, at}
	}
	return append(columns, overColumns()...)
}

func (d *Screen) scoreCells(c session.State) []widget.Cell {
	f, ok := labelling.FiguresOf(d.Session, c.ID())
	scores := []widget.Cell{{Text: "–"}, {Text: "–"}, {Text: "–"}}
	if ok && f.AUC != "" {
		scores = []widget.Cell{{Text: f.AUC, Pen: d.Theme.Codes.Strong}, {Text: cmp.Or(f.Nearest, "–")}, {Text: bestF1(f)}}
	}
	if !d.anyNearest() {
		scores = slices.Delete(scores, 1, 2)
	}
	return append(scores, d.overCells(c)...)
}

// bestF1 is a model's best F1 with the threshold that it is reached at.
func bestF1(f labelling.Figures) string { return f.BestF1 + " at " + f.At }

// anyNearest tells that it is known of some candidate how often the nearest text is of the
// same group; pairs as labels leave that open.
func (d *Screen) anyNearest() bool {
	return slices.ContainsFunc(d.Session.Ready(), func(c session.State) bool {
		f, ok := labelling.FiguresOf(d.Session, c.ID())
		return ok && f.Nearest != ""
	})
}

// anyFigures tells that some candidate has been tried at labels that tell pairs apart.
func (d *Screen) anyFigures() bool {
	return slices.ContainsFunc(d.Session.Ready(), func(c session.State) bool {
		f, ok := labelling.FiguresOf(d.Session, c.ID())
		return ok && f.AUC != ""
	})
}

// countWidth is how wide the numbers of pairs are.
func (d *Screen) countWidth() int {
	w := term.Width("pairs")
	for _, s := range d.wanted.used() {
		w = max(w, term.Width(format.Thousands(s.scan.CountAt(s.threshold))))
	}
	return w
}

// sparkWidth is how wide a curve beside its numbers is.
const sparkWidth = 11

// sparks are the curves as a line for each candidate, by id, and their axis.
func (d *Screen) sparks() (axis string, lines map[string]string) {
	curve := d.curve()
	scale := plot.NewCountScale(curve.Most())
	lines = map[string]string{}
	for i, c := range d.Session.Ready() {
		lines[c.ID()] = curve.Sparkline(curve.Series[i], scale, sparkWidth, 0)
	}
	return fmt.Sprintf("%.1f to %.1f", curve.Lo, curve.Hi), lines
}

// greatest is the similarity of the most similar pair, exact where it was kept.
func greatest(s *compare.Scan) float64 {
	if pairs := s.Pairs(); len(pairs) > 0 {
		return pairs[0].Similarity
	}
	return s.Background.Max
}

func (d *Screen) summaryCells(c session.State) []widget.Cell {
	threshold := d.Session.Thresholds().Of(c.ID())
	scan, b := c.Result.Scan, c.Result.Scan.Background
	found := scan.CountAt(threshold)
	best, share := "–", "–"
	if b.Pairs > 0 {
		best = format.Similarity(greatest(scan), 3)
		share = percent(found, b.Pairs)
	}
	return []widget.Cell{
		{Text: pair.ThresholdNumber(threshold), Pen: d.Theme.Codes.Strong}, {Text: format.Thousands(found), Pen: d.Theme.Codes.Strong},
		{Text: pair.BackgroundNumbers(c)}, {Text: best}, {Text: share}, {Text: pair.Strictness(b.Strictness(threshold))},
	}
}

// percent is a share of all pairs; what is not nothing never looks like it.
func percent(n, of int) string {
	p := 100 * float64(n) / float64(of)
	switch {
	case n == 0 || p >= 10:
		return format.Fixed(p, 0) + "%"
	case p >= 1:
		return format.Fixed(p, 1) + "%"
	case p < 0.01:
		return "<0.01%"
	default:
		return format.Fixed(p, 2) + "%"
	}
}

// oneLine is the candidate in focus, for windows with few lines.
func (d *Screen) oneLine(w int) string {
	at := d.Session.Focused()
	c := d.Session.States()[at]
	pen := d.Theme.Candidate(at)
	if c.Phase != session.PhaseReady {
		name := term.Safe(c.Short())
		return pen + name + theme.Reset + " " + d.Theme.Dim.Render(candidate.Of(c).Line(w-term.Width(name)-1))
	}
	if len(d.Session.Candidates()) > 1 {
		pen += letter(at) + " "
		w -= 2
	}
	threshold := d.Session.Thresholds().Of(c.ID())
	b := c.Result.Scan.Background
	rest := fmt.Sprintf(" ≥ %s: %s · background mean %.2f, p95 %.2f", pair.ThresholdNumber(threshold), format.Count(c.Result.Scan.CountAt(threshold), "pair"), b.Mean, b.P95)
	figures, scored := labelling.FiguresOf(d.Session, c.ID())
	if scored {
		rest += " · " + figures.Lines()[0]
	}
	if term.Width(rest)+term.Width(pair.CandidateName(c, 0)) <= w {
		return pen + pair.CandidateName(c, 0) + theme.Reset + rest
	}
	rest = fmt.Sprintf(" ≥%s %s, bg %.2f %.2f", pair.ThresholdNumber(threshold), format.Thousands(c.Result.Scan.CountAt(threshold)), b.Mean, b.P95)
	if scored {
		lines := figures.Lines()
		rest = fmt.Sprintf(" ≥%s %s, %s", pair.ThresholdNumber(threshold), format.Thousands(c.Result.Scan.CountAt(threshold)), lines[len(lines)-1])
	}
	room := max(w-term.Width(rest), 6)
	return pen + term.DimensionsCut(pair.CandidateName(c, 0), room, room/2) + theme.Reset + rest
}

// curve is the number of pairs along the threshold, from about the background up.
func (d *Screen) curve() plot.Curve {
	c := plot.Curve{Lo: 0.9, Hi: 1, Styles: d.Theme.Codes}
	for i, state := range d.Session.States() {
		if state.Phase != session.PhaseReady {
			continue
		}
		threshold := d.Session.Thresholds().Of(state.ID())
		lowest := min(threshold, state.Result.Scan.Background.Mean)
		c.Lo = min(c.Lo, max(math.Floor(lowest*10)/10, -1))
		c.Series = append(c.Series, plot.CurveSeries{
			Name: state.Short(), Letter: d.letterOf(i), Pen: d.Theme.Candidate(i), Count: state.Result.Scan.CountAt, At: threshold,
		})
	}
	return c
}

// letterOf names a candidate in a drawing; empty where there is one.
func (d *Screen) letterOf(i int) string {
	if len(d.Session.Candidates()) < 2 {
		return ""
	}
	return letter(i)
}
