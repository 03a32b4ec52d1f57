package ui

import (
	"sync"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// retries is the money for sending again what a server may have answered and
// billed already: the answer was lost. The loop says what the limits leave, and the
// commands that ask take of it.
type retries struct {
	mu    sync.Mutex
	free  float64         // what the limit of the session leaves in US dollars
	taken map[int]float64 // by the number of the asking that runs
}

// run is what the sources that are bought together may take of it. The mutex of
// retries guards it.
type run struct {
	usd    float64
	tokens int // of models whose price is unknown
	// above tells that the person lets it exceed a limit.
	above bool
}

// newRun gives a run what the limits leave beyond what it can cost. One that the
// person lets exceed them may pay for everything once more, and no more than that.
func (m *money) newRun(estimates []pipeline.Estimate) *run {
	most := report.AtMost(estimates)
	if m.overLimit(estimates) == "" {
		return &run{usd: m.limits.PerRun - most}
	}
	r := &run{usd: most, above: true}
	for _, e := range estimates {
		if !e.Priced {
			r.tokens += e.Tokens
		}
	}
	return r
}

// again gives the function that lets an asking pay for tokens once more. Without a
// word of the person it never does.
func (m *money) again(a *asking) func(tokens int) bool {
	retries, id, g, source := m.retries, a.id, a.grant, a.source
	return func(tokens int) bool {
		if g.run == nil {
			return false
		}
		usd, priced := source.Model.Cost(tokens)
		if !priced {
			return retries.takeTokens(g.run, tokens)
		}
		most := report.AtMost([]pipeline.Estimate{{Source: source, Paid: true, Texts: 1, Tokens: tokens, Estimated: g.estimated, USD: usd}})
		return retries.take(id, g.run, most)
	}
}

// take takes money for an asking, if there is enough.
func (r *retries) take(asking int, of *run, usd float64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if usd > of.usd || usd > r.free && !of.above {
		return false
	}
	of.usd -= usd
	r.free -= usd
	r.taken[asking] += usd
	return true
}

// takeTokens is take for a model whose price is unknown.
func (r *retries) takeTokens(of *run, tokens int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if tokens > of.tokens {
		return false
	}
	of.tokens -= tokens
	return true
}

// leave says what the limit of the session leaves.
func (r *retries) leave(usd float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free = usd
}

// spent is what the running askings have taken.
func (r *retries) spent() float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := 0.0
	for _, usd := range r.taken {
		sum += usd
	}
	return sum
}

// forget drops what an asking that has ended has taken.
func (r *retries) forget(asking int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.taken, asking)
}
