package verdict

import (
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// tableColumn is a column with what stands in a row under it.
type tableColumn struct {
	widget.Column
	cell func(i int, r *trial.Row) widget.Cell
}

// table is the candidates with their figures.
func (s *Screen) table(place ui.Rect) widget.Table {
	t, rows := s.Session.Verdict().Trial(), s.rows()
	names := make([]string, len(rows))
	for k, row := range rows {
		names[k] = term.Safe(s.Session.RowName(&t.Rows[row]))
	}
	columns := s.columns(place.W)
	// Names stand whole where that takes no more than a quarter; other columns have the rest.
	columns[0].Min = max(columns[0].Min, min(signWidth+term.Widest(names), place.W/4))
	out := widget.Table{Rows: len(rows), Cursor: s.list.Cursor, Top: s.list.Top, Styles: s.Theme.Codes, Empty: "No model has the words of the filter: esc clears it."}
	for _, c := range columns {
		out.Columns = append(out.Columns, c.Column)
	}
	if places := out.Fit(place.W, place.H).Places; len(places) > 0 {
		names = term.DistinctCuts(names, max(places[0].W-signWidth, 1))
	}
	out.Row = func(k int) []widget.Cell {
		r := &t.Rows[rows[k]]
		cells := make([]widget.Cell, len(columns))
		cells[0] = s.nameCell(names[k], r)
		for i, c := range columns[1:] {
			cells[i+1] = c.cell(rows[k], r)
		}
		return cells
	}
	return out
}

// columns are those of the table, first that of the names, which have cells that depend on its
// width; those that matter less go first where there is
// little room.
func (s *Screen) columns(w int) []tableColumn {
	t := s.Session.Verdict().Trial()
	metric := findings.Metric(t.Labels.Metrics()[0])
	right := func(title string, width, priority int, cell func(i int, r *trial.Row) string) tableColumn {
		return tableColumn{widget.Column{Title: title, Width: max(width, term.Width(title)), Align: widget.AlignRight, Priority: priority},
			func(i int, r *trial.Row) widget.Cell { return widget.Cell{Text: cell(i, r)} }}
	}
	columns := []tableColumn{
		{widget.Column{Title: "model", Width: 18, Min: 14, Flex: 1}, nil},
		right(metric, 6, 0, func(i int, _ *trial.Row) string { return s.figure(i, 0) }),
		right("95% interval", 14, 2, func(i int, _ *trial.Row) string { return s.interval(i) }),
		{widget.Column{Title: "standing", Width: len(findings.NoLossSeen)}, s.standingCell},
		right("to the best", 25, 6, func(i int, _ *trial.Row) string { return s.toBest(i) }),
		right("$ per 1M", 8, 1, func(_ int, r *trial.Row) string {
			if r.Lexical {
				return format.Unknown
			}
			return format.Price(r.Price, 2)
		}),
		right(s.documentsTitle(), 9, 3, s.costCell),
		right("bytes", 6, 4, func(_ int, r *trial.Row) string {
			if r.Lexical {
				return format.Unknown
			}
			return format.Thousands(r.BytesPerVector())
		}),
		right("p50", 7, 5, func(_ int, r *trial.Row) string { return latency(r) }),
		right("p95", 7, 8, func(_ int, r *trial.Row) string {
			if r.P95 == 0 {
				return format.Unknown
			}
			return format.Duration(r.P95)
		}),
		{widget.Column{Title: "where", Width: 9, Priority: 9}, func(_ int, r *trial.Row) widget.Cell { return widget.Cell{Text: term.Safe(where(r))} }},
	}
	for k, name := range t.Labels.Metrics() {
		if k > 0 {
			columns = append(columns, right(findings.Metric(name), 7, 10+k, func(i int, _ *trial.Row) string { return s.figure(i, k) }))
		}
	}
	return columns
}

// signWidth is how wide the sign before a name is, with the blank behind it.
const signWidth = 2

// nameCell is the name of a row behind a sign of what it is, in its colour.
func (s *Screen) nameCell(name string, r *trial.Row) widget.Cell {
	switch {
	case r.Cut:
		return widget.Cell{Text: "✂ " + name, Pen: s.Theme.Codes.Dim}
	case r.Baseline || r.Lexical:
		return widget.Cell{Text: "· " + name, Pen: s.Theme.Codes.Dim}
	}
	return widget.Cell{Text: s.letterOf(r) + " " + name, Pen: s.penOf(r)}
}

// at is a candidate's place among those chosen; -1 for others.
func (s *Screen) at(r *trial.Row) int {
	for i, c := range s.Session.Candidates() {
		if c == r.Candidate {
			return i
		}
	}
	return -1
}

func (s *Screen) letterOf(r *trial.Row) string {
	if at := s.at(r); at >= 0 {
		return string(rune('A' + at))
	}
	return " "
}

func (s *Screen) penOf(r *trial.Row) string {
	if at := s.at(r); at >= 0 {
		return s.Theme.Candidate(at)
	}
	return ""
}

// figure is a metric of the row at that place of the trial.
func (s *Screen) figure(row, metric int) string {
	t := s.Session.Verdict().Trial()
	if t.Rows[row].Score == nil {
		return format.Unknown
	}
	return findings.Score(t.Rows[row].Score.Metrics[metric].Value)
}

func (s *Screen) interval(row int) string {
	v := s.Session.Verdict()
	place := v.Trial().PlaceOf(row)
	if v.Findings() == nil || place < 0 {
		return format.Unknown
	}
	return findings.Interval(v.Findings().Estimates[place][0].Interval)
}

// place is what the verdict says of a row; ok is false for one that takes no part.
func (s *Screen) place(row int) (p evaluate.Place, ok bool) {
	v := s.Session.Verdict()
	return findings.PlaceOf(v.Trial(), v.Findings(), v.Trial().PlaceOf(row))
}

// standingCell says where a row stands, in a word and a colour.
func (s *Screen) standingCell(row int, r *trial.Row) widget.Cell {
	switch {
	case errors.Is(r.Err, trial.ErrUnpaid) && s.away(r.Model.Provider):
		return widget.Cell{Text: "no server", Pen: s.Theme.Codes.Warn}
	case errors.Is(r.Err, trial.ErrUnpaid):
		return widget.Cell{Text: "E: costs", Pen: s.Theme.Codes.Warn}
	case errors.Is(r.Err, session.ErrBeyondLimits):
		return widget.Cell{Text: "limits", Pen: s.Theme.Codes.Dim}
	case errors.Is(r.Err, session.ErrUnderWay):
		return widget.Cell{Text: "embedding", Pen: s.Theme.Codes.Dim}
	case errors.Is(r.Err, session.ErrStopped):
		return widget.Cell{Text: "stopped", Pen: s.Theme.Codes.Warn}
	case r.Err != nil:
		return widget.Cell{Text: "failed", Pen: s.Theme.Codes.Bad}
	}
	p, ok := s.place(row)
	f := s.Session.Verdict().Findings()
	switch {
	case !ok && r.Cut && f != nil:
		return widget.Cell{Text: findings.OtherCut, Pen: s.Theme.Codes.Dim}
	case !ok:
		return widget.Cell{}
	}
	if findings.Recommends(f) && s.Session.Verdict().Trial().At(f.Verdict.Choice).ID == r.ID {
		word := "take it"
		if p.Standing == evaluate.Best && f.Verdict.Reason != evaluate.Clear {
			word = "best"
		}
		return widget.Cell{Text: word, Pen: s.Theme.Codes.Strong}
	}
	cell := standingCells(s.Theme.Codes)[p.Standing]
	if r.Cut && p.Standing != evaluate.Outside && !findings.Compared(f, p) {
		cell.Text = findings.CutStanding(p)
	}
	return cell
}

// standingCells say where rows stand, in a word and a colour.
func standingCells(c theme.Codes) map[evaluate.Standing]widget.Cell {
	return map[evaluate.Standing]widget.Cell{
		evaluate.Best: {Text: "best"}, evaluate.Equal: {Text: "equal"}, evaluate.Tied: {Text: "tied"},
		evaluate.Worse: {Text: "worse", Pen: c.Bad}, evaluate.Outside: {Text: "limits", Pen: c.Dim},
	}
}

func (s *Screen) toBest(row int) string {
	p, ok := s.place(row)
	if !ok || p.Standing == evaluate.Best && findings.Compared(s.Session.Verdict().Findings(), p) || p.Standing == evaluate.Outside {
		return format.Unknown
	}
	return findings.SignedWithInterval(findings.LessBest(p))
}

// documentsTitle heads the costs.
func (s *Screen) documentsTitle() string {
	switch n := s.documents; {
	case n == 0:
		return "these"
	case n%1_000_000 == 0:
		return fmt.Sprintf("%dM docs", n/1_000_000)
	case n%1_000 == 0:
		return fmt.Sprintf("%dk docs", n/1_000)
	default:
		return format.Thousands(n) + " docs"
	}
}

func (s *Screen) costCell(_ int, r *trial.Row) string { return s.costOf(r, s.documents) }

// costOf is what so many documents as long as these texts would cost under a row; the
// texts themselves for 0.
func (s *Screen) costOf(r *trial.Row, documents int) string {
	switch {
	case r.Lexical:
		return format.Unknown
	case r.Price != nil && *r.Price == 0:
		return "free"
	}
	tokens, complete := s.Session.CorpusTokens()
	if !complete {
		return "…"
	}
	all := float64(tokens)
	if documents > 0 {
		all *= float64(documents) / float64(max(s.Session.Corpus().Len(), 1))
	}
	usd, known := r.CostOf(all)
	if !known {
		return format.Unknown
	}
	return format.Dollars(usd)
}

func latency(r *trial.Row) string {
	switch {
	case r.Lexical || r.P50 == 0:
		return format.Unknown
	case r.P50.Milliseconds() < 1:
		return "<1 ms"
	}
	return format.Duration(r.P50)
}

// where is where a row is computed.
func where(r *trial.Row) string {
	if r.Terms().Local {
		return "here"
	}
	return r.Model.Provider
}
