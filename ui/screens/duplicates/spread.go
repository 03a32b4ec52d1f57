package duplicates

import (
	"context"
	"maps"
	"math"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

const (
	// spreadLines is how high a candidate's similarities are drawn at the least, with
	// their title.
	spreadLines = 6
	// leastForSpread is from which height on there is room for them beside the list.
	leastForSpread = 16
	// spreadClasses is how many classes of similarities are counted.
	spreadClasses = 120
	// mostGrouped is how many grouped texts are compared with each other for the drawing;
	// of more every second, third … one.
	mostGrouped = 1000
)

// counting is what pairs are counted of.
type counting struct {
	result *pipeline.Result
	tied   *labels.Tied
}

// counted are a candidate's pairs by similarity, as they were counted last.
type counted struct {
	counting
	lo, hi float64
	all    []int
	// same and other are the pairs of which labels say something; nil without labels.
	same, other []int
	labelled    int
}

// countSpreads counts the similarities that are to be drawn, where they have changed, and
// forgets those of candidates that are gone. Until it is done those of before are drawn.
func (d *Screen) countSpreads() tea.Cmd {
	if !d.spread {
		return nil
	}
	tied, of := d.Session.Labels().Tied(), map[string]counting{}
	for _, c := range d.Session.Ready() {
		of[c.ID()] = counting{c.Result, tied}
	}
	maps.DeleteFunc(d.spreads, func(id string, _ *counted) bool { return of[id].result == nil })
	maps.DeleteFunc(of, func(id string, now counting) bool {
		had := d.spreads[id]
		return had != nil && had.counting == now
	})
	if len(of) == 0 || maps.Equal(of, d.counting) {
		return nil // nothing is to be counted, or that is under way
	}
	d.counting = of
	work := func(context.Context) (map[string]*counted, error) {
		found := map[string]*counted{}
		for id, now := range of {
			found[id] = newCounted(now)
		}
		return found, nil
	}
	return loop.Async(d.Session.Life(), work, func(found map[string]*counted, _ error) tea.Cmd {
		if !maps.Equal(of, d.counting) {
			return nil
		}
		d.counting = nil
		maps.Copy(d.spreads, found)
		return nil
	})
}

func newCounted(of counting) *counted {
	b := of.result.Scan.Background
	x := &counted{counting: of, lo: math.Floor(b.Min*10) / 10, hi: math.Ceil(b.Max*10) / 10}
	if b.Pairs == 0 {
		x.lo, x.hi = 0, 1
	}
	x.hi = max(x.hi, x.lo+0.1)
	over := of.result.Scan.Curve(x.lo, x.hi, spreadClasses+1)
	x.all = make([]int, spreadClasses)
	for i := range x.all {
		x.all[i] = over[i] - over[i+1]
	}
	x.all[spreadClasses-1] += over[spreadClasses]
	x.countLabelled()
	return x
}

// countLabelled counts the pairs that labels speak of.
func (x *counted) countLabelled() {
	x.same, x.other = make([]int, spreadClasses), make([]int, spreadClasses)
	add := func(a, b int) {
		similarity, ok := x.result.Matrix.At(a, b)
		same, known := x.tied.Same(a, b)
		if !ok || !known {
			return
		}
		class := min(max(int((similarity-x.lo)/(x.hi-x.lo)*spreadClasses), 0), spreadClasses-1)
		x.labelled++
		if same {
			x.same[class]++
		} else {
			x.other[class]++
		}
	}
	var members []int
	for i, g := range x.tied.Groups {
		if g >= 0 {
			members = append(members, i)
		}
	}
	step := len(members)/mostGrouped + 1
	for i := 0; i < len(members); i += step {
		for j := i + step; j < len(members); j += step {
			add(members[i], members[j])
		}
	}
	for _, p := range x.tied.Pairs {
		if x.tied.Groups[p.A] < 0 || x.tied.Groups[p.B] < 0 {
			add(p.A, p.B)
		}
	}
	if x.labelled == 0 {
		x.same, x.other = nil, nil
	}
}

// drawSpreads draws how the similarities of the candidates lie around their thresholds:
// of all where there is room, else of the one in focus.
func (d *Screen) drawSpreads(s ui.Size) []string {
	ready := d.Session.Ready()
	if len(ready) == 0 {
		return nil
	}
	if s.H/len(ready) < spreadLines {
		focused := d.Session.State(d.Session.Candidates()[d.Session.Focused()])
		if focused.Phase != session.PhaseReady {
			focused = ready[0]
		}
		ready = []session.State{focused}
	}
	var lines []string
	for i, c := range ready {
		h := s.H / len(ready)
		if i == len(ready)-1 {
			h = s.H - len(lines)
		}
		lines = append(lines, d.drawSpread(c, ui.Size{W: s.W, H: h})...)
	}
	return lines
}

// drawSpread draws one candidate's similarities under a title.
func (d *Screen) drawSpread(c session.State, s ui.Size) []string {
	x, codes := d.spreads[c.ID()], d.Theme.Codes
	if x == nil {
		return nil
	}
	drawing := plot.Spread{Lo: x.lo, Hi: x.hi, Other: x.all, OtherPen: codes.Dim, At: d.Session.Thresholds().Of(c.ID()), Styles: codes}
	what := "similarities of all pairs"
	if x.same != nil {
		what = labelling.SameSign + " belong together, " + labelling.DifferentSign + " do not"
		drawing.Same, drawing.Other, drawing.SamePen, drawing.OtherPen = x.same, x.other, codes.Good, codes.Warn
	}
	at := d.placeOf(c.ID())
	name := term.Safe(c.Short())
	if l := d.letterOf(at); l != "" {
		name = l + " " + name
	}
	title := d.Theme.Candidate(at) + name + theme.Reset +
		d.Theme.Dim.Render(" "+what+" · │ threshold "+format.Threshold(drawing.At))
	lines := []string{term.Fit(title, s.W)}
	rest := s.H - 1
	if drawing.Same != nil && x.labelled < c.Result.Scan.Background.Pairs && rest >= 7 {
		background := plot.Spread{Lo: x.lo, Hi: x.hi, Other: x.all, OtherPen: codes.Dim, At: drawing.At, Styles: codes}
		lines = append(lines, background.Draw(s.W, 2)...)
		rest -= 2
	}
	return append(lines, drawing.Draw(s.W, rest)...)
}
