package compare

import (
	"slices"
	"sort"

	"github.com/vecscope/vecscope/compare/kernel"
)

// bins cut [-1, 1] finely enough (7.6e-6) that no screen can show the error.
const bins = kernel.Bins

// bin returns the bin of a threshold; every similarity at or over it is in that bin
// or a later one.
func bin(threshold float64) int {
	return min(bins-1, int((threshold+1)*(bins/2)))
}

// binStart returns the least similarity that belongs in a bin.
func binStart(b int) float64 { return float64(b)/(bins/2) - 1 }

// tally counts similarities by bin while they are computed.
type tally struct {
	counts []int64
	places [binsTogether]int32
}

// binsTogether is how many similarities are put in bins at a time.
const binsTogether = 256

func newTally() *tally { return &tally{counts: make([]int64, bins)} }

func (t *tally) add(values []float32) {
	for len(values) > 0 {
		n := min(len(values), binsTogether)
		kernel.BinsOf(values[:n], t.places[:])
		for _, b := range t.places[:n] {
			t.counts[b]++
		}
		values = values[n:]
	}
}

// histogram is the distribution of many values, known to the bin.
type histogram struct {
	before []int64 // before[b] values lie in the bins under b; one entry more than bins
}

// newHistogram adds up the tallies of all workers.
func newHistogram(tallies []*tally) histogram {
	before := make([]int64, bins+1)
	for b := range bins {
		before[b+1] = before[b]
		for _, t := range tallies {
			before[b+1] += t.counts[b]
		}
	}
	return histogram{before}
}

// atLeast counts from the start of the threshold's bin.
func (h histogram) atLeast(threshold float64) int {
	if threshold > 1 {
		return 0
	}
	b := bin(max(-1, threshold))
	return int(h.before[bins] - h.before[b])
}

// binOf returns the bin that holds the k-th smallest value.
func (h histogram) binOf(k int) int {
	return sort.Search(bins, func(b int) bool { return h.before[b+1] > int64(k) })
}

// ranks spreads the values of a bin evenly over it.
func (h histogram) ranks(ks []int) []float64 {
	values := make([]float64, len(ks))
	for i, k := range ks {
		b := h.binOf(k)
		count := h.before[b+1] - h.before[b]
		share := (float64(int64(k)-h.before[b]) + 0.5) / float64(count)
		values[i] = binStart(b) + share*(2.0/bins)
	}
	return values
}

// heldHistogram is a histogram of values that are still held, so that ranks
// are exact.
type heldHistogram struct {
	histogram
	values []float32
}

func (h heldHistogram) ranks(ks []int) []float64 {
	wanted := make([]bool, bins)
	for _, k := range ks {
		wanted[h.binOf(k)] = true
	}
	found := make(map[int][]float32)
	var places [binsTogether]int32
	for rest := h.values; len(rest) > 0; {
		n := min(len(rest), binsTogether)
		kernel.BinsOf(rest[:n], places[:])
		for k, b := range places[:n] {
			if wanted[b] {
				found[int(b)] = append(found[int(b)], rest[k])
			}
		}
		rest = rest[n:]
	}
	for _, inBin := range found {
		slices.Sort(inBin)
	}
	values := make([]float64, len(ks))
	for i, k := range ks {
		b := h.binOf(k)
		values[i] = float64(found[b][int64(k)-h.before[b]])
	}
	return values
}
