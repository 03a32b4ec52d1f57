package verdict

import (
	"fmt"
	"math"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// layout is how the screen is divided: what follows over the table, and price against
// quality below or beside it.
type layout struct {
	sentence, table, scatter ui.Rect
}

const (
	// scatterBeside is the width from which the scatter stands beside the table.
	scatterBeside = 150
	// scatterLines is how high it is below the table at the most, and leastScatter at
	// the least.
	scatterLines, leastScatter = 16, 9
)

func (s *Screen) layout(z ui.Size) layout {
	sentence := min(len(s.sentenceLines(z.W))+1, max(z.H/2, 1))
	l := layout{sentence: ui.Rect{W: z.W, H: sentence}}
	rest := z.H - sentence
	l.table = ui.Rect{Y: sentence, W: z.W, H: rest}
	rows := len(s.rows()) + 1
	switch spare := rest - rows - 1; {
	case z.W >= scatterBeside && rest >= leastScatter:
		w := z.W * 4 / 10
		l.table.W = z.W - w - 2
		l.scatter = ui.Rect{X: l.table.W + 2, Y: sentence, W: w, H: min(rest, 24)}
	case spare >= leastScatter:
		h := min(spare, scatterLines)
		l.table.H = rest - h - 1
		l.scatter = ui.Rect{Y: z.H - h, W: z.W, H: h}
	}
	return l
}

// View draws what follows, the table and the scatter.
func (s *Screen) View(z ui.Size) []string {
	t := s.Session.Verdict().Trial()
	if t == nil {
		return s.withoutTrial(z)
	}
	l := s.layout(z)
	c := widget.NewCanvas(z)
	c.Put(l.sentence, widget.Abridged(s.sentenceLines(z.W), max(l.sentence.H-1, 1)))
	c.PutExact(l.table, s.table(l.table).Draw(l.table.W, l.table.H))
	if l.scatter.H > 0 {
		c.PutExact(l.scatter, s.scatter(t).Draw(l.scatter.W, l.scatter.H))
	}
	return c.Lines()
}

// withoutTrial says why there is no verdict, what can be said without labels, and how to
// get some.
func (s *Screen) withoutTrial(z ui.Size) []string {
	v := s.Session.Verdict()
	switch {
	case v.Working():
		return widget.CenteredText("Trying the models at your labels…", z, s.Theme)
	case v.Err() != nil:
		return widget.CenteredText(widget.Sentence(v.Err().Error()), z, s.Theme)
	}
	if empty := candidate.EmptyText(s.Session); empty != "" {
		return widget.CenteredText(empty, z, s.Theme)
	}
	for _, t := range s.Session.Labels().Tasks() {
		if t.Err != nil {
			return widget.CenteredText(widget.Sentence(t.Err.Error()), z, s.Theme)
		}
	}
	if _, ok := s.Session.Labels().Task(); ok {
		return widget.CenteredText("The models have no vectors yet.", z, s.Theme)
	}
	return widget.FillTo(s.unlabelled(z.W), z)
}

// sentenceLines are what follows, in the look of its certainty.
func (s *Screen) sentenceLines(w int) []string {
	v := s.Session.Verdict()
	t, f := v.Trial(), v.Findings()
	if t == nil {
		return nil
	}
	if f == nil {
		return []string{" Drawing resamples…"}
	}
	pen := s.Theme.Codes.Strong
	switch f.Verdict.Reason {
	case evaluate.Illustration, evaluate.CannotTell, evaluate.NoneWithin, evaluate.Alone:
		pen = s.Theme.Codes.Warn
	}
	var lines []string
	for _, l := range term.SafeLines(findings.Sentence(t, f, rowName), max(w-2, 1)) {
		lines = append(lines, pen+" "+l+theme.Reset)
	}
	metric := t.Labels.Metrics()[0]
	for _, l := range term.SafeLines(findings.Metric(metric)+": "+findings.Meaning(metric), max(w-2, 1)) {
		lines = append(lines, s.Theme.Codes.Dim+" "+l+theme.Reset)
	}
	return lines
}

// rowName is what a sentence calls a row.
func rowName(r *trial.Row) string {
	if r.Lexical {
		return r.ID
	}
	return r.Candidate.Short()
}

// tableColumn is a column with what stands in a row under it.
type tableColumn struct {
	widget.Column
	cell func(i int, r *trial.Row) widget.Cell
}

// table is the candidates with their figures.
func (s *Screen) table(place ui.Rect) widget.Table {
	t, rows := s.Session.Verdict().Trial(), s.rows()
	columns := s.columns(place.W)
	out := widget.Table{Rows: len(rows), Cursor: s.list.Cursor, Top: s.list.Top, Styles: s.Theme.Codes}
	for _, c := range columns {
		out.Columns = append(out.Columns, c.Column)
	}
	out.Row = func(k int) []widget.Cell {
		cells := make([]widget.Cell, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(rows[k], &t.Rows[rows[k]])
		}
		return cells
	}
	return out
}

// columns are those of the table; those that matter less go first where there is
// little room.
func (s *Screen) columns(w int) []tableColumn {
	t := s.Session.Verdict().Trial()
	metric := findings.Metric(t.Labels.Metrics()[0])
	right := func(title string, width, priority int, cell func(i int, r *trial.Row) string) tableColumn {
		return tableColumn{widget.Column{Title: title, Width: max(width, term.Width(title)), Align: widget.AlignRight, Priority: priority},
			func(i int, r *trial.Row) widget.Cell { return widget.Cell{Text: cell(i, r)} }}
	}
	columns := []tableColumn{
		{widget.Column{Title: "model", Width: 18, Min: 14, Flex: 1}, s.nameCell},
		right(metric, 7, 0, func(i int, _ *trial.Row) string { return s.figure(i, 0) }),
		right("95% interval", 15, 2, func(i int, _ *trial.Row) string { return s.interval(i) }),
		{widget.Column{Title: "standing", Width: 8}, s.standingCell},
		right("to the best", 25, 6, func(i int, _ *trial.Row) string { return s.toBest(i) }),
		right("$ per 1M", 8, 1, func(_ int, r *trial.Row) string { return format.Price(r.Price, 2) }),
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

// nameCell is the model with its dimensions, in its colour.
func (s *Screen) nameCell(_ int, r *trial.Row) widget.Cell {
	text, pen := term.Safe(rowName(r)), ""
	switch {
	case r.Cut:
		text, pen = "✂ "+text, s.Theme.Codes.Dim
	case r.Baseline || r.Lexical:
		text, pen = "· "+text, s.Theme.Codes.Dim
	default:
		text = s.letterOf(r) + " " + text
		pen = s.penOf(r)
	}
	return widget.Cell{Text: text, Pen: pen}
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
	t, f := v.Trial(), v.Findings()
	at := t.PlaceOf(row)
	switch r := &t.Rows[row]; {
	case f == nil || at < 0 || r.Baseline:
		return p, false
	case r.Cut:
		if f.Cuts == nil || f.Cuts.Places[at].Standing == evaluate.Outside {
			return p, false
		}
		return f.Cuts.Places[at], true
	}
	return f.Verdict.Places[at], true
}

// standingCell says where a row stands, in a word and a colour.
func (s *Screen) standingCell(row int, r *trial.Row) widget.Cell {
	if r.Err != nil {
		return widget.Cell{Text: "failed", Pen: s.Theme.Codes.Bad}
	}
	p, ok := s.place(row)
	f := s.Session.Verdict().Findings()
	if !ok {
		return widget.Cell{}
	}
	if !r.Cut && f.Verdict.Choice >= 0 && s.Session.Verdict().Trial().At(f.Verdict.Choice).ID == r.ID && f.Verdict.Reason != evaluate.Illustration {
		word := "take it"
		if p.Standing == evaluate.Best && f.Verdict.Reason != evaluate.Clear {
			word = "best"
		}
		return widget.Cell{Text: word, Pen: s.Theme.Codes.Strong}
	}
	if r.Cut && findings.SeemsWorse(p) {
		return widget.Cell{Text: "worse", Pen: s.Theme.Codes.Bad}
	}
	if r.Cut && (p.Standing == evaluate.Best || p.Standing == evaluate.Equal) {
		return widget.Cell{Text: "no loss"}
	}
	switch p.Standing {
	case evaluate.Best:
		return widget.Cell{Text: "best"}
	case evaluate.Equal:
		return widget.Cell{Text: "equal"}
	case evaluate.Tied:
		return widget.Cell{Text: "tied"}
	case evaluate.Worse:
		return widget.Cell{Text: "worse", Pen: s.Theme.Codes.Bad}
	default:
		return widget.Cell{Text: "limits", Pen: s.Theme.Codes.Dim}
	}
}

func (s *Screen) toBest(row int) string {
	p, ok := s.place(row)
	if !ok || p.Standing == evaluate.Best || p.Standing == evaluate.Outside {
		return format.Unknown
	}
	return fmt.Sprintf("%s (%s … %s)", findings.Signed(-p.ToBest.Value), findings.Signed(-p.ToBest.High), findings.Signed(-p.ToBest.Low))
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

func (s *Screen) costCell(_ int, r *trial.Row) string {
	tokens, _ := s.Session.CorpusTokens()
	all := float64(tokens)
	if s.documents > 0 {
		all *= float64(s.documents) / float64(max(s.Session.Corpus().Len(), 1))
	}
	usd, known := r.CostOf(all)
	switch {
	case !known:
		return format.Unknown
	case usd == 0:
		return "free"
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

// scatter is price against quality; where all cost the same it is the size of the
// vectors against quality, in which what is cut shorter counts.
func (s *Screen) scatter(t *trial.Trial) plot.Scatter {
	p := plot.Scatter{YName: findings.Metric(t.Labels.Metrics()[0]), Plain: s.Theme.Colourless(), Styles: s.Theme.Codes}
	bySize := samePrice(t)
	p.Label = dollars
	if bySize {
		p.Label = func(x float64) string { return format.Bytes(int64(x)) }
	}
	for k, i := range t.Scored {
		r := &t.Rows[i]
		switch {
		case bySize && (r.Lexical || r.Baseline):
			continue
		case !bySize && (r.Cut || r.Price == nil):
			continue
		}
		point := s.point(t, k)
		if point.X = float64(r.BytesPerVector()); !bySize {
			point.X = *r.Price
		}
		p.Points = append(p.Points, point)
	}
	return p
}

func dollars(x float64) string {
	if x == 0 {
		return "free"
	}
	return format.Dollars(x)
}

// samePrice tells that all rows cost the same.
func samePrice(t *trial.Trial) bool {
	var first *float64
	for _, i := range t.Scored {
		switch price := t.Rows[i].Price; {
		case price == nil:
		case first == nil:
			first = price
		case *price != *first:
			return false
		}
	}
	return true
}

// point is a row of the trial in the scatter, but for its place from left to right.
func (s *Screen) point(t *trial.Trial, place int) plot.Point {
	r, f := t.At(place), s.Session.Verdict().Findings()
	value := r.Score.Metrics[0].Value
	point := plot.Point{Letter: s.letterOf(r), Name: rowName(r), Pen: s.penOf(r), Y: value, Low: value, High: value}
	if r.Baseline || r.Lexical || r.Cut {
		point.Letter, point.Pen = "·", s.Theme.Codes.Dim
	}
	if f == nil {
		return point
	}
	point.Chosen = f.Verdict.Choice == place
	if e := f.Estimates[place][0]; !math.IsNaN(e.Low) && !math.IsNaN(e.High) {
		point.Low, point.High = min(e.Low, value), max(e.High, value)
	}
	return point
}
