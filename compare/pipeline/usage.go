package pipeline

import (
	"context"

	"github.com/vecscope/vecscope/api"
)

// SpentOn is what an embedding's last asking took.
func (e *Engine) SpentOn(emb *Embedding) api.Tally {
	m, u := emb.Source.Model, emb.Spent
	s := api.Tally{
		Provider: m.Provider, Model: m.ID, Latencies: u.Latencies,
		Texts: emb.Answered, Cached: u.Cached, Tokens: u.Tokens, Requests: u.Requests,
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
func (e *Engine) Noted(emb *Embedding) (s api.Tally, ok bool) {
	if emb == nil || emb.Source.Model.Source == api.SourceBinary {
		return api.Tally{}, false
	}
	s = e.SpentOn(emb)
	ok = s.Texts > 0 || s.Requests > 0 || s.Tokens > 0
	return without(s, emb.told), ok
}

// without takes out what was noted already, whose latencies stand in any order.
func without(s, told api.Tally) api.Tally {
	if told.Provider == "" {
		return s
	}
	rest := s.Minus(told)
	rest.Histogram, rest.Latencies = s.Spread().Minus(told.Spread()), nil
	return rest
}

// UsageLog keeps what was spent over all sessions. It is safe for concurrent use.
type UsageLog interface {
	// Add notes what was spent.
	Add(ctx context.Context, s api.Tally) error
	// Totals gives the sums by provider and model, those of this session included.
	Totals(ctx context.Context) ([]api.Tally, error)
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
