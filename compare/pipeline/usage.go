package pipeline

import (
	"context"
	"slices"
	"time"

	"github.com/vecscope/vecscope/api"
)

// Spent is what was spent on one model.
type Spent struct {
	// Provider and Model name the model as the catalog does.
	Provider, Model string
	api.Tally
	// Latencies are the times of the successful requests of this session, and
	// Histogram counts those of all sessions, where they are known.
	Latencies []time.Duration
	Histogram api.Histogram
	// Since is when the first was noted; zero for this session.
	Since time.Time
}

// SpentOn is what an embedding's last asking took.
func (e *Engine) SpentOn(emb *Embedding) Spent {
	m, u := emb.Source.Model, emb.Spent
	s := Spent{
		Provider: m.Provider, Model: m.ID, Latencies: u.Latencies,
		Tally: api.Tally{
			Texts: emb.Answered, Cached: u.Cached, Tokens: u.Tokens, Requests: u.Requests,
			Failed: u.Failed, Lost: u.Lost, LostTokens: u.LostTokens,
		},
	}
	if u.Estimated {
		s.Estimated = u.Tokens
	}
	if !e.Paid(m) {
		return s
	}
	usd, priced := m.Cost(u.Tokens)
	s.USD = usd
	s.LostUSD, _ = m.Cost(MostTokens(m, u.LostTokens, u.LostTexts))
	if !priced {
		s.Unpriced = u.Tokens
	}
	return s
}

// Noted gives what the sums of all sessions take of an embedding's last asking,
// without what Asking.Spent was told already;
// ok is false when there is nothing, and for models inside the binary, which are
// no server's.
func (e *Engine) Noted(emb *Embedding) (s Spent, ok bool) {
	if emb == nil || emb.Source.Model.Source == api.SourceBinary {
		return Spent{}, false
	}
	s = e.SpentOn(emb)
	ok = s.Texts > 0 || s.Requests > 0 || s.Tokens > 0
	return s.without(emb.told), ok
}

// without takes out what was noted already, whose latencies stand in any order.
func (s Spent) without(told Spent) Spent {
	if told.Tally == (api.Tally{}) {
		return s
	}
	s.Tally = s.Tally.Minus(told.Tally)
	s.Histogram = s.Spread().Minus(told.Spread())
	s.Latencies = nil
	return s
}

// Plus adds what was spent on the same model.
func (s Spent) Plus(more Spent) Spent {
	s.Provider, s.Model = more.Provider, more.Model
	s.Tally = s.Tally.Plus(more.Tally)
	s.Latencies = append(slices.Clone(s.Latencies), more.Latencies...)
	s.Histogram = s.Histogram.Plus(more.Histogram)
	if s.Since.IsZero() || !more.Since.IsZero() && more.Since.Before(s.Since) {
		s.Since = more.Since
	}
	return s
}

// Minus gives what was spent on the model since before, when it was less.
func (s Spent) Minus(before Spent) Spent {
	s.Tally = s.Tally.Minus(before.Tally)
	s.Latencies = s.Latencies[min(len(before.Latencies), len(s.Latencies)):]
	s.Histogram = s.Histogram.Minus(before.Histogram)
	return s
}

// Spread counts all latencies.
func (s Spent) Spread() api.Histogram { return api.NewHistogram(s.Latencies).Plus(s.Histogram) }

// Latency is the time that a share of the successful requests did not exceed, by
// the nearest rank; within api.HistogramError when Histogram counts some; ok is
// false when nothing is known of any.
func (s Spent) Latency(share float64) (d time.Duration, ok bool) {
	if len(s.Histogram) == 0 {
		return Percentile(s.Latencies, share)
	}
	return s.Spread().Percentile(share)
}

// CostEstimated tells that USD is made of tokens that the server did not count. It
// is for one model; of a sum the tokens may be others than those that cost.
func (s Spent) CostEstimated() bool { return s.Estimated > 0 && s.USD > 0 }

// MayCostMore tells whether lost answers may be billed. Where tokens cost nothing
// they cost nothing either.
func (s Spent) MayCostMore() bool {
	return s.Lost > 0 && (s.LostUSD > 0 || s.USD > 0 || s.Unpriced > 0)
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

// UsageLog keeps what was spent over all sessions. It is safe for concurrent use.
type UsageLog interface {
	// Add notes what was spent.
	Add(ctx context.Context, s Spent) error
	// Totals gives the sums by provider and model, those of this session included.
	Totals(ctx context.Context) ([]Spent, error)
}

// Balancer can tell what is left to spend.
type Balancer interface {
	Balance(ctx context.Context) (api.Balance, error)
}

// Balancer finds out who tells the balance at a provider, below whatever stands
// before it; ok is false when nobody does.
func (e *Engine) Balancer(provider string) (b Balancer, ok bool) {
	var p any = e.Providers[provider]
	for p != nil {
		if b, ok := p.(Balancer); ok {
			return b, true
		}
		wrapped, ok := p.(interface{ Unwrap() api.Provider })
		if !ok {
			return nil, false
		}
		p = wrapped.Unwrap()
	}
	return nil, false
}
