package evaluate

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a figure's 95% interval. It is NaN where the data say nothing.
type Interval struct{ Low, High float64 }

// Holds reports whether x is inside, ends included.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// z95 is the quantile of the normal distribution that 95% intervals are made with.
var z95 = distuv.UnitNormal.Quantile(.975)

// Wilson returns the 95% interval of a proportion: of hits among n.
func Wilson(hits, n float64) Interval {
	if n <= 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	p, zz := hits/n, z95*z95
	middle := (p + zz/(2*n)) / (1 + zz/n)
	half := z95 / (1 + zz/n) * math.Sqrt(p*(1-p)/n+zz/(4*n*n))
	return Interval{max(0, middle-half), min(1, middle+half)}
}

// BonettWright returns the 95% interval of a Spearman correlation over n pairs; NaN
// under four.
func BonettWright(r float64, n int) Interval {
	if n < 4 {
		return Interval{math.NaN(), math.NaN()}
	}
	const z = 1.96 // as published, to two places
	middle, half := math.Atanh(r), z*math.Sqrt((1+r*r/2)/float64(n-3))
	return Interval{math.Tanh(middle - half), math.Tanh(middle + half)}
}

// McNemar returns the exact two-sided p of items that only one of two candidates gets
// right: so many the first, so many the second. Fewer than six never reach .05.
func McNemar(first, second int) float64 {
	n := first + second
	if n == 0 {
		return 1
	}
	b := distuv.Binomial{N: float64(n), P: .5}
	return min(1, 2*b.CDF(float64(min(first, second))))
}

const (
	// exactFlips is up to how many differences all flips of their signs are tried.
	exactFlips = 16
	// randomFlips is how many are tried of more.
	randomFlips = 10_000
)

// SignFlip returns the two-sided p of differences of two candidates, item by item, being
// no more than chance: how often their sum is as far from 0 when each has a random
// sign. Up to 16 differences all signs are tried, of more 10,000 by the seed.
func SignFlip(differences []float64, seed uint64) float64 {
	d := slices.DeleteFunc(slices.Clone(differences), func(x float64) bool { return x == 0 })
	if len(d) == 0 {
		return 1
	}
	var size float64
	for _, x := range d {
		size += math.Abs(x)
	}
	enough := math.Abs(sum(d)) - 1e-12*size // what rounding may take off an equal sum
	if len(d) <= exactFlips {
		return exactSignFlip(d, enough)
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(d))))
	hits := 0
	for range randomFlips {
		if math.Abs(flipped(d, random.Uint64)) >= enough {
			hits++
		}
	}
	return float64(1+hits) / (1 + randomFlips)
}

// exactSignFlip tries all signs. Zeros, which flip to themselves, change no share.
func exactSignFlip(d []float64, enough float64) float64 {
	hits, all := 0, uint64(1)<<len(d)
	for signs := range all {
		if math.Abs(flipped(d, func() uint64 { return signs })) >= enough {
			hits++
		}
	}
	return float64(hits) / float64(all)
}

// flipped sums up d with signs from the bits of next, 64 at a time.
func flipped(d []float64, next func() uint64) float64 {
	var total float64
	for len(d) > 0 {
		n := min(len(d), bits.UintSize)
		signs := next()
		for _, x := range d[:n] {
			if signs&1 == 1 {
				x = -x
			}
			total += x
			signs >>= 1
		}
		d = d[n:]
	}
	return total
}

// Holm returns p values adjusted for there being several. A NaN stays and does not
// count.
func Holm(p []float64) []float64 {
	var order []int
	adjusted := slices.Clone(p)
	for i, x := range p {
		if !math.IsNaN(x) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if p[a] < p[b] {
			return -1
		}
		if p[a] > p[b] {
			return 1
		}
		return 0
	})
	least := 0.0
	for k, i := range order {
		least = max(least, min(1, p[i]*float64(len(order)-k)))
		adjusted[i] = least
	}
	return adjusted
}
