package report

import (
	"sync"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// Budget is what a run may still spend on texts whose answers were lost, and which
// may be billed twice. It may be used by several goroutines.
type Budget struct {
	mu  sync.Mutex
	usd float64
}

// NewBudget makes a budget of so many US dollars; none when they are less than
// nothing.
func NewBudget(usd float64) *Budget { return &Budget{usd: max(usd, 0)} }

// Again gives the pipeline.Asking.Again of texts that were estimated so. Their
// tokens are reckoned as AtMost does. Where the price is unknown and was agreed to
// nevertheless, they may be sent once more. It is nil where nothing costs anything.
func (b *Budget) Again(e pipeline.Estimate) func(tokens int) bool {
	if !e.Paid {
		return nil
	}
	if !e.Priced {
		return NewBudget(float64(e.Tokens)).spender(1)
	}
	if e.Tokens == 0 {
		return func(int) bool { return false }
	}
	return b.spender(atMost(e) / float64(e.Tokens))
}

// spender takes from the budget what tokens cost, each so much, if that is left.
func (b *Budget) spender(each float64) func(tokens int) bool {
	return func(tokens int) bool {
		cost := each * float64(tokens)
		b.mu.Lock()
		defer b.mu.Unlock()
		// The tiny part added lets all be spent of what was added up otherwise.
		if cost > b.usd*(1+1e-9) {
			return false
		}
		b.usd -= cost
		return true
	}
}
