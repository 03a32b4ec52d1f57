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
	// Texts is how many were answered, Cached how many of them for nothing.
	Texts, Cached int
	// Tokens were read; Estimated of them were not counted by the server.
	Tokens, Estimated int
	// USD is the cost in US dollars of all tokens but Unpriced of them, whose
	// price is unknown.
	USD      float64
	Unpriced int
	// Requests is how many were sent.
	Requests int
	// Failed is how many of Requests brought no vectors, and Lost how many of those
	// the server may bill nevertheless: LostUSD US dollars for about LostTokens
	// tokens, which neither USD nor Tokens counts.
	Failed, Lost, LostTokens int
	LostUSD                  float64
	// Latencies are the times of the successful requests, where they are known.
	Latencies []time.Duration
}

// SpentOn is what an embedding's last asking took.
func (e *Engine) SpentOn(emb *Embedding) Spent {
	m, u := emb.Source.Model, emb.Spent
	s := Spent{
		Provider: m.Provider, Model: m.ID, Texts: emb.Answered, Cached: u.Cached,
		Tokens: u.Tokens, Requests: u.Requests, Latencies: u.Latencies,
		Failed: u.Failed, Lost: u.Lost, LostTokens: u.LostTokens,
	}
	if u.Estimated {
		s.Estimated = u.Tokens
	}
	if !e.Paid(m) {
		return s
	}
	usd, priced := m.Cost(u.Tokens)
	s.USD = usd
	s.LostUSD, _ = m.Cost(u.LostTokens)
	if !priced {
		s.Unpriced = u.Tokens
	}
	return s
}

// Plus adds what was spent on the same model.
func (s Spent) Plus(more Spent) Spent {
	s.Provider, s.Model = more.Provider, more.Model
	s.Texts += more.Texts
	s.Cached += more.Cached
	s.Tokens += more.Tokens
	s.Estimated += more.Estimated
	s.USD += more.USD
	s.Unpriced += more.Unpriced
	s.Requests += more.Requests
	s.Failed += more.Failed
	s.Lost += more.Lost
	s.LostTokens += more.LostTokens
	s.LostUSD += more.LostUSD
	s.Latencies = append(slices.Clone(s.Latencies), more.Latencies...)
	return s
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
