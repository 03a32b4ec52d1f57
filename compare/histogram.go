package compare

import (
	"slices"
	"sort"

	"github.com/vecscope/vecscope/compare/kernel"
)

// bins cut [-1, 1] finely enough (7.6e-6) that no screen can show the error; coarseBins
// (1.2e-4) those of similarities in int8.
const bins, coarseBins = kernel.Bins, kernel.CoarseBins

// tally counts similarities by bin while they are computed: in few bytes, so that
// the counts stay in the processor's cache, until these could overflow.
type tally struct {
	counts  []uint32
	added   int64   // in counts
	spilled []int64 // what counts held before; nil when nothing did
	places  [binsTogether]int32
}

const (
	// binsTogether is how many similarities are put in bins at a time.
	binsTogether = 256
	// spillAt is how many similarities are counted in few bytes.
	spillAt = 1 << 31
)

func newTally(bins int) *tally { return &tally{counts: make([]uint32, bins)} }

func (t *tally) add(values []float32) {
	for len(values) > 0 {
		n := min(len(values), binsTogether)
		kernel.BinsOf(values[:n], t.places[:])
		t.count(n)
		values = values[n:]
	}
}

// room is where to put the bins of n similarities, up to binsTogether, that are to be
// counted.
func (t *tally) room(n int) []int32 { return t.places[:n] }

// count adds to the counts of n bins.
func (t *tally) count(n int) {
	counts := t.counts
	for _, b := range t.places[:n] {
		counts[b]++
	}
	if t.added += int64(n); t.added >= spillAt {
		t.spill()
	}
}

// spill moves the counts to where there is more room.
func (t *tally) spill() {
	if t.spilled == nil {
		t.spilled = make([]int64, len(t.counts))
	}
	for b, n := range t.counts {
		t.spilled[b] += int64(n)
	}
	clear(t.counts)
	t.added = 0
}

// addTo adds all counts to those of all workers.
func (t *tally) addTo(all []int64) {
	for b, n := range t.counts {
		all[b] += int64(n)
	}
	for b, n := range t.spilled {
		all[b] += n
	}
}

// histogram is the distribution of many values, known to the bin.
type histogram struct {
	before []int64 // before[b] values lie in the bins under b; one entry more than bins
}

// bins is how many bins there are.
func (h histogram) bins() int { return len(h.before) - 1 }

// all is how many values there are.
func (h histogram) all() int64 { return h.before[h.bins()] }

// bin returns the bin of a threshold; every similarity at or over it is in that bin
// or a later one.
func (h histogram) bin(threshold float64) int {
	return min(h.bins()-1, int((threshold+1)*float64(h.bins()/2)))
}

// start returns the least similarity that belongs in a bin.
func (h histogram) start(bin int) float64 { return float64(bin)/float64(h.bins()/2) - 1 }

// newHistogram adds up the tallies of all workers, which have the same bins.
func newHistogram(tallies []*tally) histogram {
	bins := len(tallies[0].counts)
	before := make([]int64, bins+1)
	for _, t := range tallies {
		t.addTo(before[1:])
	}
	for b := range bins {
		before[b+1] += before[b]
	}
	return histogram{before}
}

// changed returns the histogram without some values and with others.
func (h histogram) changed(gone, come []*tally) histogram {
	more, less := newHistogram(come), newHistogram(gone)
	for b := range more.before {
		more.before[b] += h.before[b] - less.before[b]
	}
	return more
}

// ends returns about the least and the greatest value, to the bin.
func (h histogram) ends() (least, greatest float32) {
	last := h.binOf(int(h.all()) - 1)
	return float32(h.start(h.binOf(0))), float32(h.start(last + 1))
}

// sums returns those of all values, each as in the middle of its bin.
func (h histogram) sums() kernel.Sums {
	s := kernel.Sums{Count: int(h.all())}
	if s.Count == 0 {
		return s
	}
	s.Least, s.Most = h.ends()
	s.Origin = float64(s.Least)
	width := 2 / float64(h.bins())
	for b := h.binOf(0); h.before[b] < h.all(); b++ {
		n, d := float64(h.before[b+1]-h.before[b]), h.start(b)+width/2-s.Origin
		s.Sum += n * d
		s.Squares += n * d * d
	}
	return s
}

// atLeast counts from the start of the threshold's bin.
func (h histogram) atLeast(threshold float64) int {
	if threshold > 1 {
		return 0
	}
	return int(h.all() - h.before[h.bin(max(-1, threshold))])
}

// binOf returns the bin that holds the k-th smallest value.
func (h histogram) binOf(k int) int {
	return sort.Search(h.bins(), func(b int) bool { return h.before[b+1] > int64(k) })
}

// ranks spreads the values of a bin evenly over it.
func (h histogram) ranks(ks []int) []float64 {
	values := make([]float64, len(ks))
	for i, k := range ks {
		b := h.binOf(k)
		count := h.before[b+1] - h.before[b]
		share := (float64(int64(k)-h.before[b]) + 0.5) / float64(count)
		values[i] = h.start(b) + share*2/float64(h.bins())
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
