package evaluate

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// spread is the distribution that resamples give a figure.
type spread struct {
	sorted []float64 // without NaN
	units  float64   // independent units that were drawn
	ofEach float64   // and how many of each of two kinds that are compared
}

func newSpread(values []float64, units, ofEach float64) spread {
	sorted := make([]float64, 0, len(values))
	for _, v := range values {
		if v == v {
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	return spread{sorted, units, ofEach}
}

// known reports whether there is anything to go by.
func (s spread) known() bool { return len(s.sorted) >= 20 && s.units >= 2 }

// sd is the standard deviation of the figure over resamples: its standard error. It is 0
// where they differ by rounding alone.
func (s spread) sd() float64 {
	if last := len(s.sorted) - 1; last >= 0 && s.sorted[last]-s.sorted[0] <= 1e-12 {
		return 0
	}
	n := float64(len(s.sorted))
	mean := sum(s.sorted) / n
	var squares float64
	for _, v := range s.sorted {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / (n - 1))
}

// widening is by how much a normal quantile grows: resamples of n units vary less than
// samples by √((n−1)/n), and few units know their own variation badly, which is what
// Student's distribution is for (Hesterberg 2015).
func (s spread) widening() float64 { return math.Sqrt(s.ofEach / (s.ofEach - 1)) }

// interval is the 95% percentile interval, its tails chosen as widening says.
func (s spread) interval() Interval {
	if !s.known() {
		return Interval{math.NaN(), math.NaN()}
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: s.units - 1}
	tail := distuv.UnitNormal.CDF(-s.widening() * t.Quantile(.975))
	return Interval{s.quantile(tail), s.quantile(1 - tail)}
}

// unseen is the interval of a figure that no resample changes, as two candidates that
// make no mistake differ by nothing: what was not seen among n may still happen to
// three in n.
func (s spread) unseen(value float64) Interval {
	return Interval{max(-1, value-3/s.units), min(1, value+3/s.units)}
}

// pessimistic is the interval of a figure of groups at the best threshold. That is the
// best for this sample, and more so for a resample: what resamples add is taken off
// twice, once for them and once for the sample. The figure itself stays in.
func (s spread) pessimistic(value float64) Interval {
	if !s.known() {
		return s.interval()
	}
	i := s.interval().shifted(-2 * s.added(value))
	return Interval{min(i.Low, value), max(i.High, value)}
}

// added is by how much resamples are over the figure, if they are.
func (s spread) added(value float64) float64 {
	return max(0, sum(s.sorted)/float64(len(s.sorted))-value)
}

// atThreshold is the interval of a figure of pairs, from least to 1, at the threshold
// that is best for the sample: how good the best one is of very many pairs. The figure
// is too high for that, and by how much resamples tell only in part: what they add, for
// thresholds of their own, is in simulations about half of it, since with items twice
// there are fewer thresholds to choose among. So what they add is taken off, and twice
// as much stands beside their standard error for what is not known. The scale is one
// without ends, as for logit.
func (s spread) atThreshold(value, least float64) Interval {
	added := s.added(value)
	middle, width := value-added, 1-least
	if !s.known() || middle <= least || middle >= 1 {
		return s.pessimistic(value)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: s.units - 1}
	half := s.widening() * t.Quantile(.975) * math.Hypot(s.sd(), 2*added) * width / ((middle - least) * (1 - middle))
	odds := math.Log((middle - least) / (1 - middle))
	inverse := func(x float64) float64 { return least + width/(1+math.Exp(-x)) }
	return Interval{inverse(odds - half), inverse(odds + half)}
}

// shifted is the interval moved by so much.
func (i Interval) shifted(by float64) Interval { return Interval{i.Low + by, i.High + by} }

// logit is the interval of an AUC, which is a share: of two items of different kinds, how
// often they are in the right order. It is z95 standard errors either way in the logarithm
// of its odds, where the error of the share becomes that divided by value·(1−value). Odds
// have no end, whereas near 1 resamples crowd under it, so that their percentiles lie too
// low. At 0 and 1 themselves, whose odds are endless, it is the percentiles.
func (s spread) logit(value float64) Interval {
	if !s.known() || value <= 0 || value >= 1 {
		return s.interval()
	}
	half := z95 * s.sd() / (value * (1 - value))
	odds := math.Log(value / (1 - value))
	inverse := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	return Interval{inverse(odds - half), inverse(odds + half)}
}

// quantile interpolates between neighbouring values.
func (s spread) quantile(p float64) float64 {
	at := p * float64(len(s.sorted)-1)
	k := int(at)
	if k+1 >= len(s.sorted) {
		return s.sorted[len(s.sorted)-1]
	}
	return s.sorted[k] + (at-float64(k))*(s.sorted[k+1]-s.sorted[k])
}

// fewInTail is under how many resamples beyond 0 their share says little, and the
// normal curve is asked.
const fewInTail = 10

// p is the two-sided p of the figure being 0: the interval that just holds 0, were there
// only so many units as of each kind, so that few of one do not make a tie a win.
func (s spread) p() float64 {
	if !s.known() {
		return math.NaN()
	}
	n := len(s.sorted)
	below := sort.Search(n, func(k int) bool { return s.sorted[k] >= 0 })
	over := n - sort.Search(n, func(k int) bool { return s.sorted[k] > 0 })
	ties := n - below - over
	beyond := min(below, over) + (ties+1)/2
	z := -distuv.UnitNormal.Quantile((float64(beyond) + .5) / float64(n+1))
	if beyond < fewInTail {
		far := math.Abs(s.quantile(.5)) / s.sd()
		z = max(-distuv.UnitNormal.Quantile(float64(fewInTail)/float64(n+1)), far)
		if s.sd() == 0 {
			z = 0
		}
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: max(1, s.ofEach-1)}
	return min(1, 2*t.CDF(-max(0, z)/s.widening()))
}
