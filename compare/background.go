package compare

import (
	"math"
	"slices"

	"github.com/vecscope/vecscope/compare/kernel"
)

// Background describes the similarities of all pairs of different texts: the
// level a threshold stands against. With no pairs every number is 0.
type Background struct {
	Pairs int     // m = n(n−1)/2 over the n texts that have a vector
	Mean  float64 // arithmetic mean
	SD    float64 // standard deviation of the population: divided by m
	P5    float64 // percentiles, interpolated linearly between neighbours
	P50   float64 // (numpy's default); above DenseLimit texts right to about 1e-5, or
	P95   float64 // as ScanPairs says
	P99   float64
	Min   float64
	Max   float64
}

// leastSD is the standard deviation under which similarities are all the same but for
// rounding.
const leastSD = 1e-6

// Strictness returns how many standard deviations a similarity lies above the average
// pair, which can be compared between models where similarities cannot; NaN where all
// pairs are equally similar.
func (b Background) Strictness(similarity float64) float64 {
	if b.SD < leastSD {
		return math.NaN()
	}
	return (similarity - b.Mean) / b.SD
}

// mergeSums adds everything o has seen to s.
func mergeSums(s *kernel.Sums, o kernel.Sums) {
	if o.Count == 0 {
		return
	}
	if s.Count == 0 {
		*s = o
		return
	}
	shift := o.Origin - s.Origin
	n := float64(o.Count)
	s.Squares += o.Squares + 2*shift*o.Sum + n*shift*shift
	s.Sum += o.Sum + n*shift
	s.Count += o.Count
	s.Least, s.Most = min(s.Least, o.Least), max(s.Most, o.Most)
}

// withoutSums takes everything o has seen, which s has seen too, out of s. The least and
// the greatest stay.
func withoutSums(s *kernel.Sums, o kernel.Sums) {
	if o.Count == 0 {
		return
	}
	shift := o.Origin - s.Origin
	n := float64(o.Count)
	s.Squares -= o.Squares + 2*shift*o.Sum + n*shift*shift
	s.Sum -= o.Sum + n*shift
	s.Count -= o.Count
}

// backgroundOf returns what is known without percentiles.
func backgroundOf(s kernel.Sums) Background {
	if s.Count == 0 {
		return Background{}
	}
	n := float64(s.Count)
	mean := s.Sum / n
	return Background{
		Pairs: s.Count,
		Mean:  s.Origin + mean,
		SD:    math.Sqrt(max(0, s.Squares/n-mean*mean)),
		Min:   float64(s.Least),
		Max:   float64(s.Most),
	}
}

// distribution knows all similarities of a scan, exactly or to the bin.
type distribution interface {
	// atLeast returns the number of similarities ≥ threshold.
	atLeast(threshold float64) int
	// ranks returns for each k the k-th smallest similarity, counted from 0.
	ranks(ks []int) []float64
}

// fillPercentiles interpolates the percentiles between neighbouring ranks.
func (b *Background) fillPercentiles(d distribution) {
	if b.Pairs == 0 {
		return
	}
	percents := []float64{5, 50, 95, 99}
	results := []*float64{&b.P5, &b.P50, &b.P95, &b.P99}
	var ks []int
	for _, p := range percents {
		below := int(p / 100 * float64(b.Pairs-1))
		ks = append(ks, below, min(below+1, b.Pairs-1))
	}
	values := d.ranks(ks)
	for i, p := range percents {
		low, high := values[2*i], values[2*i+1]
		part := p/100*float64(b.Pairs-1) - float64(ks[2*i])
		*results[i] = min(b.Max, max(b.Min, low+(high-low)*part))
	}
}

// sortedValues is the exact distribution of few values, ascending.
type sortedValues []float32

func newSortedValues(values []float32) sortedValues {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted
}

func (v sortedValues) ranks(ks []int) []float64 {
	values := make([]float64, len(ks))
	for i, k := range ks {
		values[i] = float64(v[k])
	}
	return values
}

func (v sortedValues) atLeast(threshold float64) int {
	below, _ := slices.BinarySearchFunc(v, threshold, func(s float32, t float64) int {
		if float64(s) < t {
			return -1
		}
		return 1
	})
	return len(v) - below
}
