package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// FewItems is under how many items a verdict is an illustration only.
const FewItems = 20

// Terms are what a candidate costs, in money, room and time. NaN is unknown, which is
// dearer than any number and within no limit.
type Terms struct {
	Price        float64 // of a million tokens; 0 is free
	Dimensions   int
	Bytes        float64 // of one vector
	Milliseconds float64 // of one request
	Local        bool    // nothing leaves this machine
}

// Limits are what a person can live with. A limit of 0 is none.
type Limits struct {
	Price        float64
	Dimensions   int
	Bytes        float64
	Milliseconds float64
	LocalOnly    bool
}

// Allow reports whether terms are within the limits.
func (l Limits) Allow(t Terms) bool {
	within := func(x, limit float64) bool { return limit == 0 || x <= limit }
	return within(t.Price, l.Price) && within(float64(t.Dimensions), float64(l.Dimensions)) &&
		within(t.Bytes, l.Bytes) && within(t.Milliseconds, l.Milliseconds) && (t.Local || !l.LocalOnly)
}

// cheaper orders terms: by price, then by room, by time, by dimensions.
func cheaper(a, b Terms) int {
	return cmp.Or(known(a.Price, b.Price), known(a.Bytes, b.Bytes), known(a.Milliseconds, b.Milliseconds),
		cmp.Compare(a.Dimensions, b.Dimensions))
}

// known orders numbers, those that are not known last.
func known(x, y float64) int {
	switch isKnown, other := x == x, y == y; {
	case isKnown && other:
		return cmp.Compare(x, y)
	case isKnown:
		return -1
	case other:
		return 1
	}
	return 0
}

// Standing is where a candidate stands against the best.
type Standing int

// The standings.
const (
	Outside Standing = iota // not within the limits, or without a figure: it is not compared
	Best                    // the highest figure
	Equal                   // practically equal to the best
	Tied                    // the data cannot tell it from the best
	Worse                   // measurably worse than the best
)

// Reason is what a verdict rests on.
type Reason int

// The reasons.
const (
	NoneWithin   Reason = iota // no candidate is within the limits, or none has a figure
	Alone                      // there is one candidate only
	Illustration               // there are under FewItems items, of one candidate too
	Clear                      // all others are measurably worse
	AsGood                     // the choice is the cheapest of those practically equal to the best; no other is tied with it
	NotWorse                   // the choice is the cheapest of those not measurably worse; some others are worse
	CannotTell                 // no two that matter can be told apart; the choice is the cheapest
)

// Place is one candidate in a verdict.
type Place struct {
	Candidate int
	Estimate
	Standing Standing
	ToBest   Difference // the best less this one; the zero value for the best and for one outside
}

// Verdict is which candidate to take, and how sure that is.
type Verdict struct {
	Metric string
	Places []Place // of every candidate, in their order
	Best   int     // the candidate with the highest figure; -1 when there is none
	Choice int     // the cheapest candidate that is not measurably worse; -1 when there is none
	Tied   []int   // candidates that are not worse than the best: itself, those equal and those tied
	Reason Reason
	Enough bool // more items would change nothing that matters
	Items  int  // how many items it rests on: of queries those with an answer
	// ItemsNeeded is roughly how many items it would take to tell the choice from the
	// best, or the best from the next one, if they differ as they seem to; 0 when these
	// are enough or nobody knows. With so many the interval just leaves out 0, every
	// other time; with twice as many, four times in five.
	ItemsNeeded int
	Differences []Difference // of every two within the limits
}

// Judge says which of some candidates to take by a metric; it leaves the others
// outside. Terms are of every candidate in order; candidates without terms have none known. It may be asked at any time and is
// final when there were [DefaultResamples].
func (b *Bootstrap) Judge(metric string, among []int, terms []Terms, limits Limits) Verdict {
	nan := math.NaN()
	terms = slices.Clone(terms)
	for len(terms) < len(b.results) {
		terms = append(terms, Terms{Price: nan, Bytes: nan, Milliseconds: nan})
	}
	v := Verdict{Metric: metric, Best: -1, Choice: -1, Items: b.labels.Measured()}
	if metric == RejectionAUC {
		v.Items = b.labels.Items()
	}
	var inside []int
	for c := range b.results {
		v.Places = append(v.Places, Place{Candidate: c, Estimate: b.Estimate(c, metric)})
		if slices.Contains(among, c) && limits.Allow(terms[c]) && !math.IsNaN(v.Places[c].Value) {
			inside = append(inside, c)
		}
	}
	if len(inside) == 0 {
		return v
	}
	// How long requests took differs from run to run: it decides where nothing else does.
	order := func(x, y int) int {
		return cmp.Or(known(terms[x].Price, terms[y].Price), known(terms[x].Bytes, terms[y].Bytes),
			cmp.Compare(v.Places[y].Value, v.Places[x].Value), cheaper(terms[x], terms[y]))
	}
	v.Best = slices.MinFunc(inside, func(x, y int) int {
		return cmp.Or(cmp.Compare(v.Places[y].Value, v.Places[x].Value), order(x, y))
	})
	v.Differences = b.Compare(metric, inside)
	v.place()
	// What costs the same is chosen by its figure: a smaller vector is no reason to take
	// what seems worse, unless that is practically equal.
	v.Choice = slices.MinFunc(v.Tied, func(x, y int) int {
		if c := known(terms[x].Price, terms[y].Price); c != 0 {
			return c
		}
		if a, b := v.Places[x], v.Places[y]; a.Standing <= Equal && b.Standing <= Equal {
			return order(x, y)
		}
		return cmp.Or(cmp.Compare(v.Places[y].Value, v.Places[x].Value), order(x, y))
	})
	v.decide()
	return v
}

// place says where everyone stands against the best.
func (v *Verdict) place() {
	v.Places[v.Best].Standing = Best
	v.Tied = []int{v.Best}
	for _, d := range v.Differences {
		other := d.B
		switch v.Best {
		case d.A:
		case d.B:
			other, d = d.A, d.reversed()
		default:
			continue
		}
		p := &v.Places[other]
		p.ToBest = d
		switch {
		case d.Equal():
			p.Standing = Equal
		case d.Different():
			p.Standing = Worse
		default:
			p.Standing = Tied
		}
		if p.Standing != Worse {
			v.Tied = append(v.Tied, other)
		}
	}
	slices.Sort(v.Tied)
}

func (d Difference) reversed() Difference {
	d.A, d.B, d.Value, d.Low, d.High = d.B, d.A, -d.Value, -d.High, -d.Low
	return d
}

// decide finds the reason, and how many items would do better.
func (v *Verdict) decide() {
	var count [Worse + 1]int
	next := -1 // of those tied, the one nearest to the best
	for _, p := range v.Places {
		count[p.Standing]++
		if p.Standing == Tied && (next < 0 || p.Value > v.Places[next].Value) {
			next = p.Candidate
		}
	}
	switch {
	case v.Items < FewItems:
		v.Reason = Illustration
	case count[Best]+count[Equal]+count[Tied]+count[Worse] == 1:
		v.Reason = Alone
	case count[Tied] == 0 && v.Choice == v.Best && count[Equal] == 0:
		v.Reason, v.Enough = Clear, true
	case count[Tied] == 0:
		v.Reason, v.Enough = AsGood, true
	case count[Worse]+count[Equal] > 0:
		v.Reason = NotWorse
	default:
		v.Reason = CannotTell
	}
	if v.Reason == Illustration {
		v.ItemsNeeded = FewItems
	}
	if v.Places[v.Choice].Standing == Tied {
		next = v.Choice
	}
	if next >= 0 {
		v.ItemsNeeded = max(v.ItemsNeeded, needed(v.Items, v.Places[next].ToBest))
	}
}

// mostNeeded is over how many items nobody would mark them.
const mostNeeded = 100_000

// needed is how many items would shrink an interval so that it leaves out 0, or lies
// within practical equality, whichever is sooner: intervals shrink with the root of
// the number of items. It is rounded to one digit, two from 1 to 2.
func needed(items int, d Difference) int {
	half := (d.High - d.Low) / 2
	if math.IsNaN(half) || half <= 0 {
		return 0
	}
	width := max(math.Abs(d.Value), Equivalence-math.Abs(d.Value))
	n := max(1, float64(items)*(half/width)*(half/width))
	if n > mostNeeded {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(n)))
	if n/unit < 2 {
		unit /= 10
	}
	return max(items+1, int(math.Round(math.Round(n/unit)*unit)))
}
