package pipeline

import (
	"context"

	"github.com/vecscope/vecscope/api"
)

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
