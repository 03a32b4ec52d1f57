package registry

import (
	"context"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
)

// usageLog keeps what was spent in the cache's file.
type usageLog struct{ registry *Registry }

// Usage keeps what was spent over all sessions.
func (r *Registry) Usage() spending.Log { return usageLog{r} }

// Add implements spending.Log.
func (l usageLog) Add(ctx context.Context, s api.Tally) error {
	c, err := l.registry.Cache(ctx)
	if err != nil {
		return err
	}
	return c.AddUsage(ctx, s)
}

// Totals implements spending.Log. An error comes with what is known
// nevertheless.
func (l usageLog) Totals(ctx context.Context) ([]api.Tally, error) {
	c, err := l.registry.Cache(ctx)
	if err != nil {
		return nil, err
	}
	return c.UsageTotals(ctx)
}
