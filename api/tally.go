package api

import (
	"slices"
	"time"
)

// Tally is the sum of what asking for one model took: what is shown and kept of
// every Usage, with the costs.
type Tally struct {
	// Provider and Model name the model as the catalog does; those of a sum over
	// several models are of no meaning.
	Provider, Model string
	// Texts is how many were answered, Cached how many of them for nothing.
	Texts, Cached int
	// Tokens were read; Estimated of them were not counted by the server.
	Tokens, Estimated int
	// USD is the cost in US dollars of all tokens but Unpriced of them, whose
	// price was unknown.
	USD      float64
	Unpriced int
	// Requests is how many were sent. Of Uncounted of them nobody counted what came
	// of it: texts, failures, latencies. An older version of the program noted those.
	Requests, Uncounted int
	// Failed is how many of Requests brought no vectors, and Lost how many of those
	// the server may bill nevertheless: LostUSD US dollars for about LostTokens
	// tokens, which neither USD nor Tokens counts.
	Failed, Lost, LostTokens int
	LostUSD                  float64
	// Latencies are the times of the successful requests of this session, in no
	// particular order, and Histogram counts those of all sessions, where they are
	// known.
	Latencies []time.Duration
	Histogram Histogram
	// Since and Last are when the first and the last of it were noted, to the second;
	// zero for this session.
	Since, Last time.Time
}

// Ref is the model's full name, provider first.
func (t Tally) Ref() string { return t.Provider + "/" + t.Model }

// Plus adds what was spent on the same model.
func (t Tally) Plus(more Tally) Tally {
	t.Provider, t.Model = more.Provider, more.Model
	t.Texts += more.Texts
	t.Cached += more.Cached
	t.Tokens += more.Tokens
	t.Estimated += more.Estimated
	t.USD += more.USD
	t.Unpriced += more.Unpriced
	t.Requests += more.Requests
	t.Uncounted += more.Uncounted
	t.Failed += more.Failed
	t.Lost += more.Lost
	t.LostTokens += more.LostTokens
	t.LostUSD += more.LostUSD
	t.Latencies = append(slices.Clone(t.Latencies), more.Latencies...)
	t.Histogram = t.Histogram.Plus(more.Histogram)
	if t.Since.IsZero() || !more.Since.IsZero() && more.Since.Before(t.Since) {
		t.Since = more.Since
	}
	if more.Last.After(t.Last) {
		t.Last = more.Last
	}
	return t
}

// Minus gives what was spent on the model since less, when it was less.
func (t Tally) Minus(less Tally) Tally {
	t.Texts -= less.Texts
	t.Cached -= less.Cached
	t.Tokens -= less.Tokens
	t.Estimated -= less.Estimated
	t.USD -= less.USD
	t.Unpriced -= less.Unpriced
	t.Requests -= less.Requests
	t.Uncounted -= less.Uncounted
	t.Failed -= less.Failed
	t.Lost -= less.Lost
	t.LostTokens -= less.LostTokens
	t.LostUSD -= less.LostUSD
	t.Latencies = t.Latencies[min(len(less.Latencies), len(t.Latencies)):]
	t.Histogram = t.Histogram.Minus(less.Histogram)
	return t
}

// Spread counts all latencies.
func (t Tally) Spread() Histogram { return NewHistogram(t.Latencies).Plus(t.Histogram) }

// Latency is the time that a share of the successful requests did not exceed, by
// the nearest rank; within HistogramError when Histogram counts some; ok is
// false when nothing is known of any.
func (t Tally) Latency(share float64) (d time.Duration, ok bool) {
	if len(t.Histogram) == 0 {
		return Percentile(t.Latencies, share)
	}
	return t.Spread().Percentile(share)
}

// CostEstimated tells that USD is made of tokens that the server did not count. It
// is for one model; of a sum the tokens may be others than those that cost.
func (t Tally) CostEstimated() bool { return t.Estimated > 0 && t.USD > 0 }

// MayCostMore tells whether lost answers may be billed. Where tokens cost nothing
// they cost nothing either.
func (t Tally) MayCostMore() bool {
	return t.Lost > 0 && (t.LostUSD > 0 || t.USD > 0 || t.Unpriced > 0)
}

// Percentile is the latency that a share of all does not exceed, by the nearest
// rank; ok is false without any.
func Percentile(latencies []time.Duration, share float64) (d time.Duration, ok bool) {
	if len(latencies) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(latencies))
	rank := int(share*float64(len(sorted)) + 0.999999)
	return sorted[min(max(rank, 1), len(sorted))-1], true
}
