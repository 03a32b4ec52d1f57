package evaluate

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/vecscope/vecscope/compare/kernel"
)

// Bootstrap resamples items, the same ones for every candidate, and measures all
// candidates by each resample, so that differences can be told from chance. Whoever
// waits for it advances it batch by batch and may look at it in between: the same seed
// gives the same numbers whatever the batches. It is for one goroutine at a time.
type Bootstrap struct {
	labels  *Labels
	results []*Result
	seed    uint64
	done    int
	series  [][]float64 // of candidate c and metric m, at c·metrics+m: the value in every resample
	// corrections are what has to be added to the values in resamples, by the same
	// places.
	corrections func() []float64
	// worths has for every metric of the labels what it rests on, as Labels.worth says.
	worths func() [][2]float64
}

// DefaultResamples is how many resamples a verdict should rest on.
const DefaultResamples = 2000

// NewBootstrap returns a bootstrap of results, which must be of the same labels; else
// the error is *[Error] DifferentLabels, with the first such result for its item.
func NewBootstrap(results []*Result, seed uint64) (*Bootstrap, error) {
	if len(results) == 0 {
		return nil, &Error{Problem: NoLabels, Item: -1, Text: NoText}
	}
	b := &Bootstrap{labels: results[0].labels, results: slices.Clone(results), seed: seed}
	for i, r := range results {
		if r.labels != b.labels {
			return nil, &Error{Problem: DifferentLabels, Item: i, Text: NoText}
		}
	}
	b.series = make([][]float64, len(results)*len(b.labels.metrics))
	b.corrections = sync.OnceValue(b.corrected)
	b.worths = sync.OnceValue(func() [][2]float64 {
		var all [][2]float64
		for _, metric := range b.labels.metrics {
			units, ofEach := b.labels.worth(metric)
			all = append(all, [2]float64{units, ofEach})
		}
		return all
	})
	return b, nil
}

// Resamples returns how many resamples there were.
func (b *Bootstrap) Resamples() int { return b.done }

// Seed returns what the draws follow from.
func (b *Bootstrap) Seed() uint64 { return b.seed }

// Labels returns what the candidates are measured by.
func (b *Bootstrap) Labels() *Labels { return b.labels }

// Advance adds n resamples, on all cores. When ctx ends first its error is returned and
// the bootstrap is as it was.
func (b *Bootstrap) Advance(ctx context.Context, n int) error {
	for i, s := range b.series {
		b.series[i] = append(s[:b.done:b.done], make([]float64, n)...)
	}
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(kernel.Cores(), n) {
		group.Go(func() error {
			kernel.GiveWay(ctx)
			d := b.newDraw()
			for {
				from := int(next.Add(turnOf)) - turnOf
				if from >= n {
					return nil
				}
				if err := d.inTurn(ctx, b.done+from, b.done+min(n, from+turnOf)); err != nil {
					return err
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		for i := range b.series {
			b.series[i] = b.series[i][:b.done]
		}
		return err
	}
	b.done += n
	return nil
}

// turnOf is how many resamples are made before others that compute have their turn.
const turnOf = 8

// inTurn makes the resamples of some numbers.
func (d *draw) inTurn(ctx context.Context, from, to int) error {
	end, err := kernel.Turn(ctx)
	if err != nil {
		return err
	}
	defer end()
	for number := from; number < to; number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.resample(number)
	}
	return nil
}

// draw is what one goroutine needs to make resamples.
type draw struct {
	*Bootstrap
	weights *weights
	units   []float64
	out     []float64
	scratch []float64
}

func (b *Bootstrap) newDraw() *draw {
	size := 0
	for _, r := range b.results {
		size = max(size, r.sizeOfScratch())
	}
	return &draw{
		Bootstrap: b,
		weights:   newWeights(b.labels),
		units:     make([]float64, b.labels.unitCount),
		out:       make([]float64, len(b.labels.metrics)),
		scratch:   make([]float64, size),
	}
}

// resample makes one resample, which depends on the seed and its number alone.
func (d *draw) resample(number int) {
	random := rand.New(rand.NewPCG(d.seed, scramble(uint64(number))))
	d.labels.draw(random, d.units, d.weights)
	for c, r := range d.results {
		r.measure(d.weights, d.out, d.scratch)
		for m, value := range d.out {
			d.series[c*len(d.out)+m][number] = value
		}
	}
}

// scramble spreads neighbouring numbers over all seeds.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// draw draws as many units as there are, with replacement, into w.
func (l *Labels) draw(random *rand.Rand, units []float64, w *weights) {
	if l.resampled == WithinGroups {
		l.drawWithin(random, w)
		return
	}
	clear(units)
	for range units {
		units[random.IntN(len(units))]++
	}
	for i, unit := range l.units {
		w.items[i] = units[unit]
	}
	if w.points == nil {
		return
	}
	// A group drawn twice is two groups: its own pairs are there twice, and those
	// between the two would be of one group and are left out.
	p := l.points()
	for k := range p.positive {
		w.points[k] = w.items[p.a[k]] * p.weight[0]
	}
	for k := p.positive; k < len(p.a); k++ {
		w.points[k] = w.items[p.a[k]] * w.items[p.b[k]] * p.weight[1]
	}
}

// drawWithin draws as many texts of every group as it has. A text drawn twice makes no
// pair with itself.
func (l *Labels) drawWithin(random *rand.Rand, w *weights) {
	clear(w.items)
	for _, items := range l.byGroup {
		for range items {
			w.items[items[random.IntN(len(items))]]++
		}
	}
	w.spread(l)
}

// at returns where a candidate's values of a metric are.
func (b *Bootstrap) at(candidate int, metric string) (int, bool) {
	m := slices.Index(b.labels.metrics, metric)
	if m < 0 || candidate < 0 || candidate >= len(b.results) {
		return 0, false
	}
	return candidate*len(b.labels.metrics) + m, true
}

// corrected finds what has to be added to the values of resamples where these look at a
// sample of all pairs of texts: by how much the figures of the sample miss those of all.
func (b *Bootstrap) corrected() []float64 {
	all := make([]float64, len(b.series))
	if b.labels.points == nil || b.labels.points().complete() {
		return all
	}
	once := newWeights(b.labels)
	for candidate, r := range b.results {
		for m, value := range r.measured(once) {
			if c := r.Metrics[m].Value - value; !math.IsNaN(c) {
				all[candidate*len(b.labels.metrics)+m] = c
			}
		}
	}
	return all
}

// All returns the places of all candidates, for [Bootstrap.Compare].
func (b *Bootstrap) All() []int { return ascending(len(b.results)) }
