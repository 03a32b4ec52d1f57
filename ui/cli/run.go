package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// request is what the flags of the commands that embed texts say.
type request struct {
	paymentFlags
	models []string // references; none are the models inside the binary
	set    string
	long   longTexts
	fresh  bool // ask past what is kept
	role   api.Role
	prefix *string // the person's own, in place of what the role has
}

// requestFlags adds the flags that those commands share.
func requestFlags(cmd *cobra.Command) *request {
	req := &request{role: api.RoleSymmetric}
	setFlag(cmd, &req.set)
	req.paymentFlags.flags(cmd)
	cmd.Flags().Bool(unlistedFlag, false, "ask servers for models that their lists do not have, too")
	req.long.flag(cmd)
	cmd.Flags().BoolVar(&req.fresh, "fresh", false, "ask for all vectors anew, past the cache; those that come take the place of those kept")
	return req
}

// run embeds the same texts under several candidates, each source once.
type run struct {
	program    *program
	engine     *pipeline.Engine
	candidates []chosen
	failures   []report.Failure // what was asked for and is no candidate, since its server's list cannot be read
	texts      []corpus.Text
	words      []string // the texts alone
	called     report.Noun
	source     string // where they come from
	role       api.Role
	prefix     *string // the person's own, in place of what the role has
	fresh      bool    // ask past what is kept
	long       pipeline.Long
	onLong     string // the word for it
	count      func(string) int
	progress   *progress
	done       map[string]answer              // by the source's key
	cut        map[string][]int               // which texts were said to be cut, by the source's key
	threshold  func(candidate string) float64 // from which on pairs are asked for; nil for those that a screen shows
	approved   map[string]*spending.Approval  // by the key of each source that money may be spent on
}

// answer is what a source brought.
type answer struct {
	emb *pipeline.Embedding
	err error
}

func (p *program) newRun(engine *pipeline.Engine, candidates []chosen, texts []corpus.Text, source string) *run {
	p.ledger = p.newLedger(0) // until more is approved of
	r := &run{
		program: p, engine: engine, candidates: candidates, texts: texts, words: make([]string, len(texts)), called: report.Texts, source: source,
		long: pipeline.LongCut, count: corpus.NewCounter().Count, progress: p.newProgress(),
		done: map[string]answer{}, cut: map[string][]int{}, role: api.RoleSymmetric,
		approved: map[string]*spending.Approval{},
	}
	for i, t := range texts {
		r.words[i] = t.Text
	}
	return r
}

// prepare finds the candidates and the texts, and sees to it that what it costs to
// embed them is allowed. The error is errDryRun when that was only asked for.
func (p *program) prepare(cmd *cobra.Command, req *request, files []string, asJSON bool) (*run, error) {
	p.takeFolder(cmd, files)
	req.models = p.folderModels(cmd, req.models)
	if !req.dryRun {
		if err := p.confirmInsecure(cmd.Context(), providersOf(req.models)); err != nil {
			return nil, err
		}
	}
	engine, candidates, failures, err := p.candidates(cmd, req.models)
	if err != nil {
		return nil, err
	}
	texts, source, err := p.needTexts(cmd, files, req.set)
	if err != nil {
		return nil, err
	}
	r := p.newRun(engine, candidates, texts, source)
	r.failures = failures
	r.onLong, r.long, r.fresh = req.long.word(), req.long.means(), req.fresh
	r.role, r.prefix = req.role, req.prefix
	if !req.dryRun || asJSON { // else it stands with the costs
		for _, line := range r.manners() {
			p.warn(line)
		}
	}
	return r, r.allow(cmd, req, asJSON)
}

// sourceOf is what is asked for a candidate.
func (r *run) sourceOf(m api.Model, c api.Candidate) pipeline.Source {
	source, _ := pipeline.SourceIn(m, c, r.role)
	if r.prefix != nil {
		source.Manner = api.Manner{Prefix: *r.prefix}
	}
	source.Fresh = r.fresh
	return source
}

// manners says how the texts of each model are sent, where that is not as they are or
// a query was asked for.
func (r *run) manners() (lines []string) {
	seen := map[string]bool{}
	for _, c := range r.candidates {
		how := r.sourceOf(c.model, c.Candidate).Manner
		if seen[c.Model] || how.Plain() && r.role != api.RoleQuery {
			continue
		}
		seen[c.Model] = true
		lines = append(lines, c.Model+": "+r.mannerWords(how))
	}
	return lines
}

// mannersOf says how several runs of the same candidates send what they embed, where that
// is not as it is.
func mannersOf(runs ...*run) (lines []string) {
	for _, c := range runs[0].candidates {
		for _, r := range runs {
			how := r.sourceOf(c.model, c.Candidate).Manner
			if how.Plain() {
				continue
			}
			line := c.Model + ": " + mannerParts(how, r.called.One)
			if !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func (r *run) mannerWords(how api.Manner) string {
	words := mannerParts(how, report.Texts.One)
	switch {
	case words == "":
		return "nothing goes before the texts: the model has no query prefix"
	case r.prefix != nil || r.role == api.RoleQuery:
		return words
	case r.role == api.RoleDocument:
		return words + ", as the model wants it for documents"
	}
	return words + ", as the model wants it for texts compared with each other"
}

// mannerParts says what goes with every text, which is called so; empty when it is sent
// as it is.
func mannerParts(how api.Manner, called string) string {
	var parts []string
	if how.Prefix != "" {
		parts = append(parts, fmt.Sprintf("%q goes before every %s", how.Prefix, called))
	}
	if how.Field != (api.Field{}) {
		parts = append(parts, fmt.Sprintf("the request says %s = %q of every %s", how.Field.Name, how.Field.Value, called))
	}
	return strings.Join(parts, ", ")
}

// compared is what compare and duplicates begin with.
func (p *program) compared(cmd *cobra.Command, req *request, files []string, asJSON bool) (report.Comparison, error) {
	r, err := p.prepare(cmd, req, files, asJSON)
	if err != nil {
		return report.Comparison{}, err
	}
	return r.compare(cmd.Context())
}

// compare computes what can be known of the candidates over the texts. A candidate
// that fails is in the answer too; the error is ctx's.
func (r *run) compare(ctx context.Context) (report.Comparison, error) {
	out := report.Comparison{Source: r.source, Texts: r.texts, Failures: slices.Clone(r.failures)}
	defer r.progress.end()
	for _, c := range r.candidates {
		result, err := r.result(ctx, c)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			out.Failures = append(out.Failures, report.Failure{Candidate: c.ID(), Err: err})
			continue
		}
		if !slices.ContainsFunc(out.Results, func(r *pipeline.Result) bool { return r.Candidate == result.Candidate }) {
			out.Results = append(out.Results, result) // two can turn out to be one when the vectors are shorter than listed
		}
	}
	out.Spent, out.Paid = r.program.ledger.Session(), r.program.ledger.Paid()
	r.progress.end()
	r.warnClipped(out)
	return out, nil
}

// warnClipped says on standard error which texts were read or are known only in part,
// if it was not said before: two that differ at their ends would otherwise look the same for
// no visible reason.
func (r *run) warnClipped(c report.Comparison) {
	results := slices.Clone(c.Results)
	for i, result := range results {
		if source := r.sourceOf(result.Model, result.Candidate); slices.Equal(r.cut[source.Key()], result.Clipped) {
			said := *result
			said.Clipped = nil
			results[i] = &said
		}
	}
	c.Results = results
	for _, line := range c.ReadInPart() {
		r.program.warn(line)
	}
}

func (r *run) result(ctx context.Context, c chosen) (*pipeline.Result, error) {
	emb, err := r.embed(ctx, c)
	if err != nil {
		return nil, err
	}
	c = r.learnLimit(r.learnDimensions(c, emb))
	r.progress.start("comparing the texts under "+c.ID(), 0)
	if r.threshold != nil {
		return pipeline.AnalyseOver(ctx, c.model, c.Candidate, emb, r.threshold(c.ID()), mostPairs, r.progress.reportPairs)
	}
	return pipeline.Analyse(ctx, c.model, c.Candidate, emb, r.progress.reportPairs)
}

// vectors are the candidate's alone, without the comparison.
func (r *run) vectors(ctx context.Context, c chosen) (report.Embeddings, error) {
	defer r.progress.end()
	emb, err := r.embed(ctx, c)
	if err != nil {
		return report.Embeddings{}, err
	}
	r.progress.end()
	c = r.learnLimit(r.learnDimensions(c, emb))
	cut, err := pipeline.Cut(c.model, c.Candidate, emb)
	if err != nil {
		return report.Embeddings{}, err
	}
	out := report.Embeddings{Texts: r.texts, Prefix: r.sourceOf(c.model, c.Candidate).Prefix, Vectors: cut.Vectors, Failed: cut.Failed}
	r.warnClipped(report.Comparison{Texts: r.texts, Results: []*pipeline.Result{{Candidate: c.Candidate, Model: c.model, Clipped: emb.Clipped, Unknown: emb.Unknown}}})
	return out, nil
}

// embed gives the vectors of the candidate's source; one that failed is not asked
// again for the next candidate.
func (r *run) embed(ctx context.Context, c chosen) (*pipeline.Embedding, error) {
	source := r.sourceOf(c.model, c.Candidate)
	if had, ok := r.done[source.Key()]; ok {
		return had.emb, had.err
	}
	emb, err := r.ask(ctx, source)
	if err == nil {
		emb, err = r.withoutLong(source, emb)
	}
	r.done[source.Key()] = answer{emb, err}
	return emb, err
}

// ask asks for the vectors of a source and notes what that took. The error is
// errForgotten where vectors are missing that are not agreed to be paid for.
func (r *run) ask(ctx context.Context, source pipeline.Source) (*pipeline.Embedding, error) {
	r.progress.start("embedding with "+source.Model.Ref(), len(r.words))
	paid := r.engine.Paid(source.Model)
	approval, approved := r.approved[source.Key()]
	if !approved {
		approval = r.program.ledger.Approve(spending.Cost{Model: source.Model, Paid: paid})[0]
	}
	how := r.embedOptions(source)
	how.KnownOnly, how.Approval = paid && !approved, approval
	approval.Begin()
	stop := r.progress.watch()
	emb, err := r.engine.Embed(ctx, source, r.words, how)
	stop()
	r.program.record(approval)
	if err == nil && emb.Partial {
		err = errForgotten
	}
	if err != nil {
		return keepArrived(ctx, emb, err)
	}
	return emb, nil
}

// embedOptions are how a source is asked, but for the money.
func (r *run) embedOptions(source pipeline.Source) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Progress: r.progress.report, Notice: r.progress.wait}
	if source.Model.Source != api.SourceBinary { // those cut exactly, and say so
		how.Long, how.Count = r.long, r.count
	}
	return how
}

// keepArrived makes the most of an asking that failed: where some texts have vectors
// already, the others are those that failed.
func keepArrived(ctx context.Context, emb *pipeline.Embedding, failed error) (*pipeline.Embedding, error) {
	if ctx.Err() != nil || emb == nil || emb.Vectors.Present() == 0 {
		return nil, failed
	}
	out := *emb
	out.Failed = maps.Clone(emb.Failed)
	for i := range emb.Texts {
		if !emb.Vectors.Has(i) && out.Failed[i] == nil {
			out.Failed[i] = &api.TextError{Index: i, Err: &report.EndedError{Err: failed}}
		}
	}
	return &out, nil
}

// withoutLong leaves out what a model has read only in part, or fails, where that
// was asked for: what the models inside the binary cut is known only now.
func (r *run) withoutLong(s pipeline.Source, emb *pipeline.Embedding) (*pipeline.Embedding, error) {
	if len(emb.Clipped) == 0 || r.long == pipeline.LongCut && r.onLong != longFail {
		return emb, nil
	}
	if r.onLong == longFail {
		return nil, errors.New(report.TooLong(s.Model, emb.Clipped, r.texts, r.called) + ": " + failAdvice)
	}
	return emb.WithoutClipped()
}

// learnLimit takes on what the model's server has said meanwhile that it reads.
func (r *run) learnLimit(c chosen) chosen {
	if m, err := r.engine.Catalog.Find(c.Model); err == nil {
		c.model = c.model.WithMaxTokens(m.MaxTokens)
	}
	return c
}

// learnDimensions lets the length of full vectors that came win over the catalog's, and says
// so.
func (r *run) learnDimensions(c chosen, emb *pipeline.Embedding) chosen {
	came := emb.Vectors.Dim()
	listed := c.model.Dimensions
	if c.Dimensions == 0 {
		c.Dimensions = came
		if listed == 0 {
			c.model.Dimensions = came
		}
		return c
	}
	if emb.Source.Dimensions != 0 || came == 0 || came == listed || c.Dimensions != listed && c.Dimensions <= came {
		return c
	}
	if r.engine.Catalog.Learn(c.Model, came) {
		said := fmt.Sprintf("the list says %d dimensions, its vectors have %d", listed, came)
		if listed == 0 {
			said = fmt.Sprintf("its vectors have %s, not the %d that were asked for", format.PlainCount(came, "dimension"), c.Dimensions)
		}
		r.progress.end()
		r.program.warn(c.Model + ": " + said)
	}
	c.Dimensions, c.model.Dimensions = came, came
	return c
}
