package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// emptyText says what to do when there is nothing to compare.
func (d *duplicatesScreen) emptyText() string {
	if emptyText(d.store) == "" && d.store.corpus.Len() == 1 && len(d.store.texts()) <= 1 {
		return "One text makes no pair: on Texts a adds another, o opens a file."
	}
	return emptyText(d.store)
}

// summary says for every candidate its threshold, how many pairs that finds, and
// the background it stands against. In one line it is the candidate in focus.
func (d *duplicatesScreen) summary(s size, sparks bool) []string {
	if s.h == 1 {
		return []string{d.oneLine(s.w)}
	}
	states := d.store.states()
	columns := []Column{
		{Title: "threshold", Width: 9, Align: AlignRight},
		{Title: "pairs", Width: d.countWidth(), Align: AlignRight},
		{Title: "background mean, p95", Width: 20, Align: AlignRight, Priority: 1},
		{Title: "best", Width: 6, Align: AlignRight, Priority: 3},
		{Title: "of all pairs", Width: 12, Align: AlignRight, Priority: 5},
		{Title: "over mean", Width: 9, Align: AlignRight, Priority: 4},
	}
	if s.w < 72 {
		columns[2].Title, columns[2].Width = "mean, p95", 12
	}
	var spark map[string]string
	if sparks {
		var title string
		title, spark = d.sparks()
		columns = append(columns, Column{Title: title, Width: sparkWidth, Priority: 2})
	}
	row := func(c candidateState) []Cell {
		return append(d.summaryCells(c), Cell{Text: spark[c.ID()]})
	}
	lines := candidateTable(states, columns, s.w-2, d.theme, row)
	for i := range lines {
		mark := "  "
		if d.store.perCandidate && i == d.store.focused()+1 {
			mark = d.theme.sgr.accent + d.theme.sgr.strong + "▸" + sgrReset + " "
		}
		lines[i] = mark + lines[i]
	}
	return lines
}

// countWidth is how wide the numbers of pairs are.
func (d *duplicatesScreen) countWidth() int {
	w := term.Width("pairs")
	for _, s := range d.wanted.used() {
		w = max(w, term.Width(format.Thousands(s.scan.CountAt(s.threshold))))
	}
	return w
}

// sparkWidth is how wide a curve beside its numbers is.
const sparkWidth = 11

// sparks are the curves as a line for each candidate, by id, and their axis.
func (d *duplicatesScreen) sparks() (axis string, lines map[string]string) {
	curve := d.curve()
	scale := newCountScale(curve.most())
	lines = map[string]string{}
	for i, c := range d.store.ready() {
		lines[c.ID()] = curve.sparkline(curve.Series[i], scale, sparkWidth, 0)
	}
	return fmt.Sprintf("%.1f to %.1f", curve.Lo, curve.Hi), lines
}

func (d *duplicatesScreen) summaryCells(c candidateState) []Cell {
	threshold := d.store.thresholdOf(c.ID())
	scan, b := c.result.Scan, c.result.Scan.Background
	found := scan.CountAt(threshold)
	best, share := "–", "–"
	if b.Pairs > 0 {
		best = format.Fixed(b.Max, 3)
		share = percent(found, b.Pairs)
	}
	return []Cell{
		{Text: thresholdNumber(threshold), Pen: d.theme.sgr.strong}, {Text: format.Thousands(found), Pen: d.theme.sgr.strong},
		{Text: backgroundNumbers(c)}, {Text: best}, {Text: share}, {Text: overMean(c, threshold)},
	}
}

// percent is a share of all pairs; what is not nothing never looks like it.
func percent(n, of int) string {
	p := 100 * float64(n) / float64(of)
	switch {
	case n == 0 || p >= 10:
		return format.Fixed(p, 0) + "%"
	case p < 0.01:
		return "<0.01%"
	default:
		return strconv.FormatFloat(p, 'g', 2, 64) + "%"
	}
}

// oneLine is the candidate in focus, for windows with few lines.
func (d *duplicatesScreen) oneLine(w int) string {
	at := d.store.focused()
	c := d.store.states()[at]
	pen := d.theme.candidate(at)
	if c.phase != phaseReady {
		name := term.Safe(c.Short())
		return pen + name + sgrReset + " " + d.theme.dim.Render(phaseLine(c, w-term.Width(name)-1))
	}
	threshold := d.store.thresholdOf(c.ID())
	b := c.result.Scan.Background
	rest := fmt.Sprintf(" ≥ %s: %s · background mean %.2f, p95 %.2f", thresholdNumber(threshold), format.Count(c.result.Scan.CountAt(threshold), "pair"), b.Mean, b.P95)
	if term.Width(rest)+term.Width(candidateName(c, 0)) <= w {
		return pen + candidateName(c, 0) + sgrReset + rest
	}
	rest = fmt.Sprintf(" ≥%s %s, bg %.2f %.2f", thresholdNumber(threshold), format.Thousands(c.result.Scan.CountAt(threshold)), b.Mean, b.P95)
	room := max(w-term.Width(rest), 6)
	return pen + term.DimensionsCut(candidateName(c, 0), room, room/2) + sgrReset + rest
}

// noteHeight is how many lines the note takes in a body of that size. It does not
// depend on the selected pair, so that the list stays where it is.
func (d *duplicatesScreen) noteHeight(s size) int {
	why := d.incomplete()
	if why == "" || s.h <= 8 {
		if s.h >= 18 {
			return 1
		}
		return 0
	}
	return min(len(term.SafeLines(why, s.w)), 1+s.h/7)
}

// note is what must be said about the list, or about the selected pair, or else
// about thresholds.
func (d *duplicatesScreen) note(w int) []string {
	if why := d.incomplete(); why != "" {
		lines := term.SafeLines(why, w)
		for i, l := range lines {
			lines[i] = d.theme.warn.Render(l)
		}
		return lines
	}
	if d.list.cursor < len(d.rows) {
		if remarks := readInPart(d.store, int(d.rows[d.list.cursor][0]), int(d.rows[d.list.cursor][1])); len(remarks) > 0 {
			return []string{d.theme.warn.Render(term.Truncate(strings.Join(remarks, " · "), w))}
		}
	}
	if len(d.store.candidates) < 2 {
		return nil
	}
	return []string{d.theme.dim.Render(d.notTheSame())}
}

// notTheSame is the sentence that keeps people from comparing raw similarities.
func (d *duplicatesScreen) notTheSame() string {
	what := format.Threshold(d.store.threshold)
	if d.store.perCandidate {
		what = "A similarity"
	}
	return what + " does not mean the same in two models: read it against each background."
}

// incomplete says whose pairs are not all listed; empty when all are.
func (d *duplicatesScreen) incomplete() string {
	for _, c := range d.store.states() {
		if lacks := lackText(c); lacks != "" {
			return fmt.Sprintf("%s: %s; pairs with the others are not among these.", term.Safe(c.Short()), lacks)
		}
	}
	for _, s := range d.wanted.used() {
		if !s.scan.Complete(s.threshold) {
			kept := len(s.scan.Pairs())
			return fmt.Sprintf("%s: only its %s most similar pairs are kept, those from %s up; fewer are listed than counted.",
				term.Safe(s.id), format.Thousands(kept), format.Threshold(math.Ceil(s.scan.Floor()*1e4)/1e4))
		}
	}
	return ""
}

// curve is the number of pairs along the threshold, from about the background up.
func (d *duplicatesScreen) curve() Curve {
	c := Curve{Lo: 0.9, Hi: 1, Styles: d.theme.sgr}
	for i, state := range d.store.states() {
		if state.phase != phaseReady {
			continue
		}
		threshold := d.store.thresholdOf(state.ID())
		lowest := min(threshold, state.result.Scan.Background.Mean)
		c.Lo = min(c.Lo, max(math.Floor(lowest*10)/10, -1))
		c.Series = append(c.Series, CurveSeries{
			Name: state.Short(), Pen: d.theme.candidate(i), Count: state.result.Scan.CountAt, At: threshold,
		})
	}
	return c
}

// nothingFound says why the list is empty and which key changes that.
func (d *duplicatesScreen) nothingFound(w, h int) []string {
	var paragraphs []string
	ready := d.store.ready()
	switch {
	case len(ready) == 0 && d.store.busy():
		paragraphs = []string{"Waiting for the first candidate's result."}
	case len(ready) == 0 && d.store.unpaid() > 0:
		paragraphs = []string{"No candidate has a result yet. E shows what embedding costs; 1 chooses others, among them models inside the binary, which cost nothing."}
	case len(ready) == 0:
		paragraphs = []string{"No candidate has a result: what is in the way stands beside each. 1 chooses others, R tries again."}
	case d.searching():
		paragraphs = []string{"Looking for pairs."}
	case d.wanted.disagree && d.anyFound(ready):
		paragraphs = []string{"On every pair over a threshold the candidates agree. f shows them all."}
	default:
		paragraphs = append(d.nearest(ready),
			"[ lowers the threshold by 0.01, ( by 0.001, t takes a number.", d.notTheSame())
	}
	lines := []string{""}
	for _, p := range paragraphs {
		for _, l := range term.SafeLines(p, max(w-4, 1)) {
			lines = append(lines, "  "+l)
		}
	}
	if len(lines) > h {
		lines = lines[1:]
	}
	return lines
}

func (d *duplicatesScreen) anyFound(ready []candidateState) bool {
	for _, c := range ready {
		if c.result.Scan.CountAt(d.store.thresholdOf(c.ID())) > 0 {
			return true
		}
	}
	return false
}

// nearest says how similar the best pair of each candidate is.
func (d *duplicatesScreen) nearest(ready []candidateState) []string {
	out := []string{"No pair reaches the threshold. The most similar pair of each candidate:"}
	for _, c := range ready {
		text := c.Short() + " "
		pairs := c.result.Scan.Pairs()
		switch {
		case c.result.Scan.Background.Pairs == 0:
			text += "has no two texts with a vector"
		case len(pairs) > 0:
			p := pairs[0]
			text += fmt.Sprintf("%s, texts %d and %d", format.Near(p.Similarity, d.store.thresholdOf(c.ID()), 3, 6), p.A+1, p.B+1)
		default:
			text += format.Fixed(c.result.Scan.Background.Max, 3)
		}
		out = append(out, "  "+text)
	}
	return out
}

// askThreshold asks for the threshold as a number.
func (d *duplicatesScreen) askThreshold() {
	title := "Threshold for all candidates"
	if d.store.perCandidate {
		title = "Threshold of " + term.Safe(d.store.candidates[d.store.focused()].ID())
	}
	about := fmt.Sprintf("From -1 to 1, or in per cent: 0.9, .9 or 90%%. It is %s now.", format.Threshold(d.threshold()))
	d.open(newPrompt(d.theme, title, about, format.Threshold(d.threshold()), func(typed string) (tea.Cmd, string) {
		value, problem := format.ParseThreshold(typed)
		if problem == "" {
			d.setThreshold(value)
		}
		return nil, problem
	}))
}
