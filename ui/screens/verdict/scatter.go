package verdict

import (
	"math"

	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/plot"
)

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
		case r.Lexical || bySize && r.Baseline: // it has neither a price nor vectors
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
		case price == nil || t.Rows[i].Lexical:
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
	point := plot.Point{Letter: s.letterOf(r), Name: s.Session.RowName(r), Pen: s.penOf(r), Y: value, Low: value, High: value}
	if r.Baseline || r.Lexical || r.Cut {
		point.Letter, point.Pen = "·", s.Theme.Codes.Dim
	}
	if f == nil {
		return point
	}
	point.Chosen = findings.Recommends(f) && f.Verdict.Choice == place
	if e := f.Estimates[place][0]; !math.IsNaN(e.Low) && !math.IsNaN(e.High) {
		point.Low, point.High = min(e.Low, value), max(e.High, value)
	}
	return point
}
