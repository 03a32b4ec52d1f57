package pair

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// DuplicateMark and ApartMark stand beside a similarity at or over the threshold
// and under it.
const (
	DuplicateMark = "●"
	ApartMark     = "·"
)

// Texts are two texts under their names, with the words that differ marked,
// wrapped to the width; of each text about limit bytes where
// they differ.
func Texts(s *session.Session, a, b, w, limit int, t *theme.Theme) []string {
	texts := s.Texts()
	as, bs := markedPair(windows(texts[a].Text, texts[b].Text, limit))
	lines := append([]string{t.Title.Render(textHeading(texts, a))}, markedLines(as, w, t)...)
	if a == b {
		return append(lines, "", t.Dim.Render("One text beside itself is always 1; move the cursor to compare two."), "")
	}
	lines = append(lines, "", t.Title.Render(textHeading(texts, b)))
	lines = append(lines, markedLines(bs, w, t)...)
	if texts[a].Text == texts[b].Text {
		lines = append(lines, "", t.Dim.Render("The two are the same, character by character."))
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

// Values is the table of what every candidate makes of a pair: the
// similarity, whether that is a duplicate, and how far it stands out among all
// pairs, which can be compared between candidates where the similarity cannot.
func Values(s *session.Session, a, b, w int, t *theme.Theme) []string {
	columns := []widget.Column{
		{Title: "similarity", Width: 10, Align: widget.AlignRight},
		{Title: "threshold", Width: 9, Align: widget.AlignRight, Priority: 1},
		{Title: "background mean, p95", Width: 20, Align: widget.AlignRight, Priority: 2},
		{Title: "rank", Width: 13, Align: widget.AlignRight, Priority: 3},
		{Title: "strictness", Width: 10, Align: widget.AlignRight, Priority: 5},
		{Title: "", Width: 9, Priority: 4},
	}
	if w < 90 {
		columns[2].Title, columns[2].Width = "background", 12
	}
	for _, c := range s.Ready() {
		pairs := format.Thousands(c.Result.Scan.Background.Pairs)
		columns[3].Width = max(columns[3].Width, 2*term.Width(pairs)+term.Width(" of "))
	}
	lines := CandidateTable(s.States(), columns, w, t, func(c session.State) []widget.Cell {
		v := c.Result.Vectors
		if !v.Has(a) || !v.Has(b) {
			return []widget.Cell{{Text: "no vector", Pen: t.Codes.Dim}}
		}
		similarity, threshold := v.Similarity(a, b), s.Thresholds().Of(c.ID())
		if a == b {
			return []widget.Cell{{Text: format.Similarity(similarity, 3)}, {Text: ThresholdNumber(threshold)}, {Text: BackgroundNumbers(c)}}
		}
		mark, verdict, pen := ApartMark, "different", t.Codes.Dim
		if similarity >= threshold {
			mark, verdict, pen = DuplicateMark, "duplicate", t.Codes.Good+t.Codes.Strong
		}
		place := fmt.Sprintf("%s of %s", format.Thousands(c.Result.Scan.Place(similarity)), format.Thousands(c.Result.Scan.Background.Pairs))
		return []widget.Cell{
			{Text: mark + " " + format.Near(similarity, threshold, 3, 6), Pen: pen}, {Text: ThresholdNumber(threshold)},
			{Text: BackgroundNumbers(c)}, {Text: place}, {Text: Strictness(c.Result.Scan.Background.Strictness(similarity))}, {Text: verdict, Pen: pen},
		}
	})
	for _, remark := range ReadInPart(s, a, b) {
		for _, l := range term.SafeLines(remark, w) {
			lines = append(lines, t.Warn.Render(l))
		}
	}
	return lines
}

// ReadInPart says which candidates read only the beginning of two texts, or do not
// know a good part of them: what differs there makes no difference to them.
func ReadInPart(s *session.Session, a, b int) []string {
	var remarks []string
	for _, c := range s.Ready() {
		if cut := which(a, b, c.Result.ReadInPart); cut != "" {
			remark := fmt.Sprintf("~ %s read only the beginning of %s", CandidateName(c, 0), cut)
			if n := c.Row.MaxTokens; n > 0 {
				remark += fmt.Sprintf(" (its limit is %s)", format.Count(n, "token"))
			}
			remarks = append(remarks, remark)
		}
		if unknown := which(a, b, c.Result.KnownInPart); unknown != "" {
			remarks = append(remarks, fmt.Sprintf("~ %s knows only a part of %s; the rest looks all alike to it", CandidateName(c, 0), unknown))
		}
	}
	return remarks
}

// which are the numbers of those of two texts that something holds of.
func which(a, b int, holds func(int) bool) string {
	var numbers []string
	for _, i := range slices.Compact([]int{a, b}) {
		if holds(i) {
			numbers = append(numbers, format.Thousands(i+1))
		}
	}
	return strings.Join(numbers, " and ")
}

// CandidateTable has a row for every candidate, its name first; one without a
// result says why in the place of numbers.
func CandidateTable(states []session.State, columns []widget.Column, w int, t *theme.Theme, row func(session.State) []widget.Cell) []string {
	short, long := 9, 9
	for _, c := range states {
		short = max(short, term.Width(CandidateName(c, 0)))
		long = max(long, term.Width(CandidateName(c, ui.Unlimited)))
	}
	name := widget.Column{Title: "model", Width: long, Min: min(short, max(w/3, 9))}
	table := widget.Table{
		Columns: append([]widget.Column{name}, columns...), Rows: len(states), Cursor: -1, TellHidden: true, Styles: t.Codes,
	}
	nameWidth := table.Fit(w, len(states)+1).Places[0].W
	room := nameWidth
	if room < long {
		room = 0 // all short where not all fit
	}
	names := make([]string, len(states))
	for i, c := range states {
		names[i] = CandidateName(c, room)
	}
	if short > nameWidth { // the names come before how their vectors were made
		for i, c := range states {
			names[i] = term.Safe(c.Short())
		}
	}
	names = term.DistinctCuts(names, nameWidth)
	table.Row = func(i int) []widget.Cell {
		cells := []widget.Cell{{Text: names[i], Pen: t.Candidate(i)}}
		if states[i].Phase == session.PhaseReady {
			cells = append(cells, row(states[i])...)
		}
		return cells
	}
	lines := table.Draw(w, len(states)+1)
	for i, c := range states {
		if c.Phase != session.PhaseReady {
			text := term.Fit(names[i], nameWidth)
			lines[i+1] = t.Candidate(i) + text + theme.Reset + t.Codes.Dim + term.Fit("  "+candidate.Of(c).Line(w-term.Width(text)-2), max(w-term.Width(text), 0)) + theme.Reset
		}
	}
	return lines
}

// CandidateName is the id, without the provider where the width asks for it, and
// that the vectors are derived.
func CandidateName(c session.State, w int) string {
	derived := ""
	if c.Derived() {
		derived = " derived"
	}
	if full := term.Safe(c.ID()) + derived; term.Width(full) <= w {
		return full
	}
	return term.Safe(c.Short()) + derived
}

// BackgroundNumbers are the mean and the 95th percentile of all similarities.
func BackgroundNumbers(c session.State) string {
	b := c.Result.Scan.Background
	if b.Pairs == 0 {
		return "no pairs"
	}
	return format.Fixed(b.Mean, 3) + ", " + format.Similarity(format.Round(b.P95, 6), 3)
}

// Strictness writes how many standard deviations something lies above the average pair of
// a candidate.
func Strictness(deviations float64) string {
	if math.IsNaN(deviations) {
		return "–"
	}
	return fmt.Sprintf("%+.1fσ", deviations)
}

// ThresholdNumber writes a threshold with three decimals, or up to six where it has
// as many.
func ThresholdNumber(v float64) string {
	decimals := 3
	for decimals < 6 && format.Down(v, decimals) != v {
		decimals++
	}
	return format.Similarity(v, decimals)
}
