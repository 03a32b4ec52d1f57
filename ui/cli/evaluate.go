package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/report"
)

// evaluation is what the flags of evaluate say.
type evaluation struct {
	*request
	groups, pairs, corpus, queries, beir string
	perItem                              string
	seed                                 uint64
	resamples, documents                 int
	limits                               evaluate.Limits
	weight                               float64 // of BM25 in fused rows
	withoutCuts                          bool
	roles                                *choice
	shapes                               map[string]shape // of the candidates, by their ids
}

// The words of --roles.
const (
	rolesOn   = "on"
	rolesOff  = "off"
	rolesBoth = "both"
)

// plainly ends the names of what is sent without a role beside what is.
const plainly = " without roles"

func (p *program) evaluateCommand() *cobra.Command {
	var ev evaluation
	var asJSON, asMarkdown bool
	cmd := &cobra.Command{
		Use: "evaluate [FILE…]",
		// The explorer's screen with the same answer is called so.
		SuggestFor: []string{"verdict"},
		Short:      "Say which model tells your labelled texts apart",
		Long: `Try models at labels and say which to take: the cheapest that is not measurably worse than the best, or that these data cannot tell.

Labels are groups (a column "group": texts of one group belong together), pairs (columns a, b and score: 1 or yes for same, 0 or no for different, or grades; a and b are ids or the texts themselves), or queries (columns query and relevant: ids with spaces or commas between them, id:2 for a grade; none is a query without an answer; "source" names the text that the query was made of), or a folder in BEIR's layout. The built-in sets bring labels of their own.

Every difference has a 95% interval from resamples of the same items for all models; the same --seed gives the same figures. Shorter vectors are tried too where they are cut for nothing, and beside the models stand hashed n-grams, for queries BM25, to be beaten. Where there are queries, MODEL+bm25 ranks by both, as search does.

` + payHelp,
		Example: `vecscope evaluate --groups tickets.csv
vecscope evaluate --models local/use-lite,local/glove \
--pairs pairs.csv texts.csv
vecscope evaluate --models local/use-lite,local/bm25 \
--corpus faq.csv --queries questions.csv --per-item run.trec
vecscope evaluate --beir scifact --models nanogpt/BAAI/bge-m3 --dry-run
vecscope evaluate --set polysemy --json | jq .verdict`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := onlyOne(cmd, "json", "markdown"); err != nil {
				return err
			}
			e, err := p.evaluated(cmd, &ev, args, asJSON)
			if err != nil {
				return done(err)
			}
			missing := listed
			switch {
			case asJSON:
				missing = incomplete
				err = report.EvaluationJSON(p.Out, e)
			case asMarkdown:
				err = report.EvaluationMarkdown(p.Out, e)
			default:
				err = report.EvaluationText(p.Out, e)
			}
			if err != nil {
				return writing(err)
			}
			return missing(e.Comparison, append(linesAsErrors(e.Lacks()), ev.writeItems(e)...)...)
		}),
	}
	ev.request = requestFlags(cmd)
	ev.roles = newChoice(rolesOn, rolesOff, rolesBoth)
	cmd.Flags().Var(ev.roles, "roles", "send texts as models want queries and documents: "+ev.roles.list()+" to compare (default "+rolesOn+")")
	completeWith(cmd, "roles", func() []string { return ev.roles.words })
	p.modelsFlag(cmd, &ev.models)
	f := cmd.Flags()
	f.Lookup("models").Usage = "models to compare, with commas between them: provider/model, or provider/model@256 for that many dimensions; for queries " + trial.BM25 + " too, or a model with " + report.FusedSuffix + " behind it (default the built-in models)"
	onceFlag(cmd, &ev.groups, "groups", "name more files of texts behind it", "a file of texts with a column group")
	onceFlag(cmd, &ev.pairs, "pairs", "put all pairs into one file", "a file of labelled pairs: a, b, score")
	onceFlag(cmd, &ev.corpus, "corpus", "name more files of texts behind it", "a file of the texts that queries are ranked against")
	onceFlag(cmd, &ev.queries, "queries", "put all queries into one file", "a file of queries: query, relevant")
	onceFlag(cmd, &ev.beir, "beir", "evaluate takes one folder", "a folder with corpus.jsonl, queries.jsonl and qrels")
	onceFlag(cmd, &ev.perItem, "per-item", "it is written to one file", "write what every model makes of every item to a file: TSV, for queries a TREC run")
	f.Uint64Var(&ev.seed, "seed", 1, "what resamples are drawn by")
	f.IntVar(&ev.resamples, "resamples", evaluate.DefaultResamples, "how many resamples are drawn")
	f.IntVar(&ev.documents, "documents", 0, "tell the cost of so many documents like these too")
	f.Float64Var(&ev.limits.Price, "max-price", 0, "only models that cost at most so many US dollars per million tokens")
	f.IntVar(&ev.limits.Dimensions, "max-dimensions", 0, "only models of at most so many dimensions, or cut to fit")
	f.Float64Var(&ev.limits.Milliseconds, "max-latency", 0, "only models that answer within so many milliseconds")
	f.BoolVar(&ev.limits.LocalOnly, "local-only", false, "only models on this machine")
	fusionFlag(cmd, &ev.weight)
	f.BoolVar(&ev.withoutCuts, "no-cuts", false, "do not try shorter vectors")
	f.BoolVar(&asJSON, "json", false, "write one JSON object")
	f.BoolVar(&asMarkdown, "markdown", false, "write Markdown")
	return cmd
}

// evaluated tries the candidates at the labels.
func (p *program) evaluated(cmd *cobra.Command, ev *evaluation, files []string, asJSON bool) (report.Evaluation, error) {
	if l := ev.limits; l.Price < 0 || l.Dimensions < 0 || l.Milliseconds < 0 {
		return report.Evaluation{}, misused(cmd, "a limit under 0 leaves no model: use a number above 0, or leave it out for none")
	}
	if ev.documents < 0 {
		return report.Evaluation{}, misused(cmd, "--documents %d are too few to cost anything: use a number above 0", ev.documents)
	}
	if ev.resamples < 20 {
		return report.Evaluation{}, misused(cmd, "--resamples %d is too few for an interval: use at least 20", ev.resamples)
	}
	if err := checkWeight(cmd, ev.weight); err != nil {
		return report.Evaluation{}, err
	}
	what, err := p.labelled(cmd, ev, files)
	if err != nil {
		return report.Evaluation{}, err
	}
	if what.note != "" {
		p.warn(what.note)
	}
	if word := wordSearchOf(ev.models); word != "" && what.labels.Task() != evaluate.Retrieval {
		return report.Evaluation{}, misused(cmd, "%s searches: it takes part where there are queries", word)
	}
	refs := searchedModels(ev.models)
	if !ev.dryRun {
		if err := p.confirmInsecure(cmd.Context(), providersOf(refs)); err != nil {
			return report.Evaluation{}, err
		}
	}
	engine, candidates, failures, err := p.searchCandidates(cmd, ev.models)
	if err != nil {
		return report.Evaluation{}, err
	}
	ev.shapes = shapesOf(rowsOf(engine, ev.models, candidates), candidates)
	candidates = inRoles(candidates, ev.roles.value)
	texts, queries := p.runOf(ev.request, engine, candidates, what.texts, what.source), p.runOf(ev.request, engine, candidates, what.queries, what.source)
	texts.failures = failures
	if queries.role, queries.called = api.RoleQuery, report.Queries; what.labels.Task() == evaluate.Retrieval {
		texts.role = api.RoleDocument
	}
	texts.candidates, texts.failures = within(ev, engine, texts.candidates, texts.failures)
	queries.candidates = texts.candidates
	var others []*run
	if len(queries.words) > 0 {
		others = append(others, queries)
	}
	if err := texts.allow(cmd, ev.request, asJSON, others...); err != nil {
		return report.Evaluation{}, err
	}
	return p.tried(cmd.Context(), ev, what, texts, queries)
}

// writeItems writes what every model makes of every item, where that was asked for; it
// comes after the rest, which must not be lost with it.
func (ev *evaluation) writeItems(e report.Evaluation) []error {
	if ev.perItem == "" {
		return nil
	}
	fill := func(w io.Writer) error { return report.PerItem(w, e, e.Queries) }
	if err := config.StreamAtomic(ev.perItem, 0o644, fill); err != nil {
		return []error{fmt.Errorf("writing what every model makes of every item: %w", err)}
	}
	return nil
}

// inRoles are the candidates as --roles has them: those that want nothing in a role
// stand there once.
func inRoles(candidates []chosen, roles string) []chosen {
	var out []chosen
	for _, c := range candidates {
		plain := c
		plain.model.Roles = api.Roles{}
		wants := !c.model.Roles.Same(api.Roles{})
		if roles != rolesOff || !wants {
			out = append(out, c)
		}
		if wants && (roles == rolesOff || roles == rolesBoth) {
			out = append(out, plain)
		}
	}
	return out
}

// errBeyondLimits says why a model was not asked.
var errBeyondLimits = errors.New("it is beyond your limits and was not asked; raise the limit to try it")

// within leaves out the candidates of which it is known beforehand that they are beyond
// the limits, so that nothing is sent to them.
func within(ev *evaluation, engine *pipeline.Engine, candidates []chosen, failures []report.Failure) ([]chosen, []report.Failure) {
	var inside []chosen
	for _, c := range candidates {
		if trial.Within(ev.limits, c.Candidate, c.model, engine.Paid(c.model), !ev.withoutCuts) {
			inside = append(inside, c)
			continue
		}
		failures = append(failures, report.Failure{Candidate: c.ID(), Err: errBeyondLimits})
	}
	return inside, failures
}

// runOf embeds some texts as the flags say.
func (p *program) runOf(req *request, engine *pipeline.Engine, candidates []chosen, texts []corpus.Text, source string) *run {
	r := p.newRun(engine, candidates, texts, source)
	r.onLong, r.long, r.fresh = req.long.word(), req.long.means(), req.fresh
	return r
}

// tried embeds, scores and resamples.
func (p *program) tried(ctx context.Context, ev *evaluation, what labelledTexts, texts, queries *run) (report.Evaluation, error) {
	e := report.Evaluation{Comparison: report.Comparison{Source: what.source, Texts: what.texts, Failures: texts.failures}, Documents: ev.documents, Queries: what.queries}
	defer texts.progress.end()
	var results []*pipeline.Result
	shapes := map[*pipeline.Result]shape{}
	for _, c := range texts.candidates {
		r, err := texts.plainResult(ctx, c)
		if ctx.Err() != nil {
			return e, ctx.Err()
		}
		if err != nil {
			e.Failures = append(e.Failures, report.Failure{Candidate: c.ID(), Err: err})
			continue
		}
		results = append(results, r)
		if !slices.ContainsFunc(e.Results, func(other *pipeline.Result) bool { return sameLacking(other, r) }) {
			e.Results = append(e.Results, r)
		}
		shapes[r] = ev.shapes[c.ID()]
	}
	for _, t := range texts.words {
		e.Tokens += texts.count(t)
	}
	o := trial.Options{Seed: ev.seed, Paid: texts.engine.Paid, Cuts: !ev.withoutCuts}
	o.Name = func(r *pipeline.Result) string {
		if ev.roles.value == rolesBoth && r.Model.Roles.Same(api.Roles{}) && slices.ContainsFunc(results, func(other *pipeline.Result) bool {
			return other.Candidate == r.Candidate && other != r
		}) {
			return r.Candidate.ID() + plainly
		}
		return r.Candidate.ID()
	}
	o.Queries = func(r *pipeline.Result) (compare.Vectors, error) {
		emb, err := queries.embed(ctx, chosen{r.Candidate, r.Model})
		if err != nil {
			return compare.Vectors{}, fmt.Errorf("embedding the queries: %w", err)
		}
		return trial.VectorsIn(emb)
	}
	o.Baselines = trial.Baselines(ctx, texts.engine, what.labels.Task(), results, texts.words)
	if what.labels.Task() == evaluate.Retrieval {
		search, err := trial.WordSearch(ctx, texts.words, queries.words, !slices.Contains(ev.models, trial.BM25))
		if err != nil {
			return e, err
		}
		o.Lexical = append(o.Lexical, search)
		if o.Fusion, err = ev.fusion(ctx, texts.words, queries.words, shapes); err != nil {
			return e, err
		}
	}
	texts.progress.start("trying the models at the labels", 0)
	var err error
	if e.Trial, err = trial.New(ctx, what.labels, results, o); err != nil {
		if len(e.Failures) > 0 && errors.Is(err, trial.ErrNoCandidates) {
			return e, &incompleteError{e.FailureLines()}
		}
		return e, err
	}
	for _, f := range texts.failures {
		if errors.Is(f.Err, errBeyondLimits) {
			e.Trial.Beyond++
		}
	}
	if e.Findings, err = e.Trial.Refine(ctx, ev.resamples, ev.limits); err != nil {
		return e, err
	}
	if e.Unasked, err = queries.unasked(ctx, e.Results); err != nil {
		return e, err
	}
	texts.progress.end()
	e.Spent = p.ledger.Session()
	return e, nil
}

// plainResult is a candidate's vectors without the comparison of its texts.
func (r *run) plainResult(ctx context.Context, c chosen) (*pipeline.Result, error) {
	emb, err := r.embed(ctx, c)
	if err != nil {
		return nil, err
	}
	c = r.learnDimensions(c, emb)
	return pipeline.Cut(c.model, c.Candidate, emb)
}
