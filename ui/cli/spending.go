package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// payHelp says in short how paid models are asked, and where it is said in full.
var payHelp = fmt.Sprintf(`Paid models are asked only with --yes, up to your limit a run (%s unless the settings say otherwise), or with --max-cost USD. --dry-run prints the cost and sends nothing. More: vecscope help %s.`,
	format.Dollars(config.Defaults().Spending.PerRun), moneyTopic)

// paymentFlags are those about money. Nothing paid is sent without one of them.
type paymentFlags struct {
	yes     bool
	dryRun  bool
	maxCost dollars
	limited bool // that maxCost was given
}

// dollars is a flag that takes an amount of US dollars.
type dollars float64

func (d *dollars) String() string { return format.Amount(float64(*d)) }

func (d *dollars) Type() string { return "USD" }

func (d *dollars) Set(s string) error {
	x, err := strconv.ParseFloat(strings.TrimPrefix(s, "$"), 64)
	if err != nil || !(x >= 0 && x <= 1e6) {
		return errors.New("use US dollars as a number, such as 0.05")
	}
	*d = dollars(x)
	return nil
}

// flags adds the flags about money.
func (s *paymentFlags) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.yes, "yes", false, "ask paid models, up to your limit a run")
	cmd.Flags().Var(&s.maxCost, "max-cost", "ask paid models if it can cost no more than so many US dollars, whatever your limit a run is")
	cmd.Flags().BoolVar(&s.dryRun, "dry-run", false, "print what it would cost and send nothing")
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

// allow tells whether the texts may be embedded: nil, errDryRun after the estimate
// was printed, wrong usage that says what it would cost, or what texts are too long.
// Those of others, of the same candidates, are counted in, so that one limit holds for all.
func (r *run) allow(cmd *cobra.Command, req *request, asJSON bool, others ...*run) error {
	runs := append([]*run{r}, others...)
	parts := make([][]pipeline.Estimate, len(runs))
	for i, each := range runs {
		var err error
		if parts[i], err = each.estimate(cmd.Context(), req.dryRun); err != nil {
			return fmt.Errorf("estimating the cost: %w", err)
		}
	}
	if req.dryRun {
		return dryRun(runs, parts, asJSON)
	}
	var tooLong []string
	for i, each := range runs {
		// Those that cannot be asked fail later, and hide no others.
		parts[i] = pipeline.Sendable(parts[i])
		tooLong = append(tooLong, each.tooLong(parts[i])...)
	}
	if r.onLong == longFail && len(tooLong) > 0 {
		return &incompleteError{tooLong}
	}
	req.limited = cmd.Flags().Changed("max-cost")
	r.program.ledger = r.program.newLedger(req.limit(r.program.servers.settings.Spending))
	all := slices.Concat(parts...)
	if err := req.check(cmd, all, r.program.ledger); err != nil {
		return err
	}
	approvals := r.program.ledger.Approve(pipeline.Costs(all)...)
	for i, each := range runs {
		each.approve(parts[i], approvals[:len(parts[i])])
		approvals = approvals[len(parts[i]):]
	}
	if r.onLong == longCut {
		for _, line := range tooLong {
			r.program.warn(line)
		}
		for i, each := range runs {
			for _, e := range parts[i] {
				each.cut[e.Source.Key()] = e.Long
			}
		}
	}
	return nil
}

// estimate is what embedding the run's texts takes. Where nobody reads it, models inside the
// binary are left out: they cost nothing, and counting tokens takes longer than they do.
func (r *run) estimate(ctx context.Context, inside bool) ([]pipeline.Estimate, error) {
	var wanted []pipeline.Wanted
	for _, c := range r.candidates {
		if source := r.sourceOf(c.model, c.Candidate); inside || source.Model.Source != api.SourceBinary {
			wanted = append(wanted, pipeline.Wanted{Candidate: c.Candidate, Source: source})
		}
	}
	return r.engine.Estimate(ctx, wanted, r.words, r.long, r.count)
}

// tooLong says of every source which texts are longer than its model reads and
// what becomes of them.
func (r *run) tooLong(estimates []pipeline.Estimate) []string {
	advice := map[string]string{longSkip: skipAdvice, longFail: "nothing was sent; " + failAdvice}[r.onLong]
	var lines []string
	for _, e := range estimates {
		if len(e.Long) == 0 {
			continue
		}
		if r.onLong == longCut {
			advice = cutAdvice(e.Source.Model)
		}
		lines = append(lines, report.TooLong(e.Source.Model, e.Long, r.texts, r.called)+": "+advice)
	}
	return lines
}

// dryRun prints what it would cost to embed the texts of the runs; how the texts of the
// first are sent stands with it.
func dryRun(runs []*run, parts [][]pipeline.Estimate, asJSON bool) error {
	r := runs[0]
	estimated, lines := make([]report.Estimated, len(runs)), r.manners()
	if len(runs) > 1 {
		lines = mannersOf(runs...)
	}
	for i, each := range runs {
		estimated[i] = report.Estimated{Estimates: parts[i], Texts: each.texts}
		lines = append(lines, each.tooLong(parts[i])...)
	}
	var err error
	if asJSON {
		err = report.EstimatesJSON(r.program.Out, estimated...)
	} else {
		err = report.EstimatesText(r.program.Out, slices.Concat(parts...), lines)
	}
	if err != nil {
		return writing(err)
	}
	if err := incomplete(report.Comparison{Failures: r.failures}); err != nil {
		return err
	}
	return errDryRun
}

// check refuses what costs more than was allowed: --max-cost names the most, and
// --yes pays up to the limit a run of the settings, above which the explorer asks
// once more.
func (s *paymentFlags) check(cmd *cobra.Command, estimates []pipeline.Estimate, ledger *spending.Ledger) error {
	total := pipeline.Total(estimates)
	requested := pipeline.Costs(estimates)
	atMost := spending.AtMost(requested)
	most := format.Limit(atMost)
	exceeds := ledger.Exceeds(requested)
	switch {
	case total.Missing() == 0:
		return nil
	case !total.Priced && !s.yes:
		return misused(cmd, "this asks %s, whose price is unknown: nothing was sent; allow it with --yes, or say in the settings what it costs: price for the model, or free = true for its server", report.Unpriced(estimates))
	case s.limited && len(exceeds) > 0:
		return misused(cmd, "this %s, more than --max-cost %s: nothing was sent", report.CostsAtMost(total, atMost), s.maxCost.String())
	case s.limited:
		return nil
	case !s.yes:
		return misused(cmd, "this asks paid models and %s: nothing was sent; allow it with --yes or --max-cost %s, or see it in full with --dry-run", report.CostsAtMost(total, atMost), most)
	case len(exceeds) > 0 && !exceeds[0].Perhaps:
		return misused(cmd, "this %s, more than your limit of %s a run: nothing was sent; allow it with --max-cost %s, or change the limit in the settings", report.CostsAtMost(total, atMost), format.Amount(exceeds[0].Limit), most)
	}
	return nil
}

// limit is the most that may be spent, once that is agreed to at all.
func (s *paymentFlags) limit(limits config.Spending) float64 {
	if s.limited {
		return float64(s.maxCost)
	}
	return min(limits.PerRun, limits.PerSession)
}

// newLedger begins the ledger of a run that may cost so much.
func (p *program) newLedger(limit float64) *spending.Ledger {
	var log spending.Log
	if p.servers.registry != nil {
		log = p.servers.registry.Usage()
	}
	return spending.NewLedger(spending.Limits{PerRun: limit, PerSession: math.Inf(1)}, log)
}

// approve notes which sources money may be spent on. Nothing is sent to the others:
// what the cache held when it was looked at may be gone when it is needed. What is
// left of the limit may be spent on answers that get lost.
func (r *run) approve(estimates []pipeline.Estimate, approvals []*spending.Approval) {
	for i, approval := range approvals {
		if e := estimates[i]; e.Sends() {
			r.approved[e.Source.Key()] = approval
		}
	}
}

// errForgotten says why there are no vectors that seemed to cost nothing.
var errForgotten = errors.New("the cache has lost vectors meanwhile, and paying for them again was not agreed to; run this again to see what it costs")

// record ends what was approved of. That it cannot be written for later sessions is
// told at the end.
func (p *program) record(approval *spending.Approval) {
	approval.End()
	_, err := approval.Logged()
	if line := fmt.Sprintf("what was spent is not noted: %v", err); err != nil && !slices.Contains(p.servers.said, line) {
		p.servers.said = append(p.servers.said, line)
	}
}

// summariseRun says in one line what was spent on paid models; nothing when there
// was nothing to pay.
func (p *program) summariseRun() {
	if line := report.SpentLine(p.ledger.Paid()); line != "" {
		p.warn(line)
	}
}
