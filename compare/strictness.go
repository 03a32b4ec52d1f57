package compare

import (
	"math"
)

// madToSD makes of a median absolute deviation the standard deviation of a normal
// distribution.
const madToSD = 1.4826

// ThresholdOf returns a threshold at or over which so many pairs lie: midway between
// the last of them and the next. Where several are equal there may be no such
// threshold, and it is the one that finds the fewest more. As exact as
// [Scan.CountAt]. It is over every pair for 0 or fewer, under every one for all; NaN
// without any pair.
func (s *Scan) ThresholdOf(count int) float64 {
	switch {
	case s.Background.Pairs == 0:
		return math.NaN()
	case count <= 0:
		return math.Nextafter(max(s.Max, s.least(1)), 2)
	case count >= s.Background.Pairs:
		return s.least(s.Background.Pairs)
	}
	last, next := s.least(count), s.least(count+1)
	return last + (next-last)/2
}

// least returns the similarity of the last of so many pairs, the most similar first.
func (s *Scan) least(count int) float64 {
	if count <= len(s.pairs) {
		return s.pairs[count-1].Similarity
	}
	return s.similarities.ranks([]int{s.Background.Pairs - count})[0]
}

// AsStrict returns the threshold in s that finds as many pairs as one in another scan of
// the same texts does: .95 under one model is the same number of pairs as .83 under
// another.
func (s *Scan) AsStrict(other *Scan, threshold float64) float64 {
	return s.ThresholdOf(other.CountAt(threshold))
}

// Percentile returns the similarity that p percent of all pairs lie under. The finest
// step is one pair of all. NaN without any pair, and for a p that is none.
func (s *Scan) Percentile(p float64) float64 {
	if s.Background.Pairs == 0 || !(p >= 0 && p <= 100) {
		return math.NaN()
	}
	at := p / 100 * float64(s.Background.Pairs-1)
	below := int(at)
	values := s.similarities.ranks([]int{below, min(below+1, s.Background.Pairs-1)})
	return values[0] + (at-float64(below))*(values[1]-values[0])
}

// RobustZ returns how many robust standard deviations a similarity lies over the median
// of all pairs: (s − median)/(1.4826·MAD). It tells how far out a pair is, not how
// probable it is. NaN where half of all pairs are equal.
func (s *Scan) RobustZ(similarity float64) float64 {
	return (similarity - s.P50) / s.robustSD()
}

// AtRobustZ returns the similarity at a robust z.
func (s *Scan) AtRobustZ(z float64) float64 { return s.P50 + z*s.robustSD() }

// robustSD is 1.4826 times the median distance from the median, NaN when that is 0.
func (s *Scan) robustSD() float64 {
	low, high := 0.0, 2.0
	for range 60 {
		middle := (low + high) / 2
		within := s.similarities.atLeast(s.P50-middle) - s.similarities.atLeast(math.Nextafter(s.P50+middle, 3))
		if 2*within >= s.Background.Pairs {
			high = middle
		} else {
			low = middle
		}
	}
	if s.Background.Pairs == 0 || high < equalWithin {
		return math.NaN()
	}
	return madToSD * high
}
