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

// Embed gives the command that embeds the texts, and what a search needs besides, with
// the sources that the person has agreed to pay for, as estimated.
func (p Payments) Embed(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd {
	s := p.session
	texts := s.wordings()
	var cmds []tea.Cmd
	grants := p.Grants(estimates, long)
	for i, e := range estimates {
		purpose := purposes[e.Role]
		a := s.requests[requestKey(purpose, e.Source)]
		switch {
		case e.Unavailable != nil || a != nil && !a.stopped && (purpose == ForCandidates || a.Paid()):
			continue
		case purpose == ForCandidates:
			cmds = append(cmds, s.embed(e.Source, texts, grants[i]))
		default:
			cmds = append(cmds, s.embedForTrial(purpose, e.Source, grants[i]))
		}
		s.long[e.Source.Key()] = long
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
			of := texts
			if w.texts != nil {
				of = w.texts
			}
			est, err := engine.EstimateSource(ctx, w.Source, of, w.before, long, count)
			if err != nil {
				return nil, err
			}
			est.Candidates, est.Role = w.Candidates, w.Role
			estimates[i] = est
		}
		return estimates, nil
	}, then)
}
