package providers

import (
	"context"

	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/compare/pipeline"
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
	return c.AddUsage(ctx, cache.Usage{Provider: s.Provider, Model: s.Model, Tally: s.Tally, Latencies: s.Spread()})
}

// Totals implements pipeline.UsageLog. An error comes with what is known
// nevertheless.
func (l usageLog) Totals(ctx context.Context) ([]pipeline.Spent, error) {
	c, err := l.registry.Cache(ctx)
	if err != nil {
		return nil, err
	}
	noted, err := c.UsageTotals(ctx)
	totals := make([]pipeline.Spent, len(noted))
	for i, u := range noted {
		totals[i] = pipeline.Spent{Provider: u.Provider, Model: u.Model, Tally: u.Tally, Histogram: u.Latencies, Since: u.First}
	}
	return totals, err
}
