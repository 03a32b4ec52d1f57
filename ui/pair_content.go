package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// duplicateMark and apartMark stand beside a similarity at or over the threshold
// and under it.
const (
	duplicateMark = "●"
	apartMark     = "·"
)

// pairTexts are two texts under their names, with the words that differ marked,
// wrapped to the width; of each text about limit bytes where
// they differ.
func pairTexts(s *store, a, b, w, limit int, t *theme) []string {
	texts := s.texts()
	as, bs := markedPair(windows(texts[a].Text, texts[b].Text, limit))
	lines := append([]string{t.title.Render(textHeading(texts, a))}, markedLines(as, w, t)...)
	if a == b {
		return append(lines, "", t.dim.Render("One text beside itself is always 1; move the cursor to compare two."), "")
	}
	lines = append(lines, "", t.title.Render(textHeading(texts, b)))
	lines = append(lines, markedLines(bs, w, t)...)
	if texts[a].Text == texts[b].Text {
		lines = append(lines, "", t.dim.Render("The two are the same, character by character."))
	}
	return append(lines, "")
}

// textHeading names a text: its number, its id and its group.
func textHeading(texts []corpus.Text, i int) string {
	head := fmt.Sprintf("Text %d", i+1)
	if id := texts[i].ID; id != "" {
		head += " · " + term.Safe(id)
	}
	if g := texts[i].Group; g != "" {
		head += " · " + term.Safe(g)
	}
	return head
}

// pairValues is the table of what every candidate makes of a pair: the
// similarity, whether that is a duplicate, and how far it stands out among all
// pairs, which can be compared between candidates where the similarity cannot.
func pairValues(s *store, a, b, w int, t *theme) []string {
	columns := []Column{
		{Title: "similarity", Width: 10, Align: AlignRight},
		{Title: "threshold", Width: 9, Align: AlignRight, Priority: 1},
		{Title: "background mean, p95", Width: 20, Align: AlignRight, Priority: 2},
		{Title: "place", Width: 13, Align: AlignRight, Priority: 3},
		{Title: "over mean", Width: 9, Align: AlignRight, Priority: 5},
		{Title: "", Width: 9, Priority: 4},
	}
	if w < 90 {
		columns[2].Title, columns[2].Width = "mean, p95", 12
	}
	for _, c := range s.ready() {
		pairs := format.Thousands(c.result.Scan.Background.Pairs)
		columns[3].Width = max(columns[3].Width, 2*term.Width(pairs)+term.Width(" of "))
	}
	lines := candidateTable(s.states(), columns, w, t, func(c candidateState) []Cell {
		v := c.result.Vectors
		if !v.Has(a) || !v.Has(b) {
			return []Cell{{Text: "no vector", Pen: t.sgr.dim}}
		}
		similarity, threshold := v.Similarity(a, b), s.thresholdOf(c.ID())
		if a == b {
			return []Cell{{Text: format.Fixed(similarity, 4)}, {Text: thresholdNumber(threshold)}, {Text: backgroundNumbers(c)}}
		}
		mark, verdict, pen := apartMark, "apart", t.sgr.dim
		if similarity >= threshold {
			mark, verdict, pen = duplicateMark, "duplicate", t.sgr.good+t.sgr.strong
		}
		place := fmt.Sprintf("%s of %s", format.Thousands(c.result.Scan.Place(similarity)), format.Thousands(c.result.Scan.Background.Pairs))
		return []Cell{
			{Text: mark + " " + format.Near(similarity, threshold, 4, 6), Pen: pen}, {Text: thresholdNumber(threshold)},
			{Text: backgroundNumbers(c)}, {Text: place}, {Text: overMean(c, similarity)}, {Text: verdict, Pen: pen},
		}
	})
	for _, remark := range readInPart(s, a, b) {
		for _, l := range term.SafeLines(remark, w) {
			lines = append(lines, t.warn.Render(l))
		}
	}
	return lines
}

// readInPart says which candidates read only the beginning of two texts: what
// differs after it makes no difference to them.
func readInPart(s *store, a, b int) []string {
	var remarks []string
	for _, c := range s.ready() {
		var which []string
		for _, i := range slices.Compact([]int{a, b}) {
			if c.result.ReadInPart(i) {
				which = append(which, format.Thousands(i+1))
			}
		}
		if len(which) == 0 {
			continue
		}
		remark := fmt.Sprintf("~ %s read only the beginning of %s", candidateName(c, 0), strings.Join(which, " and "))
		if n := c.model.MaxTokens; n > 0 {
			remark += fmt.Sprintf(" (its limit is %s)", format.Count(n, "token"))
		}
		remarks = append(remarks, remark)
	}
	return remarks
}

// candidateTable has a row for every candidate, its name first; one without a
// result says why in the place of numbers.
func candidateTable(states []candidateState, columns []Column, w int, t *theme, row func(candidateState) []Cell) []string {
	short, long := 9, 9
	for _, c := range states {
		short = max(short, term.Width(candidateName(c, 0)))
		long = max(long, term.Width(candidateName(c, far)))
	}
	name := Column{Title: "candidate", Width: long, Min: min(short, max(w/3, 9))}
	table := Table{
		Columns: append([]Column{name}, columns...), Rows: len(states), Cursor: -1, Styles: t.sgr,
	}
	nameWidth := table.Fit(w, len(states)+1).places[0].w
	room := nameWidth
	if room < long {
		room = 0 // all short where not all fit
	}
	names := make([]string, len(states))
	for i, c := range states {
		names[i] = candidateName(c, room)
	}
	names = term.DistinctCuts(names, nameWidth)
	table.Row = func(i int) []Cell {
		cells := []Cell{{Text: names[i], Pen: t.candidate(i)}}
		if states[i].phase == phaseReady {
			cells = append(cells, row(states[i])...)
		}
		return cells
	}
	lines := table.Draw(w, len(states)+1)
	for i, c := range states {
		if c.phase != phaseReady {
			text := term.Fit(names[i], nameWidth)
			lines[i+1] = t.candidate(i) + text + sgrReset + t.sgr.dim + term.Fit("  "+phaseLine(c, w-term.Width(text)-2), max(w-term.Width(text), 0)) + sgrReset
		}
	}
	return lines
}

// candidateName is the id, without the provider where the width asks for it, and
// that the vectors are derived.
func candidateName(c candidateState, w int) string {
	derived := ""
	if c.derived() {
		derived = " derived"
	}
	if full := term.Safe(c.ID()) + derived; term.Width(full) <= w {
		return full
	}
	return term.Safe(c.Short()) + derived
}

// backgroundNumbers are the mean and the 95th percentile of all similarities.
func backgroundNumbers(c candidateState) string {
	b := c.result.Scan.Background
	if b.Pairs == 0 {
		return "no pairs"
	}
	return format.Fixed(b.Mean, 3) + ", " + format.Fixed(b.P95, 3)
}

// overMean is how many standard deviations a similarity lies over the mean of
// all pairs.
func overMean(c candidateState, similarity float64) string {
	b := c.result.Scan.Background
	if b.SD < 1e-6 {
		return "–"
	}
	return fmt.Sprintf("%+.1f sd", (similarity-b.Mean)/b.SD)
}

// thresholdNumber writes a threshold with three decimals, or four where it has
// as many.
func thresholdNumber(v float64) string {
	if text := format.Fixed(v, 4); !strings.HasSuffix(text, "0") {
		return text
	}
	return format.Fixed(v, 3)
}
