package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/ui/corpus"
	"github.com/vecscope/vecscope/ui/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// chosen is a candidate and its model.
type chosen struct {
	api.Candidate
	model api.Model
}

// candidates reads the references of --models; without any it takes the models
// inside the binary. A reference that names no candidate is wrong usage.
func (p *program) candidates(cmd *cobra.Command, refs []string) (*pipeline.Engine, []chosen, error) {
	engine, err := p.engine(cmd.Context())
	if err != nil {
		return nil, nil, err
	}
	if err := p.listed(cmd.Context(), refs); err != nil {
		return nil, nil, err
	}
	list, err := choose(cmd, engine, refs)
	return engine, list, err
}

func choose(cmd *cobra.Command, engine *pipeline.Engine, refs []string) ([]chosen, error) {
	if len(refs) == 0 && !cmd.Flags().Changed("models") {
		return inside(engine), nil
	}
	var list []chosen
	seen := map[string]bool{}
	for _, ref := range refs {
		c, m, err := engine.Catalog.Resolve(ref)
		if err != nil {
			return nil, &usageError{Err: err}
		}
		if !seen[c.ID()] {
			seen[c.ID()] = true
			list = append(list, chosen{c, m})
		}
	}
	if len(list) == 0 {
		return nil, misused(cmd, "--models names no model: write provider/model, such as local/use-lite")
	}
	return list, nil
}

// inside lists the models inside the binary at their full length.
func inside(engine *pipeline.Engine) []chosen {
	var list []chosen
	for _, m := range engine.Catalog.Models() {
		if m.Provider == local.Name {
			list = append(list, chosen{api.Candidate{Model: m.Ref(), Dimensions: m.Dimensions}, m})
		}
	}
	return list
}

// compare computes what can be known of the candidates over the texts. A candidate
// that fails is in the answer too; the error is ctx's.
func (p *program) compare(ctx context.Context, engine *pipeline.Engine, candidates []chosen, texts []corpus.Text, source string) (report.Comparison, error) {
	out := report.Comparison{Source: source, Texts: texts}
	work := p.newEmbedder(engine, texts)
	defer work.progress.end()
	for _, c := range candidates {
		result, err := work.result(ctx, c)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			out.Failures = append(out.Failures, report.Failure{Candidate: c.ID(), Err: err})
			continue
		}
		out.Results = append(out.Results, result)
	}
	return out, nil
}

// warnClipped says on standard error which texts were read only in part: two that
// differ at their ends would otherwise look the same for no visible reason.
func (p *program) warnClipped(c report.Comparison) {
	for _, line := range c.ReadInPart() {
		p.complain(line)
	}
}

// embedder embeds the same texts under several candidates, each source once.
type embedder struct {
	program  *program
	engine   *pipeline.Engine
	count    func(string) int
	progress *progress
	texts    []string
	done     map[string]*pipeline.Embedding // by the source's key
}

func (p *program) newEmbedder(engine *pipeline.Engine, texts []corpus.Text) *embedder {
	e := &embedder{program: p, engine: engine, count: corpus.NewCounter().Count, progress: p.newProgress(), done: map[string]*pipeline.Embedding{}}
	for _, t := range texts {
		e.texts = append(e.texts, t.Text)
	}
	return e
}

func (e *embedder) embed(ctx context.Context, c chosen) (*pipeline.Embedding, error) {
	source, _ := pipeline.SourceOf(c.model, c.Candidate)
	if emb, ok := e.done[source.Key()]; ok {
		return emb, nil
	}
	e.progress.start("embedding with "+c.Model, len(e.texts))
	how := pipeline.Asking{Progress: e.progress.report, Notice: e.progress.wait}
	if e.engine.Paid(c.model) {
		how.Long, how.Count = pipeline.LongCut, e.count
	}
	emb, err := e.engine.Ask(ctx, source, e.texts, how)
	e.program.noted(ctx, e.engine, emb)
	if err != nil {
		return nil, err
	}
	e.done[source.Key()] = emb
	return emb, nil
}

func (e *embedder) result(ctx context.Context, c chosen) (*pipeline.Result, error) {
	emb, err := e.embed(ctx, c)
	if err != nil {
		return nil, err
	}
	c = e.trust(c, emb)
	e.progress.start("comparing the texts under "+c.ID(), 0)
	return pipeline.Analyse(ctx, c.model, c.Candidate, emb, e.progress.reportPairs)
}

// trust lets the length of full vectors that came win over the catalog's, and says
// so.
func (e *embedder) trust(c chosen, emb *pipeline.Embedding) chosen {
	came := emb.Vectors.Dim()
	listed := c.model.Dimensions
	if emb.Source.Dimensions != 0 || came == 0 || came == listed || c.Dimensions != listed && c.Dimensions <= came {
		return c
	}
	e.progress.end()
	e.program.complain(fmt.Sprintf("%s: the list says %d dimensions, its vectors have %d", c.Model, listed, came))
	c.Dimensions, c.model.Dimensions = came, came
	return c
}

// vectors are the candidate's alone, without the comparison.
func (e *embedder) vectors(ctx context.Context, c chosen) (report.Embeddings, error) {
	emb, err := e.embed(ctx, c)
	if err != nil {
		return report.Embeddings{}, err
	}
	out := report.Embeddings{Vectors: emb.Vectors, Failed: emb.Failed}
	if emb.Vectors.Present() > 0 && c.Dimensions < emb.Vectors.Dim() {
		if out.Vectors, err = emb.Vectors.Truncate(c.Dimensions); err != nil {
			return out, fmt.Errorf("cutting %s to %d dimensions: %w", c.Model, c.Dimensions, err)
		}
	}
	return out, nil
}
