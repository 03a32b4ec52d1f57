package cli

import (
	"context"
	"maps"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// sameLacking tells that two results of one candidate, such as with roles and without,
// lack the same texts for the same reasons, so that they are said once.
func sameLacking(a, b *pipeline.Result) bool {
	return a.Candidate == b.Candidate && maps.EqualFunc(a.Failed, b.Failed, func(a, b error) bool { return a.Error() == b.Error() })
}

// unasked says which results have no vector for which queries; without queries none. A
// result whose queries could not be embedded at all is not among them. The error is ctx's.
func (r *run) unasked(ctx context.Context, results []*pipeline.Result) ([]report.Unasked, error) {
	if len(r.words) == 0 {
		return nil, nil
	}
	var out []report.Unasked
	for _, of := range results {
		emb, err := r.embed(ctx, chosen{of.Candidate, of.Model})
		if err == nil {
			emb, err = pipeline.Queries(emb, of)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && len(emb.Failed) > 0 {
			out = append(out, report.Unasked{Candidate: of.Candidate.ID(), Failed: emb.Failed})
		}
	}
	return out, nil
}
