package trial

import (
	"context"
	"fmt"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Neighbours is of how many nearest neighbours of a text, at the most, it is said how
// many two candidates have in common. Of few texts it is a quarter of the others, or
// chance alone would find nearly all.
const Neighbours = 10

// Agreement is how alike two candidates see the texts, which needs no labels.
type Agreement struct {
	A, B *pipeline.Result
	*evaluate.Agreement
}

// Agree compares two results over the same texts. The error is ctx's.
func Agree(ctx context.Context, a, b *pipeline.Result) (Agreement, error) {
	k := min(Neighbours, max(1, (a.Vectors.Len()-1)/4))
	g, err := evaluate.Agree(ctx, a.Vectors, b.Vectors, k)
	if err != nil {
		return Agreement{}, fmt.Errorf("comparing %s with %s: %w", a.Candidate.ID(), b.Candidate.ID(), err)
	}
	return Agreement{a, b, g}, nil
}

// Agreements compares every two results. The error is ctx's.
func Agreements(ctx context.Context, results []*pipeline.Result) ([]Agreement, error) {
	var all []Agreement
	for i, a := range results {
		for _, b := range results[i+1:] {
			g, err := Agree(ctx, a, b)
			if err != nil {
				return nil, err
			}
			all = append(all, g)
		}
	}
	return all, nil
}

// AtGroups tries results at the groups of the texts alone, without anything cut or
// beside them. It is nil where the groups tell no candidates apart or none has vectors;
// the error is ctx's.
func AtGroups(ctx context.Context, texts []corpus.Text, results []*pipeline.Result) (*Trial, error) {
	groups, err := labels.Labels{}.Tie(texts).ForGroups("")
	if err != nil {
		return nil, ctx.Err()
	}
	t, err := New(ctx, groups, results, Options{Paid: func(api.Model) bool { return true }})
	if err != nil {
		return nil, ctx.Err()
	}
	return t, nil
}
