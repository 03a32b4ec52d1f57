package trial

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// Findings are what so many resamples tell of a trial. They never change. Places in
// them, those of the verdicts included, are those of Trial.Scored.
type Findings struct {
	Resamples int
	Seed      uint64
	Limits    evaluate.Limits
	// Estimates has for every row that has a score the metrics with their intervals,
	// in the order of the labels' metrics. Under FewForIntervals items these are NaN, here
	// and below.
	Estimates [][]evaluate.Estimate
	// Verdict is among the candidates that were chosen, by the metric that decides. A cut
	// takes a candidate's place that is too long for the limits.
	Verdict evaluate.Verdict
	// Differences are of every two of those candidates in every metric, those of the
	// metric that decides first.
	Differences []evaluate.Difference
	// Cuts are what is cut from the verdict's choice, the longest first. In them ToBest is
	// the choice less the cut, without a correction for there being several: that would
	// call a loss none. Standing is Best where no loss is seen, Equal, Tied or Worse.
	Cuts []evaluate.Place
}

// Refine draws more resamples, or none, and tells what is found now within limits. It is
// for one goroutine at a time; the error is ctx's.
func (t *Trial) Refine(ctx context.Context, resamples int, limits evaluate.Limits) (*Findings, error) {
	if resamples > 0 {
		if err := t.Bootstrap.Advance(ctx, resamples); err != nil {
			return nil, err
		}
	}
	f := &Findings{Resamples: t.Bootstrap.Resamples(), Seed: t.Bootstrap.Seed(), Limits: limits}
	for k := range t.Scored {
		var row []evaluate.Estimate
		for _, metric := range t.Labels.Metrics() {
			row = append(row, t.Bootstrap.Estimate(k, metric))
		}
		f.Estimates = append(f.Estimates, row)
	}
	metric := t.Labels.Metrics()[0]
	candidates := t.compared(limits)
	f.Verdict = t.Bootstrap.Judge(metric, candidates, t.terms(), limits)
	for _, m := range t.Labels.Metrics() {
		f.Differences = append(f.Differences, t.Bootstrap.Compare(m, candidates)...)
	}
	if f.Verdict.Choice >= 0 {
		chosen := t.At(f.Verdict.Choice)
		whole := cmp.Or(chosen.from, chosen.ID)
		for _, k := range t.places(func(r *Row) bool {
			return r.Cut && r.from == whole && r.Candidate.Dimensions < chosen.Candidate.Dimensions // shorter, it is within the limits too
		}) {
			f.Cuts = append(f.Cuts, t.cut(metric, f.Verdict.Choice, k))
		}
	}
	if t.Labels.Measured() < FewForIntervals {
		f.withoutIntervals()
	}
	return f, nil
}

// FewForIntervals is under how many items no interval is given: resamples of so few
// hardly differ, so that it would look certain.
const FewForIntervals = 5

// withoutIntervals leaves what is found without the intervals.
func (f *Findings) withoutIntervals() {
	unknown := evaluate.Interval{Low: math.NaN(), High: math.NaN()}
	for _, row := range f.Estimates {
		for i := range row {
			row[i].Interval = unknown
		}
	}
	for _, places := range [][]evaluate.Place{f.Verdict.Places, f.Cuts} {
		for i := range places {
			places[i].Interval, places[i].ToBest.Interval = unknown, unknown
		}
	}
	for _, differences := range [][]evaluate.Difference{f.Differences, f.Verdict.Differences} {
		for i := range differences {
			differences[i].Interval = unknown
		}
	}
}

// compared are the places of the candidates that were chosen. Of one that is beyond the
// limits the longest cut within them stands for it, if there is one.
func (t *Trial) compared(limits evaluate.Limits) []int {
	places := t.places(func(r *Row) bool { return !r.Cut && !r.Baseline })
	for i, k := range places {
		whole := t.At(k)
		if limits.Allow(whole.Terms()) {
			continue
		}
		if cuts := t.places(func(r *Row) bool { return r.Cut && r.from == whole.ID && limits.Allow(r.Terms()) }); len(cuts) > 0 {
			places[i] = cuts[0] // the longest stands first, right behind the candidate
		}
	}
	return places
}

// cut is what is found of a row that is cut from the choice.
func (t *Trial) cut(metric string, choice, place int) evaluate.Place {
	p := evaluate.Place{Candidate: place, Estimate: t.Bootstrap.Estimate(place, metric), Standing: evaluate.Tied}
	for _, d := range t.Bootstrap.Compare(metric, []int{choice, place}) {
		p.ToBest = d
	}
	switch d := p.ToBest; {
	case d.Low > 0:
		p.Standing = evaluate.Worse
	case d.Value <= 0:
		p.Standing = evaluate.Best
	case d.Equal():
		p.Standing = evaluate.Equal
	}
	return p
}

// places are those, among the rows with a score, of the rows that which holds for.
func (t *Trial) places(which func(*Row) bool) []int {
	var places []int
	for k, i := range t.Scored {
		if which(&t.Rows[i]) {
			places = append(places, k)
		}
	}
	return places
}

// terms are what every row with a score costs.
func (t *Trial) terms() []evaluate.Terms {
	terms := make([]evaluate.Terms, len(t.Scored))
	for k, i := range t.Scored {
		terms[k] = t.Rows[i].Terms()
	}
	return terms
}

// Terms are what the row costs in money, room and time.
func (r Row) Terms() evaluate.Terms {
	t := evaluate.Terms{
		Price: math.NaN(), Dimensions: r.Candidate.Dimensions, Bytes: float64(r.BytesPerVector()), Milliseconds: math.NaN(),
		Local: r.Lexical || r.Model.Source == api.SourceBinary,
	}
	if r.Price != nil {
		t.Price = *r.Price
	}
	if r.P50 > 0 {
		t.Milliseconds = float64(r.P50.Microseconds()) / 1000
	}
	if r.Lexical {
		t.Milliseconds = 0
	}
	return t
}

// At is the row at one of the places of findings.
func (t *Trial) At(place int) *Row { return &t.Rows[t.Scored[place]] }

// PlaceOf is where a row stands among those that have a score; -1 when it has none.
func (t *Trial) PlaceOf(row int) int { return slices.Index(t.Scored, row) }
