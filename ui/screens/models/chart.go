package models

import (
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// chartBeside is the width from which a chart of chartWidth columns stands beside details
// under the list; it is at most mostChart lines high.
const chartBeside, chartWidth, mostChart = 180, 60, 16

// scored are the selected models with a score.
func (s *Screen) scored() []session.State {
	return slices.DeleteFunc(slices.Clone(s.Session.Ready()), func(c session.State) bool {
		_, ok := s.scoreOf(c.ID())
		return !ok || c.Row.Price == nil
	})
}

// chartLines draw the selected models by score and by price, or by the size of their vectors
// where none costs anything, over their names and what follows from it, in exactly that room.
func (s *Screen) chartLines(z ui.Size) []string {
	if z.W <= 0 {
		return nil
	}
	shown := s.scored()
	paid := slices.ContainsFunc(shown, func(c session.State) bool { return *c.Row.Price > 0 })
	p := plot.Scatter{YName: s.metric(), Plain: s.Theme.Colourless(), Styles: s.Theme.Codes, Label: func(x float64) string { return format.Bytes(int64(x)) }}
	title := " by the size of a vector: good is up, small is left"
	if paid {
		title, p.Label = " by the price of 1M tokens: good is up, cheap is left", func(x float64) string { return format.Price(&x, 2) }
	}
	head := []string{s.Theme.Codes.Header + term.Fit(s.metric()+title, z.W) + theme.Reset}
	var names []string
	for _, c := range shown {
		point := s.chartPoint(c)
		if paid {
			point.X = *c.Row.Price
		}
		p.Points = append(p.Points, point)
		right := " " + findings.Score(point.Y)
		if point.Low < point.High {
			right += " (" + findings.Score(point.Low) + " … " + findings.Score(point.High) + ")"
		}
		room := max(z.W-len("A ")-term.Width(right), 1)
		names = append(names, point.Pen+point.Letter+" "+term.Fit(term.NameCut(term.Safe(c.Short()), room), room)+theme.Reset+right)
	}
	below := append(append(names, ""), s.followsLines(z.W)...)
	if h := min(z.H-len(head)-len(names)-1, max(z.H-len(head)-len(below)-1, mostChart)); h > 0 {
		head = append(append(head, p.Draw(z.W, h)...), "")
	}
	return widget.FillTo(append(head, below...), z)
}

// chartPoint is a candidate in the chart, with the interval of its score where that is known.
func (s *Screen) chartPoint(c session.State) plot.Point {
	score, _ := s.scoreOf(c.ID())
	at := max(slices.Index(s.Session.Candidates(), c.Candidate), 0)
	p := plot.Point{Letter: string(rune('A' + at)), Pen: s.Theme.Candidate(at), X: float64(4 * c.Result.Vectors.Dim()), Y: score, Low: score, High: score}
	v := s.Session.Verdict()
	t, f := v.Trial(), v.Findings()
	if f == nil {
		return p
	}
	row := slices.IndexFunc(t.Rows, func(r trial.Row) bool { return r.ID == c.ID() })
	if place := t.PlaceOf(row); place >= 0 && place < len(f.Estimates) {
		if e := f.Estimates[place][0]; !math.IsNaN(e.Low) && !math.IsNaN(e.High) {
			p.Low, p.High = min(e.Low, score), max(e.High, score)
		}
	}
	return p
}

// followsLines say what follows from the scores, as Verdict does.
func (s *Screen) followsLines(w int) []string {
	v := s.Session.Verdict()
	if v.Findings() == nil {
		return nil
	}
	return term.SafeLines("Verdict: "+findings.Sentence(v.Trial(), v.Findings(), s.Session.RowName), w)
}
