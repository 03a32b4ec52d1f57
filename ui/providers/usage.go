package providers

import (
	"context"

	"github.com/vecscope/vecscope/ui/pipeline"
)

// usageLog keeps what was spent in the cache's file.
type usageLog struct{ registry *Registry }

// Usage keeps what was spent over all sessions.
func (r *Registry) Usage() pipeline.UsageLog { return usageLog{r} }

// Add implements pipeline.UsageLog.
func (l usageLog) Add(ctx context.Context, s pipeline.Spent) error {
	c, err := l.registry.Cache(ctx)
	if err != nil {
		return err
	}
	var usd *float64
	if s.Unpriced == 0 {
		usd = &s.USD
	}
	return c.AddUsage(ctx, s.Provider, s.Model, s.Tokens, s.Estimated > 0, usd, s.Requests)
}

// Totals implements pipeline.UsageLog.
func (l usageLog) Totals(ctx context.Context) ([]pipeline.Spent, error) {
	c, err := l.registry.Cache(ctx)
	if err != nil {
		return nil, err
	}
	noted, err := c.UsageTotals(ctx)
	if err != nil {
		return nil, err
	}
	totals := make([]pipeline.Spent, len(noted))
	for i, u := range noted {
		totals[i] = pipeline.Spent{
			Provider: u.Provider, Model: u.Model, Tokens: int(u.Tokens), Estimated: int(u.Estimated),
			USD: u.USD, Unpriced: int(u.Unpriced), Requests: int(u.Requests),
		}
	}
	return totals, nil
}
