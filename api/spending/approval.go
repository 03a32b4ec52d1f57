package spending

import (
	"context"
	"sync"

	"github.com/vecscope/vecscope/api"
)

// Approval is the person's word to send some texts to one model. It says what may be
// sent again of them, and takes note of what was spent. It implements api.Approval.
// Ledger.Approve makes it; what is spent between Begin and End counts.
type Approval struct {
	ledger *Ledger
	cost   Cost
	run    *run

	// The ledger's mutex guards what may be paid once more: tokens where no price is
	// known, and again is what was taken in US dollars.
	tokens int
	again  float64

	mu     sync.Mutex // guards the rest
	used   api.Usage
	logged bool
	err    error // of the log, when it was given something last
}

// run is what is approved together, and shares what may be spent on lost answers:
// so many US dollars, also above the limit of the session or not. The ledger's mutex
// guards it.
type run struct {
	usd   float64
	above bool
}

// Approve approves of costs that are one run and within its limit. Answers that get
// lost may be paid for again as far as the limits leave room beyond what the run can
// cost, and where a price is unknown once. A cost of nothing approves of nothing.
func (l *Ledger) Approve(costs ...Cost) []*Approval {
	return l.approve(costs, &run{usd: max(l.limits.PerRun-AtMost(costs), 0)})
}

// ApproveAbove approves of costs that a person lets exceed the limits. All of it may
// be paid for once more, and no more than that.
func (l *Ledger) ApproveAbove(costs ...Cost) []*Approval {
	return l.approve(costs, &run{usd: AtMost(costs), above: true})
}

func (l *Ledger) approve(costs []Cost, r *run) []*Approval {
	list := make([]*Approval, len(costs))
	for i, c := range costs {
		list[i] = &Approval{ledger: l, cost: c, run: r, tokens: c.Tokens}
	}
	return list
}

// Cost is what was approved of.
func (a *Approval) Cost() Cost { return a.cost }

// Begin counts what was approved of as spent from now on; End must follow.
func (a *Approval) Begin() {
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	a.ledger.open[a] = true
}

// End lets what was spent count in place of what was approved of.
func (a *Approval) End() {
	spent := a.tally()
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	if !a.ledger.open[a] {
		return
	}
	delete(a.ledger.open, a)
	if spent.Texts > 0 || spent.Requests > 0 {
		a.ledger.add(spent, a.cost.Paid)
	}
}

// tiny lets all be spent of an amount that was added up otherwise.
const tiny = 1e-9

// Allow implements api.Approval: it takes what the tokens can cost of what is left
// for lost answers. They are reckoned as the part they are of the approved cost at
// the most.
func (a *Approval) Allow(tokens int) bool {
	if !a.cost.Paid {
		return true
	}
	a.ledger.mu.Lock()
	defer a.ledger.mu.Unlock()
	switch {
	case !a.cost.Sends() || a.cost.Tokens == 0:
		return false
	case !a.cost.Priced:
		if tokens > a.tokens {
			return false
		}
		a.tokens -= tokens
		return true
	}
	usd := a.cost.AtMost() / float64(a.cost.Tokens) * float64(tokens)
	free := a.ledger.limits.PerSession - a.ledger.committed()
	if usd > a.run.usd*(1+tiny) || !a.run.above && usd > free*(1+tiny) {
		return false
	}
	a.run.usd -= usd
	a.again += usd
	return true
}

// Record implements api.Approval: it counts what was used, and gives it to the
// ledger's log at once, so that it is noted even if the program is killed. The models
// inside the binary are no server's, and not logged.
func (a *Approval) Record(u api.Usage) {
	if u.Nothing() {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	before := tallyOf(a.cost.Model, a.cost.Paid, a.used)
	a.used = a.used.Plus(u)
	if a.ledger.log == nil || a.cost.Model.Source == api.SourceBinary {
		return
	}
	a.logged = true
	// It is noted even while everything else is being stopped.
	a.err = a.ledger.log.Add(context.Background(), tallyOf(a.cost.Model, a.cost.Paid, a.used).Minus(before))
}

// Logged tells whether the log was given anything, and why it could not keep it.
func (a *Approval) Logged() (something bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.logged, a.err
}

// tally is what was spent so far.
func (a *Approval) tally() api.Tally {
	a.mu.Lock()
	defer a.mu.Unlock()
	return tallyOf(a.cost.Model, a.cost.Paid, a.used)
}
