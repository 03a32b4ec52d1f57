package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// request is what the flags of the commands that embed texts say.
type request struct {
	paymentFlags
	models []string // references; none are the models inside the binary
	set    string
	long   longTexts
	prefix func(api.Model) string // goes before every text; nil for nothing
}

// requestFlags adds the flags that those commands share.
func requestFlags(cmd *cobra.Command) *request {
	r := &request{}
	setFlag(cmd, &r.set)
	r.paymentFlags.flags(cmd)
	r.long.flag(cmd)
	return r
}

// work embeds the same texts under several candidates, each source once.
type work struct {
	program    *program
	engine     *pipeline.Engine
	candidates []chosen
	failures   []report.Failure // what was asked for and is no candidate, since its server's list cannot be read
	texts      []corpus.Text
	words      []string               // the texts alone
	source     string                 // where they come from
	prefix     func(api.Model) string // goes before every text; nil for nothing
	long       pipeline.Long
	onLong     string // the word for it
	count      func(string) int
	progress   *progress
	done       map[string]answer             // by the source's key
	cut        map[string][]int              // which texts were said to be cut, by the source's key
	approved   map[string]*spending.Approval // by the key of each source that money may be spent on
	trusted    map[string]int                // the lengths that were said to be others than listed, by the model
}

// answer is what a source brought.
type answer struct {
	emb *pipeline.Embedding
	err error
}

func (p *program) newWork(engine *pipeline.Engine, candidates []chosen, texts []corpus.Text, source string) *work {
	p.ledger = p.newLedger(0) // until more is approved of
	w := &work{
		program: p, engine: engine, candidates: candidates, texts: texts, words: make([]string, len(texts)), source: source,
		long: pipeline.LongCut, count: corpus.NewCounter().Count, progress: p.newProgress(),
		done: map[string]answer{}, cut: map[string][]int{}, trusted: map[string]int{},
		approved: map[string]*spending.Approval{},
	}
	for i, t := range texts {
		w.words[i] = t.Text
	}
	return w
}

// prepare finds the candidates and the texts, and sees to it that what it costs to
// embed them is allowed. The error is errDryRun when that was only asked for.
func (p *program) prepare(cmd *cobra.Command, r *request, files []string, asJSON bool) (*work, error) {
	if !r.dryRun {
		if err := p.leave(cmd.Context(), providersOf(r.models)); err != nil {
			return nil, err
		}
	}
	engine, candidates, failures, err := p.candidates(cmd, r.models)
	if err != nil {
		return nil, err
	}
	texts, source, err := p.needTexts(cmd, files, r.set)
	if err != nil {
		return nil, err
	}
	w := p.newWork(engine, candidates, texts, source)
	w.failures = failures
	w.onLong, w.long, w.prefix = r.long.word(), r.long.means(), r.prefix
	if !r.dryRun || asJSON { // else it stands with the costs
		for _, line := range w.prefixes() {
			p.complain(line)
		}
	}
	return w, w.allow(cmd, r, asJSON)
}

// sourceOf is what is asked for a candidate.
func (w *work) sourceOf(m api.Model, c api.Candidate) pipeline.Source {
	return pipeline.QuerySource(m, c, w.prefixOf(m))
}

// prefixOf goes before every text that is sent to the model.
func (w *work) prefixOf(m api.Model) string {
	if w.prefix == nil {
		return ""
	}
	return w.prefix(m)
}

// prefixes says what goes before the texts of each candidate, where that was asked
// for.
func (w *work) prefixes() (lines []string) {
	if w.prefix == nil {
		return nil
	}
	for _, c := range w.candidates {
		line := "nothing goes before the texts: the model has no query prefix"
		if prefix := w.prefixOf(c.model); prefix != "" {
			line = fmt.Sprintf("%q goes before every text", prefix)
		}
		lines = append(lines, c.Model+": "+line)
	}
	return lines
}

// compared is what compare and duplicates begin with.
func (p *program) compared(cmd *cobra.Command, r *request, files []string, asJSON bool) (report.Comparison, error) {
	w, err := p.prepare(cmd, r, files, asJSON)
	if err != nil {
		return report.Comparison{}, err
	}
	return w.compare(cmd.Context())
}

// compare computes what can be known of the candidates over the texts. A candidate
// that fails is in the answer too; the error is ctx's.
func (w *work) compare(ctx context.Context) (report.Comparison, error) {
	out := report.Comparison{Source: w.source, Texts: w.texts, Failures: slices.Clone(w.failures)}
	defer w.progress.end()
	for _, c := range w.candidates {
		result, err := w.result(ctx, c)
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
	out.Spent, out.Paid = w.program.ledger.Session(), w.program.ledger.Paid()
	w.progress.end()
	w.warnClipped(out)
	return out, nil
}

// warnClipped says on standard error which texts were read only in part, if it was
// not said before: two that differ at their ends would otherwise look the same for
// no visible reason.
func (w *work) warnClipped(c report.Comparison) {
	c.Results = slices.DeleteFunc(slices.Clone(c.Results), func(r *pipeline.Result) bool {
		source := w.sourceOf(r.Model, r.Candidate)
		return slices.Equal(w.cut[source.Key()], r.Clipped)
	})
	for _, line := range c.ReadInPart() {
		w.program.complain(line)
	}
}

func (w *work) result(ctx context.Context, c chosen) (*pipeline.Result, error) {
	emb, err := w.embed(ctx, c)
	if err != nil {
		return nil, err
	}
	c = w.trust(c, emb)
	w.progress.start("comparing the texts under "+c.ID(), 0)
	return pipeline.Analyse(ctx, c.model, c.Candidate, emb, w.progress.reportPairs)
}

// vectors are the candidate's alone, without the comparison.
func (w *work) vectors(ctx context.Context, c chosen) (report.Embeddings, error) {
	defer w.progress.end()
	emb, err := w.embed(ctx, c)
	if err != nil {
		return report.Embeddings{}, err
	}
	w.progress.end()
	c = w.trust(c, emb)
	if has := emb.Vectors.Dim(); emb.Vectors.Present() > 0 && has < c.Dimensions {
		return report.Embeddings{}, &pipeline.ShortVectorsError{Model: c.Model, Has: has, Wanted: c.Dimensions}
	}
	out := report.Embeddings{Texts: w.texts, Prefix: w.prefixOf(c.model), Vectors: emb.Vectors, Failed: emb.Failed}
	if emb.Vectors.Present() > 0 && c.Dimensions < emb.Vectors.Dim() {
		if out.Vectors, err = emb.Vectors.Truncate(c.Dimensions); err != nil {
			return out, fmt.Errorf("cutting %s to %d dimensions: %w", c.Model, c.Dimensions, err)
		}
	}
	w.warnClipped(report.Comparison{Texts: w.texts, Results: []*pipeline.Result{{Candidate: c.Candidate, Model: c.model, Clipped: emb.Clipped}}})
	return out, nil
}

// embed gives the vectors of the candidate's source; one that failed is not asked
// again for the next candidate.
func (w *work) embed(ctx context.Context, c chosen) (*pipeline.Embedding, error) {
	source := w.sourceOf(c.model, c.Candidate)
	if had, ok := w.done[source.Key()]; ok {
		return had.emb, had.err
	}
	emb, err := w.ask(ctx, source)
	if err == nil {
		emb, err = w.withoutLong(source, emb)
	}
	w.done[source.Key()] = answer{emb, err}
	return emb, err
}

// ask asks for the vectors of a source and notes what that took. The error is
// errForgotten where vectors are missing that are not agreed to be paid for.
func (w *work) ask(ctx context.Context, source pipeline.Source) (*pipeline.Embedding, error) {
	w.progress.start("embedding with "+source.Model.Ref(), len(w.words))
	paid := w.engine.Paid(source.Model)
	approval, approved := w.approved[source.Key()]
	if !approved {
		approval = w.program.ledger.Approve(spending.Cost{Model: source.Model, Paid: paid})[0]
	}
	how := w.how(source)
	how.KnownOnly, how.Approval = paid && !approved, approval
	approval.Begin()
	emb, err := w.engine.Embed(ctx, source, w.words, how)
	w.program.noted(approval)
	if err == nil && emb.Partial {
		err = errForgotten
	}
	if err != nil {
		return arrived(ctx, emb, err)
	}
	return emb, nil
}

// how a source is asked, but for the money.
func (w *work) how(source pipeline.Source) pipeline.EmbedOptions {
	how := pipeline.EmbedOptions{Progress: w.progress.report, Notice: w.progress.wait}
	if source.Model.Source != api.SourceBinary { // those cut exactly, and say so
		how.Long, how.Count = w.long, w.count
	}
	return how
}

// arrived makes the most of an asking that failed: where some texts have vectors
// already, the others are those that failed.
func arrived(ctx context.Context, emb *pipeline.Embedding, failed error) (*pipeline.Embedding, error) {
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
func (w *work) withoutLong(s pipeline.Source, emb *pipeline.Embedding) (*pipeline.Embedding, error) {
	if len(emb.Clipped) == 0 || w.long == pipeline.LongCut && w.onLong != longFail {
		return emb, nil
	}
	if w.onLong == longFail {
		return nil, errors.New(report.TooLong(s.Model, emb.Clipped, w.texts) + ": " + failAdvice)
	}
	rows := make([][]float32, len(emb.Texts))
	for i := range rows {
		rows[i] = emb.Vectors.Row(i)
	}
	out := *emb
	out.Failed, out.Clipped = maps.Clone(emb.Failed), nil
	for _, i := range emb.Clipped {
		rows[i] = nil
		out.Failed[i] = &api.TextError{Index: i, Err: &pipeline.LongTextError{MaxTokens: s.Model.MaxTokens}}
	}
	var err error
	if out.Vectors, err = compare.NewVectors(rows); err != nil {
		return nil, fmt.Errorf("leaving long texts out: %w", err)
	}
	return &out, nil
}

// trust lets the length of full vectors that came win over the catalog's, and says
// so.
func (w *work) trust(c chosen, emb *pipeline.Embedding) chosen {
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
	if w.trusted[c.Model] != came {
		w.trusted[c.Model] = came
		w.progress.end()
		w.program.complain(fmt.Sprintf("%s: the list says %d dimensions, its vectors have %d", c.Model, listed, came))
	}
	c.Dimensions, c.model.Dimensions = came, came
	return c
}
