package session

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/loop"
)

// Grant is the person's word to embed one source. One that Payments has not given lets
// nothing be spent.
type Grant struct {
	// Long says what becomes of texts that are too long for the model.
	Long pipeline.Long
	// sends tells that money is spent; without it everything is known already.
	sends bool
	// texts is how many different ones are sent.
	texts int
	// estimate is what the person saw; nil where nothing is sent.
	estimate *pipeline.Estimate
	// approval is that word for the providers; nil where nothing was approved of.
	approval *spending.Approval
}

// Payments are what costs money: what it would take, the person's word for it, and what
// was spent.
type Payments struct{ session *Session }

// Payments are those of this session.
func (s *Session) Payments() Payments { return Payments{s} }

// Ledger knows the limits, and what was spent and is under way.
func (p Payments) Ledger() *spending.Ledger { return p.session.ledger }

// Logged is how often what was spent was noted beyond this session: what the log sums
// up has changed when it has.
func (p Payments) Logged() int { return p.session.logged }

// Grants are the person's word for what was estimated, which is one run; one each.
// Where that exceeds a limit, the person has let it do so.
func (p Payments) Grants(estimates []pipeline.Estimate, long pipeline.Long) []Grant {
	s := p.session
	approve := s.ledger.Approve
	if s.exceeds(estimates) {
		approve = s.ledger.ApproveAbove
	}
	out := make([]Grant, len(estimates))
	for i, approval := range approve(pipeline.Costs(estimates)...) {
		e := estimates[i]
		out[i] = Grant{Long: long, sends: e.Sends(), texts: e.Missing(), estimate: &e, approval: approval}
	}
	return out
}

// exceeds tells that sending what was estimated could exceed a limit.
func (s *Session) exceeds(estimates []pipeline.Estimate) bool {
	total := pipeline.Total(estimates)
	return total.Missing() > 0 && (!total.Priced || len(s.ledger.Exceeds(pipeline.Costs(estimates))) > 0)
}

// nothingApproved takes note of what asking for a model's vectors takes that nobody
// approved of paying for.
func (s *Session) nothingApproved(m api.Model) *spending.Approval {
	return s.ledger.Approve(spending.Cost{Model: m, Paid: s.engine.Paid(m)})[0]
}

// WantedSource is a source whose cost is asked for.
type WantedSource struct {
	Source     pipeline.Source
	Candidates []string            // the ids of those that it is for
	before     *pipeline.Embedding // what is known already; nil for nothing
}

// Sources are the sources of the candidates that cost money, those too that
// cannot be asked yet, but not those that are being asked.
func (p Payments) Sources() []WantedSource {
	s := p.session
	var out []WantedSource
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil || m.Unselectable() != "" || !s.engine.Paid(m) {
			continue
		}
		source := s.sourceFor(m, c)
		if a := s.requests[source.Key()]; a != nil && !a.stopped {
			continue
		}
		at := slices.IndexFunc(out, func(w WantedSource) bool { return w.Source.Key() == source.Key() })
		if at < 0 {
			at = len(out)
			out = append(out, WantedSource{Source: source, before: s.embeddings[source.Key()]})
		}
		out[at].Candidates = append(out[at].Candidates, c.ID())
	}
	return out
}

// Unpaid is how many candidates wait for the person's word.
func (p Payments) Unpaid() int {
	s := p.session
	n := 0
	for _, c := range s.States() {
		if c.needsApproval() {
			n++
		}
	}
	return n
}

// UnpaidEstimate is what embedding all candidates that wait for the person's word
// would take, as far as is known without counting again.
func (p Payments) UnpaidEstimate() (total pipeline.Estimate, known bool) {
	s := p.session
	if s.priceOnItsWay() {
		return pipeline.Estimate{}, false
	}
	var waiting []pipeline.Estimate
	counted := map[string]bool{}
	for _, c := range s.candidates {
		st := s.State(c)
		est := st.Unpaid
		switch {
		case !st.needsApproval() || counted[est.Source.Key()]:
			continue
		case est.Texts == 0:
			return pipeline.Estimate{}, false
		}
		counted[est.Source.Key()] = true
		waiting = append(waiting, *est)
	}
	return pipeline.Total(waiting), len(waiting) > 0
}

// priceOnItsWay tells that it is still found out what some paid candidate lacks.
func (s *Session) priceOnItsWay() bool {
	return slices.ContainsFunc(s.candidates, func(c api.Candidate) bool {
		source, ok := s.sourceOf(c)
		if !ok || !s.engine.Paid(source.Model) {
			return false
		}
		a := s.requests[source.Key()]
		return a != nil && a.stopped || a == nil && s.job != nil && s.job.pending[c.ID()]
	})
}

// Embed gives the command that embeds the texts with the sources that the person has
// agreed to pay for, as estimated.
func (p Payments) Embed(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	s := p.session
	texts := TextsOf(s.corpus.Snapshot())
	var cmds []tea.Cmd
	grants := p.Grants(estimates, long)
	for i, e := range estimates {
		if a := s.requests[e.Source.Key()]; e.Unavailable == nil && (a == nil || a.stopped) {
			s.long[e.Source.Key()] = long
			cmds = append(cmds, s.embed(e.Source, texts, grants[i]))
		}
	}
	return tea.Batch(append(cmds, s.Invalidate(0))...)
}

// Long is what the person wants of the source's texts that are too long.
func (p Payments) Long(source pipeline.Source) pipeline.Long {
	s := p.session
	if long, ok := s.long[source.Key()]; ok {
		return long
	}
	return pipeline.LongCut
}

// Estimate gives the command that finds out what several sources would take for texts,
// and goes on with then: one estimate each, or the error of ctx.
func (p Payments) Estimate(ctx context.Context, wanted []WantedSource, texts []string, long pipeline.Long, then func([]pipeline.Estimate, error) tea.Cmd) tea.Cmd {
	s := p.session
	engine, count := s.engine, s.counted.count
	return loop.Async(ctx, func(ctx context.Context) ([]pipeline.Estimate, error) {
		estimates := make([]pipeline.Estimate, len(wanted))
		for i, w := range wanted {
			est, err := engine.EstimateSource(ctx, w.Source, texts, w.before, long, count)
			if err != nil {
				return nil, err
			}
			est.Candidates = w.Candidates
			estimates[i] = est
		}
		return estimates, nil
	}, then)
}
