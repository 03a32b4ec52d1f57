package evaluate

// Metric is one figure of a candidate.
type Metric struct {
	Name  string
	Value float64
}

// Result is how one candidate does. Beside the metrics it holds what the task has;
// the rest is nil. It is never changed after it was made.
type Result struct {
	Metrics   []Metric // in the order of [Labels.Metrics]
	Split     *Split   // groups; pairs that are same and different
	Texts     []TextResult
	Pairs     []PairResult
	Queries   []QueryResult
	Neighbour *Neighbour // groups: how well the nearest text tells the group
	Pools     []PoolScore
	Rejection *Rejection // retrieval, where queries have no answer

	labels *Labels
	statistic
}

// Value returns the metric of a name; ok is false when the task has none.
func (r *Result) Value(name string) (value float64, ok bool) {
	for _, m := range r.Metrics {
		if m.Name == name {
			return m.Value, true
		}
	}
	return 0, false
}

// AtPrecision returns the lowest threshold at or over which at least that share of the
// pairs belong together, and what share of all that do it finds; ok is false when there
// is none, or the task has no threshold.
func (r *Result) AtPrecision(precision float64) (threshold, recall float64, ok bool) {
	var ranked ranking
	switch s := r.statistic.(type) {
	case pairStatistic:
		ranked = s.ranking
	case groupStatistic:
		ranked = s.ranking
	default:
		return 0, 0, false
	}
	threshold, at, ok := ranked.atPrecision(precision)
	return threshold, at.tp / at.positive, ok
}

// Slice returns the metrics of some items alone: of one group or one language. Scores
// and nearest texts stay as they are among all; a metric that the items do not allow
// is NaN.
func (r *Result) Slice(keep func(item int) bool) []Metric {
	w := newWeights(r.labels)
	for i := range w.items {
		if w.items[i] = 0; keep(i) {
			w.items[i] = 1
		}
	}
	w.spread(r.labels)
	return r.named(r.measured(w))
}

// named gives values their names.
func (r *Result) named(values []float64) []Metric {
	metrics := make([]Metric, len(values))
	for i, v := range values {
		metrics[i] = Metric{Name: r.labels.metrics[i], Value: v}
	}
	return metrics
}

// statistic is what a resample can measure of a candidate.
type statistic interface {
	// measure puts the metrics under weights into out, in the order of the labels;
	// NaN where they have no value.
	measure(w *weights, out, scratch []float64)
	// sizeOfScratch is how many numbers measure needs to work with.
	sizeOfScratch() int
}

func (r *Result) measured(w *weights) []float64 {
	out := make([]float64, len(r.labels.metrics))
	r.measure(w, out, make([]float64, r.sizeOfScratch()))
	return out
}

// weights are how often every item was drawn.
type weights struct {
	items  []float64
	points []float64 // groups: the pairs of texts; nil otherwise
}

// newWeights has every item once.
func newWeights(l *Labels) *weights {
	w := &weights{items: ones(l.Items())}
	if l.points != nil {
		w.points = make([]float64, len(l.points().a))
		w.spread(l)
	}
	return w
}

// spread gives every pair of texts the weight that its texts have.
func (w *weights) spread(l *Labels) {
	if w.points == nil {
		return
	}
	p := l.points()
	for k := range w.points {
		w.points[k] = w.items[p.a[k]] * w.items[p.b[k]] * p.stands(k)
	}
}

// weightedMean is of the values of items that have one: values of NaN have none.
func weightedMean(values, weights []float64) float64 {
	var total, all float64
	for i, v := range values {
		if v == v {
			total += weights[i] * v
			all += weights[i]
		}
	}
	return total / all
}
