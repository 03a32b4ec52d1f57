package evaluate

import (
	"math"
	"slices"
)

// Estimate is a metric of one candidate and its 95% interval. Two candidates are not
// compared by their intervals: that is what [Difference] is for.
type Estimate struct {
	Value float64
	Interval
}

// Estimate returns a metric and its interval as far as the resamples tell; NaN when
// there are too few, or no such metric. Shares of items (nearest in the same group,
// hit@1) have Wilson's interval, over as many items as their variation is worth.
func (b *Bootstrap) Estimate(candidate int, metric string) Estimate {
	least := 0.0
	switch metric {
	case Spearman, Pearson, MCC, Silhouette:
		least = -1
	}
	e := b.estimate(candidate, metric, least)
	if !math.IsNaN(e.Low) && !math.IsNaN(e.High) {
		e.Low, e.High = max(e.Low, least), min(e.High, 1)
	}
	return e
}

// estimate is Estimate of a metric that is never under least; its interval may reach
// further.
func (b *Bootstrap) estimate(candidate int, metric string, least float64) Estimate {
	at, ok := b.at(candidate, metric)
	if !ok {
		return Estimate{math.NaN(), Interval{math.NaN(), math.NaN()}}
	}
	value, _ := b.results[candidate].Value(metric)
	s := b.spread(b.series[at], metric)
	if metric == NearestInGroup || metric == HitAt1 {
		return Estimate{value, b.share(value, s)}
	}
	if s.known() && s.sd() == 0 {
		return Estimate{value, s.unseen(value)}
	}
	c := b.corrections()[at]
	switch metric {
	case BestF1, MCC:
		if b.labels.task == Groups {
			return Estimate{value, s.pessimistic(value - c).shifted(c)}
		}
		return Estimate{value, s.atThreshold(value, least)}
	case AUC, RejectionAUC:
		return Estimate{value, s.logit(value)}
	default:
		return Estimate{value, s.interval().shifted(c)}
	}
}

// spread is that of a metric the labels have, or of a difference in it.
func (b *Bootstrap) spread(values []float64, metric string) spread {
	worth := b.worths()[slices.Index(b.labels.metrics, metric)]
	return newSpread(values, worth[0], worth[1])
}

// share is the interval of a share of items. Items that are drawn together count for
// fewer.
func (b *Bootstrap) share(value float64, s spread) Interval {
	n := float64(b.labels.counted())
	if b.labels.unitCount < b.labels.Items() {
		n = math.Min(n, float64(b.labels.unitCount))
		if sd := s.sd(); s.known() && sd > 0 {
			n = math.Max(n, math.Min(float64(b.labels.counted()), value*(1-value)/(sd*sd)))
		}
	}
	return Wilson(value*n, n)
}

// counted is how many items a share is of: texts whose group has another, queries that
// have an answer.
func (l *Labels) counted() int {
	n := 0
	switch l.task {
	case Groups:
		for _, items := range l.byGroup {
			if len(items) > 1 {
				n += len(items)
			}
		}
	case Retrieval:
		for _, q := range l.queries {
			if q.answerable() {
				n++
			}
		}
	default:
		n = len(l.pairs)
	}
	return n
}

// Difference is by how much candidate A is over B in a metric, measured on the same
// items, and whether that can be chance.
type Difference struct {
	A, B   int // candidates, by their places among the results
	Metric string
	Value  float64
	Interval
	P     float64 // two-sided, of no difference
	HolmP float64 // P adjusted for all differences that it was compared among
	Exact bool    // P is of a test on the items (sign-flip, McNemar), rather than of the resamples
}

// Different reports whether the two can be told apart: the adjusted P is under .05 and
// the interval does not hold 0.
func (d Difference) Different() bool { return d.HolmP < .05 && !d.Holds(0) }

// Equivalence is how small a difference is of no practical meaning.
const Equivalence = .02

// Chance is the value of a metric that needs no candidate; ok is false where it depends
// on the data.
func Chance(metric string) (value float64, ok bool) {
	switch metric {
	case AUC, RejectionAUC:
		return .5, true
	case Spearman, Pearson, MCC, Silhouette:
		return 0, true
	}
	return 0, false
}

// Equal reports whether the two are practically equal: the interval lies within
// ±[Equivalence].
func (d Difference) Equal() bool { return d.Low >= -Equivalence && d.High <= Equivalence }

// Compare returns the differences in a metric of every two of some candidates, adjusted
// for there being so many. It has none where there is no such metric.
func (b *Bootstrap) Compare(metric string, candidates []int) []Difference {
	var all []Difference
	var ps []float64
	for i, x := range candidates {
		for _, y := range candidates[i+1:] {
			if d, ok := b.difference(x, y, metric); ok {
				all, ps = append(all, d), append(ps, d.P)
			}
		}
	}
	for i, p := range Holm(ps) {
		all[i].HolmP = p
	}
	return all
}

func (b *Bootstrap) difference(x, y int, metric string) (Difference, bool) {
	atX, okX := b.at(x, metric)
	atY, okY := b.at(y, metric)
	if !okX || !okY {
		return Difference{}, false
	}
	valueX, _ := b.results[x].Value(metric)
	valueY, _ := b.results[y].Value(metric)
	d := Difference{A: x, B: y, Metric: metric, Value: valueX - valueY}
	shift := b.corrections()[atX] - b.corrections()[atY]
	values := make([]float64, b.done)
	for k := range values {
		values[k] = b.series[atX][k] - b.series[atY][k] + shift
	}
	s := b.spread(values, metric)
	d.Interval, d.P = s.interval(), s.p()
	if s.known() && s.sd() == 0 && !same(b.results[x], b.results[y]) {
		d.Interval = s.unseen(d.Value)
	}
	if p, exact := b.exactP(x, y, metric); exact {
		d.P, d.Exact = p, true
	}
	return d, true
}

// exactP is the p of a test on the items themselves, where they are independent values.
func (b *Bootstrap) exactP(x, y int, metric string) (p float64, ok bool) {
	values, ok := b.itemValues(x, metric)
	others, _ := b.itemValues(y, metric)
	if !ok {
		return 0, false
	}
	differences := make([]float64, b.labels.unitCount)
	var first, second int
	for i, v := range values {
		if v != v {
			continue
		}
		differences[b.labels.units[i]] += v - others[i]
		if v > others[i] {
			first++
		} else if v < others[i] {
			second++
		}
	}
	if metric == HitAt1 && b.labels.resampled == EachQuery {
		return McNemar(first, second), true
	}
	return SignFlip(differences, b.seed), true
}

// itemValues are a metric's values of every item, for those that are means over
// independent items; NaN for an item that does not count.
func (b *Bootstrap) itemValues(candidate int, metric string) ([]float64, bool) {
	s, ok := b.results[candidate].statistic.(retrievalStatistic)
	if !ok {
		return nil, false
	}
	for m, name := range b.labels.metrics[:len(s.values)] {
		if name == metric {
			return s.values[m], true
		}
	}
	return nil, false
}
