package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
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

func (d *dollars) String() string { return strconv.FormatFloat(float64(*d), 'g', -1, 64) }

func (d *dollars) Type() string { return "USD" }

func (d *dollars) Set(s string) error {
	x, err := strconv.ParseFloat(s, 64)
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
	if err := s.check(cmd, estimates); err != nil {
		return err
	}
	for _, e := range estimates {
		if len(e.Long) > 0 && e.Unavailable == nil {
			p.complain(fmt.Sprintf("%s reads %d tokens: %d longer texts are cut, the first is text %d", e.Source.Model.Ref(), e.Source.Model.MaxTokens, len(e.Long), e.Long[0]+1))
		}
	}
	return nil
}

// check refuses what costs more than was allowed.
func (s *spending) check(cmd *cobra.Command, estimates []pipeline.Estimate) error {
	total := pipeline.Total(slices.DeleteFunc(slices.Clone(estimates), func(e pipeline.Estimate) bool { return e.Unavailable != nil }))
	most := report.Limit(atMost(total))
	switch {
	case total.Missing() == 0 || s.yes:
		return nil
	case !total.Priced:
		return misused(cmd, "this asks models whose price is unknown: allow it with --yes, or give the price in the settings")
	case !s.limited:
		return misused(cmd, "this asks paid models and costs about %s: allow it with --yes or --max-cost %s, or see it in full with --dry-run", report.Dollars(total.USD), most)
	case atMost(total) > float64(s.maxCost):
		return misused(cmd, "this can cost $%s, which is more than --max-cost %s; nothing was sent", most, s.maxCost.String())
	}
	return nil
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
	if emb == nil || p.servers.registry == nil || !engine.Paid(emb.Source.Model) {
		return
	}
	if spent := engine.SpentOn(emb); spent.Requests > 0 || spent.Tokens > 0 {
		if err := p.servers.registry.Usage().Add(context.WithoutCancel(ctx), spent); err != nil {
			p.servers.said = append(p.servers.said, "what was spent is not noted: "+err.Error())
		}
	}
}
