package labelling

import (
	"context"
	"maps"
	"math"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

const (
	// spreadClasses is how many classes of similarities are counted.
	spreadClasses = 120
	// mostGrouped is how many grouped texts are compared with each other for the drawing;
	// of more every second, third … one.
	mostGrouped = 1000
)

// Spreads are how the similarities of the candidates lie, counted outside the loop.
type Spreads struct {
	found map[string]*Spread // by candidate
	// counting is what is being counted, and end ends that; empty and nil for nothing.
	counting map[string]counting
	end      context.CancelFunc
}

// counting is what pairs are counted of.
type counting struct {
	result *pipeline.Result
	tied   *labels.Tied
}

// Spread is how the similarities of one candidate lie.
type Spread struct {
	counting
	lo, hi float64
	all    []int
	// same and other are the pairs of which labels say something; nil without labels.
	same, other []int
	labelled    int
}

// Of is that of a candidate by its id; nil until it is counted.
func (s *Spreads) Of(id string) *Spread { return s.found[id] }

// Len is of how many candidates there is one.
func (s *Spreads) Len() int { return len(s.found) }

// Count counts the similarities of the candidates that are ready, where they have changed,
// and forgets those of candidates that are gone. Until it is done those of before stay.
func (s *Spreads) Count(in *session.Session) tea.Cmd {
	tied, of := in.Labels().Tied(), map[string]counting{}
	for _, c := range in.Ready() {
		of[c.ID()] = counting{c.Result, tied}
	}
	maps.DeleteFunc(s.found, func(id string, _ *Spread) bool { return of[id].result == nil })
	maps.DeleteFunc(of, func(id string, now counting) bool {
		had := s.found[id]
		return had != nil && had.counting == now
	})
	if len(of) > 0 && maps.Equal(of, s.counting) {
		return nil // it is under way
	}
	if s.stop(); len(of) == 0 {
		return nil
	}
	var ctx context.Context
	ctx, s.end = context.WithCancel(in.Life())
	s.counting = of
	work := func(ctx context.Context) (map[string]*Spread, error) {
		found := map[string]*Spread{}
		for id, now := range of {
			found[id] = newSpread(ctx, now)
		}
		return found, ctx.Err()
	}
	return loop.Async(ctx, work, func(found map[string]*Spread, err error) tea.Cmd {
		if err != nil || !maps.Equal(of, s.counting) {
			return nil
		}
		s.stop()
		if s.found == nil {
			s.found = map[string]*Spread{}
		}
		maps.Copy(s.found, found)
		return nil
	})
}

// stop ends the counting under way.
func (s *Spreads) stop() {
	if s.end != nil {
		s.end()
	}
	s.counting, s.end = nil, nil
}

// newSpread counts the pairs of a result; those that labels speak of until ctx ends.
func newSpread(ctx context.Context, of counting) *Spread {
	b := of.result.Scan.Background
	x := &Spread{counting: of, lo: math.Floor(b.Min*10) / 10, hi: math.Ceil(b.Max*10) / 10}
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
	x.countLabelled(ctx)
	return x
}

// countLabelled counts the pairs that labels speak of.
func (x *Spread) countLabelled(ctx context.Context) {
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
	for i := 0; i < len(members) && ctx.Err() == nil; i += step {
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

// Labelled tells whether pairs that belong together are drawn apart from those that do not.
func (x *Spread) Labelled() bool { return x.same != nil }

// Partial tells that labels speak of some of the pairs and not of all.
func (x *Spread) Partial() bool {
	return x.Labelled() && x.labelled < x.result.Scan.Background.Pairs
}

// Words say what is drawn.
func (x *Spread) Words() string {
	if x.Labelled() {
		return SameSign + " belong together, " + DifferentSign + " do not"
	}
	return "similarities of all pairs"
}

// Drawing draws the pairs with a mark at a similarity: those that belong together over
// those that do not, or all where labels say nothing.
func (x *Spread) Drawing(at float64, codes theme.Codes) plot.Spread {
	if !x.Labelled() {
		return x.Background(at, codes)
	}
	return plot.Spread{Lo: x.lo, Hi: x.hi, Same: x.same, Other: x.other, SamePen: codes.Good, OtherPen: codes.Warn, At: at, Styles: codes}
}

// Background draws all pairs.
func (x *Spread) Background(at float64, codes theme.Codes) plot.Spread {
	return plot.Spread{Lo: x.lo, Hi: x.hi, Other: x.all, OtherPen: codes.Dim, At: at, Styles: codes}
}
