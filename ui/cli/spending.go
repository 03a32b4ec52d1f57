package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/corpus"
	"github.com/vecscope/vecscope/ui/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// spending are the flags about money. Nothing paid is sent without one of them.
type spending struct {
	yes     bool
	dryRun  bool
	maxCost dollars
	limited bool // that maxCost was given
}

// dollars is a flag that takes an amount of US dollars.
type dollars float64

func (d *dollars) String() string { return report.Amount(float64(*d)) }

func (d *dollars) Type() string { return "USD" }

func (d *dollars) Set(s string) error {
	x, err := strconv.ParseFloat(strings.TrimPrefix(s, "$"), 64)
	if err != nil || !(x >= 0 && x <= 1e6) {
		return errors.New("use US dollars as a number, such as 0.05")
	}
	*d = dollars(x)
	return nil
}

// spendingFlags adds the flags about money.
func spendingFlags(cmd *cobra.Command) *spending {
	s := &spending{}
	cmd.Flags().BoolVar(&s.yes, "yes", false, "ask paid models, whatever it costs")
	cmd.Flags().Var(&s.maxCost, "max-cost", "ask paid models when it costs at most so many US dollars")
	cmd.Flags().BoolVar(&s.dryRun, "dry-run", false, "print what it would cost and send nothing")
	return s
}

// errDryRun tells that the estimate was printed and nothing else is to be done.
var errDryRun = errors.New("dry run")

// done makes of a dry run what it is: all that was asked for.
func done(err error) error {
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// allow tells whether the candidates may be embedded: nil, errDryRun after the
// estimate was printed, or wrong usage that says what it would cost.
func (p *program) allow(cmd *cobra.Command, s *spending, engine *pipeline.Engine, candidates []chosen, texts []corpus.Text) error {
	s.limited = cmd.Flags().Changed("max-cost")
	list := make([]api.Candidate, len(candidates))
	for i, c := range candidates {
		list[i] = c.Candidate
	}
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = t.Text
	}
	estimates, err := engine.Estimate(cmd.Context(), list, all, pipeline.LongCut, corpus.NewCounter().Count)
	if err != nil {
		return fmt.Errorf("estimating the cost: %w", err)
	}
	if s.dryRun {
		if err := report.EstimatesText(p.Out, estimates, ui.Safe); err != nil {
			return writing(err)
		}
		return errDryRun
	}
	available := slices.DeleteFunc(slices.Clone(estimates), func(e pipeline.Estimate) bool { return e.Unavailable != nil })
	if err := s.check(cmd, available, p.servers.settings.Spending); err != nil {
		return err
	}
	for _, e := range available {
		if len(e.Long) > 0 {
			p.complain(fmt.Sprintf("%s reads %d tokens: %d longer texts are cut, the first is text %d", e.Source.Model.Ref(), e.Source.Model.MaxTokens, len(e.Long), e.Long[0]+1))
		}
	}
	return nil
}

// check refuses what costs more than was allowed: --max-cost names the most, and
// --yes pays up to the limit a run of the settings, above which the explorer asks
// once more.
func (s *spending) check(cmd *cobra.Command, estimates []pipeline.Estimate, limits config.Spending) error {
	total := pipeline.Total(estimates)
	most := report.Limit(atMost(total))
	limit := min(limits.PerRun, limits.PerSession)
	switch {
	case total.Missing() == 0:
		return nil
	case !total.Priced && !s.yes:
		return misused(cmd, "this asks %s, whose price is unknown: nothing was sent; allow it with --yes, or give the price in the settings", unpriced(estimates))
	case s.limited && atMost(total) > float64(s.maxCost):
		return misused(cmd, "this %s, more than --max-cost %s: nothing was sent", costs(total), s.maxCost.String())
	case s.limited:
		return nil
	case !s.yes:
		return misused(cmd, "this asks paid models and %s: nothing was sent; allow it with --yes or --max-cost %s, or see it in full with --dry-run", costs(total), most)
	case total.USD > limit:
		return misused(cmd, "this %s, more than your limit of %s a run: nothing was sent; allow it with --max-cost %s, or change the limit in the settings", costs(total), report.Amount(limit), most)
	}
	return nil
}

// unpriced names the models whose price is not known.
func unpriced(estimates []pipeline.Estimate) string {
	var refs []string
	for _, e := range estimates {
		if e.Sends() && !e.Priced {
			refs = append(refs, e.Source.Model.Ref())
		}
	}
	return strings.Join(refs, ", ")
}

// costs says what a run costs: "costs ≈$0.042, at most $0.063 …".
func costs(total pipeline.Estimate) string {
	about := report.Cost(total)
	if less, ok := strings.CutPrefix(about, "<"); ok {
		return "costs less than " + less
	}
	if !total.Estimated {
		return "costs " + about
	}
	return fmt.Sprintf("costs %s, at most $%s, because the server may count up to %g times the tokens estimated (≈)", about, report.Limit(atMost(total)), estimateMargin)
}

// estimateMargin is by how much the tokens that a server counts may be more than
// an estimate of them: tokenizers differ that much on ordinary texts.
const estimateMargin = 1.5

// atMost is what a run can cost in US dollars as far as that can be told.
func atMost(total pipeline.Estimate) float64 {
	if total.Estimated {
		return total.USD * estimateMargin
	}
	return total.USD
}

// noted adds what was spent to what is kept over all sessions. That it cannot be
// written is told at the end.
func (p *program) noted(ctx context.Context, engine *pipeline.Engine, emb *pipeline.Embedding) {
	if p.servers.registry == nil {
		return
	}
	if spent, ok := engine.Noted(emb); ok {
		if err := p.servers.registry.Usage().Add(context.WithoutCancel(ctx), spent); err != nil {
			p.servers.said = append(p.servers.said, "what was spent is not noted: "+err.Error())
		}
	}
}
