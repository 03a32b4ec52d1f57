package duplicates

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// The signs before a cluster whose members are hidden and shown, and the sign of one
// whose least similar two texts lie under the threshold.
const (
	foldedSign   = "▸"
	unfoldedSign = "▾"
	driftSign    = "!"
)

// clusterColumn is a column with what a click on its title sorts by; empty for nothing.
type clusterColumn struct {
	widget.Column
	sort  string
	cells func(v *clusterView, r clusterRow, head bool, w int) widget.Cell
}

// columns are those of the clusters in a width.
func (v *clusterView) columns(w int) []clusterColumn {
	digits := 1
	if len(v.linked) > 0 {
		digits = len(format.Thousands(len(v.linked[0].Texts)))
	}
	right := func(title string, width, priority int) widget.Column {
		return widget.Column{Title: title, Width: width, Priority: priority, Align: widget.AlignRight}
	}
	weakest := right("weakest", 8, 3)
	if w >= 100 {
		weakest = right("weakest link", 12, 3)
	}
	columns := []clusterColumn{
		{widget.Column{Title: "texts", Width: max(digits+2, 6)}, sortSize, (*clusterView).sizeCell},
		{widget.Column{Title: "stands for it", Width: 16, Min: 10, Flex: 1}, sortFirst, (*clusterView).textCell},
		{weakest, "", (*clusterView).weakestCell},
		{right("drift", 8, 2), "", (*clusterView).driftCell},
		{right("least", 8, 0), sortLeast, (*clusterView).leastCell},
	}
	if labelling.Any(v.Session) {
		columns = append(columns, clusterColumn{widget.Column{Title: "others", Width: max(6, 6+2*digits), Priority: 1}, "", (*clusterView).groupCell})
	}
	for i := range columns {
		if columns[i].sort == v.sort.by {
			columns[i].Sort = widget.SortUp
			if (v.sort.by == sortSize) != v.sort.reversed {
				columns[i].Sort = widget.SortDown
			}
		}
	}
	return columns
}

// table is the list of clusters.
func (v *clusterView) table(w, h int) widget.Table {
	columns := v.columns(w)
	t := widget.Table{Rows: len(v.rows), Cursor: v.list.Cursor, Top: v.list.Top, Styles: v.Theme.Codes}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.Column)
	}
	widths := make([]int, len(columns))
	for _, p := range t.Fit(w, h).Places {
		widths[p.Column] = p.W
	}
	t.Row = func(i int) []widget.Cell {
		r := v.rows[i]
		head := r.text == v.clusters[r.cluster].Representative
		cells := make([]widget.Cell, len(columns))
		for k, c := range columns {
			if widths[k] > 0 {
				cells[k] = c.cells(v, r, head, widths[k])
			}
		}
		return cells
	}
	return t
}

func (v *clusterView) sizeCell(r clusterRow, head bool, _ int) widget.Cell {
	if !head {
		return widget.Cell{}
	}
	sign := foldedSign
	if v.unfolded[r.text] {
		sign = unfoldedSign
	}
	return widget.Cell{Text: sign + " " + format.Thousands(len(v.clusters[r.cluster].Texts)), Pen: v.Theme.Codes.Strong}
}

// textCell is a text behind its number; a member shows where it differs from the text
// that stands for its cluster.
func (v *clusterView) textCell(r clusterRow, head bool, w int) widget.Cell {
	texts := v.Session.Texts()
	number := fmt.Sprintf("%*d ", len(fmt.Sprint(len(texts))), r.text+1)
	if !head {
		number = "  " + number
	}
	if v.words != "" {
		return v.filter.cell(number, r.text, w)
	}
	if head {
		return widget.Cell{Text: number + term.Excerpt(texts[r.text].Text, max(w-term.Width(number), 1))}
	}
	_, line := v.marked.pair(texts, [2]int32{int32(v.clusters[r.cluster].Representative), int32(r.text)}, w, max(w-term.Width(number), 1), v.Theme.Codes.Match)
	return widget.Cell{Text: number + line}
}

func (v *clusterView) weakestCell(r clusterRow, head bool, _ int) widget.Cell {
	if !head {
		return widget.Cell{}
	}
	return widget.Cell{Text: format.Similarity(v.clusters[r.cluster].Weakest, 3), Pen: v.Theme.Codes.Dim}
}

// driftCell is the least similarity to the text that stands for the cluster; of a member
// its own.
func (v *clusterView) driftCell(r clusterRow, head bool, _ int) widget.Cell {
	c := v.clusters[r.cluster]
	value := c.Drift
	if !head {
		value = v.found.source.matrix.Vectors().Similarity(c.Representative, r.text)
	}
	return widget.Cell{Text: format.Near(value, v.found.source.threshold, 3, 6), Pen: v.underPen(value)}
}

// leastCell is the least similarity inside a cluster, with a sign where it lies under
// the threshold.
func (v *clusterView) leastCell(r clusterRow, head bool, _ int) widget.Cell {
	if !head {
		return widget.Cell{}
	}
	c := v.clusters[r.cluster]
	text := report.LeastSimilarity(c)
	if c.Drifts(v.found.source.threshold) {
		text = driftSign + " " + text
	}
	return widget.Cell{Text: text, Pen: v.underPen(c.Least)}
}

// underPen warns of what lies under the threshold.
func (v *clusterView) underPen(similarity float64) string {
	if similarity < v.found.source.threshold {
		return v.Theme.Codes.Warn
	}
	return v.Theme.Codes.Dim
}

// groupCell is what labels say: of a cluster how many of its texts do not belong with
// the one that stands for it, of a member whether it does.
func (v *clusterView) groupCell(r clusterRow, head bool, _ int) widget.Cell {
	if !head {
		p := [2]int{v.clusters[r.cluster].Representative, r.text}
		return widget.Cell{Text: labelling.Signs(v.Session, min(p[0], p[1]), max(p[0], p[1]))}
	}
	switch b := v.belong[r.cluster]; {
	case b.other > 0:
		return widget.Cell{Text: labelling.DifferentSign + fmt.Sprintf(" %s of %s", format.Thousands(b.other), format.Thousands(len(v.clusters[r.cluster].Texts))), Pen: v.Theme.Codes.Warn}
	case b.same > 0:
		return widget.Cell{Text: labelling.SameSign, Pen: v.Theme.Codes.Good}
	}
	return widget.Cell{}
}

// note warns of the cluster under the cursor where its texts are less alike than the
// threshold, else says what clusters are.
func (v *clusterView) note(w int) string {
	_, c, _, ok := v.row()
	if !ok {
		return ""
	}
	if !c.Drifts(v.found.source.threshold) {
		return v.Theme.Dim.Render(term.Truncate("Pairs link these texts, directly or through others: chains drift.", w))
	}
	return v.Theme.Warn.Render(term.Truncate(v.driftText(c), w))
}

// driftText names the two texts of a cluster that are least alike.
func (v *clusterView) driftText(c compare.Cluster) string {
	return fmt.Sprintf("Chains drift: texts %s and %s are only %s alike, under the threshold %s.",
		format.Thousands(c.Apart[0]+1), format.Thousands(c.Apart[1]+1), report.LeastSimilarity(c), pair.ThresholdNumber(v.found.source.threshold))
}

// nothing says why there is no cluster and which key changes that.
func (v *clusterView) nothing(w int) []string {
	c := v.of()
	var text string
	switch {
	case v.wanted.source.scan == nil:
		text = term.Safe(c.Short()) + ": " + candidate.Of(c).Line(ui.Unlimited) + ". Clusters are of one model" + v.toTheNext("; tab goes to the next") + "."
	case v.searching():
		text = "Looking for clusters."
	case len(v.linked) > 0:
		text = "No cluster has these words. " + ui.KeyBack.Help().Key + " clears the filter."
	default:
		text = fmt.Sprintf("No two texts reach the threshold %s under %s: [ lowers it by 0.01, t takes a number%s.",
			format.Threshold(v.threshold()), term.Safe(c.Short()), v.toTheNext(", tab goes to the next model"))
	}
	lines := []string{""}
	for _, l := range term.SafeLines(text, max(w-4, 1)) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// toTheNext is what leads to the next candidate, where there is another.
func (v *clusterView) toTheNext(hint string) string {
	if len(v.Session.Candidates()) < 2 {
		return ""
	}
	return hint
}

// headRule stands over the pair that a cluster shows in full.
func (v *clusterView) headRule(w int) string {
	title := ""
	if _, c, head, ok := v.row(); ok && head && len(c.Texts) > 2 {
		title = "── least alike "
	}
	return term.Truncate(title+strings.Repeat("─", max(w-term.Width(title), 0)), w)
}
